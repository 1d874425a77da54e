"""The recipe: from a desk to a plan and its proof."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from desk import Basis, Curves, Desk, Finding, Forecast, InputError, Plan, basis_of, lacking
from desk.frames import empty_frame
from desk.nouns import Report
from desk.settings import SchedulerSettings
from planner.desk_at import desk_at
from planner.headcounts import nothing_forecast, told_of
from planner.headline import headline
from planner.loop import Attempt, Try, closed, recorded
from planner.output.write import refuse_unwritable, write_output
from planner.planned import Planned
from planner.repriced import repriced
from planner.steps import Steps
from planner.still_worth import worth_and_offers
from planner.verdict import judged, noted, united
from planner.whatif.supposition import Supposition
from planner.whatif.world import refuse_demand, supposed_desk, supposed_forecast

CONTRADICTION = "roster_contradiction"
"""The only finding of a roster's making that the audit does not find again."""
Make = Callable[[Desk, Curves, Plan | None], Plan]
"""Makes a roster by curves, from an earlier plan on or anew."""


def plan(
    desk: Desk | str | Path,
    out: str | Path | None = None,
    *,
    lang: str | None = None,
    runs: int = 20,
    rounds: int = 1,
    report: Report | None = None,
    suppose: Sequence[Supposition] = (),
    start: Plan | None = None,
    **scheduler: Any,
) -> Planned:
    """Forecast, staff, roster, audit, simulate, score; and write the output folder.

    A desk of fixed headcounts (:func:`desk.basis_of`) is rostered and audited only.

    Parameters
    ----------
    desk : a desk, or where to read one (:func:`planner.desk_at.desk_at`).
    out : the output folder, replaced whole or not at all; None writes nothing.
    lang : of the workbook, the calendars and the report; None: the desk's.
    runs : replications of the simulation; its seed is the optimiser's.
    rounds : corrections of the curves by the simulation at most, each followed by another plan; 0 = none.
    report : told of every phase; may stop the optimiser, which then keeps its best.
    suppose : what is supposed of the desk and of what comes; the output's desk, forecast and ``plan.json`` have it.
    start : an earlier plan that the optimiser begins from; see :func:`scheduler.make_roster`. Where its shifts stay, so
        do their breaks and roles, but for changes that save enough; see :func:`scheduler.steady`.
    **scheduler : settings of the optimiser to use instead of the desk's: time_limit_s, gap, solver, seed.

    Raises
    ------
    InputError : the desk can't be used, or ``out`` can't be replaced.
    NoAnswerError : no roster was found.
    """
    steps = Steps(report)
    if out is not None:
        refuse_unwritable(Path(out))
    with steps("load"):
        desk = with_scheduler(desk if isinstance(desk, Desk) else desk_at(desk), scheduler)
        refuse_lacking(desk)
        desk = supposed_desk(desk, suppose)
    forecast, curves = expected(desk, suppose, steps)
    tried = attempts(forecast, runs, steps, None if start is None else steadily(start, steps))
    best, corrections = closed(desk, tried(desk, curves, start), tried, rounds if forecast.queues else 0)
    meta: dict[str, Any] = {"rounds": recorded(corrections)}
    meta |= {"supposed": [own.text for own in suppose]} if suppose else {}
    planned = finished(desk, forecast, best, meta, steps)
    if out is not None:
        with steps("write"):
            write_output(planned, Path(out), lang=lang or desk.settings.language)
    return planned


def refuse_lacking(desk: Desk) -> None:
    """Make sure that the desk has every table that planning it takes.

    Raises
    ------
    InputError : one finding for each table that is missing or has no rows.
    """
    if missing := lacking(desk):
        raise InputError(missing)


def expected(desk: Desk, suppose: Sequence[Supposition], steps: Steps) -> tuple[Forecast, Curves]:
    """What comes, and what agents are worth by it; nothing of either on a desk of fixed headcounts."""
    from forecast import fit
    from planner.tuned.learned import of_every_queue
    from staffing import staffing_curves

    if basis_of(desk) is Basis.HEADCOUNTS:
        refuse_demand(desk, suppose)
        nothing = nothing_forecast(desk)
        return nothing, staffing_curves(desk, nothing)
    with steps("forecast"):
        model = fit(desk)
        kernels = of_every_queue(model, "kernels")
        forecast = replace(supposed_forecast(model, suppose), analogues=model.precedents(), kernels=kernels)
    with steps("curves"):
        return forecast, staffing_curves(desk, forecast)


def finished(desk: Desk, forecast: Forecast, best: Attempt, meta: Mapping[str, Any], steps: Steps) -> Planned:
    """A plan audited, its worth worked out, its simulated log scored; with what ``meta`` tells of how it was made."""
    from scheduler import audit

    curves, made, service, simulation = best.curves, best.made, best.service, best.simulation
    with steps("audit"):
        verdict = united(audit(desk, made, curves), made.findings)
        told = {**made.meta, "desk_hash": desk.content_hash, **meta}
        marginals, offers = worth_and_offers(desk, curves, replace(made, meta=told), steps.heard)
    scores, heard = scored(desk, best, steps)
    plan = replace(made, service=service, findings=verdict, meta=told)
    brief = headline(desk, forecast, plan)
    known = (*told_of(desk), *desk.findings, *forecast.findings)
    findings = (*judged(desk, plan, brief, curves), *known, *verdict, *noted(heard))
    return Planned(
        desk,
        forecast,
        curves,
        plan,
        simulation,
        scores,
        brief,
        findings,
        steps.seconds,
        marginals=marginals,
        offers=offers,
    )


def scored(desk: Desk, best: Attempt, steps: Steps) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Table ``scores`` of the simulated log and what was noticed in it; no scores where nothing was played."""
    from incentive import assess
    from incentive.shifts import OF_PEOPLE

    if not best.simulation.runs:
        return empty_frame("scores", desk.settings.timezone), ()
    with steps("score"):
        assessed = assess(desk, best.simulation.contacts, best.made.duty, best.service)
    return assessed.scores, tuple(own for own in assessed.findings if own.code not in OF_PEOPLE)


def attempts(forecast: Forecast, runs: int, steps: Steps, make: Make | None = None) -> Try:
    """How a plan is made by some curves, from an earlier one on or anew, predicted and simulated; ``make`` makes the
    roster, :func:`scheduler.make_roster` where it is not given.
    """
    from scheduler import make_roster
    from staffing import predict_service, simulate

    def tried(desk: Desk, curves: Curves, start: Plan | None) -> Attempt:
        with steps("roster"):
            if make is None:
                made = make_roster(desk, curves, start=start, report=steps.tell)
            else:
                made = make(desk, curves, start)
        with steps("service") if forecast.queues else nullcontext():
            predicted = predict_service(desk, forecast, made.duty)
        with steps("simulate") if forecast.queues else nullcontext():
            how: dict[str, Any] = {"runs": runs, "seed": made.outcome.seed, "report": steps.tell}
            played = simulate(desk, forecast, made.duty, roster=made.roster, **how)
            complete = simulate(nobody_absent(desk), forecast, made.duty, **how) if prices_absences(made) else played
        service = with_simulated(predicted, played.service)
        return Attempt(curves, made, service, played, with_simulated(predicted, complete.service))

    return tried


def steadily(announced: Plan, steps: Steps) -> Make:
    """How a roster is made of which people know another one: see :func:`scheduler.steady`."""
    from scheduler import make_roster, steady

    def made(desk: Desk, curves: Curves, start: Plan | None) -> Plan:
        new = make_roster(desk, curves, start=start, report=steps.tell)
        kept = steady(desk, new, announced, curves, desk.settings.rules.least_saved)
        contradictions = tuple(own for own in new.findings if own.code == CONTRADICTION)
        return new if kept is new else replace(repriced(desk, kept, curves), findings=contradictions)

    return made


def prices_absences(made: Plan) -> bool:
    """Whether the cost account says what absences cost; else the simulation alone does."""
    return bool((made.costs["term"] == "absence").any())


def nobody_absent(desk: Desk) -> Desk:
    """The desk without absences."""
    rules = desk.settings.rules.model_copy(update={"absence_share": 0.0})
    return replace(desk, settings=desk.settings.model_copy(update={"rules": rules}))


def with_scheduler(desk: Desk, given: dict[str, Any]) -> Desk:
    """The desk with some of its optimiser's settings replaced; those that are None stay."""
    own = {key: value for key, value in given.items() if value is not None}
    settings = SchedulerSettings.model_validate(desk.settings.scheduler.model_dump() | own)
    return replace(desk, settings=desk.settings.model_copy(update={"scheduler": settings}))


def with_simulated(predicted: pd.DataFrame, simulated: pd.DataFrame) -> pd.DataFrame:
    """Table ``service`` with the simulated columns put beside the predicted ones, by interval and queue."""
    key = ["start", "queue"]
    columns = [name for name in simulated.columns if name not in key]
    own = predicted.drop(columns=[name for name in columns if name in predicted.columns])
    joined = own.merge(simulated[key + columns], on=key, how="left", validate="one_to_one")
    return joined[[*predicted.columns, *(name for name in columns if name not in predicted.columns)]]

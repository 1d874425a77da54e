"""The recipe for the rest: forecast by what was seen, plan what is still free, judge the whole."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from desk import Curves, Desk, Finding, Forecast, InputError, Plan
from desk.nouns import Report
from planner.editing.beside import Beside, beside, changed_roles
from planner.output.write import refuse_unwritable, write_output
from planner.planned import Planned
from planner.recipe import CONTRADICTION, attempts, finished, with_scheduler
from planner.rest.came import Came
from planner.rest.held import Held, frozen, held_back, own_pins, restored, standing_desk, today, waits
from planner.steps import Steps

_CENT = 0.005


@dataclass(frozen=True)
class Rest:
    """A plan for the rest of a horizon.

    Parameters
    ----------
    planned : the new plan, whole: what has passed as it was.
    beside : the old plan, had it stayed, beside the new one: both under the forecast and the prices of now.
    demand : queue, passed (forecast of what has passed and was counted), came, before and after (expected of the
        rest), q10, q90.
    findings : of the command; those of the plan are in ``planned``.
    """

    planned: Planned
    beside: Beside
    demand: pd.DataFrame
    came: Came
    findings: tuple[Finding, ...]


def replan(
    old: Planned,
    came: Came,
    out: Path | None = None,
    *,
    name: str = "",
    lang: str | None = None,
    runs: int = 20,
    change_price: float | None = None,
    call_in_h: float | None = None,
    report: Report | None = None,
    **scheduler: Any,
) -> Rest:
    """Plan the rest of ``old`` anew, by what came.

    Shifts of days before ``came.free_from`` stay; of those that have begun, breaks and roles stay as they were until
    now. Every other day that differs from the old roster costs ``rules.change_price``, or ``change_price``.

    Parameters
    ----------
    name : of the old plan, for the new one's record.
    call_in_h : who is off today, or on call, may be called in for shifts that begin so many hours from now or later;
        None: nobody is.
    out, lang, runs, report, scheduler : as :func:`planner.plan` takes them.

    Raises
    ------
    InputError : the desk is not the plan's, or ``out`` can't be replaced. NoAnswerError : no roster was found.
    """
    from staffing import staffing_curves

    steps = Steps(report)
    if out is not None:
        refuse_unwritable(out)
    _refuse_other(old.desk, came.desk)
    with steps("load"):
        known = replace(came, desk=with_scheduler(came.desk, scheduler))
        desk, pinned = standing_desk(known, old, change_price, call_in_h)
        held = held_back(desk, old.plan, came.now)
    with steps("forecast"):
        forecast = updated(desk, came)
    with steps("curves"):
        curves = staffing_curves(desk, forecast)
    tried = attempts(forecast, runs, steps, lambda own, by, start: rest_roster(own, by, start, held, steps))
    best = tried(desk, curves, old.plan)
    meta = _record(old, came, call_in_h) | {"plan": name, "kept_days": pinned}
    planned = finished(desk, forecast, best, {"replanned": meta}, steps)
    if out is not None:
        with steps("write"):
            write_output(planned, out, lang=lang or desk.settings.language)
    told = (*_told(old, desk, came), *(nobody_called(planned, came) if call_in_h is None else ()))
    return Rest(planned, beside(old, planned), demand_beside(old, forecast, came), came, told)


def _record(old: Planned, came: Came, call_in_h: float | None) -> dict[str, Any]:
    """What a plan for the rest tells of how it was made; ``days``: those on which everybody's days were to stay."""
    stays = came.free_from if call_in_h is None else min(came.free_from, today(came))
    days = [f"{day:%Y-%m-%d}" for day in came.desk.dates if day < stays]
    told = {"now": came.now.isoformat(), "came": len(came.rows), "free_from": f"{came.free_from:%Y-%m-%d}"}
    own = {"own_pins": own_pins(came.desk, old.plan), "call_in_h": call_in_h}
    return told | own | {"days": days, "agents": [], "teams": [], "others": False}


def updated(desk: Desk, came: Came) -> Forecast:
    """The forecast of the whole horizon with what was seen standing, and the rest redrawn."""
    from forecast import fit
    from planner.tuned.learned import of_every_queue

    model = fit(desk).update(came.rows, came.now)
    return replace(model.predict(), analogues=model.precedents(), kernels=of_every_queue(model, "kernels"))


def rest_roster(desk: Desk, curves: Curves, start: Plan | None, held: Held, steps: Steps) -> Plan:
    """The best roster of which nothing that has begun is changed, with the certificate of the whole."""
    from scheduler import audit, make_roster, price, steady

    still = frozen(desk, curves, held)
    made = make_roster(desk, still, start=start, report=steps.tell)
    plan = replace(made, duty=restored(made.duty, held))
    if start is not None:
        least = desk.settings.rules.least_saved
        plan = cheaper(desk, curves, steady(desk, plan, start, curves, least), start)
    costs, apart = price(desk, plan, curves), float(price(desk, plan, still)["amount"].sum())
    objective = float(costs["amount"].sum())
    bound = min(made.outcome.bound + objective - apart, objective)
    gap = (objective - bound) / abs(objective) if objective > bound else 0.0
    contradictions = tuple(own for own in made.findings if own.code == CONTRADICTION)
    plan = replace(plan, costs=costs, outcome=replace(made.outcome, objective=objective, bound=bound, gap=gap))
    return replace(plan, findings=(*contradictions, *audit(desk, plan, curves)))


def cheaper(desk: Desk, curves: Curves, new: Plan, old: Plan) -> Plan:
    """The new plan, or with roster and duty of the old one where that breaks no hard rule and costs no more, what
    changes of duty must save counted: hours given back to the past may leave the rest dearer than it was, and nobody's
    days are changed for nothing.
    """
    from scheduler import appraise

    stays = replace(new, roster=old.roster, duty=old.duty)
    judged, again = (appraise(desk, plan, curves) for plan in (stays, new))
    is_legal = all(own.severity != "error" for own in judged.findings)
    asked = desk.settings.rules.least_saved * len(changed_roles(old.duty, new.duty))
    return stays if is_legal and judged.total < again.total + asked + _CENT else new


def _refuse_other(old: Desk, desk: Desk) -> None:
    """A plan goes on only on its own desk: the same days, intervals and queues."""
    own, other = old.settings, desk.settings
    for name in ("timezone", "interval_min", "horizon"):
        if getattr(own, name) != getattr(other, name):
            raise InputError([Finding("replan_other_desk", value=other.name, facts={"what": name})])
    if set(own.queues) != set(other.queues):
        raise InputError([Finding("replan_other_desk", value=other.name, facts={"what": "queues"})])


def _told(old: Planned, desk: Desk, came: Came) -> list[Finding]:
    found = [own for own in old.findings if own.code == "output_edited"]
    found += [*came.findings, *_uncounted(old, came)]
    if desk.settings.rules.change_price == 0.0:
        found.append(Finding("replan_free_changes", "warning"))
    if supposed := old.plan.meta.get("supposed"):
        found.append(Finding("replan_supposed", "note", value="; ".join(map(str, supposed))))
    return found


def nobody_called(planned: Planned, came: Came) -> Iterator[Finding]:
    """That more comes today than its people can do, where others are off, a shift is still to begin and nobody may be
    called in."""
    over, midnight, pins = planned.ahead.over, today(came), planned.desk.table("pinned")
    idle = int((waits(planned.desk, pins) & (pins["date"] == midnight)).sum())
    late = over.loc[over["start"].dt.tz_localize(None) < midnight + pd.Timedelta(days=1), "start"]
    clock_min = (came.now.tz_localize(None) - midnight).total_seconds() / 60
    if idle and len(late) and (planned.desk.table("shifts")["start"] > clock_min).any():
        facts = {"count": len(late), "when": late.min(), "people": idle}
        yield Finding("replan_nobody_called", "note", facts=facts)


def _uncounted(old: Planned, came: Came) -> Iterator[Finding]:
    """Queues of which nothing is known on days that have begun, though inquiries were expected: the forecast stands."""
    expected = old.forecast.frame()
    expected = expected[(expected["start"] < came.now) & (expected["mean"] >= 1.0)]
    known = set(zip(came.rows["queue"], came.rows["start"].dt.date, strict=True))
    for queue, own in expected.groupby("queue", sort=False):
        days = [day for day in sorted(set(own["start"].dt.date)) if (queue, day) not in known]
        if days:
            facts = {"count": len(days), "first": days[0]}
            yield Finding("replan_no_counts", "warning", value=str(queue), facts=facts)


def demand_beside(old: Planned, forecast: Forecast, came: Came) -> pd.DataFrame:
    """What was expected and what came in the intervals counted until now, and what is expected of the rest, before and
    after."""
    rest, told = forecast.starts >= came.now, []
    for queue in forecast.queues:
        was, now = (own.paths[:, :, own.queues.index(queue)] for own in (old.forecast, forecast))
        counts = np.where(rest, np.nan, _counts(forecast, came.rows[came.rows["queue"] == queue]))
        passed = ~np.isnan(counts)
        left = now[:, rest].sum(axis=1, dtype=float)
        told.append(
            {
                "queue": queue,
                "passed": float(was[:, passed].sum(axis=1, dtype=float).mean()),
                "came": float(np.nansum(counts)),
                "before": float(was[:, rest].sum(axis=1, dtype=float).mean()),
                "after": float(left.mean()),
                "q10": float(pd.Series(left).quantile(0.1)),
                "q90": float(pd.Series(left).quantile(0.9)),
            }
        )
    return pd.DataFrame(told)


def _counts(forecast: Forecast, rows: pd.DataFrame) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Counts of the forecast's intervals; NaN where none, or not all, of an interval was counted."""
    from forecast.seen import Seen, on_intervals, row_minutes

    own = rows[rows["offered"].notna() & (rows["start"] >= forecast.starts[0])].sort_values("start", ignore_index=True)
    seen = Seen(0, np.zeros((0, 0)), own, row_minutes(own["start"], forecast.interval_min))
    return on_intervals(seen, forecast.starts, forecast.interval_min)

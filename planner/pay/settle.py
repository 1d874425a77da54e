"""Scores a contact log of the store, pays, and keeps the scoring with everybody's statement, from contact to cent."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from desk import Desk, Finding, NoAnswerError, Progress
from desk.formula import guarded
from desk.i18n import LANGUAGES
from desk.nouns import Report
from planner.output.finding_record import packed
from planner.output.json_text import json_text
from planner.pay.ground import Ground
from planner.pay.month import overtime_over
from planner.pay.run import LINES, SETTLED
from planner.pay.twice import settled_before
from store import Principal, ScoreRun, Store, list_score_runs, save_scores

if TYPE_CHECKING:
    from incentive import Assessment
    from incentive.statement import Statements

PHASE = "planner.phase.score"
_COMPARED = ("share", "level")


def settle(
    store: Store, principal: Principal, own: Ground, name: str, report: Report, job: int
) -> tuple[ScoreRun, tuple[Finding, ...]]:
    """Score, pay and save; what the job saved before its worker died is not saved twice.

    Returns
    -------
    The scoring, and everything that was found: some of it names people, which the scoring's summary does not.
    """
    from incentive import assess

    if done := saved_by(store, principal, job):
        return done, ()
    go_on(report, 0.2)
    found = assess(own.desk, own.contacts, own.duty, own.service)
    go_on(report, 0.6)
    twice = (*settled_before(store, principal, own), *overtime_over(store, principal, own, found))
    run = save_settled(store, principal, own, found, name, {"kind": SETTLED, "job": job})
    return run, (*twice, *found.findings)


def go_on(report: Report, done: float) -> None:
    """Tell how far it is.

    Raises
    ------
    NoAnswerError : somebody asked to stop; half a settlement is none.
    """
    if not report(Progress(PHASE, done)):
        raise NoAnswerError([Finding("score_stopped")])


def saved_by(store: Store, principal: Principal, job: int) -> ScoreRun | None:
    """The scoring that a job saved."""
    return next((run for run in list_score_runs(store, principal) if run.summary.get("job") == job), None)


def save_settled(
    store: Store, principal: Principal, own: Ground, found: "Assessment", name: str, more: Mapping[str, Any]
) -> ScoreRun:
    """Keep an assessment with its payout, statements and lines; ``more`` goes into the summary."""
    from incentive.basis import basis
    from incentive.statement import statements

    told = statements(own.desk, found, basis(own.desk, own.contacts, own.duty, own.service))
    summary = summary_of(own.desk, found.findings) | _money(told) | _basis(own) | dict(more)
    frame = with_detail(own.desk, found)
    return save_scores(store, principal, name, frame, own.version, pages=dict(_pages(told)), summary=summary)


def _basis(own: Ground) -> dict[str, Any]:
    """What an appeal is scored from again: log, plan, and the last edit of the plan that was in its duty."""
    return {"log": own.log, "plan": own.plan, "edits": own.edits}


def summary_of(desk: Desk, findings: Sequence[Finding]) -> dict[str, Any]:
    """What everybody with a score may know: the scheme, the money's currency, and what to be careful with."""
    people = set(map(str, desk.table("agents")["agent"]))
    careful = [packed(own) for own in findings if own.severity != "note" and not _names_somebody(own, people)]
    own = desk.settings
    return {
        "desk_name": own.name,
        "currency": own.currency,
        "timezone": own.timezone,
        "incentive": own.incentive.model_dump(mode="json"),
        "findings": careful,
    }


def with_detail(desk: Desk, found: "Assessment") -> pd.DataFrame:
    """Table ``scores`` with what the pictures of a team need: ``team``, the median ``load`` of the contacts, and
    ``days`` (date, contacts, observed, expected), each where the measure has it.
    """
    from incentive.load import load_by_agent

    compared = [result.measure.name for result in found.results if result.measure.kind in _COMPARED]
    loads = [load_by_agent(found, name)[["agent", "load"]].assign(measure=name) for name in compared]
    scores = found.scores
    keyed = pd.MultiIndex.from_frame(scores[["agent", "measure"]])
    if loads:
        load = pd.concat(loads, ignore_index=True).set_index(["agent", "measure"])["load"]
        scores = scores.assign(load=load.reindex(keyed).to_numpy(dtype="float64"))
    team = desk.table("agents").drop_duplicates("agent").set_index("agent")["team"]
    days = _days(found.daily[found.daily["measure"].isin(compared)])
    own = pd.Series([days.get(key) for key in keyed], index=scores.index, dtype="object")
    return scores.assign(team=scores["agent"].map(team), days=own)


def _days(daily: pd.DataFrame) -> dict[tuple[str, str], list[list[Any]]]:
    rows: dict[tuple[str, str], list[list[Any]]] = {}
    dates = daily["date"].dt.strftime("%Y-%m-%d")
    columns = (daily[name] for name in ("agent", "measure", "contacts", "observed", "expected"))
    for date, agent, measure, *numbers in zip(dates, *columns, strict=True):
        known = [None if pd.isna(number) else round(float(number), 6) for number in numbers]
        rows.setdefault((str(agent), str(measure)), []).append([date, *known])
    return rows


def _names_somebody(finding: Finding, people: set[str]) -> bool:
    named = {str(value) for value in (finding.value, *finding.facts.values())}
    return "named" in finding.facts or bool(named & people)


def _money(told: "Statements") -> dict[str, Any]:
    first, last = told.period()
    paid = {part.measure: [part.cents, int(part.paid.sum())] for part in told.ledger.parts}
    return {
        "period": [first, last],
        "contacts": len(told.assessment.evidence.log.agent),
        "paid": int(told.ledger.total().sum()) / told.ledger.unit,
        "paid_cents": int(told.ledger.total().sum()),
        "guarantee_cents": int(told.ledger.guarantee.sum()),
        "parts_cents": paid,
        "mark": told.basis.mark,
    }


def _pages(told: "Statements") -> Iterator[tuple[str, dict[str, bytes]]]:
    from incentive.lines import contact_lines

    lines = dict(contact_lines(told))
    for agent in told.ledger.agents:
        pages = {lang: told.html(agent, lang).encode() for lang in LANGUAGES}
        texts = {name: guarded(lines[agent][name].astype("str")) for name in ("contact", "queue")}
        own = lines[agent].assign(**texts).to_csv(index=False, float_format="%.6f", lineterminator="\n")
        yield agent, pages | {"json": json_text(told.record(agent)).encode(), LINES: own.encode()}

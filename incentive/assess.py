"""From a contact log to scores: the recipe."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from desk import Desk, Finding, InputError
from desk.currency import smallest
from desk.errors import Severity
from desk.tables import table
from desk.timed import timed
from incentive import outcome
from incentive.attribution import attribution_findings
from incentive.covered import within
from incentive.evidence import Evidence, Result, is_span
from incentive.group import by_agent_and_day, grouped
from incentive.guard import detect, guard_findings
from incentive.log import Log, live_queues, read_log
from incentive.measure import Measure, measures_of
from incentive.pay import payout
from incentive.result import work_out
from incentive.risk import cells
from incentive.session import held
from incentive.workload import cautions, workload

THREADS = 2
HANDLED = "contacts"


@dataclass(frozen=True)
class Assessment:
    """What a contact log says of the agents.

    Parameters
    ----------
    scores : table ``scores``, one row per agent and measure that could be worked out, with the payout.
    findings : measures that could not be worked out and why, what guards found, and what to be careful with.
    evidence, results : what the scores were worked out from, for groups, statements and appeals.
    """

    scores: pd.DataFrame
    findings: tuple[Finding, ...]
    evidence: Evidence
    results: tuple[Result, ...]

    @cached_property
    def daily(self) -> pd.DataFrame:
        """One row per agent, day and measure with evidence: agent, date, measure, contacts, observed, expected."""
        return by_agent_and_day(self.evidence.log, self.results)

    @cached_property
    def groups(self) -> pd.DataFrame:
        """Every measure by agent, team and desk, in all and by day, phase and event: ``group.GROUP_COLUMNS``."""
        return grouped(self.evidence.desk, self.evidence.log, self.results)


def assess(
    desk: Desk,
    contacts: pd.DataFrame,
    duty: pd.DataFrame | None = None,
    service: pd.DataFrame | None = None,
    *,
    before: Assessment | None = None,
) -> Assessment:
    """Score every agent on every measure that the log can bear.

    Parameters
    ----------
    desk : queues, agents, promotions and ``[incentive]``.
    contacts : table ``contacts``, measured or simulated; optional columns may be absent or blank.
    duty : table ``duty``; without it overtime and adherence are not known.
    service : table ``service``; its ``overload`` above 0 flags intervals.
    before : an assessment whose measures are taken over where nothing that they rest on has changed.

    Raises
    ------
    InputError : a contact stands twice, an agent or a queue is unknown, an id or arrival is blank, or the scheme names
        what the desk does not have.
    """
    refuse_scheme(desk)
    duty, service = (
        None if frame is None else timed(frame, name, desk.settings.timezone)
        for name, frame in (("duty", duty), ("service", service))
    )
    log = read_log(desk, contacts)
    log = replace(log, guarded=detect(desk, log))
    around = workload(desk, log, duty, service)
    own = held(log, live_queues(desk, log)[log.queue] & ~log.found("merged"))
    evidence = Evidence(desk, log, around, duty, cells(desk, log, around.load), own)
    findings = [
        *(outcome.cautions(log)), *attribution_findings(desk, log), *guard_findings(desk, log),
        *cautions(desk, log, duty, service),
    ]  # fmt: skip
    able = []
    for measure in measures_of(desk).values():
        lacking = tuple(_lacking(measure, evidence))
        findings.extend(lacking)
        if measure.kind != "composite" and not lacking:
            able.append(measure)
    results = _worked_out(able, evidence, _earlier(evidence, before))
    findings.extend(finding for result in results for finding in result.findings)
    scores = _with_payout(desk, _scores(desk, log, results))
    findings.extend((*_unpaid(desk, results, scores), *_open_gates(desk, scores)))
    return Assessment(scores, tuple(findings), evidence, tuple(results))


def refuse_scheme(desk: Desk) -> None:
    """Refuse a scheme that names queues or measures that the desk does not have, or hours that are none.

    Raises
    ------
    InputError : with every finding.
    """
    settings = desk.settings.incentive
    known = measures_of(desk)
    findings = [Finding("scheme_unknown_queue", file="desk.toml", column="queue_weights", value=name)
                for name in settings.queue_weights if name not in desk.settings.queues]  # fmt: skip
    named = [("hours", name) for name in settings.hours]
    named += [("exempt", name) for window in settings.exempt for name in window.measures]
    findings += [Finding("scheme_unknown_measure", file="desk.toml", column=key, value=name)
                 for key, name in named if name not in known]  # fmt: skip
    findings += [Finding("scheme_bad_hours", file="desk.toml", column="hours", value=words)
                 for words in settings.hours.values() if not is_span(words)]  # fmt: skip
    if findings:
        raise InputError(findings)


def _worked_out(able: Sequence[Measure], evidence: Evidence, earlier: Mapping[str, Result]) -> list[Result]:
    """Each measure, two at a time: their arithmetic lets go of Python's lock."""
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(lambda measure: work_out(measure, evidence, earlier.get(measure.name)), able))


def _earlier(evidence: Evidence, before: Assessment | None) -> dict[str, Result]:
    """Results by measure of an earlier assessment with the same scheme, agents and cells; none where they differ."""
    if before is None or before.evidence.desk.settings != evidence.desk.settings:
        return {}
    one, other = before.evidence, evidence
    if not one.log.agents.equals(other.log.agents):
        return {}
    frames = [(own.log.agent, own.log.start_s, own.log.rank, own.log.queue, *own.cells) for own in (one, other)]
    same = all(np.array_equal(first, second) for first, second in zip(*frames, strict=True))
    return {result.measure.name: result for result in before.results} if same else {}


def score(
    desk: Desk, contacts: pd.DataFrame, duty: pd.DataFrame | None = None, service: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Table ``scores`` of :func:`assess`."""
    return assess(desk, contacts, duty, service).scores


def daily(
    desk: Desk, contacts: pd.DataFrame, duty: pd.DataFrame | None = None, service: pd.DataFrame | None = None
) -> pd.DataFrame:
    """The daily lines of :func:`assess`."""
    return assess(desk, contacts, duty, service).daily


def _lacking(measure: Measure, evidence: Evidence) -> Iterator[Finding]:
    facts = {"measure": measure.name}
    paid = evidence.desk.settings.incentive.weights
    severity: Severity = "warning" if measure.name in paid else "note"
    for column in measure.needs:
        if not evidence.log.given.intersection(column.split("|")):
            yield Finding("measure_unavailable", severity, "contacts", column=column.split("|")[0], facts=facts)
    if not _is_covered(measure.source, evidence):
        yield Finding("overtime_needs_duty", severity, "duty", facts=facts)


def _is_covered(source: str, evidence: Evidence) -> bool:
    """Whether a plan speaks of any contact, where the measure asks for that."""
    told = evidence.around.covered
    spans = {"overtime": told.planned, "adherence": told.on_duty}
    return source not in spans or bool(within(evidence.log.start_s, spans[source]).any())


def _scores(desk: Desk, log: Log, results: Sequence[Result]) -> pd.DataFrame:
    parts = [result.agents.assign(agent=log.agents, measure=result.measure.name) for result in results]
    parts.append(_composite(desk, log, results))
    rows = pd.concat(parts, ignore_index=True).assign(payout=np.nan)
    return rows[list(table("scores").columns)].sort_values("agent", kind="stable", ignore_index=True)


def _composite(desk: Desk, log: Log, results: Sequence[Result]) -> pd.DataFrame:
    """Mean of an agent's scores by the weights, over the measures in which he has one; contacts handled as they are
    told, without those that a guard took out.
    """
    weights = {str(name): share for name, share in desk.settings.incentive.weights.items()}
    weight, total = np.zeros(len(log.agents)), np.zeros(len(log.agents))
    for result in results:
        own = result.agents["score"].to_numpy()
        share = np.where(np.isnan(own), 0.0, weights.get(result.measure.name, 0.0))
        weight, total = weight + share, total + share * np.nan_to_num(own)
    mean = np.divide(total, weight, out=np.full(len(weight), np.nan), where=weight > 0)
    handled = next(own.agents["contacts"] for own in results if own.measure.name == HANDLED).fillna(0.0).to_numpy()
    blank = dict.fromkeys(("observed", "expected", "adjusted", "low", "high", "claim"), np.nan)
    return pd.DataFrame({"agent": log.agents, "measure": "composite", "contacts": handled, **blank, "score": mean})


def _with_payout(desk: Desk, scores: pd.DataFrame) -> pd.DataFrame:
    paid = payout(desk, scores)
    long = paid.melt(id_vars=["agent"], value_vars=[name for name in paid if str(name).endswith("_cents")])
    long["measure"] = long["variable"].str.removesuffix("_cents").replace({"total": "composite"})
    cents = long.set_index(["agent", "measure"])["value"]
    rows = pd.MultiIndex.from_frame(scores[["agent", "measure"]])
    return scores.assign(payout=cents.reindex(rows).to_numpy(dtype=np.float64) / smallest(desk.settings.currency))


def _unpaid(desk: Desk, results: Sequence[Result], scores: pd.DataFrame) -> Iterator[Finding]:
    """Parts of the budget of which nobody gets anything."""
    known = {result.measure.name for result in results}
    paid = scores.groupby("measure")["payout"].sum()
    for name, share in desk.settings.incentive.weights.items():
        if share > 0 and desk.settings.incentive.budget > 0 and not paid.get(name, 0.0):
            found = Finding("part_unclaimed", "note") if name in known else Finding("part_unpaid", "warning")
            yield replace(found, file="desk.toml", facts={"measure": name, "share": share})


def _open_gates(desk: Desk, scores: pd.DataFrame) -> Iterator[Finding]:
    """Gates by a measure of which the log tells nothing, so that they are open for everybody."""
    told = scores.loc[scores["adjusted"].notna(), "measure"].unique()
    for gate in desk.settings.incentive.gates:
        if gate.by not in told and scores.loc[scores["measure"] == gate.measure, "payout"].sum() > 0:
            facts = {"measure": gate.measure, "by": gate.by}
            yield Finding("gate_open", "warning", "desk.toml", column="gates", facts=facts)

"""From a contact log to scores: the recipe."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from desk import Desk, Finding
from desk.tables import table
from incentive import outcome
from incentive.log import Log, read_log
from incentive.measure import Measure, measures
from incentive.pay import payout
from incentive.result import Evidence, Result, work_out
from incentive.risk import cells
from incentive.workload import cautions, duty_span, within, workload

DAILY_COLUMNS = ("agent", "date", "measure", "contacts", "observed", "expected")


@dataclass(frozen=True)
class Assessment:
    """What a contact log says of the agents.

    Parameters
    ----------
    scores : table ``scores``, one row per agent and measure that could be worked out, with the payout.
    daily : one row per agent, day and measure with evidence: agent, date, measure, contacts, observed, expected.
    findings : measures that could not be worked out and why, and what to be careful with.
    """

    scores: pd.DataFrame
    daily: pd.DataFrame
    findings: tuple[Finding, ...]


def assess(
    desk: Desk, contacts: pd.DataFrame, duty: pd.DataFrame | None = None, service: pd.DataFrame | None = None
) -> Assessment:
    """Score every agent on every measure that the log can bear.

    Parameters
    ----------
    desk : queues, agents, promotions and ``[incentive]``.
    contacts : table ``contacts``, measured or simulated; optional columns may be absent or blank.
    duty : table ``duty``; without it overtime is not known.
    service : table ``service``; its ``overload`` above 0 flags intervals.

    Raises
    ------
    InputError : a contact stands twice, an agent or a queue is unknown, or an id or arrival is blank.
    """
    log = read_log(desk, contacts)
    around = workload(desk, log, duty, service)
    evidence = Evidence(desk, log, around, duty, cells(desk, log, around.load))
    results, findings = [], [*outcome.cautions(log), *cautions(desk, log, duty, service)]
    for measure in measures().values():
        lacking = tuple(_lacking(measure, evidence))
        findings.extend(lacking)
        if measure.kind != "composite" and not lacking:
            results.append(work_out(measure, evidence))
            findings.extend(results[-1].findings)
    scores = _with_payout(desk, _scores(desk, log, results))
    return Assessment(scores, _daily(log, results), (*findings, *_unpaid(desk, results)))


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
    for column in measure.needs:
        if column not in evidence.log.given:
            yield Finding("measure_unavailable", "warning", "contacts", column=column, facts=facts)
    if measure.source == "overtime" and not _covered(evidence):
        yield Finding("overtime_needs_duty", "warning", "duty", facts=facts)


def _covered(evidence: Evidence) -> bool:
    return bool(within(evidence.log.start_s, duty_span(evidence.desk, evidence.duty)).any())


def _scores(desk: Desk, log: Log, results: Sequence[Result]) -> pd.DataFrame:
    parts = [result.agents.assign(agent=log.agents, measure=result.measure.name) for result in results]
    parts.append(_composite(desk, log, results))
    rows = pd.concat(parts, ignore_index=True).assign(payout=np.nan)
    return rows[list(table("scores").columns)].sort_values("agent", kind="stable", ignore_index=True)


def _composite(desk: Desk, log: Log, results: Sequence[Result]) -> pd.DataFrame:
    """Mean of an agent's scores by the weights, over the measures in which he has one."""
    weights = {str(name): share for name, share in desk.settings.incentive.weights.items()}
    weight, total = np.zeros(len(log.agents)), np.zeros(len(log.agents))
    for result in results:
        own = result.agents["score"].to_numpy()
        share = np.where(np.isnan(own), 0.0, weights.get(result.measure.name, 0.0))
        weight, total = weight + share, total + share * np.nan_to_num(own)
    mean = np.divide(total, weight, out=np.full(len(weight), np.nan), where=weight > 0)
    handled = np.bincount(log.agent[log.handled], minlength=len(log.agents)).astype(np.float64)
    blank = dict.fromkeys(("observed", "expected", "adjusted", "low", "high"), np.nan)
    return pd.DataFrame({"agent": log.agents, "measure": "composite", "contacts": handled, **blank, "score": mean})


def _with_payout(desk: Desk, scores: pd.DataFrame) -> pd.DataFrame:
    paid = payout(desk, scores)
    long = paid.melt(id_vars=["agent"], value_vars=[name for name in paid if str(name).endswith("_cents")])
    long["measure"] = long["variable"].str.removesuffix("_cents").replace({"total": "composite"})
    cents = long.set_index(["agent", "measure"])["value"]
    rows = pd.MultiIndex.from_frame(scores[["agent", "measure"]])
    return scores.assign(payout=cents.reindex(rows).to_numpy(dtype=np.float64) / 100)


def _daily(log: Log, results: Sequence[Result]) -> pd.DataFrame:
    parts = [result.days.assign(measure=result.measure.name) for result in results]
    rows = pd.concat(parts, ignore_index=True)
    rows["agent"] = log.agents[rows["agent"].to_numpy(dtype=np.int64)]
    rows["date"] = pd.to_datetime(rows["day"], unit="D").astype("datetime64[us]")
    return rows[list(DAILY_COLUMNS)].sort_values(["agent", "date"], kind="stable", ignore_index=True)


def _unpaid(desk: Desk, results: Sequence[Result]) -> Iterator[Finding]:
    known = {result.measure.name for result in results}
    for name, share in desk.settings.incentive.weights.items():
        if share > 0 and desk.settings.incentive.budget > 0 and name not in known:
            yield Finding("part_unpaid", "warning", "desk.toml", facts={"measure": name, "share": share})

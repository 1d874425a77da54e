"""One measure worked out: a line per agent, and a line per agent and day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from desk import Desk, Finding
from incentive.effect import Effects, effects
from incentive.log import Flags, Floats, Ints, Log
from incentive.measure import Kind, Measure
from incentive.outcome import SOURCES
from incentive.reward import REWARDS
from incentive.risk import expected
from incentive.workload import Workload

DAYS = 1_000_000


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that a measure is worked out from.

    Parameters
    ----------
    desk, log, around, duty : the desk, its contact log, the load around each contact, the duty plan or None.
    cells : risk factors, coarse to fine, as codes per contact.
    """

    desk: Desk
    log: Log
    around: Workload
    duty: pd.DataFrame | None
    cells: tuple[Ints, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """A measure worked out.

    Parameters
    ----------
    measure : which.
    agents : one row per agent in the order of ``Log.agents``: contacts, observed, expected, adjusted, low, high, score.
    days : one row per agent and day with evidence: agent (code), day (since 1970), contacts, observed, expected.
    findings : what the reader of the scores must know.
    """

    measure: Measure
    agents: pd.DataFrame
    days: pd.DataFrame
    findings: tuple[Finding, ...] = ()


def work_out(measure: Measure, evidence: Evidence) -> Result:
    """The measure, by its kind."""
    return _KINDS[measure.kind](measure, evidence)


def _share(measure: Measure, evidence: Evidence) -> Result:
    log, settings = evidence.log, evidence.desk.settings.incentive
    value, kept = _valid(measure, evidence)
    outcome, agent, day = value[kept], log.agent[kept], log.day[kept]
    cells = [code[kept] for code in evidence.cells]
    chance = expected(outcome, agent, cells, prior=settings.prior_contacts, rounds=settings.rounds)
    found = effects(outcome, chance, agent, _agent_day(agent, day), len(log.agents))
    rows = pd.DataFrame({"agent": agent, "day": day, "observed": outcome, "expected": chance})
    groups = rows.groupby(["agent", "day"])
    days = groups.mean().assign(contacts=groups.size()).reset_index()
    return Result(measure, _share_rows(found, settings.interval), days, _share_findings(measure, found))


def _share_rows(found: Effects, interval: float) -> pd.DataFrame:
    count = np.where(found.contacts > 0, found.contacts, np.nan)
    adjusted, low, high = found.rate(interval)
    columns = {"contacts": found.contacts, "observed": found.observed / count, "expected": found.expected / count}
    return pd.DataFrame(columns | {"adjusted": adjusted, "low": low, "high": high, "score": found.score()})


def _share_findings(measure: Measure, found: Effects) -> tuple[Finding, ...]:
    findings = []
    few = int(((found.contacts > 0) & (found.contacts < measure.evidence)).sum())
    if few:
        facts = {"measure": measure.name, "agents": few, "evidence": measure.evidence}
        findings.append(Finding("little_evidence", "note", "contacts", facts=facts))
    if found.tau2 == 0:
        findings.append(Finding("no_measurable_difference", "note", "contacts", facts={"measure": measure.name}))
    return tuple(findings)


def _median(measure: Measure, evidence: Evidence) -> Result:
    return _described(measure, evidence, "median")


def _total(measure: Measure, evidence: Evidence) -> Result:
    return _described(measure, evidence, "sum")


def _described(measure: Measure, evidence: Evidence, how: str) -> Result:
    log = evidence.log
    value, kept = _valid(measure, evidence)
    rows = pd.DataFrame({"agent": log.agent[kept], "day": log.day[kept], "observed": value[kept]})
    own = pd.DataFrame(rows.groupby("agent")["observed"].agg(observed=how, contacts="size"))
    days = rows.groupby(["agent", "day"])["observed"].agg(observed=how, contacts="size").reset_index()
    return Result(measure, _per_agent(log, own), days.assign(expected=np.nan))


def _reward(measure: Measure, evidence: Evidence) -> Result:
    log = evidence.log
    valid = log.handled & _right_queue(measure, evidence)
    days = REWARDS[measure.source](evidence.desk, log, evidence.around, evidence.duty, valid)
    own = days.drop(columns="day").groupby("agent").sum()
    score = (own["credit_min"] / own["most_min"].where(own["most_min"] > 0)).clip(upper=1.0)
    names = {"done_min": "observed", "quota_min": "expected", "credit_min": "adjusted"}
    shown = days.rename(columns=names)[["agent", "day", "contacts", "observed", "expected"]]
    return Result(measure, _per_agent(log, own.rename(columns=names).assign(score=score)), shown)


def _per_agent(log: Log, own: pd.DataFrame) -> pd.DataFrame:
    columns = ["contacts", "observed", "expected", "adjusted", "low", "high", "score"]
    rows = own.reindex(index=range(len(log.agents)), columns=columns).astype("float64")
    return rows.fillna({"contacts": 0.0}).reset_index(drop=True)


def _valid(measure: Measure, evidence: Evidence) -> tuple[Floats, Flags]:
    value = SOURCES[measure.source](evidence.desk, evidence.log)
    return value, ~np.isnan(value) & _right_queue(measure, evidence)


def _right_queue(measure: Measure, evidence: Evidence) -> Flags:
    queues = evidence.desk.settings.queues
    fits = np.array([measure.queues in ("all", queues[name].kind) for name in evidence.log.queues])
    return np.asarray(fits[evidence.log.queue])


def _agent_day(agent: Ints, day: Ints) -> Ints:
    code: Ints = np.unique(agent * DAYS + day, return_inverse=True)[1].astype(np.int64)
    return code


_KINDS: Mapping[Kind, Callable[[Measure, Evidence], Result]] = {
    "share": _share,
    "median": _median,
    "total": _total,
    "reward": _reward,
}

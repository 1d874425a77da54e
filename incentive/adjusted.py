"""Measures that are adjusted for risk: shares, and levels such as response times."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from desk import Finding
from desk.errors import Severity
from incentive.calibrate import stretch
from incentive.effect import Effects, Mix, bernoulli, constant, effects, mix
from incentive.evidence import Evidence, Result, Rows, valid
from incentive.log import Floats, Ints, total_by
from incentive.measure import Measure
from incentive.outcome import SOURCES
from incentive.reward import queue_weight
from incentive.yardstick import expected, pairs

SHORTEST_S = 1.0


@dataclass(frozen=True, slots=True)
class Fit:
    """Valid contacts of a measure with what was expected of them.

    Parameters
    ----------
    kept : rows of the log.
    value : as the measure counts it; ``outcome`` as it is modelled, ``level`` what was expected of it.
    found : effects, in the order of ``Log.rank``.
    stretch : factor on the intervals.
    mix : the desk's contacts by their level; None where the measure is none.
    typical : of a level, the mean that an agent in the middle would have reached on all the desk's contacts.
    """

    kept: Ints
    value: Floats
    outcome: Floats
    level: Floats
    found: Effects
    stretch: float
    mix: Mix | None
    typical: float


def fit(measure: Measure, evidence: Evidence, kept: Ints, value: Floats) -> Fit:
    """Expectation, effects and calibration of a share or a level, from its valid contacts and their values."""
    log, settings = evidence.log, evidence.desk.settings.incentive
    share = measure.kind == "share"
    outcome = value if share else np.log(np.maximum(value, SHORTEST_S))
    who = log.rank[log.agent[kept]]
    own = pairs(outcome, who, [code[kept] for code in evidence.cells], len(log.agents), settings.folds, share=share)
    prior, rounds = settings.prior_contacts, settings.rounds
    levels = expected(own, own.total[:, None], prior=prior, rounds=rounds)[:, 0]
    level = levels[own.at]
    first, last = (int(log.day[kept].min()), int(log.day[kept].max())) if len(kept) else (0, 0)
    days = who * (last - first + 1) + log.day[kept] - first
    spread, least = (bernoulli, 1.0) if share else (constant, 0.0)
    found = effects(outcome, level, who, days, len(log.agents), spread=spread, phi_least=least)
    factor = stretch(own, levels, found, settings.interval, prior=prior, rounds=rounds)
    typical = float((value * np.exp(-found.skill[who])).mean()) if len(kept) and not share else np.nan
    return Fit(kept, value, outcome, level, found, factor, mix(levels, own.count) if share else None, typical)


def adjusted(measure: Measure, evidence: Evidence, earlier: Result | None = None) -> Result:
    """A share or a level, worked out; ``earlier`` where the valid contacts and their values are the same."""
    kept, value = _valued(measure, evidence)
    if earlier is not None and np.array_equal(earlier.kept, kept) and np.array_equal(earlier.rows.number, value):
        return earlier
    made = fit(measure, evidence, kept, value)
    log, share = evidence.log, measure.kind == "share"
    expectation = made.level if share else _in_units(made)
    rows = Rows(
        agent=log.agent[made.kept],
        day=log.day[made.kept],
        start_s=log.start_s[made.kept],
        contacts=np.ones(len(made.kept)),
        number=made.value,
        weight=np.ones(len(made.kept)),
        expected=expectation,
    )
    table = _table(measure, evidence, made, rows)
    units = _claims(measure, evidence, made, rows)
    findings = tuple(_findings(measure, evidence, made.found))
    return Result(measure, table.assign(claim=units[0]), rows, units[1], findings, kept)


def _valued(measure: Measure, evidence: Evidence) -> tuple[Ints, Floats]:
    """Rows of the log that are valid for the measure, and their values."""
    limits = (measure.limit_s,) if measure.limit_s else ()
    value = SOURCES[measure.source](evidence.desk, evidence.log, *limits)
    kept = np.flatnonzero(~np.isnan(value) & valid(measure, evidence) & (evidence.log.agent >= 0))
    return kept, value[kept]


def _in_units(made: Fit) -> Floats:
    """Expected seconds: the expected logarithms, so scaled that the desk's mean is met."""
    typical = np.exp(made.level)
    factor = made.value.sum() / typical.sum() if len(typical) else 1.0
    return np.asarray(typical * factor)


def _table(measure: Measure, evidence: Evidence, made: Fit, rows: Rows) -> pd.DataFrame:
    log, settings = evidence.log, evidence.desk.settings.incentive
    size = len(log.agents)
    count, observed, awaited = (total_by(rows.agent, own, size) for own in (rows.weight, rows.number, rows.expected))
    some = np.where(count > 0, count, np.nan)
    low, high = made.found.ends(settings.interval, made.stretch)
    at = [_rate(measure, made, one)[log.rank] for one in (made.found.known(), low, high)]
    score = made.found.score(1 if measure.better == "high" else -1)[log.rank]
    shown = {"contacts": count, "observed": observed / some, "expected": awaited / some}
    return pd.DataFrame(shown | {"adjusted": at[0], "low": at[1], "high": at[2], "score": score})


def _rate(measure: Measure, made: Fit, effect: Floats) -> Floats:
    """The share or the mean that an effect would reach on all the desk's contacts."""
    if not len(made.level):
        return np.full(len(effect), np.nan)
    if made.mix is None:
        return np.asarray(made.typical * np.exp(effect))
    return made.mix.rate(effect)


def _claims(measure: Measure, evidence: Evidence, made: Fit, rows: Rows) -> tuple[Floats, Floats]:
    """Per agent: the sum of y / p, and what one more good result at the agent's hours would add."""
    size, settings = len(evidence.log.agents), evidence.desk.settings.incentive
    if measure.kind != "share" or measure.better != "high":
        return np.full(size, np.nan), np.full(size, np.nan)
    weight = queue_weight(evidence.desk, evidence.log)[evidence.log.queue[made.kept]]
    worth = weight * np.minimum(1 / made.level, settings.claim_max)
    claim, whole, count = (total_by(rows.agent, own, size) for own in (worth * made.outcome, worth, rows.weight))
    return claim, np.divide(whole, count, out=np.full(size, np.nan), where=count > 0)


def _findings(measure: Measure, evidence: Evidence, found: Effects) -> Iterator[Finding]:
    if not found.contacts.any():
        severity: Severity = "warning" if measure.name in evidence.desk.settings.incentive.weights else "note"
        yield Finding("measure_empty", severity, "contacts", facts={"measure": measure.name})
        return
    few = int(((found.contacts > 0) & (found.contacts < measure.evidence)).sum())
    if few:
        facts = {"measure": measure.name, "agents": few, "evidence": measure.evidence}
        yield Finding("little_evidence", "note", "contacts", facts=facts)
    if found.tau2 == 0:
        yield Finding("no_measurable_difference", "note", "contacts", facts={"measure": measure.name})

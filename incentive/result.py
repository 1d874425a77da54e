"""Works out a measure by its kind."""

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from incentive.adjusted import adjusted
from incentive.evidence import NO_MOMENT, NONE, Evidence, Result, Rows, per_agent, valid
from incentive.log import Floats
from incentive.measure import Kind, Measure
from incentive.outcome import SOURCES
from incentive.ratio import ratio
from incentive.reward import REWARDS


def work_out(measure: Measure, evidence: Evidence, earlier: Result | None = None) -> Result:
    """The measure, by its kind; ``earlier`` is taken where it rests on the same contacts and values.

    ``earlier`` must come from the same scheme, with the same agents and cells for every contact.
    """
    if measure.kind in ("share", "level"):
        return adjusted(measure, evidence, earlier)
    return _KINDS[measure.kind](measure, evidence)


def _total(measure: Measure, evidence: Evidence) -> Result:
    log = evidence.log
    value = _flagged_min(evidence) if measure.source == "flagged_min" else SOURCES[measure.source](evidence.desk, log)
    own = np.flatnonzero(~np.isnan(value) & valid(measure, evidence))
    rows = Rows(log.agent[own], log.day[own], log.start_s[own], np.ones(len(own)), value[own], NONE, NONE)
    size = len(log.agents)
    sums = {"contacts": np.bincount(rows.agent, minlength=size), "observed": np.bincount(rows.agent, rows.number, size)}
    table = pd.DataFrame(sums)
    return Result(measure, per_agent(log, table[table["contacts"] > 0]), rows, np.full(size, np.nan))


def _flagged_min(evidence: Evidence) -> Floats:
    """Standard minutes of each contact handled in an overloaded interval."""
    log = evidence.log
    return np.where(log.handled & evidence.around.flagged, log.standard_min, np.nan)


def _reward(measure: Measure, evidence: Evidence) -> Result:
    log = evidence.log
    days = REWARDS[measure.source](
        evidence.desk, log, evidence.around, evidence.duty, log.handled & valid(measure, evidence)
    )
    own = days.drop(columns="day").groupby("agent").sum()
    score = (own["credit_min"] / own["most_min"].where(own["most_min"] > 0)).clip(upper=1.0)
    names = {"done_min": "observed", "quota_min": "expected", "credit_min": "adjusted"}
    table = per_agent(log, own.rename(columns=names).assign(score=score, claim=own["credit_min"]))
    number, quota, contacts = (days[name].to_numpy(dtype=np.float64) for name in ("done_min", "quota_min", "contacts"))
    agent, day = (days[name].to_numpy(dtype=np.int64) for name in ("agent", "day"))
    rows = Rows(agent, day, np.full(len(days), NO_MOMENT), contacts, number, NONE, quota)
    return Result(measure, table, rows, np.where(table["claim"] > 0, 1.0, np.nan))


_KINDS: Mapping[Kind, Callable[[Measure, Evidence], Result]] = {
    "ratio": ratio,
    "total": _total,
    "reward": _reward,
}

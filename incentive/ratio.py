"""Measures that are ratios of sums, with the interval that their days give."""

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
from scipy.stats import t as student

from incentive.evidence import NONE, Evidence, Result, Rows, per_agent, valid
from incentive.log import Floats, live_queues, local_day
from incentive.measure import Measure
from incentive.session import planned_presence


def ratio(measure: Measure, evidence: Evidence) -> Result:
    """A ratio, worked out: sum over sum, with an interval where there are days to compare."""
    rows = SOURCES[measure.source](measure, evidence)
    table = per_agent(evidence.log, _per_agent(rows, measure.unit, evidence.desk.settings.incentive.interval))
    return Result(measure, table, rows, np.full(len(evidence.log.agents), np.nan))


def concurrency(measure: Measure, evidence: Evidence) -> Rows:
    """Seconds held over seconds in which at least one contact was held."""
    log, own = evidence.log, evidence.held
    ones = np.ones(len(own.row))
    return Rows(log.agent[own.row], log.day[own.row], log.start_s[own.row], ones, own.held_s, own.added_s, NONE)


def occupancy(measure: Measure, evidence: Evidence) -> Rows:
    """Seconds with at least one contact, over seconds there; in live queues, for of others nobody knows when a contact
    was worked on."""
    interval_min = evidence.desk.settings.interval_min
    there = evidence.around.presence.of(live_queues(evidence.desk, evidence.log)[evidence.around.presence.queue])
    busy_s = evidence.held.busy.during(there.agent, there.start_s.astype(np.float64), 60.0 * interval_min)
    day = local_day(there.start_s, evidence.desk.settings.timezone)
    part = there.minutes / interval_min
    return Rows(there.agent, day, there.start_s, np.zeros(len(day)), busy_s * part, 60 * there.minutes, NONE)


def adherence(measure: Measure, evidence: Evidence) -> Rows:
    """Planned intervals in which the agent held a contact, of those with a contact or more for everybody there, in live
    queues."""
    there = evidence.around.presence.of(live_queues(evidence.desk, evidence.log)[evidence.around.presence.queue])
    planned = planned_presence(evidence.log, there, evidence.around.covered.on_duty)
    agent, start_s = there.agent[planned], there.start_s[planned]
    length_s = 60.0 * evidence.desk.settings.interval_min
    busy_s = evidence.held.busy.during(agent, start_s.astype(np.float64), length_s)
    day = local_day(start_s, evidence.desk.settings.timezone)
    return Rows(agent, day, start_s, np.zeros(len(day)), (busy_s > 0).astype(np.float64), np.ones(len(day)), NONE)


def answers_per_question(measure: Measure, evidence: Evidence) -> Rows:
    """Messages of the agent over messages of the customer."""
    log = evidence.log
    asked, answered = (log.column(name).to_numpy(dtype=np.float64) for name in ("questions", "answers"))
    own = np.flatnonzero(valid(measure, evidence) & log.handled & ~np.isnan(asked) & ~np.isnan(answered))
    return Rows(log.agent[own], log.day[own], log.start_s[own], np.ones(len(own)), answered[own], asked[own], NONE)


SOURCES: Mapping[str, Callable[[Measure, Evidence], Rows]] = {
    function.__name__: function for function in (concurrency, occupancy, adherence, answers_per_question)
}


def _per_agent(rows: Rows, unit: str, interval: float) -> pd.DataFrame:
    """Ratio and its ends by agent; a single day has no interval.

    Source: variance of a ratio of means over days (Cochran 1977, section 6.4), with Student's t.
    """
    days = pd.DataFrame({"agent": rows.agent, "day": rows.day, "contacts": rows.contacts, "number": rows.number,
                         "weight": rows.weight}).groupby(["agent", "day"], as_index=False).sum()  # fmt: skip
    own = days.groupby("agent")[["contacts", "number", "weight"]].sum()
    own["observed"] = own["number"] / own["weight"].where(own["weight"] > 0)
    own["contacts"] = own["contacts"].where(own["contacts"] > 0, days.groupby("agent").size())
    off = (days["number"] - days["agent"].map(own["observed"]) * days["weight"]) ** 2
    count = np.asarray(days.groupby("agent").size(), dtype=np.float64)
    reach = _reach(off.groupby(days["agent"]).sum().to_numpy(), count, own["weight"].to_numpy(), interval)
    most = 1.0 if unit == "share" else np.inf
    return own.assign(low=(own["observed"] - reach).clip(lower=0.0), high=(own["observed"] + reach).clip(upper=most))


def _reach(squares: Floats, days: Floats, weight: Floats, interval: float) -> Floats:
    several = (days > 1) & (weight > 0)
    free = np.where(several, days - 1, 1.0)
    sd = np.sqrt(squares * days / free) / np.where(several, weight, 1.0)
    return np.where(several, student.ppf((1 + interval) / 2, free) * sd, np.nan)

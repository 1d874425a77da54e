"""Shifts of the duty plan beside the log: to which one a moment belongs, and who did not come."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from desk import Desk, Finding
from desk.grid import epoch_s
from desk.listed import few
from incentive.covered import Spans, within
from incentive.log import Flags, Floats, Ints, Log, interval_start_s, local_day

NEAR_S = 8 * 3600.0
"""Work off the plan belongs to the agent's nearest shift if that is no further away, s; else to its calendar day."""
AWAY_FROM = 5.0
"""Contacts that would have been an agent's in a shift, had all on duty taken equally many; who took none of so many or
more was not there: by chance alone that happens once in 150 shifts."""
OF_PEOPLE = frozenset(("shift_missed", "work_without_shift"))
"""Findings that say what people did: of a log that was played nobody need be told of them."""
_AGENT = 1 << 36


@dataclass(frozen=True, slots=True)
class Laid:
    """Rows of a duty plan of agents of the log, in the order of agent and time.

    Parameters
    ----------
    day : of the shift, days since 1970; ``queue`` : place of the activity in the log's queues, -1 where it is none.
    """

    agent: Ints
    start_s: Ints
    day: Ints
    queue: Ints

    @property
    def key(self) -> Ints:
        """One number for agent and interval, ascending."""
        return self.agent * _AGENT + self.start_s

    @property
    def shift(self) -> Ints:
        """One number for agent and day of the shift."""
        return self.agent * _AGENT + self.day


def laid(desk: Desk, log: Log, duty: pd.DataFrame) -> Laid:
    """The rows of a duty plan."""
    rows = duty[duty["agent"].isin(log.agents)]
    agent = log.agents.get_indexer(pd.Index(rows["agent"])).astype(np.int64)
    start_s = epoch_s(pd.DatetimeIndex(rows["start"])).astype(np.int64)
    dated = pd.to_datetime(rows["date"]).to_numpy(dtype="datetime64[D]")
    known, here = ~np.isnat(dated), local_day(start_s, desk.settings.timezone)
    day = np.where(known, np.where(known, dated, np.datetime64(0, "D")).astype(np.int64), here)
    queue = pd.Index(log.queues).get_indexer(pd.Index(rows["activity"])).astype(np.int64)
    order = np.lexsort((start_s, agent))
    return Laid(agent[order], start_s[order], day[order], queue[order])


def shift_day(desk: Desk, own: Laid, agent: Ints, start_s: Ints) -> Ints:
    """The day of the shift to which each agent's interval belongs: of the nearest within ``NEAR_S``, else its own."""
    day, length_s = local_day(start_s, desk.settings.timezone), 60.0 * desk.settings.interval_min
    if not len(own.agent):
        return day
    place = np.searchsorted(own.key, agent * _AGENT + start_s, side="right")
    before, after = np.maximum(place - 1, 0), np.minimum(place, len(own.agent) - 1)
    since = _gap(own, agent, before, start_s - own.start_s[before] - length_s, place > 0)
    until = _gap(own, agent, after, own.start_s[after] - start_s - length_s, place < len(own.agent))
    near = np.where(since <= until, own.day[before], own.day[after])
    return np.where(np.minimum(since, until) < NEAR_S, near, day)


def missed(desk: Desk, log: Log, own: Laid) -> Flags:
    """Rows of shifts to which nobody came: no contact of that agent was taken, answered or closed in them or on their
    day, though ``AWAY_FROM`` or more would have been the agent's share of what came to the queue, or on a day of leave.
    """
    if not len(own.agent):
        return np.zeros(0, dtype=bool)
    shifts, shift = np.unique(own.shift, return_inverse=True)
    there = np.zeros(len(shifts), dtype=bool)
    for agent, start_s in _seen(desk, log):
        there[shift[np.isin(own.key, agent * _AGENT + start_s)]] = True
        there |= np.isin(shifts, agent * _AGENT + local_day(start_s, desk.settings.timezone))
    share = np.bincount(shift, _due(log, own), minlength=len(shifts))
    return np.asarray((~there & ((share >= AWAY_FROM) | _on_leave(desk, log, shifts)))[shift])


def shift_findings(desk: Desk, log: Log, duty: pd.DataFrame | None, planned: Spans) -> Iterator[Finding]:
    """Shifts of the plan to which nobody came, and days on which people worked in what is ``planned`` and have none."""
    if duty is None or duty.empty:
        return
    own = laid(desk, log, duty)
    away = np.unique(own.shift[missed(desk, log, own)])
    away = away[~_on_leave(desk, log, away)]
    if len(away):
        yield Finding("shift_missed", "note", "duty", facts=_named(log, away))
    off = log.handled & within(log.start_s, planned) & ~np.isin(log.agent * _AGENT + log.start_s, own.key)
    day = shift_day(desk, own, log.agent[off], log.start_s[off])
    extra = np.setdiff1d(log.agent[off] * _AGENT + day, own.shift)
    if len(extra):
        yield Finding("work_without_shift", "warning", "duty", facts=_named(log, extra))


def _seen(desk: Desk, log: Log) -> Iterator[tuple[Ints, Ints]]:
    """Agents and intervals in which they were seen to work."""
    taken = log.agent >= 0
    yield log.agent[taken], log.start_s[taken]
    for name in ("first_reply", "closed"):
        known = taken & log.column(name).notna().to_numpy()
        yield log.agent[known], interval_start_s(log.column(name)[known], desk.settings.interval_min)


def _on_leave(desk: Desk, log: Log, shifts: Ints) -> Flags:
    """Which of the shifts are on a day of leave, which may have been granted after the plan."""
    leave = desk.table("leave")
    known = leave[leave["agent"].isin(log.agents)]
    days = pd.to_datetime(known["date"]).to_numpy(dtype="datetime64[D]").astype(np.int64)
    agent = log.agents.get_indexer(pd.Index(known["agent"])).astype(np.int64)
    return np.isin(shifts, agent * _AGENT + days)


def _due(log: Log, own: Laid) -> Floats:
    """Per row on a queue, the contacts that came to it there for each agent on duty in it."""
    size = len(log.queues)
    key = np.where(own.queue >= 0, own.start_s * size + own.queue, -1)
    known, place, there = np.unique(key, return_inverse=True, return_counts=True)
    came = log.start_s * size + log.queue
    arrivals = np.bincount(np.searchsorted(known, came[np.isin(came, known)]), minlength=len(known))
    return np.where(own.queue >= 0, (arrivals / there)[place], 0.0)


def _gap(own: Laid, agent: Ints, place: Ints, seconds: Any, there: Flags) -> Floats:
    own_row = there & (own.agent[place] == agent)
    return np.where(own_row, np.maximum(seconds, 0.0), np.inf).astype(np.float64)


def _named(log: Log, shifts: Ints) -> dict[str, object]:
    """How many, of how many people, and the first of them by name and day."""
    days = pd.to_datetime(shifts % _AGENT, unit="D")
    words = (f"{log.agents[agent]} {day:%Y-%m-%d}" for agent, day in zip(shifts // _AGENT, days, strict=True))
    return {"count": len(shifts), "agents": len(np.unique(shifts // _AGENT)), "named": few(words)}

"""How long agents were busy, and with how many contacts at once."""

from dataclasses import dataclass

import numpy as np

from incentive.covered import Spans, within
from incentive.log import Flags, Floats, Ints, Log
from incentive.workload import Presence

_AGENT_SHIFT = float(1 << 34)


@dataclass(frozen=True, slots=True)
class Busy:
    """Stretches of time in which an agent held at least one contact, in the order of agent and time."""

    agent: Ints
    start_s: Floats
    length_s: Floats

    def during(self, agent: Ints, start_s: Floats, length_s: float) -> Floats:
        """Seconds busy of each agent from ``start_s`` on, within ``length_s``."""
        return self._until(agent, start_s + length_s) - self._until(agent, start_s)

    def _until(self, agent: Ints, moment_s: Floats) -> Floats:
        if not len(self.agent):
            return np.zeros(len(agent))
        key = self.agent * _AGENT_SHIFT + self.start_s
        place = np.searchsorted(key, agent * _AGENT_SHIFT + moment_s, side="right") - 1
        before = np.concatenate([[0.0], np.cumsum(self.length_s)])
        at = np.maximum(place, 0)
        inside = np.where(self.agent[at] == agent, np.minimum(moment_s - self.start_s[at], self.length_s[at]),
                          self.length_s[at])  # fmt: skip
        return np.where(place >= 0, before[at] + inside, 0.0)


@dataclass(frozen=True, slots=True)
class Held:
    """The contacts that an agent held: row of the log, seconds held, seconds by which they lengthen the busy time."""

    row: Ints
    held_s: Floats
    added_s: Floats
    busy: Busy


def held(log: Log, valid: Flags) -> Held:
    """Contacts of known beginning and end, and the busy time that they make."""
    begin_s, end_s = _begin_s(log), log.seconds("closed")
    rows = np.flatnonzero(valid & (log.agent >= 0) & (end_s > begin_s))
    rows = rows[np.lexsort((begin_s[rows], log.agent[rows]))]
    agent, begin_s, end_s = log.agent[rows], begin_s[rows], end_s[rows]
    first = float(begin_s.min()) if len(rows) else 0.0
    reach = np.maximum.accumulate(end_s - first + agent * _AGENT_SHIFT) + first - agent * _AGENT_SHIFT
    before = np.full(len(rows), -np.inf)
    before[1:] = np.where(agent[1:] == agent[:-1], reach[:-1], -np.inf)
    start_s = np.maximum(begin_s, before)
    added_s = np.maximum(end_s - start_s, 0.0)
    grown = added_s > 0
    return Held(rows, end_s - begin_s, added_s, Busy(agent[grown], start_s[grown], added_s[grown]))


def planned_presence(log: Log, presence: Presence, on_duty: Spans) -> Flags:
    """Rows of presence that the duty plan states, in intervals with at least as many contacts as agents on duty."""
    size = len(log.queues)
    key = presence.start_s * size + presence.queue
    known, place = np.unique(key, return_inverse=True)
    there = np.bincount(place, minlength=len(known))
    came = log.start_s * size + log.queue
    came = came[np.isin(came, known)]
    arrivals = np.bincount(np.searchsorted(known, came), minlength=len(known))
    enough: Flags = (arrivals >= there)[place]
    return enough & within(presence.start_s, on_duty)


def _begin_s(log: Log) -> Floats:
    begin = log.seconds("arrived")
    for column in ("first_reply", "assigned"):
        own = log.seconds(column)
        begin = np.where(np.isnan(own), begin, own)
    return begin

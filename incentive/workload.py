"""How busy each interval was, and who was there: measured, never what the agent chose."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from desk import Desk, Finding
from desk.grid import epoch_s
from incentive.covered import Covered, covered, within
from incentive.log import Flags, Floats, Ints, Log
from incentive.shifts import laid, missed, shift_findings

NO_CAPACITY = 99.0


@dataclass(frozen=True, slots=True)
class Presence:
    """Who was there: one row per agent, interval and queue; ``minutes`` of the interval given to that queue."""

    agent: Ints
    start_s: Ints
    queue: Ints
    minutes: Floats

    def of(self, rows: Flags) -> "Presence":
        """Some of the rows."""
        return Presence(self.agent[rows], self.start_s[rows], self.queue[rows], self.minutes[rows])


@dataclass(frozen=True, slots=True)
class Workload:
    """Load of the desk around each contact and each presence.

    Parameters
    ----------
    load : per contact, standard minutes that came to its queue in its interval over minutes of agents there.
    flagged : per contact, whether the system flags its interval and queue as overloaded.
    presence : who was there.
    presence_flagged : per row of ``presence``, the same flag.
    covered : what time the duty plan speaks of.
    """

    load: Floats
    flagged: Flags
    presence: Presence
    presence_flagged: Flags
    covered: Covered


def workload(desk: Desk, log: Log, duty: pd.DataFrame | None, service: pd.DataFrame | None) -> Workload:
    """Load and flags of every contact.

    The plan's ``service.overload`` flags the intervals that it covers; elsewhere a load above
    ``[rules].overload_limit``, measured in the log, does. The ``duty`` plan says who was there in the span it covers,
    but for shifts to which nobody came; elsewhere who took contacts in an interval was, for the share of it that his
    contacts of the queue had of all his.
    """
    told = covered(desk, duty, service)
    presence = _join(_from_duty(desk, log, duty), _from_log(desk, log, told))
    size = len(log.queues)
    keys = np.concatenate([log.start_s * size + log.queue, presence.start_s * size + presence.queue])
    known, place = np.unique(keys, return_inverse=True)
    ours, theirs = place[: len(log.queue)], place[len(log.queue) :]
    work = np.bincount(ours, log.standard_min, minlength=len(known))
    capacity = np.bincount(theirs, presence.minutes, minlength=len(known))
    load = np.divide(work, capacity, out=np.full(len(known), NO_CAPACITY), where=capacity > 0)
    flagged = _flags(desk, log, known, load, service)
    return Workload(load[ours], flagged[ours], presence, flagged[theirs], told)


def cautions(desk: Desk, log: Log, duty: pd.DataFrame | None, service: pd.DataFrame | None) -> Iterator[Finding]:
    """Say where presence or overload had to be taken from the log itself, and where the plan and the log differ."""
    told = covered(desk, duty, service)
    outside = log.start_s[~within(log.start_s, told.on_duty)]
    if outside.size:
        off_duty = within(outside, told.days).all()
        found = Finding("presence_off_duty", "note") if off_duty else Finding("presence_from_log", "warning")
        yield replace(found, file="contacts")
    planned = _keys(log, service) if service is not None else np.array([], dtype=np.int64)
    if not np.isin(log.start_s * len(log.queues) + log.queue, planned).all():
        yield Finding("overload_from_log", "warning", "contacts")
    yield from shift_findings(desk, log, duty, told.planned)


def _from_duty(desk: Desk, log: Log, duty: pd.DataFrame | None) -> Presence:
    """Who was on duty in a queue, without the shifts to which nobody came."""
    own = laid(desk, log, duty if duty is not None else desk.table("duty"))
    there = (own.queue >= 0) & ~missed(desk, log, own)
    minutes = np.full(int(there.sum()), float(desk.settings.interval_min))
    return Presence(own.agent[there], own.start_s[there], own.queue[there], minutes)


def _from_log(desk: Desk, log: Log, told: Covered) -> Presence:
    seen = log.handled & ~within(log.start_s, told.on_duty)
    own = pd.DataFrame({"agent": log.agent[seen], "start_s": log.start_s[seen], "queue": log.queue[seen]})
    counts = own.groupby(["agent", "start_s", "queue"]).size().rename("count").reset_index()
    total = counts.groupby(["agent", "start_s"])["count"].transform("sum")
    minutes = desk.settings.interval_min * (counts["count"] / total).to_numpy(dtype=np.float64)
    agent, start_s, queue = (counts[name].to_numpy(dtype=np.int64) for name in ("agent", "start_s", "queue"))
    return Presence(agent, start_s, queue, minutes)


def _join(one: Presence, other: Presence) -> Presence:
    return Presence(
        np.concatenate([one.agent, other.agent]),
        np.concatenate([one.start_s, other.start_s]),
        np.concatenate([one.queue, other.queue]),
        np.concatenate([one.minutes, other.minutes]),
    )


def _flags(desk: Desk, log: Log, known: Ints, load: Floats, service: pd.DataFrame | None) -> Flags:
    flagged = load > desk.settings.rules.overload_limit
    if service is None or service.empty:
        return flagged
    planned = pd.Series(service["overload"].to_numpy(dtype=np.float64) > 0, index=_keys(log, service))
    planned = planned[planned.index.isin(known)]
    flagged[np.searchsorted(known, planned.index.to_numpy(dtype=np.int64))] = planned.to_numpy()
    return flagged


def _keys(log: Log, service: pd.DataFrame) -> Ints:
    start_s = epoch_s(pd.DatetimeIndex(service["start"])).astype(np.int64)
    queue = pd.Index(log.queues).get_indexer(pd.Index(service["queue"]))
    return np.where(queue >= 0, start_s * len(log.queues) + queue, -1)

"""Counts what happened to the contacts, per interval and queue."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from desk import Desk, Forecast
from staffing.simulation.case import Arrivals, BoolArray, FloatArray, Log
from staffing.simulation.confidence import count_limits, share_limits


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts per interval and queue: offered, within target, lost, late, and the sum of waits in s.

    Who left and came again is offered twice, and lost only if he left for good. Of the whole run: shifts missed, and
    people called in for them.
    """

    offered: FloatArray
    within: FloatArray
    lost: FloatArray
    late: FloatArray
    wait_s: FloatArray
    absences: int = 0
    calls: int = 0


@dataclass(frozen=True, slots=True)
class Ends:
    """How each contact ended: that it came at all, its wait, and whether its customer left, for good or to come again.

    A wait that the horizon's end cuts off lasts until then.
    """

    came: BoolArray
    wait_s: FloatArray
    left: BoolArray
    for_good: BoolArray


def ends(arrivals: Arrivals, log: Log, end_s: float) -> Ends:
    """How the contacts ended, seen at the end of the horizon."""
    came = log.arrived_s < end_s
    leaves_s = log.arrived_s + arrivals.patience_s
    taken = log.assigned_s <= leaves_s
    left = came & ~taken & (leaves_s <= end_s)
    until_s = np.where(taken, log.assigned_s, np.minimum(leaves_s, end_s))
    again = (arrivals.again >= 0) & came[arrivals.again]
    return Ends(came, until_s - log.arrived_s, left, left & ~again)


def tally(desk: Desk, forecast: Forecast, arrivals: Arrivals, log: Log, edges_s: FloatArray) -> Tally:
    """Counts one replication.

    Who still waits at the horizon's end is late where the target's time has passed by then, else within it.
    """
    queues = [desk.settings.queues[name] for name in forecast.queues]
    end_s = edges_s[-1]
    found = ends(arrivals, log, end_s)
    within_s = np.array([queue.target.within_s for queue in queues])[arrivals.queue]
    within = found.came & ~found.left & (found.wait_s <= within_s)
    for index, queue in enumerate(queues):
        if queue.deadline_h is not None:
            mine, deadline_s = arrivals.queue == index, log.arrived_s + 3600.0 * queue.deadline_h
            within[mine] = (found.came & ((log.closed_s <= deadline_s) | (deadline_s > end_s)))[mine]
    interval = np.searchsorted(edges_s, log.arrived_s[found.came], side="right") - 1
    cell = interval * len(queues) + arrivals.queue[found.came]
    shape = (len(forecast.starts), len(queues))
    values = (np.ones(len(within)), within, found.for_good, ~within & ~found.left, found.wait_s)
    counts = (np.bincount(cell, np.asarray(own[found.came], dtype=np.float64), shape[0] * shape[1]) for own in values)
    offered, kept, lost, late, wait_s = (np.asarray(count, dtype=np.float64).reshape(shape) for count in counts)
    return Tally(offered, kept, lost, late, wait_s)


def service_frame(forecast: Forecast, tallies: list[Tally]) -> pd.DataFrame:
    """The simulated columns of table ``service``, one row per interval and queue.

    Shares and waits are totals over all runs divided by all their contacts; limits as in `share_limits` and
    `count_limits`.
    """
    offered, within, lost, late, wait_s = (
        np.stack([getattr(one, name) for one in tallies]) for name in ("offered", "within", "lost", "late", "wait_s")
    )
    total = np.where(offered.sum(axis=0) > 0, offered.sum(axis=0), np.nan)
    share_low, share_high = share_limits(within, offered)
    lost_low, lost_high = count_limits(lost)
    late_low, late_high = count_limits(late)
    columns = {
        "share_within_sim": within.sum(axis=0) / total,
        "share_within_sim_low": share_low,
        "share_within_sim_high": share_high,
        "mean_wait_s_sim": wait_s.sum(axis=0) / total,
        "lost_sim": lost.mean(axis=0),
        "lost_sim_low": lost_low,
        "lost_sim_high": lost_high,
        "late_sim": late.mean(axis=0),
        "late_sim_low": late_low,
        "late_sim_high": late_high,
    }
    parts = [
        pd.DataFrame({"start": forecast.starts, "queue": name} | {key: value[:, at] for key, value in columns.items()})
        for at, name in enumerate(forecast.queues)
    ]
    return pd.concat(parts, ignore_index=True)

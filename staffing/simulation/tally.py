"""Counts what happened to the contacts, per interval and queue."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from desk import Desk, Forecast
from desk.settings import Queue
from staffing.simulation.case import Log
from staffing.simulation.confidence import count_limits, share_limits
from staffing.simulation.draw import Replication

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts per interval and queue: offered, within target, lost, late, and the sum of waits in s."""

    offered: FloatArray
    within: FloatArray
    lost: FloatArray
    late: FloatArray
    wait_s: FloatArray


def tally(desk: Desk, forecast: Forecast, drawn: Replication, log: Log, end_s: float) -> Tally:
    """Counts one replication. A wait that the horizon's end cuts off is counted until then."""
    arrivals = drawn.arrivals
    assigned = ~np.isnan(log.assigned_s)
    until_s = np.where(assigned, log.assigned_s, np.minimum(arrivals.leaves_s, end_s))
    wait_s = until_s - arrivals.arrived_s
    lost = ~assigned & (arrivals.leaves_s <= end_s)
    within = np.zeros(len(wait_s), dtype=np.bool_)
    for index, name in enumerate(forecast.queues):
        mine = arrivals.queue == index
        within[mine] = _in_time(desk.settings.queues[name], arrivals.arrived_s, wait_s, log, assigned, end_s)[mine]
    cell = drawn.interval * len(forecast.queues) + arrivals.queue
    shape = (len(forecast.starts), len(forecast.queues))
    size = shape[0] * shape[1]
    values = (np.ones(len(cell)), within, lost, ~within & ~lost, wait_s)
    counts = [np.bincount(cell, np.asarray(value, dtype=np.float64), size) for value in values]
    return Tally(*(np.asarray(count, dtype=np.float64).reshape(shape) for count in counts))


def _in_time(
    queue: Queue, arrived_s: FloatArray, wait_s: FloatArray, log: Log, assigned: npt.NDArray[np.bool_], end_s: float
) -> npt.NDArray[np.bool_]:
    """Live: taken within the target's time. Deferrable: closed by the deadline, or the deadline is still to come."""
    if queue.deadline_h is None:
        return assigned & (wait_s <= queue.target.within_s)
    deadline_s = arrived_s + 3600.0 * queue.deadline_h
    return (log.closed_s <= deadline_s) | (deadline_s > end_s)


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
    columns = {
        "share_within_sim": within.sum(axis=0) / total,
        "share_within_sim_low": share_low,
        "share_within_sim_high": share_high,
        "mean_wait_s_sim": wait_s.sum(axis=0) / total,
        "lost_sim": lost.mean(axis=0),
        "lost_sim_low": lost_low,
        "lost_sim_high": lost_high,
        "late_sim": late.mean(axis=0),
    }
    parts = [
        pd.DataFrame({"start": forecast.starts, "queue": name} | {key: value[:, at] for key, value in columns.items()})
        for at, name in enumerate(forecast.queues)
    ]
    return pd.concat(parts, ignore_index=True)

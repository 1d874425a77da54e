"""Counts what happened to the contacts, per interval and queue, and how sure the counts are."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import t as student

from desk import Desk, Forecast
from desk.settings import Queue
from staffing.simulation.case import Log
from staffing.simulation.draw import Replication

FloatArray = npt.NDArray[np.float64]
CONFIDENCE = 0.95


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

    Shares and waits are totals over all runs divided by all their contacts. The limits are 95 % limits of Student's t
    over the runs (for the share that of a ratio), never narrower than the counts themselves allow.

    Source: ratio estimator, Cochran 1977 ch. 6; Agresti & Coull 1998 for the floor of a share.
    """
    offered, within, lost, late, wait_s = (
        np.stack([getattr(one, name) for one in tallies]) for name in ("offered", "within", "lost", "late", "wait_s")
    )
    total = np.where(offered.sum(axis=0) > 0, offered.sum(axis=0), np.nan)
    share, half_share = _ratio(within, offered)
    half_lost = _half_width(lost, np.maximum(lost.sum(axis=0), 1.0) / len(tallies) ** 2)
    columns = {
        "share_within_sim": share,
        "share_within_sim_low": np.maximum(share - half_share, 0.0),
        "share_within_sim_high": np.minimum(share + half_share, 1.0),
        "mean_wait_s_sim": wait_s.sum(axis=0) / total,
        "lost_sim": lost.mean(axis=0),
        "lost_sim_low": np.maximum(lost.mean(axis=0) - half_lost, 0.0),
        "lost_sim_high": lost.mean(axis=0) + half_lost,
        "late_sim": late.mean(axis=0),
    }
    parts = [
        pd.DataFrame(
            {"start": forecast.starts, "queue": name} | {key: value[:, index] for key, value in columns.items()}
        )
        for index, name in enumerate(forecast.queues)
    ]
    return pd.concat(parts, ignore_index=True)


def _ratio(part: FloatArray, whole: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Ratio of the totals over runs (first axis) and the half width of its limits."""
    runs, total = len(whole), whole.sum(axis=0)
    ratio = part.sum(axis=0) / np.where(total > 0, total, np.nan)
    shrunk = (part.sum(axis=0) + 2.0) / (total + 4.0)
    return ratio, _half_width(
        (part - ratio * whole) * runs / np.maximum(total, 1.0), shrunk * (1 - shrunk) / (total + 4.0)
    )


def _half_width(values: FloatArray, least_variance: FloatArray) -> FloatArray:
    """Half width of the limits of the mean over runs; NaN for a single run."""
    runs = len(values)
    if runs < 2:
        return np.full(values.shape[1:], np.nan)
    variance = np.maximum(values.var(axis=0, ddof=1) / runs, least_variance)
    return np.asarray(student.ppf(0.5 + CONFIDENCE / 2.0, runs - 1) * np.sqrt(variance))

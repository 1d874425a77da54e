"""Call-backs: outbound work that a daily quota sets, not a forecast."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from desk import Desk, Forecast
from desk.grid import at_clock, epoch_s
from desk.hours import hours_min

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


def with_quotas(desk: Desk, forecast: Forecast) -> Forecast:
    """The forecast in which each queue with a ``daily_quota`` has it at the opening of every day, on all paths.

    A quota of 12.5 is 12 or 13, by turns over paths and days: paths hold whole inquiries.
    """
    wanted = {name: desk.settings.queues[name].daily_quota for name in forecast.queues}
    quotas = {name: quota for name, quota in wanted.items() if quota is not None}
    if not quotas:
        return forecast
    paths = forecast.paths.copy()
    for name, quota in quotas.items():
        own, at = (
            paths[:, :, forecast.queues.index(name)],
            _openings(forecast, hours_min(desk.settings.queues[name].hours)[0]),
        )
        own[:] = 0.0
        own[:, at] = np.diff(np.floor(quota * np.arange(own.shape[0] * len(at) + 1.0))).reshape(len(at), -1).T
    return replace(forecast, paths=paths)


def _openings(forecast: Forecast, opening_min: int) -> IntArray:
    """The interval of each day's opening: where the clock first shows it, or goes on where it skips it."""
    starts, zone = forecast.starts, str(forecast.starts.tz)
    days = starts.tz_localize(None).normalize().unique()
    moments_s = epoch_s(pd.DatetimeIndex([at_clock(day, opening_min, zone) for day in days]))
    edges_s = np.append(epoch_s(starts), epoch_s(starts[-1:]) + 60.0 * forecast.interval_min)
    at = np.searchsorted(edges_s, moments_s, side="right") - 1
    return np.asarray(at[(at >= 0) & (at < len(starts))], dtype=np.int64)


def spread(offered: FloatArray, interval_min: int, deadline_h: float) -> FloatArray:
    """Work spread evenly from its arrival until its deadline, shape (path, interval); what is due later stays out."""
    steps = max(1, round(deadline_h * 60.0 / interval_min))
    summed = np.concatenate([np.zeros((len(offered), 1)), offered.cumsum(axis=1)], axis=1)
    first = np.maximum(np.arange(1, offered.shape[1] + 1) - steps, 0)
    return np.asarray((summed[:, 1:] - summed[:, first]) / steps)

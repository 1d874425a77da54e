"""Call-backs: outbound work that a daily quota sets, not a forecast."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from desk import Desk, Forecast
from desk.hours import hours_min

FloatArray = npt.NDArray[np.float64]


def with_quotas(desk: Desk, forecast: Forecast) -> Forecast:
    """The forecast in which each queue with a ``daily_quota`` has it at the opening of every day, on all paths."""
    wanted = {name: desk.settings.queues[name].daily_quota for name in forecast.queues}
    quotas = {name: quota for name, quota in wanted.items() if quota is not None}
    if not quotas:
        return forecast
    paths = forecast.paths.copy()
    for name, quota in quotas.items():
        opening = hours_min(desk.settings.queues[name].hours)[0]
        minute = np.asarray(forecast.starts.hour * 60 + forecast.starts.minute)
        paths[:, :, forecast.queues.index(name)] = np.where(minute == opening % 1440, quota, 0.0)
    return replace(forecast, paths=paths)


def spread(offered: FloatArray, interval_min: int, deadline_h: float) -> FloatArray:
    """Work spread evenly from its arrival until its deadline, shape (path, interval); what is due later stays out."""
    steps = max(1, round(deadline_h * 60.0 / interval_min))
    summed = np.concatenate([np.zeros((len(offered), 1)), offered.cumsum(axis=1)], axis=1)
    first = np.maximum(np.arange(1, offered.shape[1] + 1) - steps, 0)
    return np.asarray((summed[:, 1:] - summed[:, first]) / steps)

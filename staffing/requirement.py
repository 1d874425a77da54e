"""How many effective agents a queue's target takes."""

import numpy as np
import pandas as pd

from desk import Desk, Forecast
from desk.settings import Queue
from staffing.curves import rate_weights
from staffing.load import FloatArray, felt_per_h, lag_s, underlying_per_h
from staffing.quota import spread, with_quotas
from staffing.shape import arrival_shape
from staffing.table import NEARLY_ALL, capacity_per_h, service_table


def required_agents(desk: Desk, forecast: Forecast, quantile: float = 0.5) -> pd.DataFrame:
    """Fewest whole effective agents that meet each queue's target, were arrivals at a quantile of their paths.

    Parameters
    ----------
    desk : its queues say target, handle times, patience.
    forecast : the paths.
    quantile : of the modified offered load in each step of five minutes: 0.5 plans for the median, 0.9 for a high day.

    Returns
    -------
    ``start, queue, required``, one row per interval and queue. A deferrable queue needs the agents that keep up with
    its arrivals, call-backs those who do the day's quota evenly until its deadline. An interval
    in which nobody arrives needs nobody: open contacts are finished by those who leave.

    Raises
    ------
    ValueError : a quantile outside 0-1.
    """
    if not 0.0 <= quantile <= 1.0:
        raise ValueError("quantile must lie between 0 and 1")
    parts, forecast = [], with_quotas(desk, forecast)
    for name in forecast.queues:
        rates = underlying_per_h(forecast, name)
        shape = arrival_shape(desk, forecast, name)
        needed = _needed(desk.settings.queues[name], rates, shape, forecast.interval_min * 60.0, quantile)
        parts.append(pd.DataFrame({"start": forecast.starts, "queue": name, "required": needed}))
    return pd.concat(parts, ignore_index=True)


def _needed(queue: Queue, rates: FloatArray, shape: FloatArray, interval_s: float, quantile: float) -> FloatArray:
    if queue.daily_quota is not None and queue.deadline_h is not None:
        rates = spread(rates, round(interval_s / 60.0), queue.deadline_h)
    if queue.kind == "deferrable":
        return np.asarray(np.quantile(rates, quantile, axis=0) / capacity_per_h(queue))
    felt = np.quantile(felt_per_h(rates, shape, interval_s, lag_s(queue)), quantile, axis=0)[np.newaxis]
    table = service_table(queue, felt.max())
    share = rate_weights(shape[np.newaxis], felt, table.rates) @ table.within
    enough = np.argmax(share >= min(queue.target.share, NEARLY_ALL), axis=1)
    return np.where(rates.max(axis=0) > 0.0, enough, 0.0)

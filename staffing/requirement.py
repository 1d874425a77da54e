"""How many effective agents a queue's target takes."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from desk import Desk, Forecast
from desk.quota import with_quotas
from desk.settings import Queue
from staffing.curves import rate_weights
from staffing.hour import Hours, on_duty, with_effort
from staffing.load import FloatArray, felt_per_h, lag_s, underlying_per_h
from staffing.pool import pools, together
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
    in which nobody arrives needs nobody: open contacts are finished by those who leave. Queues
    that help each other out at once (see `pools`) share the requirement of one queue by their load.

    Raises
    ------
    ValueError : a quantile outside 0-1.
    """
    if not 0.0 <= quantile <= 1.0:
        raise ValueError("quantile must lie between 0 and 1")
    parts, forecast = [], with_quotas(desk, forecast)
    for names in pools({name: desk.settings.queues[name] for name in forecast.queues}):
        for name, needed in _of_pool(desk, forecast, names, quantile):
            parts.append(pd.DataFrame({"start": forecast.starts, "queue": name, "required": needed}))
    order = {name: place for place, name in enumerate(forecast.queues)}
    parts.sort(key=lambda part: order[part["queue"].iloc[0]])
    return pd.concat(parts, ignore_index=True)


def _of_pool(
    desk: Desk, forecast: Forecast, names: tuple[str, ...], quantile: float
) -> Iterator[tuple[str, FloatArray]]:
    """Requirement of each queue of a pool: the pool's, parted by their load."""
    queues = [desk.settings.queues[name] for name in names]
    rates = [underlying_per_h(forecast, name) for name in names]
    shapes = [arrival_shape(desk, forecast, name) for name in names]
    means = np.array([own.mean(axis=0) for own in rates])
    whole = np.maximum(means.sum(), 1e-9)
    queue = queues[0] if len(names) == 1 else together(queues[0], queues[1], float(means[0].sum() / whole))
    shape = shapes[0] if len(names) == 1 else np.average(shapes, axis=0, weights=means.sum(axis=1) + 1e-9)
    hours = on_duty(desk, queue, forecast.starts)
    needed = _needed(queue, np.sum(rates, axis=0), shape, hours, forecast.interval_min, quantile)
    loads = means * np.array([[own.aht_s[-1]] for own in queues])
    parts = loads / np.maximum(loads.sum(axis=0), 1e-9) if len(names) > 1 else np.ones_like(loads)
    for name, part in zip(names, parts, strict=True):
        yield name, needed * part


def _needed(
    queue: Queue, rates: FloatArray, shape: FloatArray, hours: Hours, interval_min: int, quantile: float
) -> FloatArray:
    if queue.daily_quota is not None and queue.deadline_h is not None:
        rates = spread(rates, interval_min, queue.deadline_h)
    if queue.kind == "deferrable":
        return np.asarray(np.quantile(rates, quantile, axis=0) / capacity_per_h(queue) / (1.0 - hours.away))
    enough = np.zeros(len(shape))
    felt = felt_per_h(rates, shape, interval_min * 60.0, lag_s(queue) * hours.effort)
    high = np.quantile(felt, quantile, axis=0)[np.newaxis]
    for effort, away, rows in hours.alike():
        table = service_table(with_effort(queue, effort), high[:, rows].max()).thinned(away)
        share = rate_weights(shape[np.newaxis, rows], high[:, rows], table.rates) @ table.within
        enough[rows] = fewest(share, min(queue.target.share, NEARLY_ALL))
    return np.where(rates.max(axis=0) > 0.0, enough, 0.0)


def fewest(share: FloatArray, wanted: float) -> FloatArray:
    """The first column of each row whose ``share`` is enough; the last, which is next to enough, where none is."""
    reached = share >= wanted
    found = np.where(reached.any(axis=1), reached.argmax(axis=1), share.shape[1] - 1)
    return np.asarray(found, dtype=np.float64)


def spread(offered: FloatArray, interval_min: int, deadline_h: float) -> FloatArray:
    """Work spread evenly from its arrival until its deadline, shape (path, interval); what is due later stays out."""
    steps = max(1, round(deadline_h * 60.0 / interval_min))
    summed = np.concatenate([np.zeros((len(offered), 1)), offered.cumsum(axis=1)], axis=1)
    first = np.maximum(np.arange(1, offered.shape[1] + 1) - steps, 0)
    return np.asarray((summed[:, 1:] - summed[:, first]) / steps)

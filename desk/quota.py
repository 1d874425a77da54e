"""Call-backs: outbound work that a daily quota sets, not a forecast."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from desk.grid import at_clock, epoch_s
from desk.hours import hours_min
from desk.nouns import Desk, Forecast
from desk.settings import Queue

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
UNKNOWN = "queue_without_history"
"""What a forecaster notices of a queue without history; a quota needs none."""


def with_quotas(desk: Desk, forecast: Forecast) -> Forecast:
    """The forecast in which each queue with a ``daily_quota`` has it at the opening of every day, on all paths."""
    wanted = {name: desk.settings.queues[name].daily_quota for name in forecast.queues}
    given = [name for name, quota in wanted.items() if quota is not None]
    if not given:
        return forecast
    paths = forecast.paths.copy()
    for name in given:
        own = desk.settings.queues[name]
        paths[:, :, forecast.queues.index(name)] = by_quota(own, forecast.starts, forecast.interval_min, len(paths))
    told = tuple(own for own in forecast.findings if own.code != UNKNOWN or own.facts.get("queue") not in given)
    return replace(_explained(replace(forecast, paths=paths), given), findings=told)


def _explained(forecast: Forecast, given: list[str]) -> Forecast:
    """Nothing but its level makes a quota: factors of 1."""
    factors = forecast.explanation
    if factors.empty:
        return forecast
    rest, parts = factors.columns.difference(["start", "queue", "level"]), [factors[~factors["queue"].isin(given)]]
    for name in given:
        level = forecast.paths[:, :, forecast.queues.index(name)].mean(axis=0, dtype=np.float64)
        own = {"start": forecast.starts, "queue": name, "level": level} | dict.fromkeys(rest, 1.0)
        parts.append(pd.DataFrame(own)[factors.columns])
    return replace(forecast, explanation=pd.concat(parts, ignore_index=True))


def by_quota(queue: Queue, starts: pd.DatetimeIndex, interval_min: int, paths: int) -> FloatArray:
    """The quota of ``queue`` at the opening of every day, shape (path, interval).

    A quota of 12.5 is 12 or 13, by turns over paths and days: paths hold whole inquiries.
    """
    counts, at = np.zeros((paths, len(starts))), _openings(starts, interval_min, hours_min(queue.hours)[0])
    summed = np.floor((queue.daily_quota or 0.0) * np.arange(paths * len(at) + 1.0))
    counts[:, at] = np.diff(summed).reshape(len(at), -1).T
    return counts


def _openings(starts: pd.DatetimeIndex, interval_min: int, opening_min: int) -> IntArray:
    """The interval of each day's opening: where the clock first shows it, or goes on where it skips it."""
    days, zone = starts.tz_localize(None).normalize().unique(), str(starts.tz)
    moments_s = epoch_s(pd.DatetimeIndex([at_clock(day, opening_min, zone) for day in days]))
    edges_s = np.append(epoch_s(starts), epoch_s(starts[-1:]) + 60.0 * interval_min)
    at = np.searchsorted(edges_s, moments_s, side="right") - 1
    return np.asarray(at[(at >= 0) & (at < len(starts))], dtype=np.int64)

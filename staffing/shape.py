"""How the arrivals of an interval are spread within it: by the clock, and at the openings of a promotion."""

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import chi2

from desk import Desk, Forecast
from desk.settings import Opening
from staffing.load import steps_per_interval

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
DAY_S = 86_400.0
SURE = 0.95


def arrival_shape(desk: Desk, forecast: Forecast, queue: str) -> FloatArray:
    """Arrival rate in equal steps of each interval relative to the interval's own, shape (interval, step); mean 1.

    An opening is an interval in which a phase of table ``promotions`` begins. Its shape is the queue's stated
    ``opening``, else that of past openings, else that of its time of day. Shapes are learned from rows of the history
    that are finer than the interval, else from the arrivals of the contact log, and only what is beyond chance is kept.
    Nothing known = even.
    """
    wide_min = forecast.interval_min
    steps = steps_per_interval(wide_min * 60.0)
    moments, counts = _arrivals(desk, queue, wide_min)
    by_clock = _drawn(_counted(moments, counts, wide_min, steps), np.ones(steps))
    shape = by_clock[_clock(forecast.starts, wide_min)]
    opening, stated = is_opening(desk, forecast.starts, wide_min), desk.settings.queues[queue].opening
    if stated is not None:
        shape[opening] = cut(stated, steps)
    elif opening.any():
        past = is_opening(desk, moments, wide_min)
        seen = _counted(moments[past], counts[past], wide_min, steps).sum(axis=0)
        shape[opening] = _drawn(seen, shape[opening])
    return shape


def cut(stated: Opening, steps: int) -> FloatArray:
    """The stated shares as relative rates of ``steps`` equal parts."""
    edges = np.linspace(0.0, 1.0, len(stated.shares) + 1)
    summed = np.interp(np.linspace(0.0, 1.0, steps + 1), edges, np.append(0.0, np.cumsum(stated.shares)))
    return np.asarray(np.diff(summed) * steps)


def is_opening(desk: Desk, moments: pd.DatetimeIndex, interval_min: int) -> BoolArray:
    """Whether each moment lies in an interval in which a phase of a promotion begins."""
    begins = pd.DatetimeIndex(desk.table("promotions")["start"])
    now, then = (_local_s(times) // (interval_min * 60.0) for times in (moments, begins))
    return np.asarray(np.isin(now, then))


def _local_s(moments: pd.DatetimeIndex) -> FloatArray:
    """Seconds by the local clock."""
    return np.asarray((moments.tz_localize(None) - pd.Timestamp(0)) / pd.Timedelta(seconds=1), dtype=np.float64)


def _clock(moments: pd.DatetimeIndex, interval_min: int) -> IntArray:
    """Place of each moment's interval in the day."""
    minute = np.asarray(moments.hour * 60 + moments.minute, dtype=np.int64)
    return minute // interval_min


def _arrivals(desk: Desk, queue: str, interval_min: int) -> tuple[pd.DatetimeIndex, FloatArray]:
    """Moments and counts of past arrivals finer than an interval."""
    history = desk.table("history")
    own = history[history["queue"].eq(queue)].sort_values("start")
    step_min = float(np.median(np.diff(_local_s(pd.DatetimeIndex(own["start"]))))) / 60.0 if len(own) > 1 else np.inf
    if step_min < interval_min:
        counted = own[own["offered"].notna() & own["open"].astype(bool) & own["observed"].astype(bool)]
        return _spread(counted, step_min)
    contacts = desk.table("contacts")
    moments = pd.DatetimeIndex(contacts.loc[contacts["queue"].eq(queue), "arrived"].dropna())
    return moments, np.ones(len(moments))


def _spread(counted: pd.DataFrame, step_min: float) -> tuple[pd.DatetimeIndex, FloatArray]:
    """Each row's count in equal parts, one a minute."""
    parts = max(round(step_min), 1)
    starts = pd.DatetimeIndex(counted["start"]).repeat(parts)
    minutes = pd.to_timedelta(np.tile(np.arange(parts), len(counted)), unit="min")
    return starts + minutes, np.repeat(counted["offered"].to_numpy(dtype=np.float64) / parts, parts)


def _counted(moments: pd.DatetimeIndex, counts: FloatArray, interval_min: int, steps: int) -> FloatArray:
    """Arrivals by time of day and step, shape (interval of the day, step)."""
    found = np.zeros((round(DAY_S / 60.0 / interval_min), steps))
    inside_s = _local_s(moments) % (interval_min * 60.0)
    step = (inside_s * steps // (interval_min * 60.0)).astype(np.int64)
    np.add.at(found, (_clock(moments, interval_min), step), counts)
    return found


def _drawn(found: FloatArray, towards: FloatArray) -> FloatArray:
    """Relative rates of the arrivals found, drawn towards others unless they differ by more than chance.

    The last axis is the step. What is kept of the difference is 1 - (95 % point of chi-square) / (its chi-square).

    Source: positive-part shrinkage (James & Stein 1961), at the 95 % point rather than the mean.
    """
    steps = found.shape[-1]
    mean = found.mean(axis=-1, keepdims=True)
    even = np.maximum(mean * towards, 1e-9)
    distance = ((found - even) ** 2 / even).sum(axis=-1, keepdims=True)
    kept = 1.0 - np.minimum(chi2.ppf(SURE, steps - 1) / np.maximum(distance, 1e-9), 1.0)
    return np.asarray(towards + kept * (found / np.maximum(mean, 1e-9) - towards))

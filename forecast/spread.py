"""From the history's slots to the desk's intervals: coarse totals spread smoothly, each kept exactly."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.interpolate import PchipInterpolator

from forecast.series import DAY_MIN, Floats, Ints, within_hours


@dataclass(frozen=True, slots=True)
class Places:
    """Where each interval lies: position of its day among the days ahead, slot, and part of the slot."""

    day: Ints
    slot: Ints
    part: Ints
    parts: int

    def take(self, rows: Ints) -> "Places":
        """The intervals ``rows`` alone."""
        return Places(self.day[rows], self.slot[rows], self.part[rows], self.parts)


def places(starts: pd.DatetimeIndex, first_day: pd.Timestamp, step_min: int, interval_min: int) -> Places:
    """Place every interval of ``starts`` on days from ``first_day`` and slots of ``step_min``, by local wall clock."""
    local = starts.tz_localize(None)
    midnight = local.normalize()
    day = np.asarray((midnight - first_day) // pd.Timedelta(days=1), dtype=np.int64)
    minute = np.asarray((local - midnight) // pd.Timedelta(minutes=1), dtype=np.int64)
    return Places(day, minute // step_min, minute % step_min // interval_min, step_min // interval_min)


def first_parts(where: Places) -> Ints:
    """Rows of the intervals with which a slot begins; an hour that the clock repeats begins twice, a day does not."""
    moved = (np.diff(where.day, prepend=-1) != 0) | (np.diff(where.slot, prepend=-1) != 0)
    return np.flatnonzero(moved | (where.part == 0))


def interval_rates(rates: Floats, where: Places, hours: str | None) -> Floats:
    """Rates per interval, shape (path, interval), from rates per day and slot, shape (path, day, slot)."""
    chosen = rates[:, where.day, where.slot]
    if where.parts == 1:
        return chosen
    shares = slot_shares(rates.mean(axis=0), where.parts, hours)
    return np.asarray(chosen * shares[where.day, where.slot, where.part])


def slot_shares(mean: Floats, parts: int, hours: str | None) -> Floats:
    """Share of every part in its slot, shape (day, slot, part); the parts of a slot sum to 1.

    The cumulative mean is interpolated monotonically (PCHIP), so that parts rise and fall with their neighbours,
    none is negative, and each slot keeps its total.

    Source: Fritsch & Carlson, Monotone Piecewise Cubic Interpolation, SIAM J. Numer. Anal. 17 (1980).
    """
    flat = mean.ravel()
    cumulative = np.concatenate([[0.0], np.cumsum(flat)])
    fine = PchipInterpolator(np.arange(len(cumulative)), cumulative)(np.arange(len(flat) * parts + 1) / parts)
    pieces = np.maximum(np.diff(fine), 0.0).reshape(*mean.shape, parts)
    pieces = pieces * within_hours(hours, DAY_MIN // (mean.shape[1] * parts)).reshape(mean.shape[1], parts)
    total = pieces.sum(axis=-1, keepdims=True)
    return np.where(total > 0, pieces / np.where(total > 0, total, 1.0), 1 / parts)

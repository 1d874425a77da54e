"""The interval grid: when intervals start, in local time, through clock changes."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd


def interval_starts(first: date, after_last: date, interval_min: int, timezone: str) -> pd.DatetimeIndex:
    """Starts of all intervals from midnight of ``first`` to midnight of ``after_last``, zone-aware.

    A day of a clock change has 23 or 25 hours of intervals; one whose midnight is skipped begins where the clock goes
    on, one whose midnight comes twice with the first.
    """
    start, end = at_clock(first, 0, timezone), at_clock(after_last, 0, timezone)
    return pd.date_range(start, end, freq=f"{interval_min}min", inclusive="left", name="start", unit="us")


def at_clock(day: Any, minute: int, timezone: str) -> pd.Timestamp:
    """The moment ``minute`` minutes of wall clock after the midnight of ``day`` (1440 and more: the next day).

    A local time that a clock change skips moves forward; one that comes twice is the first.
    """
    naive = pd.Timestamp(day).normalize() + pd.Timedelta(minutes=int(minute))
    return naive.tz_localize(timezone, ambiguous=True, nonexistent="shift_forward")


def days(first: date, after_last: date) -> pd.DatetimeIndex:
    """Naive midnights of all days from ``first`` until before ``after_last``."""
    return pd.date_range(first, after_last, freq="D", inclusive="left", name="date", unit="us")


def local_midnights(times: "pd.Series[pd.Timestamp]") -> "pd.Series[pd.Timestamp]":
    """The local date of each zone-aware time, as a naive midnight."""
    naive: pd.Series[pd.Timestamp] = times.dt.tz_localize(None).dt.normalize()
    return naive


def epoch_s(times: pd.DatetimeIndex) -> "np.ndarray[Any, np.dtype[np.float64]]":
    """Seconds since 1970 UTC, whatever the index's resolution."""
    seconds = (times - pd.Timestamp("1970-01-01", tz="UTC")) / pd.Timedelta(seconds=1)
    return np.asarray(seconds, dtype=np.float64)

"""When a queue is open: its daily opening hours, local clock."""

import re

import numpy as np
import numpy.typing as npt
import pandas as pd

_HOURS = re.compile(r"([0-9]{1,2})[:：]([0-9]{2}) *- *([0-9]{1,2})[:：]([0-9]{2})")
_DAY_MIN = 1440


def hours_min(hours: str | None) -> tuple[int, int]:
    """Opening and closing of ``HH:MM-HH:MM`` in minutes since midnight.

    A closing at or before the opening lies on the next day (over 1440); None is the whole day, (0, 1440).

    Raises
    ------
    ValueError : where the text is not of this form.
    """
    if hours is None:
        return 0, _DAY_MIN
    found = _HOURS.fullmatch(hours.strip())
    if found is None:
        raise ValueError(hours)
    first, first_min, last, last_min = (int(part) for part in found.groups())
    start, end = first * 60 + first_min, last * 60 + last_min
    if max(first_min, last_min) >= 60 or start >= _DAY_MIN or end > _DAY_MIN:
        raise ValueError(hours)
    return start, end if end > start else end + _DAY_MIN


def within_hours(hours: str | None, starts: pd.DatetimeIndex) -> npt.NDArray[np.bool_]:
    """Whether each zone-aware time lies within the daily hours; shape (n,)."""
    start, end = hours_min(hours)
    minute = np.asarray(starts.hour * 60 + starts.minute)
    return (minute >= start) & (minute < end) | (minute + _DAY_MIN < end)

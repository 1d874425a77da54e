"""Hours that are told by their ends, 1 to 24: whether a file has them, and when each begins."""

import re
from collections.abc import Iterable
from math import gcd
from typing import Literal

import pandas as pd

Hours = Literal["", "begin", "end"]
"""What the hours of a file say of theirs; nothing where there is no 24."""
_LAST, _FIRST = "24:00", "00:00"
_AT = re.compile(r"\d{4}-\d\d-\d\d (?P<clock>\d\d:\d\d)(?::00)?")
_WHOLE_MIN = 60


def reach_24(starts: Iterable[str]) -> bool:
    """Whether hour 24 is among the moments and hour 0 is not: 24 may be the last of a day, or the first of the next."""
    clocks = {found["clock"] for start in starts if (found := _AT.fullmatch(start))}
    return _LAST in clocks and _FIRST not in clocks


def begun(starts: "pd.Series[str]", hours: Hours) -> "pd.Series[str]":
    """The moments with hour 24 as what is meant; as they are where that is not said, for the reader to refuse."""
    if not hours or not reach_24(starts.unique()):
        return starts
    days = pd.to_datetime(starts.str[:10], format="%Y-%m-%d", errors="coerce")
    minutes = starts.str.extract(r" (\d\d):(\d\d)(?::00)?$").astype("float64")
    minute = minutes[0] * _WHOLE_MIN + minutes[1]
    back = _step_min(minute) if hours == "end" else 0
    moments = days + pd.to_timedelta(minute - back, unit="min")
    return moments.dt.strftime("%Y-%m-%d %H:%M").fillna(starts)


def _step_min(minute: "pd.Series[float]") -> float:
    """How long an interval is: what parts the hour so that every clock lies on it."""
    return float(gcd(_WHOLE_MIN, *(int(own) for own in minute.dropna().unique())))

"""The columns of a plan that somebody else wrote: names, days and times as far as they can be read, None where not."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from desk.grid import epoch_s

_FURTHEST_DAYS = 36_500
"""A day further off than a century is a slip of the pen."""


def names(frame: pd.DataFrame, column: str) -> list[str | None]:
    """The texts of a column; None for a blank, and for all of a column that isn't there."""
    own = _column(frame, column)
    return [None] * len(frame) if own is None else [_name(value) for value in own.tolist()]


def days(frame: pd.DataFrame, column: str, first: date, timezone: str) -> list[int | None]:
    """Days from ``first``; None for a blank and for what is no date."""
    after = (_moments(frame, column, timezone).tz_localize(None).normalize() - pd.Timestamp(first)) / pd.Timedelta("1D")
    return [round(own) if abs(own) <= _FURTHEST_DAYS else None for own in after]


def moments_s(frame: pd.DataFrame, column: str, timezone: str) -> Sequence[float]:
    """Seconds since 1970 UTC; NaN for a blank and for what is no time. A time without a zone is a local one."""
    return [float(own) for own in epoch_s(_moments(frame, column, timezone))]


def _column(frame: pd.DataFrame, column: str) -> "pd.Series[Any] | None":
    """A column; the first of those of one title, None where there is none."""
    if column not in frame:
        return None
    own = frame[column]
    return own if isinstance(own, pd.Series) else own.iloc[:, 0]


def _name(value: Any) -> str | None:
    if isinstance(value, str):
        return value or None
    blank = pd.isna(value)
    return None if isinstance(blank, bool | np.bool_) and blank else str(value)


def _moments(frame: pd.DataFrame, column: str, timezone: str) -> pd.DatetimeIndex:
    """A column of times, in the desk's zone."""
    own = _column(frame, column)
    if own is not None and isinstance(own.dtype, pd.DatetimeTZDtype):
        return pd.DatetimeIndex(own).tz_convert(timezone)
    if own is not None and isinstance(own.dtype, np.dtype) and own.dtype.kind == "M":
        return pd.DatetimeIndex(own).tz_localize(timezone, ambiguous="NaT", nonexistent="shift_forward")
    values = [None] * len(frame) if own is None else own.tolist()
    read = [_moment(value, timezone) for value in values]
    return pd.DatetimeIndex(read, dtype=pd.DatetimeTZDtype("us", timezone))


def _moment(value: Any, timezone: str) -> Any:
    if not isinstance(value, str | date | np.datetime64):
        return pd.NaT
    try:
        moment = pd.Timestamp(value)
        if moment.tzinfo is not None:
            return moment.tz_convert(timezone)
        return moment.tz_localize(timezone, ambiguous="NaT", nonexistent="shift_forward")
    except (ValueError, OverflowError, TypeError):
        return pd.NaT

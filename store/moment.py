"""Time in the store is UTC. This is the one place that converts."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from sqlalchemy import DateTime, Dialect
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    _Decorator = TypeDecorator[datetime]
else:
    _Decorator = TypeDecorator

_FORM = "%Y-%m-%dT%H:%M:%S.%fZ"


class Moment(_Decorator):
    """A column that takes only zone-aware times, keeps them in UTC and gives them back zone-aware."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the database, which on SQLite forgets zones."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(value)
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From the database."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def now() -> datetime:
    """The moment, zone-aware."""
    return datetime.now(UTC)


def utc_text(times: "pd.Series[Any]") -> "pd.Series[str]":
    """Zone-aware times as text in UTC to the microsecond; blank stays blank."""
    moments = times.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy(dtype="datetime64[us]")
    text = pd.Series(np.datetime_as_string(moments, timezone="UTC"), index=times.index, dtype="str")
    return text.mask(times.isna(), "")


def local_times(text: "pd.Series[str]", timezone: str) -> "pd.Series[Any]":
    """The times of :func:`utc_text` in a zone."""
    dtype: Any = f"datetime64[us, {timezone}]"
    times: pd.Series[Any] = pd.to_datetime(text, format=_FORM, utc=True).dt.tz_convert(timezone).astype(dtype)
    return times


def epoch_us(times: "pd.Series[Any]") -> list[int | None]:
    """Microseconds since 1970 UTC of zone-aware times; blank stays blank."""
    moments = times.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy(dtype="datetime64[us]")
    numbers = moments.view("int64").astype("object")
    numbers[np.isnat(moments)] = None
    return list(numbers)


def from_epoch_us(numbers: "pd.Series[Any]", timezone: str) -> "pd.Series[Any]":
    """The times of :func:`epoch_us` in a zone."""
    dtype: Any = f"datetime64[us, {timezone}]"
    moments = pd.to_datetime(pd.Series(numbers, dtype="Int64"), unit="us", utc=True)
    return moments.dt.tz_convert(timezone).astype(dtype)

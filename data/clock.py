"""The time axis of a world: naive local times, since Shanghai has no clock changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import chinese_calendar
import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Grid:
    """Intervals of ``step_min`` minutes from midnight of ``first`` until before midnight of ``after_last``."""

    first: date
    after_last: date
    step_min: int

    @cached_property
    def starts(self) -> pd.DatetimeIndex:
        """Start of every interval, naive local time."""
        return pd.date_range(
            self.first, self.after_last, freq=f"{self.step_min}min", inclusive="left", name="start", unit="us"
        )

    @cached_property
    def dates(self) -> list[date]:
        """Every day."""
        return [self.first + timedelta(days=n) for n in range((self.after_last - self.first).days)]

    @property
    def per_day(self) -> int:
        """Intervals of a day."""
        return 24 * 60 // self.step_min

    @property
    def step_h(self) -> float:
        """Hours of an interval."""
        return self.step_min / 60

    def by_day(self, values: npt.ArrayLike) -> Floats:
        """A value per day, repeated over the day's intervals."""
        return np.repeat(np.asarray(values, dtype=np.float64), self.per_day)

    def day_sums(self, values: Floats) -> Floats:
        """Sum per day."""
        return np.asarray(values.reshape(-1, self.per_day).sum(axis=1))

    def inside(self, start: date, end: date) -> Flags:
        """Whether each interval starts in [start, end); dates are their midnights."""
        return np.asarray((self.starts >= pd.Timestamp(start)) & (self.starts < pd.Timestamp(end)))

    def hours_since(self, moment: Any) -> Floats:
        """Hours from ``moment`` to each interval's start."""
        return np.asarray((self.starts - pd.Timestamp(moment)) / pd.Timedelta(hours=1), dtype=np.float64)

    def profile(self, by_hour: list[float]) -> Floats:
        """Value of an hourly profile per interval of one day; straight lines between the hours' middles where the
        grid is finer, closed hours (0) stay 0."""
        hours = np.arange(24) + 0.5
        own = (np.arange(self.per_day) + 0.5) * self.step_h
        fine = np.interp(own, hours, by_hour, period=24)
        closed = np.repeat(np.asarray(by_hour) == 0, self.per_day // 24)
        return np.where(closed, 0.0, fine)


def is_day_off(day: date) -> bool:
    """Whether ``day`` is a weekend or public holiday in mainland China, make-up workdays considered."""
    return bool(chinese_calendar.is_holiday(day))


def is_makeup(day: date) -> bool:
    """Whether ``day`` is a weekend day that is worked."""
    return day.weekday() >= 5 and not is_day_off(day)


def holiday_factor(day: date, day_off: float, named: Mapping[str, float]) -> float:
    """Factor of a public holiday: that of its name, else ``day_off``; 1 on any other day."""
    off, name = chinese_calendar.get_holiday_detail(day)
    if not off or name is None:
        return 1.0
    return named.get(str(name), day_off if day.weekday() < 5 else 1.0)


def weekday_factor(day: date, by_weekday: list[float]) -> float:
    """Factor of the weekday; a make-up workday counts as a Monday."""
    return by_weekday[0] if is_makeup(day) else by_weekday[day.weekday()]

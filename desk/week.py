"""Weeks and weekends as a desk counts them."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

import pandas as pd

WeekDay = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEK_DAYS: tuple[WeekDay, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAYS = len(WEEK_DAYS)


def days_into_week(day: date, begins: WeekDay) -> int:
    """Days of its week that lie before ``day``."""
    return (day.weekday() - WEEK_DAYS.index(begins)) % DAYS


def week_starts(dates: pd.DatetimeIndex, begins: WeekDay) -> pd.DatetimeIndex:
    """The first day of the week of each of ``dates`` (naive midnights)."""
    into = (dates.day_of_week - WEEK_DAYS.index(begins)) % DAYS
    return pd.DatetimeIndex(dates - pd.to_timedelta(into, unit="D"))


def is_weekend(day: date, weekend: Sequence[WeekDay]) -> bool:
    """Whether ``day`` is one of the weekend."""
    return WEEK_DAYS[day.weekday()] in weekend


def weekends(dates: pd.DatetimeIndex, weekend: Sequence[WeekDay]) -> tuple[range, ...]:
    """Places in ``dates``, days in a row, of each weekend; where days of the weekend are no neighbours, each is one."""
    found: list[range] = []
    for place, day in enumerate(dates):
        if is_weekend(day, weekend):
            joins = bool(found) and found[-1].stop == place
            found = [*found[:-1], range(found[-1].start, place + 1)] if joins else [*found, range(place, place + 1)]
    return tuple(found)

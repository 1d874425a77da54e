"""What kind of day a day is: public holiday, made-up workday, near a holiday, place in the month."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from desk.calendar import day_kind
from forecast.series import Bools, Floats, Ints

OFFSETS = (-3, -2, -1, 0, 1, 2)
"""Days around a run of holidays that may differ."""
HOLIDAY_SD = {-3: 0.1, -2: 0.15, -1: 0.3, 0: 0.6, 1: 0.3, 2: 0.15}
"""Prior log effect of one named holiday by days from it."""
ANY_SD = {-1: 0.3, 0: 0.7, 1: 0.3}
"""The same of holidays at large, from which a new one borrows."""
BRIDGE_SD = MAKEUP_SD = 0.3
PLACE_SD = 0.3
OWN_SD = {-1: 0.1, 0: 0.3, 1: 0.1, 2: 0.05}
"""What one holiday has of its own, by days from it: no other can be inferred from it."""
BRIDGE_OWN_SD = 0.15
MONTH_DAYS = 5
MONTH_SD = 0.06
MIDDLE_DAYS = (15, 16)


@dataclass(frozen=True, slots=True)
class DayKinds:
    """The public calendar of a run of days.

    Parameters
    ----------
    holiday : name of the holiday of each day; empty where it is none.
    makeup : days of a weekend that are worked instead of another.
    rest : whether people are off: holiday, or weekend that is not worked.
    """

    holiday: tuple[str, ...]
    makeup: Bools
    rest: Bools

    @property
    def is_holiday(self) -> Bools:
        """Which days are holidays."""
        return np.array([bool(name) for name in self.holiday], dtype=bool)


@dataclass(frozen=True, slots=True)
class Features:
    """Columns of a design matrix, each with the prior standard deviation of its coefficient."""

    columns: Floats
    sd: Floats


@lru_cache(maxsize=4)
def kinds_between(first: pd.Timestamp, last: pd.Timestamp, country: str) -> DayKinds:
    """``day_kinds`` of the days ``first`` to ``last``, which all queues and drivers share; to be read only."""
    return day_kinds(pd.date_range(first, last, freq="D", unit="us"), country)


def day_kinds(days: pd.DatetimeIndex, country: str) -> DayKinds:
    """The calendar of ``country`` (ISO code, or ``none``) on ``days``."""
    frame = day_kind(days, country)
    makeup, rest = frame["is_makeup"].to_numpy(dtype=bool), ~frame["is_workday"].to_numpy(dtype=bool)
    holiday = tuple(name.split(";")[0].split(" (")[0].strip() for name in frame["holiday"])
    return DayKinds(holiday, makeup, rest)


def holiday_features(kinds: DayKinds, strength: Floats) -> Features:
    """Columns for holidays by name, place in their run, and the days around; bridge days; make-up workdays.

    Parameters
    ----------
    kinds : the calendar of the days.
    strength : how much a day of this weekday has to lose to a holiday, 0-1, one per day (a Sunday little).

    Notes
    -----
    Random effects: log effect = sum of columns x coefficients, coefficients ~ N(0, sd^2); shrinkage by number.
    """
    size = len(kinds.holiday)
    found: dict[tuple[str, int | str], Floats] = {}
    for first, last, name in holiday_runs(kinds.holiday):
        for offset in OFFSETS:
            days = range(first, last + 1) if offset == 0 else [(first if offset < 0 else last) + offset]
            for day in days:
                _mark(found, (name, offset), day, size)
                _mark(found, ("", offset), day, size)
        for day in range(first, last + 1):
            _mark(found, (name, f"place {day - first}"), day, size)
    columns = {key: column * strength for key, column in found.items() if _sd(key) > 0}
    columns[("", "bridge")] = _bridge(kinds) * strength
    columns[("", "makeup")] = kinds.makeup.astype(np.float64)
    return Features(np.array(list(columns.values())).T, np.array([_sd(key) for key in columns]))


def holiday_own_sd(kinds: DayKinds, strength: Floats) -> Floats:
    """Sd of what each day near a holiday, or a bridge day, has of its own; ``strength`` as of ``holiday_features``."""
    found = np.maximum(BRIDGE_OWN_SD * _bridge(kinds), BRIDGE_OWN_SD * kinds.makeup)
    for first, last, _ in holiday_runs(kinds.holiday):
        for offset, sd in OWN_SD.items():
            low, high = (first, last + 1) if offset == 0 else (last + offset, last + offset + 1)
            low, high = (first + offset, first + offset + 1) if offset < 0 else (low, high)
            found[max(low, 0) : max(high, 0)] = np.maximum(found[max(low, 0) : max(high, 0)], sd)
    return np.asarray(found * strength)


def _sd(key: tuple[str, int | str]) -> float:
    name, offset = key
    if isinstance(offset, str):
        return {"bridge": BRIDGE_SD, "makeup": MAKEUP_SD}.get(offset, PLACE_SD)
    return HOLIDAY_SD[offset] if name else ANY_SD.get(offset, 0.0)


def _mark(found: dict[tuple[str, int | str], Floats], key: tuple[str, int | str], day: int, size: int) -> None:
    column = found.setdefault(key, np.zeros(size))
    if 0 <= day < size:
        column[day] = 1.0


def holiday_runs(names: tuple[str, ...]) -> list[tuple[int, int, str]]:
    """First and last day of each unbroken run of one holiday."""
    found: list[tuple[int, int, str]] = []
    for day, name in enumerate(names):
        if not name:
            continue
        if found and found[-1][1] == day - 1 and found[-1][2] == name:
            found[-1] = (found[-1][0], day, name)
        else:
            found.append((day, day, name))
    return found


def _bridge(kinds: DayKinds) -> Floats:
    """Single workdays between two days off."""
    rest = np.concatenate([[False], kinds.rest, [False]])
    return np.asarray(~rest[1:-1] & rest[:-2] & rest[2:], dtype=np.float64)


def month_features(days: pd.DatetimeIndex) -> Features:
    """Columns for the first and last days of a month and its middle, when many are paid or billed."""
    day: Ints = np.asarray(days.day, dtype=np.int64)
    left: Ints = np.asarray(days.days_in_month, dtype=np.int64) - day
    columns = [day == number for number in (*range(1, MONTH_DAYS + 1), *MIDDLE_DAYS)]
    columns += [left == number for number in range(MONTH_DAYS)]
    return Features(np.array(columns, dtype=np.float64).T, np.full(len(columns), MONTH_SD))

"""Holidays on which a desk is shut, as it was on earlier ones."""

import numpy as np

from forecast.calendar import holiday_runs
from forecast.series import Bools, Ints
from forecast.setting import Setting

HOLIDAYS_SHUT = 2
"""A desk that was shut on this many holidays, and on most of them, is shut on the coming ones."""
SHORT_DAYS = 2
"""Of holidays no longer than this each day has a place of its own."""


def shut_holidays(setting: Setting) -> Bools:
    """Days of ``setting`` that are holidays on which the desk was shut: on most of all, or on each of that name."""
    holiday, past = setting.kinds.is_holiday, setting.past
    usual = setting.series.is_open[np.asarray(setting.days[past].day_of_week)].any(axis=1)
    seen = holiday[past] & usual
    shut = seen & setting.series.shut
    if shut.sum() >= HOLIDAYS_SHUT and 2 * shut.sum() > seen.sum():
        return holiday
    found = np.zeros(len(holiday), dtype=bool)
    for days in _alike(setting.kinds.holiday) if shut.any() else ():
        own = days[days < len(past)]
        own = own[seen[own]]
        found[days] = len(own) > 0 and shut[own].all()
    return found


def _alike(names: tuple[str, ...]) -> list[Ints]:
    """Days of one holiday and, where it is short, of one place in it; a longer one is taken as a whole."""
    found: dict[tuple[str, int], list[int]] = {}
    for first, last, name in holiday_runs(names):
        for day in range(first, last + 1):
            found.setdefault((name, day - first if last - first < SHORT_DAYS else -1), []).append(day)
    return [np.array(days, dtype=np.int64) for days in found.values()]

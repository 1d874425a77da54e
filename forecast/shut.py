"""Days on which a desk is shut, as it was on earlier ones alike: holidays, and a weekday of every other week."""

from collections.abc import Iterator, Sequence

import numpy as np

from forecast.calendar import holiday_runs
from forecast.series import Bools, Ints, Series
from forecast.setting import Setting

HOLIDAYS_SHUT = 2
"""A desk that was shut on this many holidays, and on most of them, is shut on the coming ones."""
YEAR_DAYS = 400
"""So many days back a holiday lies whose like is to come: a lunar one may be three weeks later."""
SHORT_DAYS = 2
"""Of holidays no longer than this each day has a place of its own."""
WEEK = 7
ALTERNATED, LATEST, YEAR = 6, 13, 52
"""So many days of one weekday, at least and at most, must have followed a rule without exception, and so many of them
tell which of several rules it is."""
LEAST_SHUT, LEAST_OPEN = 3, 2
"""Of these so many were shut, and so many open."""
ENDED = 3
"""So many times in a row a weekday, or as many days a queue, must have been shut for its end to be thought of."""
WEEK_WORKED = 3
"""Days around it that were counted, of six, from which on a day without rows tells that the desk was shut."""
MOSTLY = 0.5
"""Part of days without rows, one after another, that must be holidays where they tell so; days shut anyway aside."""


def shut_days(setting: Setting) -> Bools:
    """Days of ``setting`` on which the desk is shut as a rule, though it is usually open on their weekday."""
    return shut_holidays(setting) | shut_weekdays(setting) | ended_weekdays(setting)


def shut_holidays(setting: Setting) -> Bools:
    """Days of ``setting`` that are holidays on which the desk was shut: on most of all, or on each of that name."""
    holiday, past = setting.kinds.is_holiday, setting.past
    seen, shut = _seen_and_shut(setting)
    if shut.sum() >= HOLIDAYS_SHUT and 2 * shut.sum() > seen.sum():
        return holiday
    found = np.zeros(len(holiday), dtype=bool)
    for days in _alike(setting.kinds.holiday) if shut.any() else ():
        own = days[days < len(past)]
        own = own[seen[own]]
        found[days] = len(own) > 0 and shut[own].all()
    return found


def half_shut_holidays(setting: Setting) -> tuple[Ints, Ints]:
    """Past days of holidays on which the desk was shut within the year, and the coming days of holidays like them, of
    which it can't be told whether it will be: it was open on others, as on part of a long one."""
    until, found = len(setting.past), shut_holidays(setting)
    _, shut = _seen_and_shut(setting)
    usual = setting.series.is_open[np.asarray(setting.days.day_of_week)].any(axis=1)
    past, coming = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for days in _alike(setting.kinds.holiday) if shut.any() else ():
        own = days[(days < until) & (days >= until - YEAR_DAYS)]
        if shut[own].any():
            past.append(own[shut[own]])
            coming.append(days[(days >= until) & usual[days] & ~found[days]])
    return np.sort(np.concatenate(past)), np.sort(np.concatenate(coming))


def _seen_and_shut(setting: Setting) -> tuple[Bools, Bools]:
    """Past holidays on weekdays on which the desk is usually open, and those of them on which it was shut."""
    past, series = setting.past, setting.series
    usual = series.is_open[np.asarray(setting.days[past].day_of_week)].any(axis=1)
    seen = setting.kinds.is_holiday[past] & usual
    return seen, seen & (series.shut | _passed_over(series, seen, usual))


def _passed_over(series: Series, holiday: Bools, usual: Bools) -> Bools:
    """Days without rows between days with some, most of them holidays: who exports what came has no rows of them."""
    run, gap = np.cumsum(~series.absent), series.absent & usual
    days, holidays = (np.bincount(run, own, int(run[-1]) + 1) for own in (gap, gap & holiday))
    return np.asarray(gap & (run > 0) & (run < run[-1]) & (holidays >= MOSTLY * days)[run])


def shut_weekdays(setting: Setting) -> Bools:
    """Days of a weekday that is shut every other week, or in the same weeks of each month: second and fourth
    Saturdays, or the last.

    A day without any row was shut where its week was worked: who exports what came has no rows of it.
    """
    counted, made_up = setting.series.counted, setting.kinds.makeup
    weekday, number = np.asarray(setting.days.day_of_week), np.arange(len(setting.days))
    day_of_month: Ints = np.asarray(setting.days.day)
    left = np.asarray(setting.days.days_in_month) - day_of_month
    rules = (number // WEEK % 2, (day_of_month - 1) // WEEK, left // WEEK)
    found = np.zeros(len(made_up), dtype=bool)
    for day, own in _told(setting):
        found |= (weekday == day) & ~made_up & _shut_by(rules, own[-YEAR:], ~counted[own[-YEAR:]])
    return found


def ended_weekdays(setting: Setting) -> Bools:
    """Days of a weekday that was shut the last three times, and was not by a rule that opens it again: no Saturdays
    any more."""
    counted, made_up, by_rule = setting.series.counted, setting.kinds.makeup, shut_weekdays(setting)
    weekday, number = np.asarray(setting.days.day_of_week), np.arange(len(setting.days))
    found = np.zeros(len(made_up), dtype=bool)
    for day, own in _told(setting):
        last = own[-ENDED:]
        if len(last) == ENDED and not counted[last].any() and not by_rule[last].all():
            found |= (weekday == day) & ~made_up & (number >= last[0])
    return found


def _plain(setting: Setting) -> Bools:
    return np.asarray(~setting.kinds.is_holiday & ~setting.kinds.makeup)


def _told(setting: Setting) -> Iterator[tuple[int, Ints]]:
    """Each weekday on which the queue is usually open, and its past days that tell whether it was open or shut."""
    series, past = setting.series, setting.past
    around = np.convolve(series.counted, np.ones(WEEK), "full")[WEEK // 2 :][: len(past)] - series.counted
    shut = (series.shut | series.absent) & (around >= WEEK_WORKED)
    told = _plain(setting)[past] & (series.counted | shut) & (past >= series.borrowed)
    weekday = np.asarray(setting.days.day_of_week)[past]
    for day in np.unique(weekday):
        yield int(day), past[told & (weekday == day)]


def shut_since(setting: Setting) -> int | None:
    """The day since which every row of a queue that is open on such days is closed; None where there is none."""
    series = setting.series
    if not series.counted.any():
        return None
    days = np.arange(int(np.flatnonzero(series.counted)[-1]) + 1, len(series.offered))
    days = days[_plain(setting)[days] & series.is_open[np.asarray(setting.days.day_of_week)[days]].any(axis=1)]
    return int(days[0]) if len(days) >= ENDED and series.shut[days].all() else None


def _shut_by(rules: Sequence[Ints], own: Ints, shut: Bools) -> Bools:
    """Which of all days are shut by the rule that the latest of ``own`` follow without exception, each kind of day
    always shut or never; of several, by the one with the fewest exceptions before. None where there is no such rule."""
    latest, found = shut[-LATEST:], []
    if len(latest) >= ALTERNATED and latest.sum() >= LEAST_SHUT and (~latest).sum() >= LEAST_OPEN:
        for rule in rules:
            by_rule = np.isin(rule, rule[own][-LATEST:][latest])
            wrong = by_rule[own] != shut
            found += [] if wrong[-LATEST:].any() else [(int(wrong.sum()), by_rule)]
    return min(found, key=lambda one: one[0])[1] if found else np.zeros(len(rules[0]), dtype=bool)


def _alike(names: tuple[str, ...]) -> list[Ints]:
    """Days of one holiday and, where it is short, of one place in it; a longer one is taken as a whole."""
    found: dict[tuple[str, int], list[int]] = {}
    for first, last, name in holiday_runs(names):
        for day in range(first, last + 1):
            found.setdefault((name, day - first if last - first < SHORT_DAYS else -1), []).append(day)
    return [np.array(days, dtype=np.int64) for days in found.values()]

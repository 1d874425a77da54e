"""Days that differ month by month or fortnight by fortnight: pay, bills, members' days on the 20th, every other Friday.

The first and last days of a month and its middle are always believed to differ a little. Any other day of the month,
workday of the month, weekday of the month or weekday of the fortnight enters where the past insists, and so does a
weekday that lately became another: a live stream on every Wednesday since last month, which nobody entered.

Source: Rasmussen & Williams, Gaussian Processes for Machine Learning (2006), ch. 2.7 (explicit basis functions).
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
import pandas as pd
from scipy.linalg import solve_triangular

from forecast.calendar import Features, kinds_between
from forecast.daylevel import Solved, solve
from forecast.series import Bools, Floats, Ints

Key = tuple[str, int]
"""What kind of regularity, and which of its days."""
SD = 0.4
"""Of the log effect of such days."""
LEAST_TIMES, LEAST_SIZE, LEAST_GAIN = 6, 0.1, 10.0
"""Counted days, log effect and log Bayes factor that one must have."""
MOST = 6
SINCE, SINCE_TIMES, TRIED_TIMES, SINCE_GAIN = "since", 3, 12, 12.0
"""A weekday that became another: so many of its days since, at least, of so many tried, and what log likelihood
(Student) they must gain."""
STUDENT_DF = 4.0
PLAIN = 4.0
"""Sd of its mean, each day cut at as many, from which on one is looked at closely."""
WEEK, FORTNIGHT = 7, 14
WORKDAYS = 10
MEDIAN_CHI2, USUAL_DISTANCE = 0.455, 0.6745
"""Medians of a squared standard normal and of its distance from 0."""


@lru_cache(maxsize=4)
def regular_days(first: pd.Timestamp, last: pd.Timestamp, country: str) -> Mapping[Key, Bools]:
    """Which of the days ``first`` to ``last`` each regularity has; to be read only."""
    days = pd.date_range(first, last, freq="D", unit="us")
    day, left = np.asarray(days.day), np.asarray(days.days_in_month - days.day)
    found = {("day", number): day == number for number in range(1, 32)}
    workday = ~kinds_between(first, last, country).rest
    month = np.asarray(days.year * 12 + days.month)
    place, until = _places(workday, month), _places(workday[::-1], month[::-1])[::-1]
    found |= {("workday", number): workday & (place == number) for number in range(1, WORKDAYS + 1)}
    found |= {("workday", -number): workday & (until == number) for number in range(1, WORKDAYS + 1)}
    weekday = np.asarray(days.day_of_week)
    nth = WEEK * ((day - 1) // WEEK) + weekday
    found |= {("weekday", number): nth == number for number in range(4 * WEEK)}
    found |= {("weekday", -1 - number): (left < WEEK) & (weekday == number) for number in range(WEEK)}
    ordinal = np.asarray((days - pd.Timestamp(0)) // pd.Timedelta(days=1)) % FORTNIGHT
    return found | {("fortnight", number): ordinal == number for number in range(FORTNIGHT)}


def _places(workday: Bools, month: Ints) -> Ints:
    """Number of each workday within its month, from 1; days of a month stand together."""
    count = np.cumsum(workday)
    begins = np.flatnonzero(np.diff(month, prepend=-1))
    before: Ints = np.repeat(count[begins] - workday[begins], np.diff(np.append(begins, len(month))))
    return np.asarray(count - before)


def which_days(key: Key, days: pd.DatetimeIndex, country: str) -> Bools:
    """Which of the ``days`` of a history, and on from it, are meant by ``key``."""
    kind, number = key
    if kind != SINCE:
        return regular_days(days[0], days[-1], country)[key]
    own = np.asarray(days.day_of_week) == number % WEEK
    return np.asarray(own & (np.arange(len(days)) >= number // WEEK))


def with_regular(month: Features, columns: Sequence[Bools]) -> Features:
    """The days of the month with the columns of what was found."""
    every = [month.columns, *(own.astype(np.float64) for own in columns)]
    return Features(np.column_stack(every), np.append(month.sd, [SD] * len(columns)))


def turned_weekdays(solved: Solved, noise: float, weekday: Ints, plain: Bools) -> tuple[Key, ...]:
    """Weekdays that lately became another, each since the day that its days tell most plainly.

    Parameters
    ----------
    solved : the process given the observed days. noise : sd of a day's own chance.
    weekday : of each observed day. plain : which of them are of no promotion and no holiday.
    """
    observed, found = solved.observed, list[Key]()
    apart = observed.apart * np.sign(solved.alpha)
    apart = apart / max(float(np.median(np.abs(apart[plain]))) / USUAL_DISTANCE, 1.0) if plain.any() else apart
    for day in range(WEEK):
        rows = np.flatnonzero(plain & (weekday == day))[-TRIED_TIMES:]
        first, gain, size = _turned(apart[rows])
        if gain > SINCE_GAIN and abs(size) * noise > LEAST_SIZE:
            found.append((SINCE, int(observed.days[rows[first]]) * WEEK + day))
    return tuple(found)


def _turned(apart: Floats) -> tuple[int, float, float]:
    """The first of a row of days that lie to one side, what they gain by that, and how far they lie."""
    best = (0, 0.0, 0.0)
    for first in range(len(apart) - SINCE_TIMES + 1):
        since = apart[first:]
        size = float(np.median(since))
        gains = _surprise(since) - _surprise(since - size)
        if gains[-1] > 0 and gains.sum() > best[1]:
            best = (first, float(gains.sum()), size)
    return best


def _surprise(apart: Floats) -> Floats:
    return np.asarray((STUDENT_DF + 1) / 2 * np.log1p(apart**2 / STUDENT_DF))


def find_regular(
    solved: Solved, prior: Floats, noise: float, days: Mapping[Key, Bools], plain: Bools
) -> tuple[Key, ...]:
    """The regularities that the past insists on, the plainest first.

    Parameters
    ----------
    solved : the process without them, given the observed days. prior : its covariance between these days.
    noise : sd of a day's own chance.
    days : which of all days each has. plain : which observed days are of no promotion.
    """
    observed, found = solved.observed, list[Key]()
    every = {key: own[observed.days] for key, own in days.items()}
    columns = {key: own for key, own in every.items() if _seems(solved, own & plain)}
    while columns and len(found) < MOST:
        key, gain, size = _best(solved, columns)
        if gain < LEAST_GAIN or abs(size) < LEAST_SIZE:
            break
        found.append(key)
        own = columns.pop(key).astype(np.float64)
        prior = prior + SD**2 * np.outer(own, own)
        solved = solve(observed, prior, noise)
    return tuple(found)


def _seems(solved: Solved, own: Bools) -> bool:
    """Whether the days are enough and lie to one side of what all others make of them."""
    if own.sum() < LEAST_TIMES:
        return False
    apart = np.clip(solved.observed.apart * np.sign(solved.alpha), -PLAIN, PLAIN)[own]
    return abs(float(apart.sum())) > PLAIN * float(np.sqrt(len(apart)))


def _best(solved: Solved, columns: Mapping[Key, Bools]) -> tuple[Key, float, float]:
    """The likeliest of ``columns``, its log Bayes factor, and its size (log)."""
    design = np.array(list(columns.values()), dtype=solved.factor.dtype).T
    half = solve_triangular(solved.factor, design, lower=True, check_finite=False)
    doubt = max(float(np.median(solved.white**2)) / MEDIAN_CHI2, 1.0)
    score, weight = half.T @ solved.white / doubt, (half**2).sum(axis=0) / doubt
    size = score / (weight + SD**-2)
    gain = score * size / 2 - np.log1p(SD**2 * weight) / 2
    best = int(np.argmax(gain))
    return list(columns)[best], float(gain[best]), float(size[best])

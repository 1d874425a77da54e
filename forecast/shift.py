"""Level shifts: from one day on everything is higher or lower, as when a bot is launched or a line is merged.

Every day of the last half year is tried as the start of a step. With K the covariance of the observed log levels z and
a the step, the log Bayes factor of a step of size N(0, tau^2) is s^2 / (2 (v + tau^-2)) - log(1 + tau^2 v) / 2, where
s = a' K^-1 z and v = a' K^-1 a; where the process is too sure of itself, its innovations tell by how much. With the
last step something may have come that fades, a launch or a promotion that nobody entered: the same factor tells.

Source: Rasmussen & Williams, Gaussian Processes for Machine Learning (2006), ch. 2.7 (explicit basis functions).
"""

from collections.abc import Sequence

import numpy as np
from scipy.linalg import solve_triangular

from forecast.covariance import SHIFT_SD
from forecast.daylevel import Solved, solve
from forecast.series import Bools, Floats, Ints
from forecast.step import Shift, shifted, steps

WINDOW_DAYS = 180
LEAST_AFTER, LEAST_BEFORE = 10, 28
"""Counted days that a step needs after and before its start."""
LEAST_GAIN = 20.0
"""Log Bayes factor that a step must reach."""
LEAST_SIZE = 0.15
LEAST_BACK, BACK_GAIN, BACK_WITHIN, BACK_DAYS = 3, 10.0, 0.35, 0.75
"""Counted days, and log Bayes factor, that tell a step back to where the level was before another one, how far off it
may end, in parts of that one, and the share of its days that must lie nearer to there."""
MOST_SHIFTS = 3
MEMORY_DAYS, FADING_DAYS, FADING_GAIN = (5.0, 10.0, 20.0), 60, 2.0
"""How fast what came with a step may fade, how many days ago that may be, and the log Bayes factor that it needs."""
NEW_DAYS, NEW_GAIN, NEW_SIZE, NEW_SHARE = 4, 10.0, 0.3, 0.75
"""Counted days, log Bayes factor, size (log), and share of its days on its side, from which on a change is told that is
too young to be known from one that passes."""
MEDIAN_CHI2 = 0.455
"""Median of a squared standard normal."""


def find_shifts(solved: Solved, prior: Floats, noise: float, told: Ints, denied: Ints) -> tuple[Shift, ...]:
    """How the level shifted, in order of time.

    Parameters
    ----------
    solved : the process without shifts, given the observed days.
    prior : covariance of the observed days' levels without shifts.
    noise : sd of a day's own chance.
    told : days on which an analyst says that it shifted.
    denied : days on which an analyst says that it did not; a week around each is left alone.
    """
    observed, days = solved.observed, solved.observed.days
    found = tuple(Shift(int(day)) for day in np.unique(told))
    covariance = prior
    if found:
        covariance = prior + SHIFT_SD**2 * shifted(days, found)
        solved = solve(observed, covariance, noise)
    tried = _tried(days, denied)
    while tried and len(found) < MOST_SHIFTS + len(told):
        best, gain, size = _best(solved, tried)
        if gain < LEAST_GAIN or abs(size) < LEAST_SIZE:
            break
        best = _began(solved, best)
        found = (*found, best)
        covariance = covariance + SHIFT_SD**2 * shifted(days, found[-1:])
        solved = solve(observed, covariance, noise)
        tried = [own for own in tried if abs(own.day - best.day) >= LEAST_AFTER]
    found = tuple(sorted(found, key=_day))
    return (*found, *_back(solved, found, denied))


def find_fading(solved: Solved, found: tuple[Shift, ...]) -> tuple[Shift, ...]:
    """What came with the last step and goes again, where the days since tell so: a product was launched.

    Parameters
    ----------
    solved : the process with the shifts ``found``, given the observed days.
    """
    days, step = solved.observed.days, found[-1:]
    if not step or days[-1] - step[0].day > FADING_DAYS:
        return ()
    tried = [Shift(step[0].day, memory) for memory in MEMORY_DAYS]
    gain, size = _gains(solved, tried)
    alike = size * (steps(days, step)[:, 0] @ solved.alpha) > 0
    best = int(np.argmax(np.where(alike, gain, -np.inf)))
    return (tried[best],) if alike[best] and gain[best] >= FADING_GAIN else ()


def find_new(solved: Solved, found: tuple[Shift, ...], plain: Bools, denied: Ints) -> tuple[int, float] | None:
    """First day and log size of a change of the level that came in the last days, where it may last or pass.

    Parameters
    ----------
    solved : the process with the shifts ``found``, given the observed days.
    plain : which of the observed days lie in no promotion and are no holiday.
    denied : as of ``find_shifts``.
    """
    days = solved.observed.days
    last = np.arange(max(len(days) - LEAST_AFTER + 1, LEAST_BEFORE), len(days) - NEW_DAYS + 1)
    last = last[~_near(days[last], np.concatenate([denied, [own.day for own in found]]).astype(np.int64))]
    if not len(last):
        return None
    best, gain, size = _best(solved, [Shift(int(day)) for day in days[last]])
    since = int(np.searchsorted(days, best.day))
    missed = solved.observed.z[since:] - solved.factor[since:, :since] @ solved.white[:since]
    lasting = (plain[since:] & (missed / size >= 0.5)).mean() >= NEW_SHARE
    return (best.day, size) if gain >= NEW_GAIN and abs(size) >= NEW_SIZE and lasting else None


def _day(shift: Shift) -> int:
    return shift.day


def _began(solved: Solved, found: Shift) -> Shift:
    """The likeliest start of a step found on the last day on which one is looked for: it may have begun later."""
    days = solved.observed.days
    last = days[len(days) - LEAST_AFTER : len(days) - LEAST_BACK + 1]
    return found if found.day != last[0] else _best(solved, [Shift(int(day)) for day in last])[0]


def _back(solved: Solved, found: tuple[Shift, ...], denied: Ints) -> tuple[Shift, ...]:
    """The day on which the level went back to where it was before the last step, a few days ago: a strike is over."""
    days = solved.observed.days
    if not found or days[-1] - found[-1].day > WINDOW_DAYS:
        return ()
    step = found[-1]
    last = days[len(days) - LEAST_AFTER + 1 : len(days) - LEAST_BACK + 1]
    last = last[(last - step.day >= LEAST_AFTER) & ~_near(last, denied)]
    if not len(last):
        return ()
    best, gain, size = _best(solved, [Shift(int(day)) for day in last])
    before = SHIFT_SD**2 * float(steps(days, [step])[:, 0] @ solved.alpha)
    since = int(np.searchsorted(days, best.day))
    missed = solved.observed.z[since:] - solved.factor[since:, :since] @ solved.white[:since]
    back = abs(size + before) <= BACK_WITHIN * abs(before) and (missed / -before >= 0.5).mean() >= BACK_DAYS
    return (best,) if gain >= BACK_GAIN and back else ()


def _tried(days: Ints, denied: Ints) -> list[Shift]:
    own = days[LEAST_BEFORE : len(days) - LEAST_AFTER + 1]
    own = own[own > days[-1] - WINDOW_DAYS] if len(days) else own
    return [Shift(int(day)) for day in own[~_near(own, denied)]]


def _near(days: Ints, denied: Ints) -> Bools:
    """Which of ``days`` lie about one on which an analyst says that there was no step."""
    return np.asarray(np.abs(days[:, None] - denied[None, :]).min(axis=1, initial=WINDOW_DAYS) <= LEAST_AFTER)


def _best(solved: Solved, tried: Sequence[Shift]) -> tuple[Shift, float, float]:
    """The likeliest shift, its log Bayes factor, and its size (log)."""
    gain, size = _gains(solved, tried)
    best = int(np.argmax(gain))
    return tried[best], float(gain[best]), float(size[best])


def _gains(solved: Solved, tried: Sequence[Shift]) -> tuple[Floats, Floats]:
    """Log Bayes factor and size (log) of each shift."""
    days = solved.observed.days
    late = int(np.searchsorted(days, min(own.day for own in tried)))
    own = steps(days[late:], tried)
    half = solve_triangular(solved.factor[late:, late:], own, lower=True, check_finite=False)
    doubt = max(float(np.median(solved.white**2)) / MEDIAN_CHI2, 1.0)
    score, weight = half.T @ solved.white[late:] / doubt, (half**2).sum(axis=0) / doubt
    size = score / (weight + SHIFT_SD**-2)
    return score * size / 2 - np.log1p(SHIFT_SD**2 * weight) / 2, size

"""Level shifts: from one day on everything is higher or lower, as when a bot is launched or a line is merged.

Every day of the last half year is tried as the start of a step. With K the covariance of the observed log levels z and
a the step, the log Bayes factor of a step of size N(0, tau^2) is s^2 / (2 (v + tau^-2)) - log(1 + tau^2 v) / 2, where
s = a' K^-1 z and v = a' K^-1 a; where the process is too sure of itself, its innovations tell by how much.

Source: Rasmussen & Williams, Gaussian Processes for Machine Learning (2006), ch. 2.7 (explicit basis functions).
"""

import numpy as np
from scipy.linalg import solve_triangular

from forecast.covariance import SHIFT_SD
from forecast.daylevel import Solved, solve
from forecast.series import Bools, Floats, Ints

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
MEDIAN_CHI2 = 0.455
"""Median of a squared standard normal."""


def steps(days: Ints, shifts: Ints) -> Floats:
    """1 from each shift on, shape (day, shift)."""
    return np.asarray(days[:, None] >= shifts[None, :], dtype=np.float64)


def find_shifts(solved: Solved, prior: Floats, noise: float, told: Ints, denied: Ints) -> Ints:
    """Days on which the level shifted, in order of time.

    Parameters
    ----------
    solved : the process without shifts, given the observed days.
    prior : covariance of the observed days' levels without shifts.
    noise : sd of a day's own chance.
    told : days on which an analyst says that it shifted.
    denied : days on which an analyst says that it did not; a week around each is left alone.
    """
    observed = solved.observed
    days, found, covariance = observed.days, np.unique(told), prior
    if len(found):
        covariance = prior + SHIFT_SD**2 * shifted(days, found)
        solved = solve(observed, covariance, noise)
    candidates = _candidates(days, denied)
    while len(candidates) and len(found) < MOST_SHIFTS + len(told):
        best, gain, size = _best(solved, candidates)
        if gain < LEAST_GAIN or abs(size) < LEAST_SIZE:
            break
        found = np.append(found, best)
        covariance = covariance + SHIFT_SD**2 * shifted(days, found[-1:])
        solved = solve(observed, covariance, noise)
        candidates = candidates[np.abs(candidates - best) >= LEAST_AFTER]
    return np.sort(np.append(found, _back(solved, found, denied)))


def _back(solved: Solved, found: Ints, denied: Ints) -> Ints:
    """The day on which the level went back to where it was before the last step, a few days ago: a strike is over."""
    days, none = solved.observed.days, np.zeros(0, dtype=np.int64)
    if not len(found) or days[-1] - found.max() > WINDOW_DAYS:
        return none
    last = days[len(days) - LEAST_AFTER + 1 : len(days) - LEAST_BACK + 1]
    candidates = last[(last - found.max() >= LEAST_AFTER) & ~_near(last, denied)]
    if not len(candidates):
        return none
    best, gain, size = _best(solved, candidates)
    before = SHIFT_SD**2 * float(steps(days, found[found == found.max()])[:, 0] @ solved.alpha)
    since = int(np.searchsorted(days, best))
    missed = solved.observed.z[since:] - solved.factor[since:, :since] @ solved.white[:since]
    back = abs(size + before) <= BACK_WITHIN * abs(before) and (missed / -before >= 0.5).mean() >= BACK_DAYS
    return np.array([best]) if gain >= BACK_GAIN and back else none


def shifted(days: Ints, shifts: Ints) -> Floats:
    """Covariance that steps of unit size give the days, shape (day, day)."""
    own = steps(days, shifts)
    return np.asarray(own @ own.T)


def _candidates(days: Ints, denied: Ints) -> Ints:
    own = days[LEAST_BEFORE : len(days) - LEAST_AFTER + 1]
    own = own[own > days[-1] - WINDOW_DAYS] if len(days) else own
    return np.asarray(own[~_near(own, denied)])


def _near(days: Ints, denied: Ints) -> Bools:
    """Which of ``days`` lie about one on which an analyst says that there was no step."""
    return np.asarray(np.abs(days[:, None] - denied[None, :]).min(axis=1, initial=WINDOW_DAYS) <= LEAST_AFTER)


def _best(solved: Solved, candidates: Ints) -> tuple[int, float, float]:
    """The likeliest start of a step, its log Bayes factor, and its size (log); days before the first have no step."""
    days = solved.observed.days
    late = int(np.searchsorted(days, candidates[0]))
    half = solve_triangular(solved.factor[late:, late:], steps(days[late:], candidates), lower=True, check_finite=False)
    doubt = max(float(np.median(solved.white**2)) / MEDIAN_CHI2, 1.0)
    score, weight = half.T @ solved.white[late:] / doubt, (half**2).sum(axis=0) / doubt
    size = score / (weight + SHIFT_SD**-2)
    gain = score * size / 2 - np.log1p(SHIFT_SD**2 * weight) / 2
    best = int(np.argmax(gain))
    return int(candidates[best]), float(gain[best]), float(size[best])

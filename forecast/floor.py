"""What counting noise alone leaves of the error: the floor under every WAPE."""

from functools import cache

import numpy as np
from scipy.stats import poisson

from forecast.series import Floats, Ints

FEW = 30
"""Counts above are told by themselves; up to it, by all counts together."""
SMALLEST_MEAN, MEANS = 0.02, 60
ROUNDS = 200
LATE = 0.09
"""Added to a large count x, so that sqrt(2 x / pi) tells its mean deviation without bias."""


def mean_error(mean: Floats) -> Floats:
    """E|X - median| of Poisson counts: the mean error of who knows the means, and forecasts the median.

    E|X - k| = 2 (k P(X <= k) - m P(X <= k - 1)) + m - k
    """
    median = poisson.ppf(0.5, mean)
    below = median * poisson.cdf(median, mean) - mean * poisson.cdf(median - 1, mean)
    return np.asarray(np.where(mean > 0, 2 * below + mean - median, 0.0))


def counting_floor(counts: Floats) -> float:
    """WAPE of who knows the mean of every interval, told by what came there; NaN where nothing came.

    Notes
    -----
    A count is not its mean: the error that belongs to a mean of 1 is taken for that of 0, 1, 2 or 3, and on average for
    less than it is. So the means are taken to be spread as makes all counts together likeliest, and each count has
    the error to be expected of the means that it may come from. Of means drawn at random the floor comes out within a
    few percent; of hours that all expect ln 2 = 0.69, where the best forecast turns from 0 to 1, a tenth too low.

    Sources: Laird, Nonparametric Maximum Likelihood Estimation of a Mixing Distribution, JASA 73 (1978); Robbins, An
    Empirical Bayes Approach to Statistics (1956).
    """
    total = float(counts.sum())
    if not total > 0:
        return float("nan")
    few = np.rint(np.minimum(counts, FEW + 1)).astype(np.int64)
    frequency = np.bincount(few, minlength=FEW + 2).astype(np.float64)
    expected = float(frequency[:-1] @ _error_of_count(frequency)[:-1])
    many = counts[few > FEW]
    return (expected + float(np.sqrt(2 * (many + LATE) / np.pi).sum())) / total


def _error_of_count(frequency: Floats) -> Floats:
    """The error to be expected where 0, 1, ... and more than ``FEW`` came, so often as ``frequency`` says."""
    means, chance, error = _means()
    weight = np.full(len(means), 1 / len(means))
    for _ in range(ROUNDS):
        weight = weight * (chance.T @ (frequency / _positive(chance @ weight))) / frequency.sum()
    return np.asarray(chance @ (weight * error) / _positive(chance @ weight))


def _positive(values: Floats) -> Floats:
    return np.maximum(values, np.finfo(np.float64).tiny)


@cache
def _means() -> tuple[Floats, Floats, Floats]:
    """Means tried, the chance of every count under each, shape (count, mean), and the error of each."""
    means = np.append(0.0, np.geomspace(SMALLEST_MEAN, 2 * FEW, MEANS))
    counts: Ints = np.arange(FEW + 1)
    chance = np.vstack([poisson.pmf(counts[:, None], means), poisson.sf(FEW, means)])
    return means, chance, mean_error(means)

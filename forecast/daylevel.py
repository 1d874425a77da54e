"""The day level: a robust Gaussian process on the log of a day's inquiries, with counting noise.

Model, for the day's count y and its expectation e at level 0: y ~ Poisson(e exp(f + u)), f ~ GP(0, K), u independent
with Student tails. Laplace's approximation turns a count into an observation z = f + (y - mu) / mu of variance 1 / mu;
outlying days get a smaller weight from their leave-one-out residual.

Sources: Rasmussen & Williams, Gaussian Processes for Machine Learning (2006), ch. 3.4 and 5.4.2 (leave-one-out);
Lange, Little & Taylor, Robust Statistical Modeling Using the t Distribution, JASA 84 (1989), for the weights.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from scipy.linalg import lapack, solve_triangular

from forecast.series import Bools, Floats, Ints

STUDENT_DF = 4.0
ROUNDS = 4
ABSURD = 15.0
"""Standard deviations from which on a day is broken rather than odd."""
ENOUGH = 30.0
"""From this expectation on the log of a count is as good as Laplace's step."""
LEAST_MU = 0.3
SINGLE = 1e4
"""Up to this ratio of variances single precision will do."""
SILENT = 1e8
"""Variance of a day that says nothing."""


@dataclass(frozen=True, slots=True)
class Observed:
    """Days as observations of their log level.

    Parameters
    ----------
    days : numbers of the days that count.
    z : observed log level about ``offset``.
    counting : variance of the counting noise.
    weight : 1 for an ordinary day, towards 0 for an outlying one.
    offset : log level about which the process is centred.
    apart : how far each lies from what all other days make of it, in sd of an ordinary day.
    """

    days: Ints
    z: Floats
    counting: Floats
    weight: Floats
    offset: float
    apart: Floats = field(default_factory=lambda: np.zeros(0))

    def variance(self, noise: float) -> Floats:
        """Variance of each observation about the process, where a day's own chance has sd ``noise``."""
        return self.counting + noise**2 / self.weight


@dataclass(frozen=True, slots=True)
class Solved:
    """The process given the observations.

    Parameters
    ----------
    observed : the days.
    factor : lower Cholesky factor of K + diag(variance), days in order of time.
    white : factor^-1 z.
    alpha : (K + diag(variance))^-1 z.
    """

    observed: Observed
    factor: Floats
    white: Floats
    alpha: Floats


def observe(
    days: Ints, counts: Floats, expected: Floats, prior: Floats, noise: float, trusted: Bools, doubt: Floats
) -> Observed:
    """Turn counts into robust observations of the log level.

    Parameters
    ----------
    days : numbers of the counted days, length n.
    counts : inquiries counted on each.
    expected : inquiries at log level 0 in the slots that were counted; a day with 0 says nothing.
    prior : covariance K of the days' log levels, shape (n, n).
    noise : sd of a day's own chance.
    trusted : days that count in full, however far they lie out.
    doubt : variance of the log of each expectation.
    """
    says = expected > 0
    e = np.where(says, expected, 1.0)
    offset = _typical(counts[says], expected[says])
    f, weight, apart = np.zeros(len(days)), np.ones(len(days)), np.zeros(len(days))
    prior = prior.astype(enough_precision(prior, noise))
    for _ in range(ROUNDS if (counts[says] <= ENOUGH).any() else ROUNDS // 2):
        own = _observed(days, counts, e * np.exp(offset), f, weight, says, offset, doubt)
        solved = solve(own, prior, noise)
        given, apart = _weights(solved, noise)
        weight = np.where(says & ~trusted, given, 1.0)
        f = own.z - own.variance(noise) * solved.alpha
    return replace(_observed(days, counts, e * np.exp(offset), f, weight, says, offset, doubt), apart=apart)


def enough_precision(prior: Floats, noise: float) -> type[np.float32] | type[np.float64]:
    """Single precision, twice as fast, where it ranks scales and weighs days as well as double."""
    return np.float32 if prior.diagonal().max(initial=0.0) < SINGLE * noise**2 else np.float64


def _typical(counts: Floats, expected: Floats) -> float:
    """Log of the mean rate of the middle four fifths of the days; of both where there are but two."""
    rate = counts / expected
    low, high = np.quantile(rate, [0.1, 0.9]) if len(rate) > 2 else (-np.inf, np.inf)
    middle = (rate >= low) & (rate <= high)
    return float(np.log((counts[middle].sum() + 0.5) / max(float(expected[middle].sum()), 1e-9)))


def _observed(
    days: Ints, counts: Floats, expected: Floats, f: Floats, weight: Floats, says: Bools, offset: float, doubt: Floats
) -> Observed:
    z, counting = _step(counts, expected, f)
    return Observed(days, np.where(says, z, 0.0), np.where(says, counting + doubt, SILENT), weight, offset)


def _step(y: Floats, e: Floats, f: Floats) -> tuple[Floats, Floats]:
    """Laplace's observation and its variance at ``f``."""
    mu = np.maximum(e * np.exp(f), LEAST_MU)
    newton = f + np.clip((y - mu) / mu, -1.0, 1.5)
    big = y > ENOUGH
    z = np.where(big, np.log(np.maximum(y, 1.0) / e), newton)
    return z, 1 / np.where(big, np.maximum(mu, ENOUGH), mu)


def _weights(solved: Solved, noise: float) -> tuple[Floats, Floats]:
    """Student weights (df + 1) / (df + r^2), at most 1, from leave-one-out residuals; and these, in sd of a plain day.

    A day's own weight widens what it is measured by, which is kind to doubtful days; one that is absurd even so, such
    as a broken counter's, is measured as if it had none.
    """
    precision = left_out_precision(solved.factor)
    alpha = solved.alpha.astype(np.float64)
    r2 = alpha**2 / precision
    given = noise**2 * (1 / solved.observed.weight - 1)
    plain = (alpha / precision) ** 2 / np.maximum(1 / precision - given, noise**2)
    r2 = np.where(plain > ABSURD**2, plain, r2)
    return np.asarray(np.minimum(1.0, (STUDENT_DF + 1) / (STUDENT_DF + r2))), np.sqrt(plain)


def left_out_precision(factor: Floats) -> Floats:
    """Precision of each observation given all others: the diagonal of the inverse of what ``factor`` is the root of."""
    inverse, _ = lapack.strtri(factor.T.astype(np.float32), lower=0)
    return np.asarray(np.einsum("ij,ij->i", inverse, inverse), dtype=np.float64)


def solve(observed: Observed, prior: Floats, noise: float) -> Solved:
    """Condition the process on the observations; ``prior`` is K between their days."""
    factor = factored(prior, observed.variance(noise))
    white = whitened(factor, observed.z)
    alpha = solve_triangular(factor, white, lower=True, trans="T", check_finite=False)
    return Solved(observed, factor, white, alpha)


def factored(prior: Floats, variance: Floats) -> Floats:
    """Lower Cholesky factor of ``prior`` with ``variance`` added on its diagonal, as precise as ``prior`` is.

    Raises
    ------
    LinAlgError : it is not positive definite.
    """
    noisy = prior.copy()
    noisy.ravel()[:: len(noisy) + 1] += variance.astype(prior.dtype)
    decompose = lapack.spotrf if prior.dtype == np.float32 else lapack.dpotrf
    factor, info = decompose(noisy.T, lower=0, overwrite_a=1)
    if info:
        raise np.linalg.LinAlgError(info)
    return np.asarray(factor.T)


def whitened(factor: Floats, z: Floats) -> Floats:
    """Innovations: ``factor``^-1 ``z``."""
    return np.asarray(solve_triangular(factor, z.astype(factor.dtype), lower=True, check_finite=False))


@dataclass(frozen=True, slots=True)
class Ahead:
    """Forecasts of one past origin: rows of the observed days ahead, their log level, and its variance."""

    origin: int
    rows: Ints
    mean: Floats
    variance: Floats


def roll(solved: Solved, prior_variance: Floats, origins: Sequence[int], days: int) -> list[Ahead]:
    """What would have been forecast at each past origin for the ``days`` after it.

    The Cholesky factor of a leading block is the leading block of the factor, so that every origin costs one
    product instead of a new fit.

    Parameters
    ----------
    prior_variance : diagonal of K on the observed days.
    origins : first day ahead of each.
    """
    own, found = solved.observed.days, []
    for origin in origins:
        known, last = np.searchsorted(own, [origin, origin + days])
        if known == 0 or last == known:
            continue
        block = solved.factor[known:last, :known]
        mean = block @ solved.white[:known]
        variance = np.maximum(prior_variance[known:last] - np.einsum("ij,ij->i", block, block), 0.0)
        found.append(Ahead(origin, np.arange(known, last), mean, variance))
    return found


def posterior(solved: Solved, cross: Floats, own: Floats) -> tuple[Floats, Floats]:
    """Mean and covariance of the log level (about the offset) on other days.

    Parameters
    ----------
    cross : K between the other days and the observed ones.
    own : K among the other days.
    """
    half = solve_triangular(solved.factor, cross.T, lower=True, check_finite=False)
    return np.asarray(cross @ solved.alpha), own - half.T @ half

"""How sure simulated shares and counts are, also where next to nothing happened.

Limits from the variance between runs alone are too narrow where misses are rare and come in bursts: twenty runs without
a miss have no variance. So they are joined with score limits, whose sample size is divided by the design effect: how
much more the runs of this queue vary than independent contacts would, the median over its intervals.
"""

import numpy as np
import numpy.typing as npt
from scipy.stats import t as student

FloatArray = npt.NDArray[np.float64]
CONFIDENCE = 0.95


def share_limits(part: FloatArray, whole: FloatArray) -> tuple[FloatArray, FloatArray]:
    """95 % limits of total part / total whole, shape (run, interval, queue) -> (interval, queue).

    NaN for a single run or where nothing was offered.

    Source: ratio estimator, Cochran 1977 ch. 6; Wilson 1927; design effect, Kish 1965.
    """
    runs, total = len(whole), whole.sum(axis=0)
    if runs < 2:
        return _unknown(total), _unknown(total)
    size = np.where(total > 0, total, np.nan)
    share = part.sum(axis=0) / size
    variance = ((part - share * whole) * runs / size).var(axis=0, ddof=1) / runs
    size = size / _design_effect(variance, share * (1.0 - share) / size)
    z = _critical(runs)
    middle = (share + z**2 / (2 * size)) / (1 + z**2 / size)
    half = z / (1 + z**2 / size) * np.sqrt(share * (1 - share) / size + z**2 / (4 * size**2))
    low = np.minimum(middle - half, share - z * np.sqrt(variance))
    high = np.maximum(middle + half, share + z * np.sqrt(variance))
    return np.maximum(low, 0.0), np.minimum(high, 1.0)


def count_limits(counts: FloatArray) -> tuple[FloatArray, FloatArray]:
    """95 % limits of the mean count of a run, shape (run, interval, queue) -> (interval, queue); NaN for a single run.

    Source: score limits of a Poisson mean, its unit widened by the design effect.
    """
    runs, mean = len(counts), counts.mean(axis=0)
    if runs < 2:
        return _unknown(mean), _unknown(mean)
    variance, z = counts.var(axis=0, ddof=1) / runs, _critical(runs)
    unit = z**2 * _design_effect(variance, mean / runs) / runs
    low = np.minimum(mean + unit / 2 - np.sqrt(unit * mean + unit**2 / 4), mean - z * np.sqrt(variance))
    high = np.maximum(mean + unit / 2 + np.sqrt(unit * mean + unit**2 / 4), mean + z * np.sqrt(variance))
    return np.maximum(low, 0.0), high


def _design_effect(variance: FloatArray, independent: FloatArray) -> FloatArray:
    """Median over the intervals of each queue (columns), at least 1."""
    known = independent > 0
    ratio = np.where(known, variance / np.where(known, independent, 1.0), 1.0)
    return np.array(
        [max(1.0, np.median(own[seen])) if seen.any() else 1.0 for own, seen in zip(ratio.T, known.T, strict=True)]
    )


def _critical(runs: int) -> float:
    return float(student.ppf(0.5 + CONFIDENCE / 2.0, runs - 1))


def _unknown(like: FloatArray) -> FloatArray:
    return np.full(like.shape, np.nan)

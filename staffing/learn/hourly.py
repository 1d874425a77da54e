"""Handle time and shrinkage by hour of the day, where a log shows that the hours differ beyond noise."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import chi2

FloatArray = npt.NDArray[np.float64]
NORMAL_95, NORMAL_99 = 1.959964, 2.575829
SIGNIFICANT = 0.01
LEAST_SHARE, MOST_SHARE = 0.005, 0.9
FINEST = 1e-6


@dataclass(frozen=True, slots=True)
class Hourly:
    """A measure by hour of the day, shape (24,).

    Parameters
    ----------
    value, low, high : with 95 % limits; NaN for an hour of which nothing is known.
    by_hour : what the desk is to hold, drawn to the mean by the evidence; None where there is nothing to hold.
    """

    value: FloatArray
    low: FloatArray
    high: FloatArray
    by_hour: FloatArray | None


def hourly_effort(value: FloatArray, low: FloatArray, high: FloatArray, contacts: FloatArray) -> Hourly:
    """Handle time of each hour relative to all: kept where the hours differ beyond noise, with their limits."""
    spread = (high - low) / (2.0 * NORMAL_95)
    drawn = _drawn(value, spread, np.where(np.isfinite(value), contacts, 0.0))
    if drawn is None:
        return Hourly(value, low, high, None)
    mean, kept = drawn
    own = mean + kept * (value - mean)
    half = NORMAL_95 * spread * np.sqrt(kept)
    return Hourly(own, own - half, own + half, np.where(np.isfinite(own), own, 1.0))


def hourly_shrinkage(value: FloatArray, low: FloatArray, high: FloatArray, minutes: FloatArray) -> Hourly:
    """Share away in each hour: its own where the hours differ beyond noise, else one for all; none where all may be 0.

    Hours of which nothing is known have the mean of the others.
    """
    weight, known = np.where(np.isfinite(value), minutes, 0.0), np.isfinite(value)
    spread = (high - low) / (2.0 * NORMAL_95)
    if not known.any():
        return Hourly(value, low, high, None)
    mean = float(np.average(value[known], weights=weight[known]))
    surely = mean - NORMAL_99 * float(np.sqrt(((weight * spread)[known] ** 2).sum())) / weight.sum()
    if surely <= 0.0 or mean < LEAST_SHARE:
        return Hourly(value, low, high, None)
    drawn = _drawn(value, spread, weight)
    if drawn is None:
        return Hourly(value, low, high, np.full(value.size, min(mean, MOST_SHARE)))
    own = drawn[0] + drawn[1] * (value - drawn[0])
    half = NORMAL_95 * spread * np.sqrt(drawn[1])
    by_hour = np.clip(np.where(known, own, mean), 0.0, MOST_SHARE)
    return Hourly(own, np.maximum(own - half, 0.0), own + half, by_hour)


def _drawn(value: FloatArray, spread: FloatArray, weight: FloatArray) -> tuple[float, FloatArray] | None:
    """The mean, and the part kept of each hour's distance from it; None where the hours may all be alike (1 %).

    Source: Cochran's test; the variance between hours by the method of moments (DerSimonian & Laird 1986).
    """
    known = np.isfinite(value)
    if known.sum() < 2:
        return None
    exact = 1.0 / np.maximum(spread[known], FINEST) ** 2
    centre = float(np.average(value[known], weights=exact))
    distance = float((exact * (value[known] - centre) ** 2).sum())
    freedom = int(known.sum()) - 1
    if chi2.sf(distance, freedom) >= SIGNIFICANT:
        return None
    between = (distance - freedom) / (exact.sum() - (exact**2).sum() / exact.sum())
    mean = float(np.average(value[known], weights=weight[known]))
    return mean, between / (between + np.maximum(spread, FINEST) ** 2)

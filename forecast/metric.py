"""How good a forecast was."""

import numpy as np
import pandas as pd

from forecast.floor import counting_floor
from forecast.series import Floats

LEVELS = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)
"""Quantiles that the pinball loss averages over."""


def wape(actual: Floats, forecast: Floats) -> float:
    """Sum of absolute errors over the sum of what came; NaN where nothing came."""
    return _share(float(np.abs(forecast - actual).sum()), actual)


def bias(actual: Floats, forecast: Floats) -> float:
    """Sum of forecast minus actual over the sum of what came."""
    return _share(float((forecast - actual).sum()), actual)


def mase(actual: Floats, forecast: Floats, naive_error: Floats) -> float:
    """Mean absolute error over that of the weekly naive forecast within the past of each origin.

    Source: Hyndman & Koehler, Another look at measures of forecast accuracy, Int. J. Forecasting 22 (2006).
    """
    known = naive_error[~np.isnan(naive_error)]
    scale = float(known.mean()) if len(known) else float("nan")
    return float(np.abs(forecast - actual).mean()) / scale if scale > 0 else float("nan")


def pinball(actual: Floats, quantiles: Floats) -> float:
    """Mean quantile loss over intervals and ``LEVELS``, inquiries; ``quantiles`` of shape (interval, level)."""
    above = actual[:, None] - quantiles
    levels = np.array(LEVELS)
    return float(np.maximum(levels * above, (levels - 1) * above).mean()) if len(actual) else float("nan")


def coverage(below: Floats, upto: Floats, share: float) -> float:
    """Share of counts inside the central ``share`` of their distributions.

    Parameters
    ----------
    below, upto : probability of less than, and of at most, what came.

    Notes
    -----
    A count has a whole range of probability, from ``below`` to ``upto``; the part of it that lies within
    ``(1 - share) / 2`` of the edges counts. Quantiles of small counts can't be cut to exactly 80 %: plain inclusion
    would praise intervals that are too wide. A calibrated forecast has a coverage of ``share`` whatever the counts.

    Source: Czado, Gneiting & Held, Predictive Model Assessment for Count Data, Biometrics 65 (2009).
    """
    known = ~np.isnan(below)
    if not known.any():
        return float("nan")
    low, high = below[known], upto[known]
    edge = (1 - share) / 2
    inside = np.clip(np.minimum(high, 1 - edge) - np.maximum(low, edge), 0.0, None)
    between = ((low >= edge) & (low <= 1 - edge)).astype(np.float64)
    return float(np.where(high > low, inside / np.where(high > low, high - low, 1.0), between).mean())


def _share(total: float, actual: Floats) -> float:
    came = float(actual.sum())
    return total / came if came > 0 else float("nan")


def scores(frame: pd.DataFrame) -> dict[str, float]:
    """All measures of one model over rows ``actual, mean, point, naive_error, below, upto`` and ``q<level>``.

    WAPE and MASE judge ``point`` (the median, which the absolute error asks for), bias judges ``mean``; coverage is
    missing for a model without intervals.
    """
    actual, point, below, upto = (
        frame[name].to_numpy(dtype=np.float64) for name in ("actual", "point", "below", "upto")
    )
    quantiles = frame[[f"q{level}" for level in LEVELS]].to_numpy(dtype=np.float64)
    return {
        "wape": wape(actual, point),
        "bias": bias(actual, frame["mean"].to_numpy(dtype=np.float64)),
        "mase": mase(actual, point, frame["naive_error"].to_numpy(dtype=np.float64)),
        "pinball": pinball(actual, quantiles),
        "coverage80": coverage(below, upto, 0.8),
        "coverage95": coverage(below, upto, 0.95),
        "floor": counting_floor(actual),
    }

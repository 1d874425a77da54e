"""From drivers to exposure: a background and non-negative distributed lags of every driver admitted.

exposure(t) = c0 + sum over drivers and lag bins of c_b x mean of the driver over the bin's lags; c >= 0.

Source: Almon, The Distributed Lag between Capital Appropriations and Expenditures, Econometrica 33 (1965).
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from forecast.series import DAY_MIN, Floats, Ints

EDGES_H = (0.0, 1.0, 3.0, 8.0, 24.0, 48.0, 72.0, 120.0, 168.0, 240.0, 336.0, 504.0, 840.0)
"""Lag bins in hours, to five weeks."""
LEAST_SHARE = 0.02
"""The exposure of a slot is at least this share of the mean, so that rates stay finite."""
REACH = 0.9


@dataclass(frozen=True, slots=True)
class Kernel:
    """What was found.

    Parameters
    ----------
    drivers : their names.
    edges : lag bins in slots, the first 0.
    scale : mean of each driver, by which it is divided.
    background : exposure without any driver.
    weights : exposure per bin, shape (driver, bin), at the driver's mean.
    """

    drivers: tuple[str, ...]
    edges: Ints
    scale: Floats
    background: float
    weights: Floats

    def exposure(self, values: list[Floats], first: int = 0) -> Floats:
        """Exposure per day, from the day ``first`` on, and slot from the drivers' values, each of shape (..., day,
        slot)."""
        found = np.sum([self.share(index, own, first) for index, own in enumerate(values)], axis=0)
        return np.asarray(np.maximum(self.background + found, LEAST_SHARE))

    def share(self, index: int, values: Floats, first: int = 0) -> Floats:
        """What driver ``index`` alone adds to the exposure, per day from ``first`` on, and slot."""
        *runs, days, slots = values.shape
        flat = values.reshape(*runs, days * slots) / self.scale[index]
        sums, longest = _running(flat, self.edges), int(self.edges[-1])
        found = np.zeros((*runs, days * slots - first * slots))
        for bin_ in np.flatnonzero(self.weights[index]):
            found += self.weights[index, bin_] * _mean(sums, longest, first * slots, *self.edges[bin_ : bin_ + 2])
        return found.reshape(*runs, days - first, slots)

    def mean_lag_h(self, index: int, step_min: int) -> float:
        """Mean lag of driver ``index`` in hours, nothing counted for the background."""
        middle = (self.edges[:-1] + self.edges[1:] - 1) / 2
        weights = self.weights[index]
        return float(weights @ middle / weights.sum() * step_min / 60) if weights.sum() > 0 else 0.0

    def reach(self) -> int:
        """Slots back in time that hold nine tenths of the weight."""
        mass = self.weights.sum(axis=0)
        if mass.sum() <= 0:
            return 0
        return int(self.edges[1 + int(np.searchsorted(np.cumsum(mass), REACH * mass.sum()))])


def bin_edges(step_min: int, longest_d: float) -> Ints:
    """Lag bins in slots for slots of ``step_min``, none longer than ``longest_d`` days; the same slot has its own."""
    edges = np.unique([1, *np.round(np.array(EDGES_H) * 60 / step_min).astype(np.int64)])
    return edges[edges <= max(longest_d * DAY_MIN / step_min, 1)]


def lagged(values: Floats, edges: Ints, first: int = 0) -> Floats:
    """Mean of ``values`` (..., time) over the lags of each bin at each time from ``first`` on, shape (..., time, bin);
    before the start the first day goes on."""
    sums = _running(values, edges)
    found = np.empty((*values.shape[:-1], values.shape[-1] - first, len(edges) - 1))
    for index, (low, high) in enumerate(pairwise(edges)):
        found[..., index] = _mean(sums, int(edges[-1]), first, low, high)
    return found


def _running(values: Floats, edges: Ints) -> Floats:
    """Sums of ``values`` until before each time, from the longest lag before the first time to after the last."""
    longest = int(edges[-1])
    start = values[..., : max(longest // 5, 1)].mean(axis=-1, keepdims=True)
    padded = np.concatenate([np.zeros((*start.shape[:-1], 1)), np.repeat(start, longest, axis=-1), values], axis=-1)
    return np.asarray(np.cumsum(padded, axis=-1))


def _mean(sums: Floats, longest: int, first: int, low: int, high: int) -> Floats:
    """Mean over the lags ``low`` to before ``high`` at each time from ``first`` on, of the ``sums`` of ``_running``."""
    begin, end = first + longest + 1, sums.shape[-1]
    return np.asarray((sums[..., begin - low : end - low] - sums[..., begin - high : end - high]) / (high - low))

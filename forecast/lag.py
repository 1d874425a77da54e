"""From drivers to exposure: a background and non-negative distributed lags of every driver admitted.

exposure(t) = c0 + sum over drivers and lag bins of c_b x mean of the driver over the bin's lags; c >= 0, found by
weighted non-negative least squares on inquiries = profile x exposure, with a lasso as large as chance.

Source: Almon, The Distributed Lag between Capital Appropriations and Expenditures, Econometrica 33 (1965) for the
idea; Lawson & Hanson, Solving Least Squares Problems (1974), ch. 23 for the algorithm.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.linalg import cholesky, solve_triangular
from scipy.optimize import nnls
from scipy.sparse import csr_array

from forecast.series import DAY_MIN, Bools, Floats, Ints

EDGES_H = (0.0, 1.0, 3.0, 8.0, 24.0, 48.0, 72.0, 120.0, 168.0, 240.0, 336.0, 504.0, 840.0)
"""Lag bins in hours, to five weeks."""
DAY_VARIANCE = 0.02
"""Relative variance of a day beyond counting, for the weights."""
SMOOTH = 0.001
DOUBT = 1.0
"""Every bin must explain more than this many standard errors of chance (a one-sided lasso)."""
LEAST_SHARE = 0.02
"""The exposure of a slot is at least this share of the mean, so that rates stay finite."""
NEWTON_STEPS = 6
ENOUGH = 0.002
"""A step that changes no weight by more than this share of the largest is the last."""
LEAST_MU = 0.1
MOST_MISS = 4.0
ANCHOR = 10.0
"""How firmly the mean exposure is held at 1 within a step."""
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
        """Exposure per day, from the day ``first`` on, and slot from the drivers' values, each of shape (day, slot)."""
        shape = (len(values[0]) - first, values[0].shape[1])
        found = sum((self.share(index, own, first) for index, own in enumerate(values)), np.zeros(shape))
        return np.maximum(self.background + found, LEAST_SHARE)

    def share(self, index: int, values: Floats, first: int = 0) -> Floats:
        """What driver ``index`` alone adds to the exposure, per day from ``first`` on, and slot."""
        slots = values.shape[1]
        flat = lagged(values.ravel() / self.scale[index], self.edges, first * slots) @ self.weights[index]
        return np.asarray(flat.reshape(-1, slots))

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
    """Lag bins in slots for slots of ``step_min``, none longer than ``longest_d`` days."""
    edges = np.unique(np.round(np.array(EDGES_H) * 60 / step_min).astype(np.int64))
    return edges[edges <= max(longest_d * DAY_MIN / step_min, 1)]


def lagged(values: Floats, edges: Ints, first: int = 0) -> Floats:
    """Mean of ``values`` over the lags of each bin at each time from ``first`` on, shape (time, bin); before the start
    the first day goes on."""
    longest = int(edges[-1])
    padded = np.concatenate([np.full(longest, values[: max(longest // 5, 1)].mean()), values])
    sums = np.concatenate([[0.0], np.cumsum(padded)])
    begin, end = first + longest + 1, len(values) + longest + 1
    found = np.empty((len(values) - first, len(edges) - 1))
    for index, (low, high) in enumerate(pairwise(edges)):
        found[:, index] = (sums[begin - low : end - low] - sums[begin - high : end - high]) / (high - low)
    return found


def fit_kernel(
    offered: Floats, drivers: dict[str, Floats], kind: Ints, kinds: int, usable: Bools, edges: Ints
) -> Kernel:
    """Fit the kernel on the days ``usable``.

    Parameters
    ----------
    offered : inquiries, shape (day, slot), NaN where unknown.
    drivers : name -> measured values, same shape.

    Notes
    -----
    Gauss-Newton with the profile projected out: y / mu - 1 is regressed on x_b / exposure, both centred within their
    kind of day and slot, so that the daily rhythm can't be mistaken for a lag.
    """
    scale = np.array([max(float(values[usable].mean()), 1e-9) for values in drivers.values()])
    columns = [lagged(values.ravel() / own, edges) for values, own in zip(drivers.values(), scale, strict=True)]
    known = (~np.isnan(offered) & usable[:, None]).ravel()
    day, slot = (index.ravel()[known] for index in np.indices(offered.shape))
    design = np.concatenate([np.ones((offered.size, 1)), *columns], axis=1)[known]
    cell = kind[: len(offered)][day] * offered.shape[1] + slot
    rows = _Rows(
        design, offered.ravel()[known], cell, _members(cell, kinds * offered.shape[1]), _members(day, len(offered))
    )
    found, bins = np.full(design.shape[1], 1 / design.shape[1]), len(edges) - 1
    for _ in range(NEWTON_STEPS):
        before, found = found, _step(rows, found, bins)
        if np.abs(found - before).max() < ENOUGH * found.max():
            break
    return Kernel(tuple(drivers), edges, scale, float(found[0]), found[1:].reshape(len(drivers), bins))


@dataclass(frozen=True, slots=True)
class _Rows:
    """The slots that a kernel is learned from: regressors, inquiries, cell (kind of day and slot) of each; which rows
    are of each cell, and of each day."""

    design: Floats
    counts: Floats
    cell: Ints
    of_cell: csr_array
    of_day: csr_array

    def rates(self, exposure: Floats) -> Floats:
        """Inquiries over exposure in each row's cell."""
        total, exposed = (self.of_cell @ values for values in (self.counts, exposure))
        return np.asarray((total / np.maximum(exposed, 1e-9))[self.cell])

    def centred(self, values: Floats, precision: Floats) -> Floats:
        """Columns less the weighted mean of each row's cell."""
        weight = np.maximum(self.of_cell @ precision, 1e-12)
        means = self.of_cell @ (values * precision[:, None]) / weight[:, None]
        return np.asarray(values - means[self.cell])

    def chance(self, scores: Floats) -> Floats:
        """Sd of each column's sum, where the slots of a day err together."""
        return np.asarray(np.sqrt(((self.of_day @ scores) ** 2).sum(axis=0)))


def _members(group: Ints, groups: int) -> csr_array:
    """1 where a row is of a group, shape (group, row)."""
    return csr_array((np.ones(len(group)), (group, np.arange(len(group)))), shape=(groups, len(group)))


def _step(rows: _Rows, weights: Floats, bins: int) -> Floats:
    """One step; the weights keep a mean exposure of 1."""
    exposure = np.maximum(rows.design @ weights, LEAST_SHARE)
    mu = np.maximum(rows.rates(exposure) * exposure, LEAST_MU)
    precision = 1 / (1 / mu + DAY_VARIANCE)
    relative = rows.design / exposure[:, None]
    columns = rows.centred(relative, precision)
    miss = np.clip(rows.centred((rows.counts / mu - 1)[:, None], precision), -MOST_MISS, MOST_MISS)
    scaled = columns * precision[:, None]
    doubt = DOUBT * rows.chance(scaled * miss)
    doubt[0] = 0.0
    found = _non_negative(columns.T @ scaled, (scaled.T @ miss)[:, 0] - doubt, relative.mean(axis=0), bins)
    return found / max(float((rows.design @ found).mean()), 1e-9)


def _non_negative(gram: Floats, right: Floats, mean: Floats, bins: int) -> Floats:
    """Weights c >= 0 of least squares with mean exposure near 1; neighbouring bins are drawn together."""
    size = np.trace(gram) / len(gram)
    gram = gram + SMOOTH * size * _roughness(len(gram), bins) + 1e-6 * size * np.eye(len(gram))
    anchor = ANCHOR * size
    factor = cholesky(gram + anchor * np.outer(mean, mean), lower=True, check_finite=False)
    target = solve_triangular(factor, right + anchor * mean, lower=True, check_finite=False)
    return np.asarray(nnls(factor.T, target)[0])


def _roughness(size: int, bins: int) -> Floats:
    """Squared differences between neighbouring bins of each driver; the background is left out."""
    found = np.zeros((size, size))
    for first in range(1, size, bins):
        difference = np.diff(np.eye(size)[first : first + bins], axis=0)
        found += difference.T @ difference
    return found

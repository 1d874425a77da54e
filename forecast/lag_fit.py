"""How a queue follows its drivers: the non-negative lags that make its past most likely, and how likely that is.

A day's total is its day level times what the lags expect; the day levels err together, as the day-level model says.
Within a day the slots tell how the total spreads, as far as lags are shorter than a day. Both are regressed on the lag
bins (generalised least squares, by Gauss-Newton), the profile and the level of the days projected out, so that neither
the daily rhythm nor a season is taken for a lag. The weights are a sum of gamma lags, and of bins of their own as far
as the past insists.

Sources: Almon, The Distributed Lag between Capital Appropriations and Expenditures, Econometrica 33 (1965); Schmidt,
An Argument for the Usefulness of the Gamma Distributed Lag Model, Int. Economic Review 15 (1974); Lawson & Hanson,
Solving Least Squares Problems (1974), ch. 23.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.linalg import block_diag, cholesky, solve_triangular
from scipy.optimize import nnls
from scipy.sparse import csr_array
from scipy.stats import gamma

from forecast.lag import LEAST_SHARE, Kernel, lagged
from forecast.series import Bools, Floats, Ints

GAMMA_MEANS_H = (2.0, 6.0, 18.0, 48.0, 120.0, 300.0)
GAMMA_SHAPE = 2.0
"""Lags that cost nothing: what follows an event does so in gamma waves, or in the same hour."""
OWN_MEAN = 0.02
"""Exposure that a bin is believed to have of its own beyond the gamma lags: an exponential prior, so that one bin may
well hold nearly all."""
DAY_SD, LEVEL_SD = 0.14, 2.0
"""Log sd of a day's own chance, and of what all days share, where nothing else is known of the days."""
LEAST_PART = 0.01
NEWTON_STEPS = 8
ENOUGH = 0.01
"""A step that changes no weight by more than this share of the largest is the last."""
LEAST_MU = 0.1
MOST_MISS = 4.0
ANCHOR = 10.0
"""How firmly the mean exposure is held at 1 within a step."""
RIDGE = 1e-9


@dataclass(frozen=True, slots=True)
class DayLevels:
    """How the log levels of days err together.

    Parameters
    ----------
    days : numbers of the days, rising.
    covariance : of their log levels, without counting noise.
    """

    days: Ints
    covariance: Floats


@dataclass(frozen=True, slots=True)
class Learned:
    """A kernel, and what it makes of the days and slots that it was learned from.

    Parameters
    ----------
    misfit : squared standardised misfit of the days and of the slots.
    over : variance of both over the model's.
    """

    kernel: Kernel
    misfit: Floats
    over: Floats

    def gain(self, other: "Learned") -> float:
        """Log-likelihood of the past under this kernel over that under ``other``, learned from the same rows."""
        return float(((other.misfit - self.misfit) / np.maximum(self.over, other.over)).sum() / 2)


def learn_kernel(
    offered: Floats,
    drivers: Mapping[str, Floats],
    kind: Ints,
    kinds: int,
    usable: Bools,
    edges: Ints,
    levels: DayLevels | None = None,
    start: Kernel | None = None,
) -> Learned:
    """Learn the kernel of ``drivers`` from the days ``usable``.

    Parameters
    ----------
    offered : inquiries, shape (day, slot), NaN where unknown.
    drivers : name -> measured values, same shape.
    kind : kind of each day, 0 to ``kinds - 1``; each has a profile.
    edges : lag bins in slots, as of ``bin_edges``.
    levels : how days err together; each for itself where not told. Days that it leaves out are not used.
    start : a kernel to begin with, of some of the drivers.

    Notes
    -----
    Parts that carry less than a hundredth of the exposure are left out at the end.
    """
    levels = levels or _apart(usable)
    used = usable & np.isin(np.arange(len(offered)), levels.days) & (np.nansum(offered, axis=1) > 0)
    scale = np.array([max(float(values[used].mean()), 1e-9) for values in drivers.values()])
    columns = [lagged(values.ravel() / own, edges) for values, own in zip(drivers.values(), scale, strict=True)]
    rows = _rows(offered, np.concatenate(columns, axis=1), edges, kind, kinds, used, levels)
    basis = block_diag(np.ones((1, 1)), *[_basis(edges, offered.shape[1])] * len(drivers))
    price = np.concatenate([[0.0], np.tile(_own_price(len(edges) - 1), len(drivers))])
    weights = _begun(start, tuple(drivers), len(edges) - 1)
    weights, parts = _converged(rows, weights, basis, price)
    kept = parts >= LEAST_PART
    if kept[1:].any() and not kept.all():
        weights, _ = _step(rows, weights, basis[:, kept], price[kept])
    now = _linear(rows, weights)
    kernel = Kernel(tuple(drivers), edges, scale, float(weights[0]), weights[1:].reshape(len(drivers), -1))
    return Learned(kernel, now.misfit, now.over)


def _begun(start: Kernel | None, drivers: tuple[str, ...], bins: int) -> Floats:
    """Weights to begin with: those of ``start``, else all alike."""
    if start is None:
        return np.full(1 + bins * len(drivers), 1 / (1 + bins * len(drivers)))
    known = dict(zip(start.drivers, start.weights, strict=True))
    return np.concatenate([[start.background], *(known.get(driver, np.zeros(bins)) for driver in drivers)])


def fit_kernel(
    offered: Floats,
    drivers: Mapping[str, Floats],
    kind: Ints,
    kinds: int,
    usable: Bools,
    edges: Ints,
    levels: DayLevels | None = None,
) -> Kernel:
    """The kernel alone of ``learn_kernel``."""
    return learn_kernel(offered, drivers, kind, kinds, usable, edges, levels).kernel


def _apart(usable: Bools) -> DayLevels:
    days = np.flatnonzero(usable)
    return DayLevels(days, np.full((len(days), len(days)), LEVEL_SD**2) + DAY_SD**2 * np.eye(len(days)))


@dataclass(frozen=True, slots=True)
class _Rows:
    """The slots that a kernel is learned from.

    Parameters
    ----------
    design, short : regressors, and the same with lags of a day or more at their mean of the day.
    counts, day, cell : inquiries, and the day and cell (kind of day and slot) that each lies in.
    of_cell, of_day : 1 where a row is of a cell, of a day.
    totals, factor : inquiries of each day, and the Cholesky factor of the days' errors.
    """

    design: Floats
    short: Floats
    counts: Floats
    day: Ints
    cell: Ints
    of_cell: csr_array
    of_day: csr_array
    totals: Floats
    factor: Floats

    def expected(self, exposure: Floats) -> tuple[Floats, Floats]:
        """Inquiries of each row at its cell's rate, and each day's level over that."""
        level = np.ones(len(self.totals))
        for _ in range(2):
            exposed = self.of_cell @ (exposure * level[self.day])
            mean = (self.of_cell @ self.counts / np.maximum(exposed, 1e-9))[self.cell] * exposure
            level = self.totals / np.maximum(self.of_day @ mean, 1e-9)
        return mean, level

    def within(self, values: Floats, precision: Floats) -> Floats:
        """Columns less the weighted means of each row's cell and day."""
        return self._less(self._less(values, precision, self.of_cell, self.cell), precision, self.of_day, self.day)

    def _less(self, values: Floats, precision: Floats, groups: csr_array, group: Ints) -> Floats:
        weight = np.maximum(groups @ precision, 1e-12)
        return np.asarray(values - (groups @ (values * precision[:, None]) / weight[:, None])[group])


def _rows(offered: Floats, lags: Floats, edges: Ints, kind: Ints, kinds: int, used: Bools, levels: DayLevels) -> _Rows:
    known = (~np.isnan(offered) & used[:, None]).ravel()
    day, slot = (index.ravel()[known] for index in np.indices(offered.shape))
    days = np.flatnonzero(used)
    cell, row = kind[: len(offered)][day] * offered.shape[1] + slot, np.searchsorted(days, day)
    counts, totals = offered.ravel()[known], np.nansum(offered, axis=1)[days]
    own = np.searchsorted(levels.days, days)
    noisy = (levels.covariance[np.ix_(own, own)] + np.diag(1 / totals)).astype(np.float32)
    factor = cholesky(noisy, lower=True, overwrite_a=True, check_finite=False)
    design = np.concatenate([np.ones((len(counts), 1)), lags[known]], axis=1)
    of_cell, of_day = _members(cell, kinds * offered.shape[1]), _members(row, len(days))
    return _Rows(
        design, _short(design, edges, offered.shape[1], row, of_day), counts, row, cell, of_cell, of_day, totals, factor
    )


def _short(design: Floats, edges: Ints, slots: int, row: Ints, of_day: csr_array) -> Floats:
    """Regressors with lags of a day or more at their mean of the day: where in the day these come is not known."""
    found = design.copy()
    bins = len(edges) - 1
    long = 1 + np.flatnonzero(np.tile(edges[:-1] >= slots, (design.shape[1] - 1) // bins))
    sizes = of_day @ np.ones(len(row))
    found[:, long] = ((of_day @ design[:, long]) / sizes[:, None])[row]
    return found


def _members(group: Ints, groups: int) -> csr_array:
    """1 where a row is of a group, shape (group, row)."""
    return csr_array((np.ones(len(group)), (group, np.arange(len(group)))), shape=(groups, len(group)))


def _basis(edges: Ints, slots: int) -> Floats:
    """What bins may be made of, shape (bin, part): the first bin, gamma lags, and each bin of its own."""
    hours = edges * 24.0 / slots
    waves = [np.diff(gamma.cdf(hours, GAMMA_SHAPE, scale=mean / GAMMA_SHAPE)) for mean in GAMMA_MEANS_H]
    bins = np.eye(len(edges) - 1)
    return np.column_stack([bins[:, 0], *(wave / wave.sum() for wave in waves), bins])


@dataclass(frozen=True, slots=True)
class _Linear:
    """The past about a kernel: normal equations of a step away from it, its misfit, and the regressors' mean."""

    gram: Floats
    right: Floats
    misfit: Floats
    over: Floats
    mean: Floats


def _linear(rows: _Rows, weights: Floats) -> _Linear:
    exposure = np.maximum(rows.design @ weights, LEAST_SHARE)
    mean, level = rows.expected(exposure)
    relative = rows.design / exposure[:, None]
    days = (rows.of_day @ (relative * mean[:, None])) / (rows.of_day @ mean)[:, None]
    tall = np.column_stack([days, np.log(level)]).astype(np.float32)
    white = solve_triangular(rows.factor, tall, lower=True, check_finite=False).astype(np.float64)
    due = np.maximum(mean * level[rows.day], LEAST_MU)
    miss = np.clip(rows.counts / due - 1, -MOST_MISS, MOST_MISS)
    slots = rows.within(np.column_stack([rows.short / exposure[:, None], miss]), due)
    weighted = slots * due[:, None]
    both = [white.T @ white, slots.T @ weighted]
    misfit = np.array([own[-1, -1] for own in both])
    free = np.array([len(white), max(len(miss) - len(white), 1)])
    over = np.maximum(misfit / free, 1.0)
    whole = np.sum([own / times for own, times in zip(both, over, strict=True)], axis=0)
    return _Linear(whole[:-1, :-1], whole[:-1, -1], misfit, over, relative.mean(axis=0))


def _converged(rows: _Rows, weights: Floats, basis: Floats, price: Floats) -> tuple[Floats, Floats]:
    """Weights of the bins after as many steps as are needed, and the parts of ``basis`` that they are made of."""
    parts = np.zeros(basis.shape[1])
    for _ in range(NEWTON_STEPS):
        before = weights
        weights, parts = _step(rows, weights, basis, price)
        if np.abs(weights - before).max() < ENOUGH * weights.max():
            break
    return weights, parts


def _step(rows: _Rows, weights: Floats, basis: Floats, price: Floats) -> tuple[Floats, Floats]:
    """One step: weights that keep a mean exposure of 1, and their parts."""
    now = _linear(rows, weights)
    gram, right = basis.T @ now.gram @ basis, basis.T @ (now.right + now.gram @ weights) - price
    parts = _non_negative(gram, right, now.mean @ basis)
    parts = parts / max(float((rows.design @ (basis @ parts)).mean()), 1e-9)
    return np.asarray(basis @ parts), parts


def _own_price(bins: int) -> Floats:
    """Log-likelihood that each part of a driver must gain per exposure: the bins of their own only."""
    return np.concatenate([np.zeros(1 + len(GAMMA_MEANS_H)), np.full(bins, 1 / OWN_MEAN)])


def _non_negative(gram: Floats, right: Floats, mean: Floats) -> Floats:
    """Parts >= 0 of least squares with mean exposure near 1."""
    size = np.trace(gram) / len(gram)
    held = gram + RIDGE * size * np.eye(len(gram)) + ANCHOR * size * np.outer(mean, mean)
    factor = cholesky(held, lower=True, check_finite=False)
    target = solve_triangular(factor, right + ANCHOR * size * mean, lower=True, check_finite=False)
    return np.asarray(nnls(factor.T, target)[0])

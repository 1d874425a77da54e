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
from scipy.linalg import block_diag, eigh, solve_triangular
from scipy.optimize import nnls
from scipy.stats import gamma

from forecast.lag import LEAST_SHARE, Kernel, lagged
from forecast.lag_rows import DayLevels, Rows, rows_of
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
AMOUNT_SD = 0.3
"""Log sd of what slots alone say of how much comes within the day."""


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
    rows = rows_of(offered, np.concatenate(columns, axis=1), edges, kind, kinds, used, levels)
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


def _linear(rows: Rows, weights: Floats) -> _Linear:
    exposure = np.maximum(rows.design @ weights, LEAST_SHARE)
    mean, level = rows.expected(exposure)
    days = rows.day_sums(mean / exposure) / (rows.of_day @ mean)[:, None]
    tall = np.column_stack([days, np.log(level)]).astype(np.float32)
    white = solve_triangular(rows.factor, tall, lower=True, check_finite=False).astype(np.float64)
    due = np.maximum(mean * level[rows.day], LEAST_MU)
    slots = np.empty((len(due), tall.shape[1]))
    np.multiply(rows.short, (np.sqrt(due) / exposure)[:, None], out=slots[:, :-1])
    slots[:, -1] = np.sqrt(due) * np.clip(rows.counts / due - 1, -MOST_MISS, MOST_MISS)
    both = [white.T @ white, rows.within(slots, due)]
    misfit = np.array([own[-1, -1] for own in both])
    free = np.array([len(white), max(len(due) - len(white), 1)])
    over = np.maximum(misfit / free, 1.0)
    days_told, slots_told = (own / times for own, times in zip(both, over, strict=True))
    whole = days_told + _amount_doubted(slots_told, weights)
    return _Linear(whole[:-1, :-1], whole[:-1, -1], misfit, over, rows.design.T @ (1 / exposure) / len(due))


def _amount_doubted(told: Floats, weights: Floats) -> Floats:
    """What slots tell of the lags where all that comes within the day may be more or less than they say.

    Where in the day lags of a day or more come is not known: what slots make of the amount of shorter ones rests on a
    profile that both share. How shorter ones share it they tell in full.
    """
    along = told[:, :-1] @ weights
    return np.asarray(told - np.outer(along, along) / (along[:-1] @ weights + AMOUNT_SD**-2))


def _converged(rows: Rows, weights: Floats, basis: Floats, price: Floats) -> tuple[Floats, Floats]:
    """Weights of the bins after as many steps as are needed, and the parts of ``basis`` that they are made of."""
    parts = np.zeros(basis.shape[1])
    for _ in range(NEWTON_STEPS):
        before = weights
        weights, parts = _step(rows, weights, basis, price)
        if np.abs(weights - before).max() < ENOUGH * weights.max():
            break
    return weights, parts


def _step(rows: Rows, weights: Floats, basis: Floats, price: Floats) -> tuple[Floats, Floats]:
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
    size = max(np.trace(gram) / len(gram), RIDGE)
    held = gram + ANCHOR * size * np.outer(mean, mean)
    values, vectors = eigh(held, check_finite=False)
    root = np.sqrt(np.maximum(values, RIDGE * size))
    return np.asarray(nnls((vectors * root).T, vectors.T @ (right + ANCHOR * size * mean) / root)[0])

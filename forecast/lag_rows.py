"""The days and slots that a kernel is learned from, and the sums over them that its regressions need."""

from dataclasses import dataclass

import numpy as np
from scipy.linalg import cholesky
from scipy.sparse import csr_array

from forecast.series import Bools, Floats, Ints

LEAST_WEIGHT = 1e-12


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
class Rows:
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
        level, counts = np.ones(len(self.totals)), self.of_cell @ self.counts
        for _ in range(2):
            exposed = self.of_cell @ (exposure * level[self.day])
            mean = (counts / np.maximum(exposed, 1e-9))[self.cell] * exposure
            level = self.totals / np.maximum(self.of_day @ mean, 1e-9)
        return mean, level

    def day_sums(self, weight: Floats) -> Floats:
        """Sums of the regressors times ``weight`` per day, shape (day, regressor)."""
        return np.asarray(_weighted(self.of_day, weight) @ self.design)

    def within(self, values: Floats, precision: Floats) -> Floats:
        """Weighted products of columns, less the means of each row's cell and then of each row's day.

        Parameters
        ----------
        values : the columns times the root of their weight ``precision``.

        Notes
        -----
        With W the weights and C the projection on the cells, V'(I - C)'W(I - C)V = V'WV - S'S / w, where S are the
        weighted sums of each cell and w its weight; the days' projection takes the same off what the cells leave.
        """
        root = np.sqrt(precision)
        weight, rates = self.of_cell @ precision, _weighted(self.of_cell, root) @ values
        means = rates / np.maximum(weight, LEAST_WEIGHT)[:, None]
        by_cell = csr_array((precision, self.cell, self.of_day.indptr), (len(self.totals), len(weight)))
        days = _weighted(self.of_day, root) @ values - by_cell @ means
        level = days / np.maximum(self.of_day @ precision, LEAST_WEIGHT)[:, None]
        return np.asarray(values.T @ values - rates.T @ means - days.T @ level)


def _weighted(members: csr_array, weight: Floats) -> csr_array:
    """The same groups, each row with its weight."""
    return csr_array((weight[members.indices], members.indices, members.indptr), members.shape)


def rows_of(offered: Floats, lags: Floats, edges: Ints, kind: Ints, kinds: int, used: Bools, levels: DayLevels) -> Rows:
    """The slots of the days ``used`` that were counted.

    Parameters
    ----------
    lags : driver means per lag bin, shape (day and slot, driver and bin).
    """
    known = (~np.isnan(offered) & used[:, None]).ravel()
    day, slot = (index.ravel()[known] for index in np.indices(offered.shape))
    days = np.flatnonzero(used)
    cell, row = kind[: len(offered)][day] * offered.shape[1] + slot, np.searchsorted(days, day)
    counts, totals = offered.ravel()[known], np.nansum(offered, axis=1)[days]
    own = np.searchsorted(levels.days, days)
    noisy = levels.covariance[np.ix_(own, own)]
    noisy.ravel()[:: len(own) + 1] += 1 / totals
    factor = cholesky(noisy.astype(np.float32), lower=True, overwrite_a=True, check_finite=False)
    design = np.ones((len(counts), 1 + lags.shape[1]))
    design[:, 1:] = lags[known]
    of_cell, of_day = _members(cell, kinds * offered.shape[1]), _members(row, len(days))
    short = _short(design, edges, offered.shape[1], row, of_day)
    return Rows(design, short, counts, row, cell, of_cell, of_day, totals, factor)


def _short(design: Floats, edges: Ints, slots: int, row: Ints, of_day: csr_array) -> Floats:
    """Regressors with lags of a day or more at their mean of the day: where in the day these come is not known."""
    found = design.copy()
    bins = len(edges) - 1
    long = 1 + np.flatnonzero(np.tile(edges[:-1] >= slots, (design.shape[1] - 1) // bins))
    means = (of_day @ design)[:, long] / (of_day @ np.ones(len(row)))[:, None]
    found[:, long] = means[row]
    return found


def _members(group: Ints, groups: int) -> csr_array:
    """1 where a row is of a group, shape (group, row)."""
    first = np.concatenate([[0], np.cumsum(np.bincount(group, minlength=groups))])
    return csr_array((np.ones(len(group)), np.argsort(group, kind="stable"), first), (groups, len(group)))

"""A model as arrays, and what can be proved from any prices on its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
import pulp
from scipy.sparse import csr_array

from scheduler.model import Model

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Program:
    """min constant + cost.x with row_lower <= matrix.x <= row_upper, 0 <= x <= upper, x[whole] integer."""

    cost: Array
    upper: Array
    whole: npt.NDArray[np.bool_]
    matrix: "csr_array"
    row_lower: Array
    row_upper: Array
    constant: float

    @cached_property
    def transposed(self) -> "csr_array":
        """The matrix by columns."""
        return csr_array(self.matrix.T)

    def objective(self, values: Array) -> float:
        """Cost of a point."""
        return self.constant + float(self.cost @ values)

    def violation(self, values: Array) -> float:
        """Largest violation of a row or a limit by a point."""
        activity = self.matrix @ values
        rows = np.maximum(self.row_lower - activity, activity - self.row_upper).max(initial=0.0)
        return max(float(rows), float((-values).max(initial=0.0)), float((values - self.upper).max(initial=0.0)))

    def bound(self, prices: Array) -> float:
        """A valid lower bound on the cost from any prices on the rows (weak duality), however they were found.

        Source: Neumaier and Shcherbina 2004: every variable has finite limits, so reduced costs of the wrong sign
        cost at most |reduced cost| x limit.
        """
        side = np.where(prices > 0, self.row_lower, self.row_upper)
        safe = np.where(np.isfinite(side), prices, 0.0)
        reduced = self.cost - self.transposed @ safe
        rows = float(safe @ np.where(np.isfinite(side), side, 0.0))
        return self.constant + rows + float(np.minimum(0.0, reduced) @ self.upper)


def as_program(model: Model) -> Program:
    """The arrays of a closed PuLP model."""
    upper = np.fromiter((var.upBound for var in model.variables), np.float64, len(model.variables))
    whole = np.fromiter((var.cat == pulp.LpInteger for var in model.variables), np.bool_, len(model.variables))
    lower, higher = _sides(model.rows)
    return Program(np.array(model.costs), upper, whole, _matrix(model), lower, higher, model.constant)


def _matrix(model: Model) -> "csr_array":
    rows = model.rows
    sizes = np.fromiter((len(row.expr) for row in rows), np.int64, len(rows))
    starts = np.concatenate([[0], np.cumsum(sizes)])
    keys = chain.from_iterable(row.expr for row in rows)
    columns = np.fromiter((var.index for var in keys), np.int32, starts[-1])
    factors = np.fromiter(chain.from_iterable(row.expr.values() for row in rows), np.float64, starts[-1])
    return csr_array((factors, columns, starts.astype(np.int32)), shape=(len(rows), len(model.variables)))


def _sides(rows: Sequence[Any]) -> tuple[Array, Array]:
    limit = np.fromiter((-row.constant for row in rows), np.float64, len(rows))
    sense = np.fromiter((row.sense for row in rows), np.int64, len(rows))
    lower = np.where(sense == pulp.LpConstraintLE, -np.inf, limit)
    upper = np.where(sense == pulp.LpConstraintGE, np.inf, limit)
    return lower, upper

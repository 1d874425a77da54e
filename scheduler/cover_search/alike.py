"""Shifts that lead to the same states: on each day only the cheapest of them can be in a best line."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Line = npt.NDArray[np.int16]
Table = npt.NDArray[Any]


class Alike:
    """Kinds of shifts.

    Parameters
    ----------
    tables : what a shift, the column, leads to from each state.
    n_shifts : columns that count; a day off may follow them.

    Attributes
    ----------
    kind : of each shift, shape (shifts,).
    """

    def __init__(self, tables: Sequence[Table], n_shifts: int) -> None:
        columns = np.vstack([np.asarray(table[:, :n_shifts], dtype=np.float64) for table in tables])
        _, first, kind = np.unique(columns, axis=1, return_index=True, return_inverse=True)
        self._first, self.kind = first, kind.ravel()
        self._members = [np.flatnonzero(self.kind == own) for own in range(len(first))]

    def of(self, table: Table, *, is_off_last: bool) -> Table:
        """One column a kind, and the day off's where the table has one."""
        columns = [*self._first, table.shape[1] - 1] if is_off_last else self._first
        return np.ascontiguousarray(table[:, columns])

    def reduced(self, cost: Array) -> tuple[Array, Line]:
        """The least cost of each kind on each day, with the day off's; and the shift that has it, shape (days,
        kinds)."""
        days = np.arange(len(cost))
        cheapest = np.empty((len(cost), len(self._first)), dtype=np.int16)
        for kind, own in enumerate(self._members):
            cheapest[:, kind] = own[np.argmin(cost[:, own], axis=1)]
        least = [cost[days, cheapest[:, kind]] for kind in range(len(self._first))]
        return np.stack([*least, cost[:, -1]], axis=1), cheapest

    def told(self, line: Line, cheapest: Line) -> Line:
        """A line of kinds as one of shifts; the number after the last stands for a day off."""
        n_shifts = np.int16(sum(len(own) for own in self._members))
        days, off = np.arange(len(line)), line == len(self._first)
        return np.where(off, n_shifts, cheapest[days, np.where(off, 0, line)]).astype(np.int16)

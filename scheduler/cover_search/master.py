"""The linear program over whole lines: everybody takes one line, heads short and over are paid."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt

from scheduler.cover_search.best_line import Line
from scheduler.cover_search.problem import Lines, Problem

Array = npt.NDArray[np.float64]

_OPTIONS: dict[str, bool | int | str] = {
    "output_flag": False,
    "presolve": "off",
    "threads": 1,
    "solver": "simplex",
    "simplex_strategy": 0,
}
"""Strategy 0: primal simplex where only columns came, dual where some were closed."""


@dataclass(frozen=True, slots=True)
class Column:
    """A whole line of person number ``person`` and what it costs alone."""

    person: int
    line: Line
    cost: float

    @property
    def key(self) -> tuple[int, bytes]:
        """Equal for equal lines of one person."""
        return self.person, self.line.tobytes()


@dataclass(frozen=True, slots=True)
class Mixture:
    """The program's solution: its cost, the part of each column, the prices of a head per day and shift, the heads
    short there, and currency that the limits on these add to a bound at the prices."""

    cost: float
    parts: Array
    prices: Array
    short: Array
    extra: float


@dataclass(frozen=True, slots=True)
class Limit:
    """At least, or at most, so many heads short on some days and shifts; ``cells`` has shape (days, shifts)."""

    cells: npt.NDArray[np.bool_]
    heads: int
    is_least: bool


class Master:
    """Grows by columns, and is solved again from where it stood.

    Rows: one of each person's lines (sum = 1); per day and shift, heads + short - over = required; heads short within
    each of the ``limits``.
    """

    def __init__(self, problem: Problem, absent: float, limits: Sequence[Limit] = ()) -> None:
        self.problem, self._limits = problem, limits
        self.columns: list[Column] = []
        self._known: set[tuple[int, bytes]] = set()
        self._wanted = np.flatnonzero((problem.under + problem.over).ravel() > 0)
        self._row = np.full(problem.required.size, -1, dtype=np.int32)
        self._row[self._wanted] = len(problem.people) + np.arange(len(self._wanted), dtype=np.int32)
        self.highs = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in _OPTIONS.items():
            self.highs.setOptionValue(option, value)
        self.highs.passModel(self._empty(absent))
        self._add_limits(absent)
        self.first = self.highs.getNumCol()

    def _add_limits(self, absent: float) -> None:
        """Beyond what is the most, a head short costs as much as a person without a line."""
        people = len(self.problem.people)
        for own in self._limits:
            index = people + np.flatnonzero(own.cells.ravel()[self._wanted]).astype(np.int32)
            most = np.inf if own.is_least else float(own.heads)
            least = float(own.heads) if own.is_least else -np.inf
            self.highs.addRow(least, most, len(index), index, np.ones(len(index)))
            row = np.array([self.highs.getNumRow() - 1], dtype=np.int32)
            self.highs.addCol(absent, 0.0, 0.0 if own.is_least else np.inf, 1, row, np.array([-1.0]))

    def _empty(self, absent: float) -> highspy.HighsLp:
        """Nobody has a line yet; being without one costs ``absent``."""
        people, wanted = len(self.problem.people), len(self._wanted)
        rows = people + wanted
        own = np.arange(people, rows, dtype=np.int32)
        right = np.concatenate([np.ones(people), self.problem.required.ravel()[self._wanted]])
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = people + 2 * wanted, rows
        prices = (self.problem.under.ravel()[self._wanted], self.problem.over.ravel()[self._wanted])
        lp.col_cost_ = np.concatenate([np.full(people, absent), *prices])
        lp.col_lower_ = np.zeros(lp.num_col_)
        lp.col_upper_ = np.full(lp.num_col_, np.inf)
        lp.row_lower_ = lp.row_upper_ = right
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_ = np.arange(lp.num_col_ + 1, dtype=np.int32)
        lp.a_matrix_.index_ = np.concatenate([np.arange(people, dtype=np.int32), own, own])
        lp.a_matrix_.value_ = np.concatenate([np.ones(people + wanted), -np.ones(wanted)])
        return lp

    def add(self, columns: Iterable[Column]) -> int:
        """Add the columns that are new; their number."""
        new = list({own.key: own for own in columns if own.key not in self._known}.values())
        if new:
            self._known.update(own.key for own in new)
            self.columns.extend(new)
            rows = [self._rows_of(own) for own in new]
            starts = np.cumsum([0, *(len(own) for own in rows[:-1])], dtype=np.int32)
            index = np.concatenate(rows)
            costs = np.array([own.cost for own in new])
            limits = (np.zeros(len(new)), np.full(len(new), np.inf))
            self.highs.addCols(len(new), costs, *limits, len(index), starts, index, np.ones(len(index)))
        return len(new)

    def _rows_of(self, column: Column) -> npt.NDArray[np.int32]:
        """The rows in which a column counts one head."""
        days = np.flatnonzero(column.line < len(self.problem.shifts))
        cover = self._row[days * len(self.problem.shifts) + column.line[days]]
        return np.concatenate([np.array([column.person], dtype=np.int32), cover[cover >= 0]])

    def keep(self, decided: Lines) -> None:
        """Close the columns that differ from what is decided, action per person and day, -1 where nothing is."""
        lines = np.array([own.line for own in self.columns])
        wanted = decided[[own.person for own in self.columns]]
        self._open((lines == wanted) | (wanted < 0))

    def release(self) -> None:
        """Open all columns again."""
        self._open(np.ones((len(self.columns), 1), dtype=np.bool_))

    def _open(self, agrees: npt.NDArray[np.bool_]) -> None:
        places = np.arange(self.first, self.first + len(self.columns), dtype=np.int32)
        upper = np.where(agrees.all(axis=1), np.inf, 0.0)
        self.highs.changeColsBounds(len(places), places, np.zeros(len(places)), upper)

    def solve(self) -> Mixture:
        """Solve it; the prices lie between minus the cost of one over and that of one short."""
        self.highs.run()
        found = self.highs.getSolution()
        duals = np.array(found.row_dual)
        people, wanted, shape = len(self.problem.people), len(self._wanted), self.problem.required.shape
        prices, short, worth = np.zeros((3, self.problem.required.size))
        prices[self._wanted] = duals[people : people + wanted]
        short[self._wanted] = np.array(found.col_value)[people : people + wanted]
        extra = 0.0
        for own, dual in zip(self._limits, duals[people + wanted :].tolist(), strict=True):
            price = max(0.0, dual) if own.is_least else min(0.0, dual)
            worth += price * own.cells.ravel()
            extra += price * own.heads
        most = self.problem.under - worth.reshape(shape)
        prices = np.clip(prices.reshape(shape), -self.problem.over, most)
        parts = np.array(found.col_value)[self.first :]
        return Mixture(self.highs.getInfo().objective_function_value, parts, prices, short.reshape(shape), extra)

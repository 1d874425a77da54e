"""The rules' rows and the wages as arrays over (person, day, shift), read from the master: whatever is linear there is
kept here, so a new rule needs no new code."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import csc_array, csr_array

from scheduler.adapter import Task
from scheduler.master import Ruled

Array = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_NOTHING = 1e-12


class Law(NamedTuple):
    """Rows low <= sum of factor x over columns + sum of factor x over tallies <= high, each at a ``price`` per unit
    missed (inf = hard).

    A column is one (person, day, shift). A tally adds up columns, or is 1 where any of them is worked.
    """

    column: npt.NDArray[np.int32]
    cost: Array
    row_at: Numbers
    row: Numbers
    row_factor: Array
    low: Array
    high: Array
    price: Array
    tally_at: Numbers
    tally: Numbers
    tally_factor: Array
    is_any: Flags
    felt_at: Numbers
    felt: Numbers
    felt_factor: Array


class UnknownKindError(Exception):
    """The rows hold a variable that can't be worked out from the shifts alone."""


def read_law(master: Ruled, task: Task, agents: Sequence[str], still: Collection[str]) -> Law:
    """The law of ``agents``, in their order; the lines of those who are ``still`` will not change, so rules on them
    alone are left out.

    Raises
    ------
    UnknownKindError : a rule uses a variable that is no sum, no "any" and no slack of shifts.
    """
    program = task.program
    here = np.zeros(program.matrix.shape[0], dtype=np.bool_)
    here[: master.own_rows] = True
    here[master.joint_rows.start : master.joint_rows.stop] = True
    kinds = _Kinds(master, program.matrix, here, program.cost, program.row_lower, program.row_upper, program.whole)
    for code in still:
        kinds.forget(master.own_variables[code], master.own_rows)
    return kinds.law(agents)


class _Kinds:
    """Sorts the variables of the rules' rows: shifts, days worked, slacks, tallies."""

    def __init__(
        self, master: Ruled, matrix: csr_array, here: Flags, cost: Array, low: Array, high: Array, whole: Flags
    ) -> None:
        self.master, self.matrix, self.cost, self.whole = master, csc_array(matrix), cost, whole
        self.low, self.high = low.copy(), high.copy()
        self.kept = here.copy()
        self.price = np.full(len(low), np.inf)
        self.n = len(cost)
        self.x = self._numbers("x")
        self.on = self._numbers("on")
        self.tallies: list[tuple[Numbers, Array, bool]] = []
        self.tally_of: dict[int, int] = {}

    def _numbers(self, kind: str) -> Numbers:
        return np.array([at for at, label in enumerate(self.master.model.labels) if label[0] == kind], dtype=np.int64)

    def forget(self, variables: range, own_rows: int) -> None:
        """Leave out the rows that concern these variables of one person only."""
        rows = self.matrix.indices[self.matrix.indptr[variables.start] : self.matrix.indptr[variables.stop]]
        self.kept[rows[rows < own_rows]] = False

    def law(self, agents: Sequence[str]) -> Law:
        """All of it."""
        spread = self._spread()
        csr = csr_array(self.matrix)
        used = np.unique(csr[np.flatnonzero(self.kept)].indices)
        known = np.zeros(self.n, dtype=np.bool_)
        known[self.x] = known[self.on] = True
        left = used[~known[used]]
        for var in left[~self.whole[left]].tolist():
            self._slack_or_sum(var, csr)
        for var in left[self.whole[left]].tolist():
            self._any(var, csr)
        return self._laid(agents, spread)

    def _spread(self) -> csr_array:
        """Every variable of a day or shift as a sum of shifts: shape (variables, shifts)."""
        place = np.full(self.n, -1)
        place[self.x] = np.arange(len(self.x))
        rows, columns = [self.x], [np.arange(len(self.x))]
        for line in self.master.lines.values():
            by_day = {day: var.index for day, var in line.on.items()}
            own = np.array([(by_day[day], place[var.index]) for (day, _), var in line.x.items()], dtype=np.int64)
            rows.append(own.reshape(-1, 2)[:, 0])
            columns.append(own.reshape(-1, 2)[:, 1])
        at, to = np.concatenate(rows), np.concatenate(columns)
        return csr_array((np.ones(len(at)), (at, to)), shape=(self.n, len(self.x)))

    def _rows_of(self, var: int) -> tuple[Numbers, Array]:
        span = slice(self.matrix.indptr[var], self.matrix.indptr[var + 1])
        rows, factors = self.matrix.indices[span], self.matrix.data[span]
        kept = self.kept[rows]
        return rows[kept].astype(np.int64), factors[kept]

    def _slack_or_sum(self, var: int, csr: csr_array) -> None:
        rows, factors = self._rows_of(var)
        if len(rows) == 1 and self.cost[var] >= 0:
            self.price[rows[0]] = self.cost[var] / abs(factors[0])
        elif not self._sum(var, rows, csr):
            raise UnknownKindError(self.master.model.labels[var])

    def _sum(self, var: int, rows: Numbers, csr: csr_array) -> bool:
        """Whether two rows say that ``var`` is the sum of others and a constant; then it is a tally, and the constant
        goes to the limits of the other rows."""
        first, second = rows[:2].tolist()
        one, two = (csr[[own], :] for own in (first, second))
        is_pair = np.array_equal(one.indices, two.indices) and np.array_equal(one.data, two.data)
        limits = {self.low[first], self.low[second], self.high[first], self.high[second]} - {np.inf, -np.inf}
        at = one.indices == var
        if not is_pair or len(limits) != 1 or one.data[at].tolist() != [-1.0] or self.cost[var] != 0:
            return False
        self.kept[[first, second]] = False
        self._tally(var, one.indices[~at].astype(np.int64), one.data[~at], is_any=False)
        felt, factors = self._rows_of(var)
        shift = limits.pop() * factors
        self.low[felt] += shift
        self.high[felt] += shift
        return True

    def _any(self, var: int, csr: csr_array) -> None:
        """Rows that say: one of these makes ``var`` 1."""
        rows, factors = self._rows_of(var)
        says = rows[factors < 0]
        members, good = [], self.cost[var] == 0
        for row in says.tolist():
            own = csr[[row], :]
            good &= len(own.indices) == 2 and sorted(own.data.tolist()) == [-1.0, 1.0] and self.high[row] == 0.0
            members += [at for at in own.indices.tolist() if at != var]
            self.kept[row] = False
        if not good:
            raise UnknownKindError(self.master.model.labels[var])
        self._tally(var, np.array(members, dtype=np.int64), np.ones(len(members)), is_any=True)

    def _tally(self, var: int, members: Numbers, factors: Array, *, is_any: bool) -> None:
        self.tally_of[var] = len(self.tallies)
        self.tallies.append((members, factors, is_any))

    def _laid(self, agents: Sequence[str], spread: csr_array) -> Law:
        every = csr_array(csr_array(self.matrix) @ spread)
        every.data[np.abs(every.data) < _NOTHING] = 0.0
        every.eliminate_zeros()
        felt_rows = csr_array(self.matrix[:, list(self.tally_of)]) if self.tallies else csr_array((len(self.kept), 0))
        speaks = (np.diff(every.indptr) > 0) | (np.diff(felt_rows.indptr) > 0)
        order = np.flatnonzero(self.kept & (self.price > 0) & speaks)
        linear, felt = csc_array(every[order]), csc_array(felt_rows[order])
        counted = csr_array((0, len(self.x))) if not self.tallies else self._counted(spread)
        by_column = csc_array(counted)
        return Law(
            column=self._columns(agents),
            cost=self.cost[self.x],
            row_at=linear.indptr.astype(np.int64),
            row=linear.indices.astype(np.int64),
            row_factor=linear.data,
            low=self.low[order],
            high=self.high[order],
            price=self.price[order],
            tally_at=by_column.indptr.astype(np.int64),
            tally=by_column.indices.astype(np.int64),
            tally_factor=by_column.data.astype(np.float64),
            is_any=np.array([own for _, _, own in self.tallies], dtype=np.bool_),
            felt_at=felt.indptr.astype(np.int64),
            felt=felt.indices.astype(np.int64),
            felt_factor=felt.data.astype(np.float64),
        )

    def _counted(self, spread: csr_array) -> csr_array:
        """Tallies as sums of shifts, shape (tallies, shifts)."""
        at = np.repeat(np.arange(len(self.tallies)), [len(own) for own, _, _ in self.tallies])
        members = np.concatenate([own for own, _, _ in self.tallies])
        factors = np.concatenate([own for _, own, _ in self.tallies])
        return csr_array(csr_array((factors, (at, members)), shape=(len(self.tallies), self.n)) @ spread)

    def _columns(self, agents: Sequence[str]) -> npt.NDArray[np.int32]:
        facts = next(iter(self.master.lines.values())).facts
        codes = {code: place for place, code in enumerate(facts.shifts)}
        found = np.full((len(agents), facts.n_days, len(codes)), -1, dtype=np.int32)
        place = {int(var): at for at, var in enumerate(self.x.tolist())}
        for number, agent in enumerate(agents):
            for (day, code), var in self.master.lines[agent].x.items():
                found[number, day, codes[code]] = place[var.index]
        return found

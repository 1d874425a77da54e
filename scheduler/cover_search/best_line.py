"""The best line of one person at given prices, whatever keeps the states."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scheduler.cover_search.corridor import Corridor
from scheduler.cover_search.listing import list_lines
from scheduler.cover_search.person import Person
from scheduler.cover_search.whole_table import WholeTable

Array = npt.NDArray[np.float64]
Line = npt.NDArray[np.int16]

_FEW_CELLS, _MANY_CELLS = 2_000_000, 20_000_000
"""Cells of a person's table (days x tally x weekends x runs) up to which limited shifts are counted, at first and
where penalties fail."""
_KNOWN, _LEAST, _LONGER, _SHORTER = 0.1, 1e-3, 1.5, 0.7
"""Steps of penalties, against the mean price: the first one where they are known, the least, and how it changes where a
step helped the bound and where none did."""
_PATIENCE = 4
"""Answers in a row that break a limit before more of them are counted."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A person's line over the whole horizon, a proven bound on what the best one costs with the prices, and whether
    the line keeps every limit."""

    line: Line
    bound: float
    is_sound: bool


class BestLine:
    """Answers one person's questions.

    Limits that the table doesn't count are kept by a penalty a shift, carried from question to question; the bound
    holds whatever the penalties are.

    Parameters
    ----------
    near : a legal line; where given, only lines near it are asked for, and the bound is one on these.
    penalty : to begin with, per shift.
    """

    def __init__(self, person: Person, weekend: Line, near: Line | None = None, penalty: Array | None = None) -> None:
        self.person = person
        self._inside = slice(person.span.start, person.span.stop)
        self._weekend, self._base = weekend, person.cost[self._inside]
        self._penalty = np.zeros(len(person.caps)) if penalty is None else penalty.copy()
        self._step = 1.0 if penalty is None else _KNOWN
        self._near, self._most_cells, self._unsound = near, _FEW_CELLS, 0
        self._count()

    @property
    def penalty(self) -> Array:
        """What each shift costs for the sake of its limit, 0 where the table counts it."""
        return self._penalty

    def _count(self) -> None:
        """Lay out the table."""
        person, base = self.person, self.person.cost[self._inside]
        self._table: Corridor | WholeTable = (
            WholeTable(person, self._weekend[self._inside], base, self._most_cells)
            if self._near is None
            else Corridor(person, self._weekend, self._near)
        )
        self._open = np.isfinite(base[:, :-1]).sum(axis=0) > person.caps
        self._open[list(self._table.counted)] = False
        self._penalty[~self._open] = 0.0

    def decide(self, decided: Line | None) -> None:
        """Answer with lines that keep ``decided``, an action per day and -1 where nothing is decided."""
        self._base = self.person.cost[self._inside].copy()
        if decided is not None:
            own = decided[self._inside][:, None]
            self._base[(own >= 0) & (own != np.arange(self._base.shape[1]))] = np.inf

    def ask(self, prices: Array, tries: int = 3) -> Answer | None:
        """The line that costs least when each shift worked earns its price, shape (days, shifts); None where the rules
        allow none."""
        best: Answer | None = None
        first, highest, penalty = -np.inf, -np.inf, self._penalty
        for step in range(1, tries + 1):
            found = self._ask(prices)
            if found is None or not self._open.any():
                return found
            best = found if best is None else _better(best, found)
            first = found.bound if step == 1 else first
            if found.bound > highest:
                highest, penalty = found.bound, self._penalty
            over = np.where(self._open, self._times(found.line) - self.person.caps, 0)
            if not ((over > 0) | ((over < 0) & (self._penalty > 0))).any():
                break
            scale = self._step * (1.0 + np.abs(prices).mean()) / step / np.maximum(1, np.abs(over).max())
            self._penalty = np.maximum(0.0, self._penalty + scale * over)
        if best is not None and best.is_sound:
            self._penalty = penalty
            self._step = min(1.0, _LONGER * self._step) if highest > first else max(_LEAST, _SHORTER * self._step)
        self._heed(best)
        return best

    def _heed(self, answer: Answer | None) -> None:
        """Where penalties fail again and again, more of the limits are counted."""
        self._unsound = 0 if answer is None or answer.is_sound else self._unsound + 1
        if self._unsound >= _PATIENCE and self._most_cells < _MANY_CELLS and self._near is None:
            self._most_cells, self._unsound = 4 * self._most_cells, 0
            self._count()

    def least(self, prices: Array) -> float:
        """A proven bound on what the best line costs at these prices, the penalties left as they are."""
        found = self._table.best(self._cost(prices))
        return np.inf if found is None else self._bound(found[0])

    def listed(self, prices: Array, slack: float, most: int) -> list[Line] | None:
        """All lines within ``slack`` of ``least`` at these prices; None where there are more than ``most``, or only
        those near a line are known."""
        if not isinstance(self._table, WholeTable):
            return None
        automata, value = self._table.values(self._cost(prices))
        start = self.person.runs.start
        lines = np.full((most, len(self._base)), len(self.person.caps), dtype=np.int16)
        limit = value[0, 0, 0, start] + slack
        found = list_lines(*automata, self.person.weekend_price, value, start, limit, lines)
        if found < 0:
            return None
        whole = np.full((found, len(self.person.cost)), len(self.person.caps), dtype=np.int16)
        whole[:, self._inside] = lines[:found]
        return [line for line in whole if (self._times(line) <= self.person.caps).all()]

    def _ask(self, prices: Array) -> Answer | None:
        found = self._table.best(self._cost(prices))
        if found is None:
            return None
        line = np.full(len(self.person.cost), len(self.person.caps), dtype=np.int16)
        line[self._inside] = found[1]
        return Answer(line, self._bound(found[0]), bool((self._times(line) <= self.person.caps)[self._open].all()))

    def _bound(self, value: float) -> float:
        return value + self.person.elsewhere_cost - float(self._penalty @ self.person.caps)

    def _cost(self, prices: Array) -> Array:
        """Currency of each action at the prices, with the penalties."""
        cost = self._base.copy()
        cost[:, :-1] += self._penalty - prices[self._inside]
        return cost

    def _times(self, line: Line) -> npt.NDArray[np.int64]:
        return np.bincount(line, minlength=len(self.person.caps) + 1)[:-1]


def _better(one: Answer, other: Answer) -> Answer:
    """The later line where it is sound, with the better bound."""
    kept = other if other.is_sound or not one.is_sound else one
    return Answer(kept.line, max(one.bound, other.bound), kept.is_sound)

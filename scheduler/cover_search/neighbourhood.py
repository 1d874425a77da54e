"""Which part of the roster is planned anew next."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from scheduler.cover_search.piece import piece
from scheduler.cover_search.problem import Lines, Problem
from scheduler.cover_search.regret import Regret

Array = npt.NDArray[np.float64]

_LENGTHS = (7, 14, 28)
"""Days of a part, beside the whole horizon."""
_FIRST, _FEWEST = 8, 3
"""People of a part: the number to begin with, and the smallest."""
_GROWTH, _DECLINE = 1.2, 0.9
"""How the number of people changes after a part that was solved to the end, and after another."""
_NEAR = 0.5
"""How often a part is laid around heads that are missing."""
_ABLE, _DEAR = 3.0, 0.5
"""How much likelier those are drawn who could work what is missing, and those whose lines cost more than they had to by
the mean."""
_SWIFT = 28
"""Days up to which parts of all lengths are drawn as often; longer ones take the more time, and are rarer by the
square."""


@dataclass
class _Kind:
    """Parts of one length, and how many people they take now."""

    length: int
    size: float = _FIRST


@dataclass(frozen=True, slots=True)
class Choice:
    """People and days to be planned anew."""

    people: tuple[int, ...]
    days: range
    kind: int


@dataclass
class Neighbourhoods:
    """Draws parts; those that are solved to the end grow, those that are not shrink."""

    problem: Problem
    rng: np.random.Generator
    regret: Regret | None = None
    kinds: list[_Kind] = field(default_factory=list)

    def __post_init__(self) -> None:
        lengths = [own for own in _LENGTHS if own < self.problem.n_days]
        lengths = [*lengths[-2:], self.problem.n_days, self.problem.n_days]
        self.kinds = [_Kind(length) for length in lengths]

    def draw(self, lines: Lines, number: int) -> list[Choice]:
        """That many parts without a person in common."""
        drawn = [self._one(lines) for _ in range(number)]
        taken: set[int] = set()
        apart = []
        for own in drawn:
            people = tuple(person for person in own.people if person not in taken)
            taken.update(people)
            apart.append(Choice(people, own.days, own.kind))
        return [own for own in apart if len(own.people) >= min(_FEWEST, len(self.problem.people))]

    def learn(self, kind: int, *, closed: bool) -> None:
        """Parts of a kind grow where one was solved to the end, else shrink."""
        own = self.kinds[kind]
        own.size = min(len(self.problem.people), own.size * _GROWTH) if closed else max(_FEWEST, own.size * _DECLINE)

    def _one(self, lines: Lines) -> Choice:
        kind = int(self.rng.choice(len(self.kinds), p=self._often()))
        cells, weight = self._cells(lines), self._weights(lines)
        if self.rng.random() < _NEAR and cells.sum() > 0:
            at = int(self.rng.choice(cells.size, p=cells.ravel() / cells.sum()))
            day, shift = divmod(at, cells.shape[1])
            able = np.array([np.isfinite(person.cost[day, shift]) for person in self.problem.people])
            weight = np.where(able, _ABLE, 1.0) * weight
        else:
            day = int(self.rng.integers(self.problem.n_days))
        return Choice(self._people(weight, round(self.kinds[kind].size)), self._days(kind, day), kind)

    def _often(self) -> Array:
        """How often each kind is drawn."""
        own = np.array([min(1.0, (_SWIFT / kind.length) ** 2) for kind in self.kinds])
        return np.asarray(own / own.sum())

    def _cells(self, lines: Lines) -> Array:
        """What heads short and over cost, as far as it is known to be avoidable."""
        if self.regret is None:
            return self.problem.cell_cost(self.problem.heads(lines))
        return self.regret.of_cells(self.problem, lines)

    def _weights(self, lines: Lines) -> Array:
        """Those whose lines cost more than they had to are drawn more often."""
        if self.regret is None:
            return np.ones(len(lines))
        own = self.regret.of_people(self.problem, lines)
        return np.asarray(1.0 + _DEAR * own / max(1e-9, float(own.mean())))

    def _people(self, weight: Array, size: int) -> tuple[int, ...]:
        size = min(size, len(weight))
        drawn = self.rng.choice(len(weight), size, replace=False, p=weight / weight.sum())
        return tuple(sorted(int(own) for own in drawn))

    def _days(self, kind: int, day: int) -> range:
        length = self.kinds[kind].length
        begin = min(max(0, day - int(self.rng.integers(length))), max(0, self.problem.n_days - length))
        return piece(self.problem, begin, length)

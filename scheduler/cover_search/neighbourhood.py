"""Which part of the roster is planned anew next."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from scheduler.cover_search.piece import piece
from scheduler.cover_search.problem import Lines, Problem
from scheduler.cover_search.start import is_short

_LENGTHS = (14, 28)
"""Days of a part, beside the whole horizon."""
_FIRST, _FEWEST = 8, 3
"""People of a part: the number to begin with, and the smallest."""
_NEAR = 0.5
"""How often a part is laid around heads that are missing."""


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
    kinds: list[_Kind] = field(default_factory=list)

    def __post_init__(self) -> None:
        lengths = [own for own in _LENGTHS if own < self.problem.n_days]
        if is_short(self.problem):
            lengths = [*lengths[-1:], self.problem.n_days, self.problem.n_days]
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
        own.size = min(len(self.problem.people), own.size + 0.5) if closed else max(_FEWEST, own.size - 1.0)

    def _one(self, lines: Lines) -> Choice:
        kind = int(self.rng.integers(len(self.kinds)))
        cost = self.problem.cell_cost(self.problem.heads(lines))
        near = self.rng.random() < _NEAR and cost.sum() > 0
        if near:
            at = int(self.rng.choice(cost.size, p=cost.ravel() / cost.sum()))
            day, shift = divmod(at, cost.shape[1])
            able = np.array([np.isfinite(person.cost[day, shift]) for person in self.problem.people])
        else:
            day, able = int(self.rng.integers(self.problem.n_days)), np.ones(len(self.problem.people), dtype=np.bool_)
        return Choice(self._people(able, round(self.kinds[kind].size)), self._days(kind, day), kind)

    def _people(self, able: npt.NDArray[np.bool_], size: int) -> tuple[int, ...]:
        """Able people, three times as likely as others."""
        weight = np.where(able, 3.0, 1.0)
        size = min(size, len(able))
        drawn = self.rng.choice(len(able), size, replace=False, p=weight / weight.sum())
        return tuple(sorted(int(own) for own in drawn))

    def _days(self, kind: int, day: int) -> range:
        length = self.kinds[kind].length
        begin = min(max(0, day - int(self.rng.integers(length))), max(0, self.problem.n_days - length))
        return piece(self.problem, begin, length)

"""Whole lines found so far, for parts that reach over the whole horizon."""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from scheduler.cover_search.generate import line_worth
from scheduler.cover_search.master import Column

_PER_PERSON = 40
"""Lines a person that a part begins with."""


class Pool:
    """Columns by person, in the order of what they cost at the last prices of the whole."""

    def __init__(self, prices: npt.NDArray[np.float64]) -> None:
        self.prices = prices
        self._own: dict[int, dict[bytes, tuple[float, Column]]] = {}

    def add(self, columns: Iterable[Column]) -> None:
        """Remember columns of whole lines."""
        for own in columns:
            lines = self._own.setdefault(own.person, {})
            if own.key[1] not in lines:
                lines[own.key[1]] = (own.cost - line_worth(own, self.prices), own)

    def best(self, number: int) -> list[Column]:
        """The most promising columns of everybody, each against the own best one."""
        ranked = []
        for lines in self._own.values():
            least = min(rank for rank, _ in lines.values())
            ranked += [(rank - least, place, own) for place, (rank, own) in enumerate(lines.values())]
        return [own for _, _, own in sorted(ranked, key=lambda entry: (entry[0], entry[2].person, entry[1]))[:number]]

    def of(self, people: Sequence[int]) -> list[Column]:
        """The most promising columns of some people, numbered by their place."""
        found = []
        for place, person in enumerate(people):
            ranked = sorted(self._own.get(person, {}).values(), key=lambda pair: pair[0])
            found += [Column(place, own.line, own.cost) for _, own in ranked[:_PER_PERSON]]
        return found

"""Everybody's best line at given prices, on several threads; and the bound that the answers prove."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType

import numpy as np
import numpy.typing as npt

from scheduler.cover_search.best_line import Answer, BestLine
from scheduler.cover_search.line_cost import line_cost
from scheduler.cover_search.master import Column
from scheduler.cover_search.problem import Lines, Problem
from scheduler.watch import Watch

Array = npt.NDArray[np.float64]


class Pricing:
    """People's questions, asked together; only lines near those ``near`` where these are given, which must be legal."""

    def __init__(
        self,
        problem: Problem,
        threads: int,
        watch: Watch,
        near: Lines | None = None,
        penalties: Array | None = None,
    ) -> None:
        self.problem, self._watch = problem, watch
        given = [None] * len(problem.people) if near is None else list(near)
        known = [None] * len(problem.people) if penalties is None else list(penalties)
        self.people = [
            BestLine(person, problem.weekend, line, own)
            for person, line, own in zip(problem.people, given, known, strict=True)
        ]
        self._pool = ThreadPoolExecutor(threads) if threads > 1 else None

    def __enter__(self) -> "Pricing":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._pool is not None:
            self._pool.shutdown()

    def ask(self, prices: Array, people: Sequence[int]) -> list[Answer | None]:
        """The best lines of some people at one price a day and shift; None where somebody's rules allow none, and once
        the work has to end."""
        own = map if self._pool is None else self._pool.map
        return list(own(lambda number: None if self._watch.over else self.people[number].ask(prices), people))

    @property
    def penalties(self) -> Array:
        """What each person's shifts cost for the sake of their limits, shape (people, shifts)."""
        return np.array([person.penalty for person in self.people])

    def decide(self, decided: Lines | None) -> None:
        """From now on answer with lines that keep what is decided, action per person and day, -1 where nothing is."""
        for number, person in enumerate(self.people):
            person.decide(None if decided is None else decided[number])

    def columns(self, people: Sequence[int], answers: Sequence[Answer | None]) -> list[Column]:
        """The sound lines among answers, with their costs."""
        pairs = [(number, own.line) for number, own in zip(people, answers, strict=True) if own and own.is_sound]
        return [Column(number, line, self.cost(number, line)) for number, line in pairs]

    def cost(self, number: int, line: npt.NDArray[np.int16]) -> float:
        """What a line costs its person alone."""
        return line_cost(self.problem.people[number], self.problem.weekend, line)

    def bound(self, prices: Array, answers: Sequence[Answer | None]) -> float:
        """The cost that no roster can undercut, from everybody's answers at ``prices``.

        Heads short and over are free in it, since the prices lie between their costs. Source: Geoffrion 1974.
        """
        lines = sum(own.bound for own in answers if own is not None)
        return float((prices * self.problem.required).sum()) + lines

"""Short walks from warm, and one that may take whole days of everybody from them: for small desks, where a single walk
stands still.

With few people at work, one day's shifts and breaks fit each other or don't, so a walk that changes a few of them at a
time does some days well and others badly, and which ones is chance. Days of several plans together make a better one,
as in the crossover of genetic algorithms (Holland 1975); but each graft is judged at once and exactly.
"""

from collections.abc import Sequence

import numpy as np

from scheduler.cooling import Budget, Goal
from scheduler.crew import Crew
from scheduler.swift.law import Law
from scheduler.swift.pace import first_pace
from scheduler.swift.search import State, Swift
from scheduler.watch import Watch

_APART = 6
"""Short walks before each that takes days from them."""
_KEPT = 8
"""Plans of such walks that later ones may take days from."""
_WARM = 0.2
"""Temperature of a short walk's first step as a part of what a person's dearest shift costs: it leads far away."""
_COLDEST = 0.002
"""Last temperature of a walk as a part of its first."""
_LONGER = 4
"""Rounds after which walks take twice as many steps."""
_SHORTEST = 0.25
"""Part of a whole walk that the walks of a round must have room for: else what is left goes to a single one."""
_CHUNK = 5_000
"""Steps between two looks at the clock."""
_PROBE = 2 * _CHUNK
"""Steps of the first walk, which tells how fast steps are: without the first chunk, which may wait for a compiler."""
_KINDS = np.array([0.23, 0.18, 0.10, 0.26, 0.05, 0.03, 0.03, 0.10, 0.02])
"""How often each kind of proposal is drawn, in the order of ``proposal``."""


def cross(crew: Crew, law: Law, goal: Goal, budget: Budget, rng: np.random.Generator, watch: Watch) -> None:
    """Round after round of short walks and one that crosses them, until budget or goal end it; the crew ends with the
    best found, never dearer."""
    crossing = _Crossing(crew, law, goal, budget, rng, watch)
    if len(crossing.swift.layout.movable):
        crossing.search()
        crossing.swift.keep(crossing.good[0])


class _Crossing:
    """``good`` are the best plans found by crossing, the best first."""

    def __init__(
        self, crew: Crew, law: Law, goal: Goal, budget: Budget, rng: np.random.Generator, watch: Watch
    ) -> None:
        self.swift = Swift(crew, law)
        self.good = [self.swift.state(crew.cost)]
        pace = first_pace(crew, None)
        self._length, self._shortest, self._usual = pace.steps, _SHORTEST * pace.steps, pace.peak / 2
        self._warmest = max(pace.peak, _WARM * float(np.mean([solo.dearest for solo in crew.solos.values()])))
        self._goal, self._budget, self._rng, self._watch = goal, budget, rng, watch
        self._began_s = self._timed_s = watch.elapsed_s()

    def search(self) -> None:
        """Rounds until all is spent or the goal is reached; the last ones as long as there is room for."""
        number = 0
        self._one(_PROBE if self._budget.steps is None else min(_PROBE, self._budget.steps))
        while self._goes_on():
            length = min(self._length, self._room() // (2 * _APART))
            if length < self._shortest:
                self._one(max(1, self._room()))
            else:
                self._round(length)
            number += 1
            self._length *= 2 if number % _LONGER == 0 else 1

    def _one(self, steps: int) -> None:
        found = self._walked(self.good[0], self.good, self._usual, steps)
        self.good = _cheapest((*self.good, found))[:_KEPT]

    def _round(self, length: int) -> None:
        apart = [self._walked(self.good[-1], (), self._warmest, length) for _ in range(_APART)]
        known = _cheapest((*self.good, *apart))
        crossed = self._walked(known[0], known, self._warmest / 2, _APART * length)
        self.good = _cheapest((*self.good, known[0], crossed))[:_KEPT]

    def _room(self) -> int:
        """Steps that the budget leaves, or time where it has none."""
        if self._budget.steps is not None:
            return self._budget.steps - self.swift.steps
        now_s = self._watch.elapsed_s()
        timed, spent_s = self.swift.steps - _CHUNK, now_s - self._timed_s
        return int(timed / spent_s * (self._began_s + self._budget.seconds - now_s)) if min(timed, spent_s) > 0 else 0

    def _walked(self, start: State, others: Sequence[State], peak: float, steps: int) -> State:
        """The best plan of one walk: of a walk without ``others`` one of its own, however good the start was."""
        self.swift.go_to(start, others)
        cost, best = start.cost, start if others else start._replace(cost=np.inf)
        for begin in range(0, steps, _CHUNK):
            if not self._goes_on():
                break
            temperatures = peak * _COLDEST ** (np.arange(begin, min(steps, begin + _CHUNK)) / steps)
            cost, best = self.swift.walk(temperatures, cost, best, _KINDS, self._rng)
            self.swift.tell(best, self._watch)
            self._timed_s = self._watch.elapsed_s() if self.swift.steps <= _CHUNK else self._timed_s
        return best

    def _goes_on(self) -> bool:
        budget, spent_s = self._budget, self._watch.elapsed_s() - self._began_s
        spent = spent_s / budget.seconds if budget.seconds > 0 else 1.0
        self._watch.was_cut |= spent >= 1.0
        taken = 0.0 if budget.steps is None else self.swift.steps / budget.steps
        is_reached = self._goal.reached(min(self.good[0].cost, self.swift.best_cost))
        return self._watch.tell(max(spent, taken)) and max(spent, taken) < 1.0 and not is_reached


def _cheapest(found: Sequence[State]) -> list[State]:
    """The plans, the cheapest first, each cost once."""
    costs = {round(own.cost, 6): own for own in reversed(found)}
    return sorted(costs.values(), key=lambda own: own.cost)

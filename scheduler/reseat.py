"""Breaks and roles once the lines stand: a few people of one day choose their seats anew, thousands of times."""

import math

import numpy as np

from scheduler.board import Seat
from scheduler.cooling import Budget, Cooling, Goal
from scheduler.crew import Crew
from scheduler.seating import Seating
from scheduler.watch import Watch

_FEWEST, _MOST = 2, 5
_WARMTH = 0.02
"""Starting temperature as a part of the cost of a person's day."""
_CYCLE = 100
"""Steps per person until the search is cold for the first time."""


def reseat(crew: Crew, goal: Goal, budget: Budget, rng: np.random.Generator, watch: Watch) -> None:
    """Search until the budget is spent or the goal reached; the lines stay, and the seats end as the best found."""
    people = max(1, len(crew.solos))
    warmth = _WARMTH * crew.cost / max(1, people * crew.facts.n_days)
    best, search = crew.snapshot(), _Reseat(crew, rng)
    if search.days and not goal.reached(best.cost):
        for temperature in Cooling(warmth, _CYCLE * people).temperatures(budget, watch):
            search.step(temperature)
            if crew.cost < best.cost - 1e-9 and search.steps % 50 == 0:
                best = crew.snapshot()
                if goal.reached(best.cost):
                    break
    if crew.cost > best.cost:
        crew.restore(best)
    for code in crew.solos:
        crew.reseat(code)


class _Reseat:
    """The people of each day, with their seatings laid out when first asked for."""

    def __init__(self, crew: Crew, rng: np.random.Generator) -> None:
        self._crew, self._rng = crew, rng
        seated = {
            (day, code)
            for code, line in crew.board.seats.items()
            for day, seat in line.items()
            if day >= 0 and _has_choice(crew, code, day, seat)
        }
        self._people = {day: sorted(code for own, code in seated if own == day) for day in range(crew.facts.n_days)}
        self.days = [day for day, people in self._people.items() if len(people) >= _FEWEST]
        self._seatings: dict[tuple[str, int], Seating] = {}
        self._rest = crew.cost - crew.board.cost()
        self.steps = 0

    def step(self, temperature: float) -> None:
        """Reseat a few people of one day, one after the other; keep it if it is cheaper or little dearer."""
        self.steps += 1
        board = self._crew.board
        day = self.days[int(self._rng.integers(len(self.days)))]
        people = self._people[day]
        few = int(self._rng.integers(_FEWEST, _MOST + 1))
        chosen = [people[place] for place in self._rng.permutation(len(people))[:few]]
        held = {code: board.seats[code][day] for code in chosen}
        seatings = [self._seating(code, day) for code in chosen]
        for code in chosen:
            board.leave(code, day)
        for code, seating in zip(chosen, seatings, strict=True):
            board.seat(code, day, seating.offers()[0].seat(day))
        self._settle(day, held, temperature)

    def _settle(self, day: int, held: dict[str, Seat], temperature: float) -> None:
        after = self._rest + self._crew.board.cost()
        worse = after - self._crew.cost
        if worse > 0 and self._rng.random() >= math.exp(-worse / max(temperature, 1e-12)):
            for code, seat in held.items():
                self._crew.board.leave(code, day)
                self._crew.board.seat(code, day, seat)
        else:
            self._crew.cost = after

    def _seating(self, code: str, day: int) -> Seating:
        board = self._crew.board
        if (code, day) not in self._seatings:
            agent = self._crew.facts.agents[code]
            self._seatings[code, day] = Seating(board, agent, {board.seats[code][day].shift: [day]})
        return self._seatings[code, day]


def _has_choice(crew: Crew, code: str, day: int, seat: Seat) -> bool:
    """Whether a person could spend this shift in more than one way."""
    span = crew.board.grid.span(day, crew.facts.shifts[seat.shift])
    return len(seat.roles) > 0 and (len(crew.facts.agents[code].skills) > 1 or len(span.breaks) > 1)

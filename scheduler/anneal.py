"""Ruin and recreate: take a few people out, let them choose anew one after the other, keep what is better and, while
it is early, sometimes what is a little worse."""

import math

import numpy as np

from scheduler.cooling import Budget, Cooling, Goal
from scheduler.crew import Crew, Held
from scheduler.watch import Watch

_FEWEST, _MOST = 2, 4
"""People taken out at once: more are slower and no better."""
_ELSEWHERE = 0.3
"""How often a person is sent to other sessions of the activities."""
_WARMTH = 0.05
"""Starting temperature as a part of the cost of a person's day."""
_CYCLE = 20
"""Steps per person until the search is cold for the first time."""
_ASKED = 20
"""People asked for their best answer until it is looked at what that gained."""
_WORTH_ASKING = 1e-5
"""Part of the cost that these must have gained for more to be asked."""


def descend(crew: Crew, rng: np.random.Generator, watch: Watch, most: int = 8) -> None:
    """Sweeps of everybody's best answer, until they gain next to nothing.

    The first sweep makes a first roster where there is none yet: time does not end it.
    """
    for _ in range(most):
        before = crew.cost
        for code in _shuffled(crew, rng):
            crew.improve(code)
            watch.incumbent = crew.cost
            if not watch.tell() and (watch.cancelled or watch.stands):
                return
        watch.stands = True
        if before - crew.cost <= 1e-4 * abs(crew.cost):
            return


def answer_while_worth(crew: Crew, goal: Goal, budget: Budget, rng: np.random.Generator, watch: Watch) -> None:
    """Best answers of one person after the other, at most two of each, while they gain: whole lines, which a search
    that changes a few days at a time does not reach where rules forbid all that lies between."""
    ends_s = watch.elapsed_s() + (budget.seconds if budget.steps is None else np.inf)
    before = crew.cost
    for number, code in enumerate((*_shuffled(crew, rng), *_shuffled(crew, rng)), start=1):
        crew.improve(code)
        watch.incumbent = crew.cost
        watch.was_cut |= watch.elapsed_s() >= ends_s
        if not watch.tell() or watch.elapsed_s() >= ends_s or goal.reached(crew.cost):
            return
        if number % _ASKED == 0:
            if before - crew.cost <= _WORTH_ASKING * abs(crew.cost):
                return
            before = crew.cost


def anneal(crew: Crew, goal: Goal, budget: Budget, rng: np.random.Generator, watch: Watch) -> None:
    """Search until the budget is spent or the goal reached; the crew ends with the best found."""
    people = len(crew.solos)
    if people < _FEWEST or goal.reached(crew.cost):
        return
    warmth = _WARMTH * abs(crew.cost) / max(1, people * crew.facts.n_days)
    best = crew.snapshot()
    for temperature in Cooling(warmth, _CYCLE * people).temperatures(budget, watch):
        _step(crew, temperature, rng)
        if crew.cost < best.cost:
            best = crew.snapshot()
            watch.incumbent = best.cost
            if goal.reached(best.cost):
                break
    crew.restore(best)


def _step(crew: Crew, temperature: float, rng: np.random.Generator) -> None:
    few = int(rng.integers(_FEWEST, min(_MOST, len(crew.solos)) + 1))
    chosen = _shuffled(crew, rng)[:few]
    before = crew.cost
    held: dict[str, Held] = {code: crew.take(code) for code in chosen}
    for code in chosen:
        if crew.attendance.activities and rng.random() < _ELSEWHERE:
            crew.send(code, crew.attendance.drawn(code, rng))
        crew.insert(code, held[code].choice)
    crew.cost = crew.measured()
    for code in chosen:
        crew.improve(code)
    worse = crew.cost - before
    if worse > 0 and rng.random() >= math.exp(-worse / max(temperature, 1e-12)):
        for code, own in held.items():
            crew.give_back(code, own)
        crew.cost = before


def _shuffled(crew: Crew, rng: np.random.Generator) -> list[str]:
    order = np.array(list(crew.solos))
    rng.shuffle(order)
    return [str(code) for code in order]

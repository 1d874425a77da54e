"""What people on call are worth: the absences that they absorb, at the price of a call.

With p the share of shifts missed without notice, C[q,t] the curve of a queue, need[q,t] the effective agents up to
which one more saves more than an hour's mean wage, and n[t] = sum over q of need[q,t]:

- absences in an on-call shift are Poisson with mean p x (mean over its intervals of n[t] / on-call shifts over t);
- one of them left open costs v = sum over t, q of need[q,t] / n[t] x (C[q,t](need - 1) - C[q,t](need));
- with o people on call, max(0, v - call_price) x E[max(0, absences - o)] is paid, as
  sum over k of P(absences = k) x max(0, k - o): convex in o, so bound and search know it.
"""

import math
from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt

from desk import Desk
from scheduler.curve import Curve
from scheduler.facts import Facts, Shift, read_facts
from scheduler.shift_cover import ShiftCover
from scheduler.span import Grid

Array = npt.NDArray[np.float64]

_RARE = 1e-6
"""Probability of more absences at once than are counted."""


def has_calls(desk: Desk) -> bool:
    """Whether shifts are missed without notice, and others on call."""
    return desk.settings.rules.absence_share > 0 and bool((desk.table("shifts")["kind"] == "on_call").any())


def absences(desk: Desk, curves: Mapping[str, Curve]) -> tuple[ShiftCover, ...]:
    """What absences cost that nobody on call absorbs, by day and on-call shift; nothing where the desk has no such
    shift, no absences or no curves.

    Returns
    -------
    For each day and shift one part for each number of absences: so many heads wanted, at the loss of one left open
    times the probability.
    """
    return tuple(_absences(read_facts(desk), curves)) if curves and has_calls(desk) else ()


def _absences(facts: Facts, curves: Mapping[str, Curve]) -> Iterator[ShiftCover]:
    grid, rules = Grid(facts), facts.desk.settings.rules
    shifts = [own for own in facts.shifts.values() if own.kind == "on_call"]
    need, loss = _needs(facts, curves, grid)
    people = need.sum(axis=0)
    covering = np.zeros(grid.n)
    for day in range(facts.n_days):
        for shift in shifts:
            covering[_inside(facts, grid, day, shift)] += 1
    one_open = np.divide((need * loss).sum(axis=0), people, out=np.zeros(grid.n), where=people > 0)
    for day in range(facts.n_days):
        for shift in shifts:
            at = _inside(facts, grid, day, shift)
            mean = rules.absence_share * float((people[at] / np.maximum(1.0, covering[at])).mean()) if len(at) else 0.0
            price = max(0.0, float(one_open[at].sum()) - rules.call_price)
            yield from _parts(day, shift.code, mean, price)


def _inside(facts: Facts, grid: Grid, day: int, shift: Shift) -> npt.NDArray[np.int64]:
    inside = grid.span(day, shift).inside(grid.n)
    return np.arange(inside.start, inside.stop)


def _parts(day: int, shift: str, mean: float, price: float) -> Iterator[ShiftCover]:
    number, chance, left = 0, math.exp(-mean), 1.0
    while price > 0 and left > _RARE:
        if number:
            yield ShiftCover(day, shift, float(number), price * chance, 0.0)
        left -= chance
        number += 1
        chance *= mean / number


def _needs(facts: Facts, curves: Mapping[str, Curve], grid: Grid) -> tuple[Array, Array]:
    """Effective agents worth their wage and what one fewer costs, each of shape (queues, intervals)."""
    need, loss = np.zeros((len(curves), grid.n)), np.zeros((len(curves), grid.n))
    everywhere = np.arange(grid.n)
    for number, (queue, curve) in enumerate(curves.items()):
        wages = [own.cost_per_h / own.skills[queue] for own in facts.agents.values() if own.skills.get(queue)]
        if wages:
            pays = -curve.slope > grid.interval_h * float(np.mean(wages))
            reached = np.hstack([np.zeros((grid.n, 1), dtype=np.bool_), pays[:, :-1]])
            need[number] = np.where(reached, curve.agents, 0.0).max(axis=1)
            fewer = np.maximum(0.0, need[number] - 1)
            loss[number] = curve.value(fewer, everywhere) - curve.value(need[number], everywhere)
    return need, loss

"""What one more hour of an agent, and one more hour of work, is worth by day and queue."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scheduler.backlog import run, worth_per_h
from scheduler.board import Board

Array = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Hour:
    """The best (or worst) hour of a day in a queue: currency that one agent of standard speed more saves, or one
    agent hour of work more costs, in it."""

    day: int
    queue: str
    saved: float
    lost: float


def hours_of(board: Board, days: Array) -> Iterator[Hour]:
    """For each day and queue the hour in which one more agent saves most, and that in which more work costs most.

    Parameters
    ----------
    days : the day of each interval.
    """
    each = round(1 / board.demand.interval_h)
    for number, queue in enumerate(board.demand.queues):
        now, more, fewer = (_costs(board, number, by) for by in (0.0, 1.0, -1.0))
        for day in range(int(days.max(initial=-1)) + 1):
            own = np.flatnonzero(days == day)
            late_less, late_more = _late(board, queue, own, each)
            saved, lost = _hourly(now[own] - more[own], each), _hourly(fewer[own] - now[own], each)
            at_worst = max(float((lost + late_more).max(initial=0.0)), _spread(board, queue, own))
            yield Hour(day, queue, float((saved + late_less).max(initial=0.0)), at_worst)


def _costs(board: Board, number: int, by: float) -> Array:
    """Cost per interval with ``by`` agents more; more work leaves as many heads as there are."""
    everywhere = np.arange(board.demand.n)
    effective = np.maximum(0.0, board.effective[:, number] + by)
    heads = board.heads[:, number] + max(0.0, by)
    return board.demand.interval_cost(number, effective, heads, everywhere)


def _hourly(worth: Array, each: int) -> Array:
    """The sum of each hour of intervals in a row; of all where they are fewer."""
    return np.convolve(worth, np.ones(each), "valid") if len(worth) >= each else worth.sum(keepdims=True)


def _late(board: Board, queue: str, own: Numbers, each: int) -> tuple[Array, Array]:
    """For each hour of the intervals ``own``, what late work costs less with an agent more in it, and more with one
    fewer; both hours are taken whole, since the first part of one may be all that is needed."""
    hours = max(1, len(own) - each + 1) if len(own) else 0
    work, less, more = board.demand.work.get(queue), np.zeros(hours), np.zeros(hours)
    if work is None:
        return less, more
    capacity, part = _capacity_h(board, queue), board.demand.interval_h
    now = run(work, capacity)
    may_help = worth_per_h(work, now) > 0
    for at in range(hours):
        there = own[at : at + each]
        if may_help[there].any():
            less[at] = now.cost - run(work, _changed(capacity, there, part)).cost
        if (capacity[there] >= part).all():
            more[at] = run(work, _changed(capacity, there, -part)).cost - now.cost
    return np.maximum(0.0, less), np.maximum(0.0, more)


def _spread(board: Board, queue: str, own: Numbers) -> float:
    """What late work costs more with an agent hour less, spread over the intervals ``own``."""
    work = board.demand.work.get(queue)
    if work is None or not len(own):
        return 0.0
    capacity = _capacity_h(board, queue)
    fewer = np.maximum(0.0, _changed(capacity, own, -1 / len(own)))
    return max(0.0, run(work, fewer).cost - run(work, capacity).cost)


def _changed(capacity: Array, there: Numbers, by: float) -> Array:
    changed = capacity.copy()
    changed[there] += by
    return changed


def _capacity_h(board: Board, queue: str) -> Array:
    return np.asarray(board.demand.interval_h * board.effective[:, board.demand.queues.index(queue)])

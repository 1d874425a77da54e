"""What one more hour of an agent, and one more hour of work, is worth by day and queue."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scheduler.backlog import run
from scheduler.board import Board

Array = npt.NDArray[np.float64]


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
            own = days == day
            saved, lost = _best(now[own] - more[own], each), _best(fewer[own] - now[own], each)
            backlog = _backlog(board, queue, np.flatnonzero(own), each)
            yield Hour(day, queue, saved + backlog[0], lost + backlog[1])


def _costs(board: Board, number: int, by: float) -> Array:
    """Cost per interval with ``by`` agents more; more work leaves as many heads as there are."""
    everywhere = np.arange(board.demand.n)
    effective = np.maximum(0.0, board.effective[:, number] + by)
    heads = board.heads[:, number] + max(0.0, by)
    return board.demand.interval_cost(number, effective, heads, everywhere)


def _best(worth: Array, each: int) -> float:
    """The largest sum of an hour of intervals in a row."""
    if len(worth) < each:
        return float(worth.sum())
    return float(np.convolve(worth, np.ones(each), "valid").max())


def _backlog(board: Board, queue: str, intervals: npt.NDArray[np.int64], each: int) -> tuple[float, float]:
    """What one hour of capacity more saves in late work at the best time of the day, and one hour fewer costs."""
    work = board.demand.work.get(queue)
    if work is None or not len(intervals):
        return 0.0, 0.0
    capacity = board.demand.interval_h * board.effective[:, board.demand.queues.index(queue)]
    now, part = run(work, capacity).cost, board.demand.interval_h
    first, last = capacity.copy(), capacity.copy()
    first[intervals[:each]] += part
    last[intervals] = np.maximum(0.0, capacity[intervals] - 1 / len(intervals))
    return max(0.0, now - run(work, first).cost), max(0.0, run(work, last).cost - now)

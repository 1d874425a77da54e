"""Heads short are whole: a tree over how many there are raises the bound where half a head would do for the program."""

import heapq
from collections.abc import Iterator, Sequence
from itertools import count

import numpy as np
import numpy.typing as npt

from scheduler.cover_search.generate import generate
from scheduler.cover_search.master import Column, Limit, Master
from scheduler.cover_search.pricing import Pricing
from scheduler.cover_search.problem import Array, Problem
from scheduler.watch import Watch

_WHOLE = 0.02
"""How near to a whole number of heads counts as one."""
_WEEK = 7

Node = tuple[float, int, tuple[Limit, ...]]


def branched(
    problem: Problem, pricing: Pricing, columns: Sequence[Column], goal: float, watch: Watch, until_s: float
) -> tuple[list[Column], float]:
    """The lines found, and a bound: no roster costs less than it, or none less than ``goal``.

    The part with the lowest bound is split by the heads short in all, in a week, on a day or a shift: at most so many,
    or at least one more. A part that can't be split is the end: the bound gets no higher than there. Where headcounts
    wanted aren't whole, nothing is split.

    Parameters
    ----------
    goal : cost from which a part is of no interest.
    until_s : seconds left at which the tree ends.
    """
    absent = 10.0 * (1.0 + problem.under.max() + problem.over.max()) * problem.n_days
    known = list(columns)
    open_: list[Node] = [(-np.inf, 0, ())]
    number, lowest = count(1), goal
    while open_ and not watch.over and watch.left_s() > until_s:
        node = heapq.heappop(open_)
        if node[0] >= lowest:
            break
        master = Master(problem, absent, node[2])
        master.add(known)
        found = generate(master, pricing, [], watch, enough=goal)
        known = master.columns
        if watch.over:
            heapq.heappush(open_, node)
            break
        bound = max(node[0], _rounded(found.bound, problem.quantum))
        split = None if bound >= goal else _split(problem, found.mixture.short)
        if bound < goal and split is None:
            lowest = min(lowest, bound)
        for limit in split or ():
            heapq.heappush(open_, (bound, next(number), (*node[2], limit)))
    return known, min([lowest, *(own[0] for own in open_)])


def _rounded(bound: float, quantum: float) -> float:
    return quantum * float(np.ceil(bound / quantum - 1e-6)) if quantum else bound


def _split(problem: Problem, short: Array) -> tuple[Limit, Limit] | None:
    """At most and at least so many heads short, where the program has a part of one; None where it has none."""
    if not np.array_equal(problem.required, np.round(problem.required)):
        return None
    for level in _levels(short):
        sums = [float(short[cells].sum()) for cells in level]
        apart = [abs(own - round(own)) for own in sums]
        at = int(np.argmax(apart))
        if apart[at] > _WHOLE:
            heads = int(np.floor(sums[at]))
            return Limit(level[at], heads, is_least=False), Limit(level[at], heads + 1, is_least=True)
    return None


def _levels(short: Array) -> Iterator[list[npt.NDArray[np.bool_]]]:
    """Sets of days and shifts, from all of them to single ones."""
    days = np.arange(len(short))[:, None] + np.zeros(short.shape, dtype=np.int64)
    yield [np.ones(short.shape, dtype=np.bool_)]
    yield [days // _WEEK == week for week in range(-(-len(short) // _WEEK))]
    yield [days == day for day in range(len(short))]
    single = np.arange(short.size).reshape(short.shape)
    yield [single == at for at in np.flatnonzero(short.ravel() > _WHOLE)] or [np.zeros(short.shape, dtype=np.bool_)]

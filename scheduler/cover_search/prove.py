"""Closes the last part of a gap: lists every line that a better roster could use, and searches among them."""

import numpy as np
import numpy.typing as npt

from scheduler.cover_search.choose import choose
from scheduler.cover_search.master import Column, Master
from scheduler.cover_search.pricing import Pricing
from scheduler.watch import Watch

Array = npt.NDArray[np.float64]

_MOST_LINES = 30_000
"""Lines of everybody up to which the search among them is worth the time."""
_NODES = 100_000


def prove(
    pricing: Pricing, prices: Array, best: list[Column], cost: float, absent: float, watch: Watch
) -> tuple[list[Column], float] | None:
    """The best columns and the bound after searching all lines that a roster cheaper than ``cost`` could hold; None
    where they are too many.

    Where everybody's least costs make a bound of the whole, a line that costs more than cost - bound above its
    person's least is in no cheaper roster.
    """
    problem = pricing.problem
    pricing.ask(prices, range(len(pricing.people)))
    bound = float((prices * problem.required).sum()) + sum(own.least(prices) for own in pricing.people)
    slack = cost - 0.999 * problem.quantum - bound + 1e-6
    master, left = Master(problem, absent), _MOST_LINES
    master.add(best)
    for number, person in enumerate(pricing.people):
        lines = person.listed(prices, slack, left)
        if lines is None or watch.over:
            return None
        left -= len(lines)
        master.add([Column(number, line, pricing.cost(number, line)) for line in lines])
    columns, proven = choose(master, best, watch, problem.quantum, nodes=_NODES)
    return columns, min(proven, cost)

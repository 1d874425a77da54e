"""Plans a part of the roster anew: columns, a dive, the best combination of what they found."""

from dataclasses import dataclass

import numpy as np

from scheduler.cover_search.choose import choose
from scheduler.cover_search.dive import dive
from scheduler.cover_search.generate import generate
from scheduler.cover_search.master import Column, Master
from scheduler.cover_search.neighbourhood import Choice
from scheduler.cover_search.part import cut
from scheduler.cover_search.pool import Pool
from scheduler.cover_search.pricing import Pricing
from scheduler.cover_search.problem import Array, Lines, Problem
from scheduler.cover_search.start import is_short
from scheduler.watch import Watch

_ROUNDS = 60
"""Rounds of new lines for a part."""
_LONGEST_S = 20.0
"""Time for the best combination, whatever its nodes."""


@dataclass(frozen=True, slots=True)
class Replanned:
    """New days of a part's people (None where they stay), whether nothing better is left to find among the lines at
    hand, and the lines found."""

    lines: Lines | None
    closed: bool
    columns: tuple[Column, ...]


def replan(
    problem: Problem, lines: Lines, choice: Choice, pool: Pool, penalties: Array, absent: float, watch: Watch
) -> Replanned:
    """Search for better days of some people; everything else stands."""
    part = cut(problem, lines, choice.people, choice.days)
    own = lines[np.ix_(list(part.people), list(part.days))]
    is_whole = len(part.days) == problem.n_days
    near = None if is_short(part.problem) else own
    with Pricing(part.problem, 1, watch, near, penalties[list(part.people)]) as pricing:
        master = Master(part.problem, absent)
        start = [Column(place, line.copy(), pricing.cost(place, line)) for place, line in enumerate(own)]
        master.add(start)
        master.add(pool.of(part.people) if is_whole else ())
        cost = sum(column.cost for column in start) + part.problem.cover_cost(own)
        better = cost - max(0.999 * problem.quantum, 1e-6 * abs(cost))
        found = generate(master, pricing, [], watch, rounds=_ROUNDS, enough=better)
        if found.bound > better or watch.over:
            return Replanned(None, found.bound > better, ())
        best = dive(master, pricing, found.mixture, watch, better) or start
        best, bound = choose(master, best, watch, problem.quantum, seconds=_LONGEST_S)
    columns = tuple(Column(part.people[one.person], one.line, one.cost) for one in master.columns) if is_whole else ()
    new = np.array([column.line for column in best], dtype=np.int16)
    now = sum(column.cost for column in best) + part.problem.cover_cost(new)
    closed = now - bound <= max(problem.quantum, 1e-6 * abs(now))
    return Replanned(new if now <= better else None, closed, columns)

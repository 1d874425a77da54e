"""From prices to a roster: everybody answers again and again, while prices of heads harden into their costs."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count, repeat

import numpy as np
import numpy.typing as npt

from scheduler.cover_search.best_line import BestLine, Line
from scheduler.cover_search.problem import Lines, Problem
from scheduler.watch import Watch

Array = npt.NDArray[np.float64]

_HARD = 0.1
"""How much of the cost of a head short and over each head missing adds to its price in the last sweep that is due."""
_STILL = 2
"""Further sweeps without a gain after which there are no more of them."""
_LESSON = 0.2
"""Part of that by which a sweep's missing heads change the prices."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How many sweeps, and rho in the first of them, against the cost of a head short and over."""

    sweeps: int
    soft: float

    def hardening(self) -> Iterator[float]:
        """Rho in each sweep, without an end: up to ``_HARD`` in so many sweeps, and on at the same rate."""
        rate = (_HARD / self.soft) ** (1 / max(1, self.sweeps - 1))
        return (self.soft * rate**sweep for sweep in count())

    @property
    def slower(self) -> "Pace":
        """Twice the sweeps from half as hard."""
        return Pace(2 * self.sweeps, self.soft / 2)

    def within(self, sweeps: int) -> "Pace":
        """At most so many sweeps."""
        return Pace(min(sweeps, self.sweeps), self.soft)


def settled(
    problem: Problem,
    lines: Lines,
    prices: Array,
    penalties: Array,
    pace: Pace,
    threads: int,
    rng: np.random.Generator,
    watch: Watch,
    tell: Callable[[Lines], bool],
) -> None:
    """Sweeps of answers near everybody's present line; the roster after each is told to ``tell``, which says whether
    to end.

    A head on a day and shift is worth its price plus rho times the heads that are missing there, between minus the
    cost of one over and that of one short. While rho is small, everybody answers to the prices, which know what is
    scarce; when it is large, to the heads that are really missing. In between the prices learn.

    Parameters
    ----------
    prices : of a head per day and shift, best those of a bound.
    penalties : what each person's shifts cost for the sake of their limits.

    Source: Bertsekas 1982, of which the sweeps are a heuristic use, since lines are whole.
    """
    span = problem.under + problem.over
    lines, heads, best, still = lines.copy(), problem.heads(lines), np.inf, _STILL
    with ThreadPoolExecutor(threads) as workers:
        for sweep, rho in enumerate(pace.hardening()):
            if still < 0:
                return
            order = rng.permutation(len(lines)).tolist()
            for first in range(0, len(order), threads):
                if watch.over:
                    return
                people = order[first : first + threads]
                missing = [_without(problem.required - heads, line) for line in lines[people]]
                worths = [_worth(problem, prices + rho * span * (own - 0.5)) for own in missing]
                answers = workers.map(_answer, repeat(problem), people, list(lines[people]), worths, penalties[people])
                for number, answer in zip(people, answers, strict=True):
                    lines[number] = answer
                heads = problem.heads(lines)
            prices = _worth(problem, prices + _LESSON * rho * span * (problem.required - heads))
            cost = problem.cost(lines)
            still = _STILL if cost < best or sweep + 1 < pace.sweeps else still - 1
            best = min(best, cost)
            if tell(lines):
                return


def _worth(problem: Problem, prices: Array) -> Array:
    return np.clip(prices, -problem.over, problem.under)


def _answer(problem: Problem, number: int, line: Line, worth: Array, penalty: Array) -> Line:
    found = BestLine(problem.people[number], problem.weekend, line, penalty).ask(worth)
    return found.line if found is not None and found.is_sound else line


def _without(missing: Array, line: Line) -> Array:
    """The heads missing when a line's are taken away."""
    on = np.flatnonzero(line < missing.shape[1])
    missing[on, line[on]] += 1
    return missing

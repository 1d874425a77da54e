"""A bound for horizons too long for tables of whole lines: limits over the horizon are priced, as heads are."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import repeat

import numpy as np
import numpy.typing as npt

from scheduler.cover_search.line_cost import weekends, worked
from scheduler.cover_search.person import Person
from scheduler.cover_search.problem import Problem
from scheduler.cover_search.whole_table import trace, values_to_go

Array = npt.NDArray[np.float64]

_STEPS = 4000
_HEAD, _WEEKEND = 0.4, 1.0
"""First change of prices, and of weekends' prices, against the cost of a head short."""
_SHORTER = 0.002
"""How much shorter a change becomes with each step."""
_MEMORY = 0.8
"""Part of the last direction in the next one."""
_STARTS = (0.0, 0.01, 0.1, 0.25, 0.5, 0.75, 1.0)
"""Even prices that are tried first, against the cost of a head short."""


@dataclass(slots=True)
class Prices:
    """Prices of heads (days, shifts), and by person of a shift's length (the mean one's), of weekends and of the
    limited shifts (people, shifts)."""

    heads: Array
    length: Array
    weekend: Array
    times: Array

    @classmethod
    def like(cls, problem: Problem) -> "Prices":
        people = len(problem.people)
        return cls(
            np.zeros(problem.required.shape),
            np.zeros(people),
            np.zeros(people),
            np.zeros((people, len(problem.shifts))),
        )

    def parts(self) -> tuple[Array, Array, Array, Array]:
        return self.heads, self.length, self.weekend, self.times


@dataclass(frozen=True, slots=True)
class _Answer:
    """A person's part of the bound, and how far the line found is beyond what the prices are for."""

    bound: float
    line: npt.NDArray[np.int8]
    length: float
    weekend: float
    times: Array


class _Loose:
    """A person whose limits over the horizon are priced; only runs of days are kept as states."""

    def __init__(self, person: Person, weekend: npt.NDArray[np.int8], unit: float) -> None:
        self.person, self._weekend, self._unit = person, weekend, unit
        self._inside = slice(person.span.start, person.span.stop)
        ends = [(own, person.end_price(own)) for own in person.lengths]
        self._ends = np.array([pair for pair in ends if pair[1] < np.inf]).reshape(-1, 2)
        self._after = np.zeros((1, len(person.minutes)), dtype=np.int32)
        days = len(person.span)
        self._live = np.ones((days + 1, 1), dtype=np.bool_)
        self._shape = (days + 1, 1, 1, len(person.runs.is_on))
        self._lengths = np.array(person.minutes) / unit

    def ask(self, heads: Array, length: float, weekend: float, times: Array) -> _Answer:
        """The line that costs least at these prices."""
        person, runs = self.person, self.person.runs
        cost = person.cost[self._inside].copy()
        cost[:, :-1] += length * self._lengths + times - heads[self._inside]
        value = np.full(self._shape, np.inf)
        value[-1] = person.end_run
        automata = (cost, self._weekend[self._inside], runs.after, runs.cost, runs.is_on, self._after)
        values_to_go(*automata, self._live, weekend, value)
        line = np.full(len(person.cost), len(person.minutes), dtype=np.int8)
        trace(*automata, weekend, value, runs.start, line[self._inside])
        ends = self._ends[:, 1] - length * self._ends[:, 0] / self._unit
        at = int(np.argmin(ends))
        bound = float(value[0, 0, 0, runs.start]) + person.elsewhere_cost + float(ends[at])
        bound -= float(times @ person.caps) + weekend * person.weekends
        count, minutes = worked(person, line)
        over = int(weekends(person, self._weekend, line).sum()) - person.weekends
        times_over = (count - person.caps).astype(np.float64)
        return _Answer(bound, line, (minutes - self._ends[at, 0]) / self._unit, over, times_over)


def priced_bound(
    problem: Problem, threads: int, is_over: Callable[[float], bool], most_steps: int = _STEPS
) -> tuple[float, Prices]:
    """A cost that no roster can undercut, found by raising prices where limits or heads are missed; and the prices that
    prove it.

    Parameters
    ----------
    is_over : hears the bound so far before each step, and says whether to end.

    Source: Geoffrion 1974; each price's change shrinks with its own past ones, Duchi, Hazan and Singer 2011.
    """
    unit = float(np.mean([length for person in problem.people for length in person.minutes])) or 1.0
    people = [_Loose(person, problem.weekend, unit) for person in problem.people]
    with ThreadPoolExecutor(threads) as workers:

        def told(prices: Prices) -> tuple[float, list[_Answer]]:
            answers = list(workers.map(_Loose.ask, people, *_by_person(prices)))
            return float((prices.heads * problem.required).sum()) + sum(own.bound for own in answers), answers

        prices = max((_even(problem, part) for part in _STARTS), key=lambda own: told(own)[0])
        ascent, bound, best, steps = _Ascent(problem), -np.inf, prices, 0
        while steps < most_steps and not is_over(bound):
            now, answers = told(prices)
            if now > bound:
                bound, best = now, prices
            steps += 1
            prices = ascent.moved(prices, answers, steps)
    return bound, best


def _even(problem: Problem, part: float) -> Prices:
    """A head, and a shift's length of anybody, are worth this part of what a head short costs."""
    prices = Prices.like(problem)
    prices.heads = part * problem.under
    prices.length = np.full(len(problem.people), part * float(problem.under.mean()))
    return prices


def _by_person(prices: Prices) -> tuple[Iterable[Array], list[float], list[float], Array]:
    return repeat(prices.heads), prices.length.tolist(), prices.weekend.tolist(), prices.times


class _Ascent:
    """Moves prices to where heads are missing and limits exceeded."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        dearest = float(problem.under.max())
        self._first = (_HEAD * dearest, _HEAD * dearest, _WEEKEND * dearest, _HEAD * dearest)
        self._way = [np.zeros_like(own) for own in Prices.like(problem).parts()]
        self._past = [np.full_like(own, 1e-9) for own in self._way]
        self._least, self._most = _limits(problem)

    def moved(self, prices: Prices, answers: list[_Answer], step: int) -> Prices:
        """The next prices."""
        new = []
        for place, (own, missing) in enumerate(zip(prices.parts(), _missing(self.problem, answers), strict=True)):
            low, high = self._least.parts()[place], self._most.parts()[place]
            change = np.where(((own <= low) & (missing < 0)) | ((own >= high) & (missing > 0)), 0.0, missing)
            self._way[place] = _MEMORY * self._way[place] + (1 - _MEMORY) * change
            self._past[place] += change * change
            length = self._first[place] / (1 + _SHORTER * step)
            new.append(np.clip(own + length * self._way[place] / np.sqrt(self._past[place]), low, high))
        return Prices(*new)


def _missing(problem: Problem, answers: list[_Answer]) -> tuple[Array, Array, Array, Array]:
    """Heads missing, and how far each limit is exceeded."""
    return (
        problem.required - problem.heads(np.array([own.line for own in answers])),
        np.array([own.length for own in answers]),
        np.array([own.weekend for own in answers]),
        np.array([own.times for own in answers]),
    )


def _limits(problem: Problem) -> tuple[Prices, Prices]:
    """Between what each price must stay for the bound to hold."""
    least, most = Prices.like(problem), Prices.like(problem)
    least.heads, most.heads = -problem.over, problem.under
    least.length, most.length = np.full_like(least.length, -np.inf), np.full_like(most.length, np.inf)
    most.weekend = np.array([person.weekend_price for person in problem.people])
    most.times = np.full_like(most.times, np.inf)
    return least, most

"""A bound for horizons too long for tables of whole lines: limits over the horizon are priced, as heads are."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain, repeat

import numpy as np
import numpy.typing as npt

from scheduler.cover_search.alike import Alike
from scheduler.cover_search.loose import Answer, Loose
from scheduler.cover_search.problem import Problem

Array = npt.NDArray[np.float64]

_STEPS = 1500
"""Most steps."""
_TOGETHER, _CELL, _OWN = 0.6, 0.09, (0.6, 1.2, 0.6)
"""First change of the prices of heads: of all together, of a day's and of those of like shifts on a day; of one alone;
and of a person's prices. Against the cost of a head short."""
_TIMED = 20
"""Steps after which it is known how long one takes."""
_LAST = 5e-4
"""Length of the last change against that of the first."""
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


def priced_bound(problem: Problem, threads: int, passed: Callable[[float], float]) -> tuple[float, Prices]:
    """A cost that no roster can undercut, found by raising prices where limits or heads are missed; and the prices that
    prove it.

    Parameters
    ----------
    passed : hears the bound so far before each step, and says which part of the time has passed; from 1 on it ends.

    Source: Geoffrion 1974; each price's change shrinks with its own past ones, Duchi, Hazan and Singer 2011.
    """
    unit = float(np.mean([length for person in problem.people for length in person.minutes])) or 1.0
    people = [Loose(person, problem.weekend, unit) for person in problem.people]
    size = -(-len(people) // threads)
    with ThreadPoolExecutor(threads) as workers:

        def told(prices: Prices) -> tuple[float, list[Answer]]:
            shares = [slice(first, first + size) for first in range(0, len(people), size)]
            answers = list(chain(*workers.map(lambda own: _asked(people, prices, own), shares)))
            return float((prices.heads * problem.required).sum()) + sum(own.bound for own in answers), answers

        prices = max((_even(problem, part) for part in _STARTS), key=lambda own: told(own)[0])
        ascent = _Ascent(problem, prices)
        for done in _progress(lambda: passed(ascent.bound)):
            prices = ascent.moved(prices, *told(prices), _LAST**done)
    return ascent.bound, ascent.best


def _progress(passed: Callable[[], float]) -> Iterator[float]:
    """From 0 to 1 in as many steps as there may be, or in those that fit into the time."""
    began, done, step = passed(), 0.0, 0
    while done < 1.0 and (part := passed()) < 1.0:
        yield done
        step += 1
        each = (part - began) / step if step > _TIMED else 0.0
        done += max(1 / _STEPS, (1.0 - done) * each / (1.0 - part))


def _asked(people: Sequence[Loose], prices: Prices, own: slice) -> list[Answer]:
    """The answers of those in the slice."""
    prices_each = prices.length[own].tolist(), prices.weekend[own].tolist(), prices.times[own]
    return list(map(Loose.ask, people[own], repeat(prices.heads), *prices_each))


def _even(problem: Problem, part: float) -> Prices:
    """A head, and a shift's length of anybody, are worth this part of what a head short costs."""
    prices = Prices.like(problem)
    prices.heads = part * problem.under
    prices.length = np.full(len(problem.people), part * float(problem.under.mean()))
    return prices


class _Ascent:
    """Moves prices to where heads are missing and limits exceeded.

    At equal prices people take one of many shifts, all the same one: what is missing in one is over in another. So
    prices of heads change by what is missing in all, on a day, and on a day among the shifts that lead to the same
    states, in steps of their own; and less by what is missing in one shift.
    """

    def __init__(self, problem: Problem, start: Prices) -> None:
        self.problem, self.best, self.bound = problem, start, -np.inf
        dearest = float(problem.under.max())
        tables = [table for own in problem.people for table in (own.runs.after, own.runs.cost)]
        kind = Alike(tables, len(problem.shifts)).kind
        self._like = (kind[:, None] == np.arange(kind.max() + 1)).astype(np.float64)
        self._first = [dearest * own for own in (*3 * (_TOGETHER,), _CELL, *_OWN)]
        self._way: list[Array] = [np.zeros(1)] * len(self._first)
        self._past: list[Array] = [np.full(1, 1e-9)] * len(self._first)
        self._least, self._most = _limits(problem)

    def moved(self, prices: Prices, bound: float, answers: list[Answer], length: float) -> Prices:
        """The prices after those with that bound; changes have ``length`` times their first length."""
        if bound > self.bound:
            self.bound, self.best = bound, prices
        missing = _missing(self.problem, answers)
        places = zip(prices.parts(), missing, self._least.parts(), self._most.parts(), strict=True)
        heads, *own = [
            np.where(((price <= low) & (beyond < 0)) | ((price >= high) & (beyond > 0)), 0.0, beyond)
            for price, beyond, low, high in places
        ]
        like = heads @ (self._like / self._like.sum(axis=0))
        wanted = (heads.mean(keepdims=True), heads.mean(axis=1, keepdims=True), like, heads, *own)
        whole, day, alike, cell, *others = [length * self._change(at, way) for at, way in enumerate(wanted)]
        changes = (whole + day + alike @ self._like.T + cell, *others)
        limited = zip(prices.parts(), changes, self._least.parts(), self._most.parts(), strict=True)
        return Prices(*(np.clip(price + change, low, high) for price, change, low, high in limited))

    def _change(self, place: int, wanted: Array) -> Array:
        self._way[place] = _MEMORY * self._way[place] + (1 - _MEMORY) * wanted
        self._past[place] = self._past[place] + wanted * wanted
        return np.asarray(self._first[place] * self._way[place] / np.sqrt(self._past[place]))


def _missing(problem: Problem, answers: list[Answer]) -> tuple[Array, Array, Array, Array]:
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

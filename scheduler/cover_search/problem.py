"""The desk as arrays: everybody's automata, and what heads on each day and shift cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import gcd

import numpy as np
import numpy.typing as npt

from scheduler.cover_search.line_cost import line_cost
from scheduler.cover_search.person import Person, read_person
from scheduler.demand import Demand
from scheduler.facts import Facts

Array = npt.NDArray[np.float64]
Lines = npt.NDArray[np.int16]
"""Action of each person on each day, the number of shifts where it is a day off; shape (people, days)."""


@dataclass(frozen=True, slots=True)
class Problem:
    """The desk.

    Parameters
    ----------
    shifts : codes; the place of a code is its number.
    weekend : per day 0 on working days, 1 where a shift begins a weekend's work, 2 where it does unless the day before
        was worked.
    required, under, over : heads wanted, and currency per head short and over; shape (days, shifts).
    quantum : every cost of a roster is a whole multiple of it; 0 where there is none.
    """

    people: tuple[Person, ...]
    shifts: tuple[str, ...]
    weekend: npt.NDArray[np.int16]
    required: Array
    under: Array
    over: Array
    quantum: float

    @property
    def n_days(self) -> int:
        """Days of the horizon."""
        return len(self.weekend)

    def heads(self, lines: Lines) -> npt.NDArray[np.int64]:
        """People per day and shift."""
        counts = [(lines == shift).sum(axis=0) for shift in range(len(self.shifts))]
        return np.array(counts, dtype=np.int64).T.reshape(self.required.shape)

    def cover_cost(self, lines: Lines) -> float:
        """Currency of heads short and over."""
        return float(self.cell_cost(self.heads(lines)).sum())

    def cell_cost(self, heads: npt.NDArray[np.int64]) -> Array:
        """Currency of so many heads per day and shift."""
        short = self.required - heads
        return np.asarray(self.under * np.maximum(0.0, short) + self.over * np.maximum(0.0, -short))

    def cost(self, lines: Lines) -> float:
        """Currency of a roster, inf where a hard rule is broken."""
        own = sum(line_cost(person, self.weekend, line) for person, line in zip(self.people, lines, strict=True))
        return own + self.cover_cost(lines)


def read_problem(facts: Facts, demand: Demand) -> Problem:
    """The arrays of a desk that ``suits``; several headcounts of one day and shift are not among them."""
    people = tuple(read_person(facts, agent) for agent in facts.agents.values())
    number = {code: place for place, code in enumerate(facts.shifts)}
    required, under, over = np.zeros((3, facts.n_days, len(number)))
    for own in demand.shift_cover:
        at = own.day, number[own.shift]
        required[at], under[at], over[at] = own.required, own.under_cost, own.over_cost
    weekend = _weekend_days(facts)
    amounts = [under, over, under * required, over * required, *(_amounts(person) for person in people)]
    return Problem(people, tuple(facts.shifts), weekend, required, under, over, _quantum(amounts))


def _weekend_days(facts: Facts) -> npt.NDArray[np.int16]:
    found = np.zeros(facts.n_days, dtype=np.int16)
    for weekend in facts.weekends:
        found[weekend.start] = 1
        found[weekend.start + 1 : weekend.stop] = 2
    return found


def _amounts(person: Person) -> Array:
    parts = (person.cost, person.runs.cost, person.weekend_price, person.end_price(person.lengths))
    found = np.concatenate([np.unique(part) for part in parts])
    return np.asarray(found[np.isfinite(found)])


def _quantum(amounts: Sequence[Array]) -> float:
    """The greatest common divisor where all amounts are whole, else 0."""
    values = np.unique(np.concatenate([part.ravel() for part in amounts]))
    if not np.array_equal(values, np.round(values)):
        return 0.0
    return float(gcd(*(int(own) for own in values.tolist())))


def pasted(lines: Lines, people: Sequence[int], days: range, part: Lines) -> Lines:
    """Lines with those of some people on some days replaced."""
    whole = lines.copy()
    whole[np.ix_(list(people), list(days))] = part
    return whole

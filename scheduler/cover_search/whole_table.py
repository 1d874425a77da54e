"""All lines of a person in one table: dynamic programming over days, tally, weekends and runs."""

from typing import Any

import numpy as np
import numpy.typing as npt

from desk.compiled import compiled
from scheduler.cover_search.alike import Alike
from scheduler.cover_search.person import Person
from scheduler.cover_search.reach import live_states, most_minutes
from scheduler.cover_search.tally import Tally, tally

Array = npt.NDArray[np.float64]
Line = npt.NDArray[np.int16]
Ints = npt.NDArray[Any]
Bools = npt.NDArray[np.bool_]
Automata = tuple[Array, Line, Ints, Array, Bools, Ints]


@compiled
def values_to_go(
    cost: Array,
    weekend: Line,
    run_after: Ints,
    run_cost: Array,
    is_on: Bools,
    after: Ints,
    live: Bools,
    price: float,
    value: Array,
) -> None:
    """Fill ``value`` (days + 1, tally, weekends, runs), whose last day is given, with the least cost to the end."""
    days, shifts = cost.shape[0], cost.shape[1] - 1
    weekends, runs = value.shape[2], value.shape[3]
    usable = np.empty(shifts, np.int64)
    for day in range(days - 1, -1, -1):
        flag = weekend[day]
        for state in range(value.shape[1]):
            if not live[day, state]:
                continue
            n = 0
            for shift in range(shifts):
                if cost[day, shift] < np.inf and after[state, shift] >= 0 and live[day + 1, after[state, shift]]:
                    usable[n] = shift
                    n += 1
            for spent in range(weekends):
                for run in range(runs):
                    best = np.inf
                    if run_after[run, shifts] >= 0:
                        rest = value[day + 1, state, spent, run_after[run, shifts]]
                        best = cost[day, shifts] + run_cost[run, shifts] + rest
                    counts = flag == 1 or (flag == 2 and not is_on[run])
                    extra, then = 0.0, spent
                    if counts:
                        then = spent + 1
                        if then == weekends:
                            then, extra = spent, price
                    if extra < np.inf:
                        for at in range(n):
                            shift = usable[at]
                            if run_after[run, shift] >= 0:
                                own = cost[day, shift] + extra + run_cost[run, shift]
                                own += value[day + 1, after[state, shift], then, run_after[run, shift]]
                                best = min(best, own)
                    value[day, state, spent, run] = best


@compiled
def trace(
    cost: Array,
    weekend: Line,
    run_after: Ints,
    run_cost: Array,
    is_on: Bools,
    after: Ints,
    price: float,
    value: Array,
    run: int,
    line: Line,
) -> bool:
    """Write a best line from the first day on; False where there is none."""
    days, shifts = cost.shape[0], cost.shape[1] - 1
    state, spent = 0, 0
    if not value[0, 0, 0, run] < np.inf:
        return False
    for day in range(days):
        flag = weekend[day]
        counts = flag == 1 or (flag == 2 and not is_on[run])
        best, chosen = np.inf, shifts
        if run_after[run, shifts] >= 0:
            rest = value[day + 1, state, spent, run_after[run, shifts]]
            best = cost[day, shifts] + run_cost[run, shifts] + rest
        then, extra = spent + counts, 0.0
        if then == value.shape[2]:
            then, extra = spent, price
        for shift in range(shifts):
            if cost[day, shift] < np.inf and run_after[run, shift] >= 0 and after[state, shift] >= 0:
                own = cost[day, shift] + extra + run_cost[run, shift]
                own += value[day + 1, after[state, shift], then, run_after[run, shift]]
                if own < best:
                    best, chosen = own, shift
        line[day] = chosen
        if chosen < shifts:
            state, spent = after[state, chosen], then
        run = run_after[run, chosen]
    return True


class WholeTable:
    """The best of all lines that the limits counted allow.

    Parameters
    ----------
    base : currency of each action on each day of the employment, inf where barred.
    most_cells : cells up to which limited shifts are counted.
    """

    def __init__(self, person: Person, weekend: Line, base: Array, most_cells: int) -> None:
        self._person, self._weekend = person, weekend
        self._tally = _tally(person, base, most_cells)
        self.counted = self._tally.counted
        self._end = person.end_price(self._tally.minutes)
        allowed = np.isfinite(base[:, :-1])
        days, states = len(base), len(self._end)
        self._live = np.zeros((days + 1, states), dtype=np.bool_)
        live_states(self._tally.after, allowed, np.isfinite(self._end), self._live)
        low, high = _passed(person, allowed)
        self._live &= (low[:, None] <= self._tally.minutes) & (self._tally.minutes <= high[:, None])
        self._shape = (days + 1, states, person.weekends + 1, len(person.runs.is_on))
        self._alike = Alike([person.runs.after, person.runs.cost, self._tally.after], len(person.caps))

    def best(self, cost: Array) -> tuple[float, Line] | None:
        """What the best line costs, and the line; None where there is none."""
        person, alike, line = self._person, self._alike, np.empty(len(cost), dtype=np.int16)
        automata, value, cheapest = self._filled(cost)
        if not trace(*automata, person.weekend_price, value, person.runs.start, line):
            return None
        return float(value[0, 0, 0, person.runs.start]), alike.told(line, cheapest)

    def values(self, cost: Array) -> tuple[Automata, Array]:
        """The automata with their costs, and the least cost to the end from each state."""
        runs = self._person.runs
        return (cost, self._weekend, runs.after, runs.cost, runs.is_on, self._tally.after), self._filled(cost)[1]

    def _filled(self, cost: Array) -> tuple[Automata, Array, Line]:
        """The same over the cheapest shift of each kind, and which shifts these are."""
        person, alike, runs = self._person, self._alike, self._person.runs
        value = np.full(self._shape, np.inf)
        value[-1] = self._end[:, None, None] + person.end_run
        least, cheapest = alike.reduced(cost)
        steps = alike.of(runs.after, is_off_last=True), alike.of(runs.cost, is_off_last=True)
        automata = (least, self._weekend, *steps, runs.is_on, alike.of(self._tally.after, is_off_last=False))
        values_to_go(*automata, self._live, person.weekend_price, value)
        return automata, value, cheapest


def _tally(person: Person, cost: Array, most_cells: int) -> Tally:
    """The tally over the shifts that may be worked at all; limits are counted as far as the table stays small."""
    allowed = np.isfinite(cost[:, :-1]).sum(axis=0).tolist()
    minutes = [own if times else 0 for own, times in zip(person.minutes, allowed, strict=True)]
    most = min(person.most_minutes, len(cost) * max(minutes, default=0))
    caps = {shift: cap for shift, cap in enumerate(person.caps.tolist()) if cap < allowed[shift]}
    others = (len(cost) + 1) * (person.weekends + 1) * len(person.runs.is_on)
    return tally(minutes, most, caps, len(cost), int(most_cells / others))


def _passed(person: Person, allowed: Bools) -> tuple[Ints, Ints]:
    """The least and the most minutes before each day and in the end: as many as the runs allow so far, and allow to
    become enough."""
    legal, (passed, to_come) = person.legal_lengths, np.zeros((2, len(allowed) + 1), dtype=np.int64)
    most_minutes(allowed, person.runs.after, person.runs.start, np.array(person.minutes), passed, to_come)
    return (legal[0] if len(legal) else 0) - to_come, passed


def cells(person: Person) -> int:
    """Cells of a person's table that lines can pass, with no limited shift counted."""
    allowed = np.isfinite(person.cost[person.span.start : person.span.stop, :-1])
    low, high = _passed(person, allowed)
    lengths = person.lengths
    states = np.searchsorted(lengths, high, side="right") - np.searchsorted(lengths, low)
    return int(np.maximum(0, states).sum()) * (person.weekends + 1) * len(person.runs.is_on)

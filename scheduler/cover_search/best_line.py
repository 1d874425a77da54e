"""The best line of one person at given prices: dynamic programming over days, runs, tally and weekends."""

from dataclasses import dataclass
from math import gcd
from typing import Any

import numpy as np
import numpy.typing as npt

from desk.compiled import compiled
from scheduler.cover_search.listing import list_lines
from scheduler.cover_search.person import Person
from scheduler.cover_search.reach import live_states, most_minutes
from scheduler.cover_search.tally import Tally, tally

Array = npt.NDArray[np.float64]
Line = npt.NDArray[np.int8]
Ints = npt.NDArray[Any]
Bools = npt.NDArray[np.bool_]
Automata = tuple[Array, Line, Ints, Array, Bools, Ints]

_FEW_CELLS, _MANY_CELLS = 2_000_000, 20_000_000
"""Cells of a person's table (days x tally x weekends x runs) up to which limited shifts are counted, at first and
where penalties fail."""
_PATIENCE = 4
"""Answers in a row that break a limit before more of them are counted."""


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


@dataclass(frozen=True, slots=True)
class Answer:
    """A person's line over the whole horizon, a proven bound on what the best one costs with the prices, and whether
    the line keeps every limit."""

    line: Line
    bound: float
    is_sound: bool


class BestLine:
    """Answers one person's questions.

    Limits that the tally doesn't count are kept by a penalty a shift, carried from question to question; the bound
    holds whatever the penalties are.
    """

    def __init__(self, person: Person, weekend: npt.NDArray[np.int8]) -> None:
        self.person = person
        self._inside = slice(person.span.start, person.span.stop)
        self._weekend, self._base = weekend[self._inside], person.cost[self._inside]
        self._penalty = np.zeros(len(person.caps))
        self._most_cells, self._unsound = _FEW_CELLS, 0
        self._count()

    def _count(self) -> None:
        """Lay out the tally, and which of its states lead anywhere."""
        person = self.person
        base = person.cost[self._inside]
        self._tally = _tally(person, base, self._most_cells)
        self._end = np.array([person.end_price(own) for own in self._tally.minutes.tolist()])
        allowed = np.isfinite(base[:, :-1])
        days, states = len(base), len(self._end)
        self._live = np.zeros((days + 1, states), dtype=np.bool_)
        live_states(self._tally.after, allowed, np.isfinite(self._end), self._live)
        self._live &= self._within_runs(allowed)
        self._shape = (days + 1, states, person.weekends + 1, len(person.runs.is_on))
        self._open = allowed.sum(axis=0) > person.caps
        self._open[list(self._tally.counted)] = False
        self._penalty[~self._open] = 0.0

    def _within_runs(self, allowed: Bools) -> Bools:
        """The states of the tally, per day, whose minutes the runs allow so far, and allow to become enough."""
        runs, minutes = self.person.runs, self._tally.minutes
        passed, to_come = np.zeros((2, len(allowed) + 1), dtype=np.int64)
        most_minutes(allowed, runs.after, runs.start, np.array(self.person.minutes), passed, to_come)
        ends = minutes[np.isfinite(self._end)]
        least = int(ends.min()) if len(ends) else 0
        return (minutes <= passed[:, None]) & (minutes + to_come[:, None] >= least)

    def decide(self, decided: Line | None) -> None:
        """Answer with lines that keep ``decided``, an action per day and -1 where nothing is decided."""
        self._base = self.person.cost[self._inside].copy()
        if decided is not None:
            own = decided[self._inside][:, None]
            self._base[(own >= 0) & (own != np.arange(self._base.shape[1]))] = np.inf

    def ask(self, prices: Array, tries: int = 3) -> Answer | None:
        """The line that costs least when each shift worked earns its price, shape (days, shifts); None where the rules
        allow none."""
        best: Answer | None = None
        for step in range(1, tries + 1):
            found = self._ask(prices)
            if found is None or not self._open.any():
                return found
            best = found if best is None else _better(best, found)
            over = np.where(self._open, self._times(found.line) - self.person.caps, 0)
            if not ((over > 0) | ((over < 0) & (self._penalty > 0))).any():
                break
            scale = (1.0 + np.abs(prices).mean()) / step / np.maximum(1, np.abs(over).max())
            self._penalty = np.maximum(0.0, self._penalty + scale * over)
        self._heed(best)
        return best

    def _heed(self, answer: Answer | None) -> None:
        """Where penalties fail again and again, more of the limits are counted."""
        self._unsound = 0 if answer is None or answer.is_sound else self._unsound + 1
        if self._unsound >= _PATIENCE and self._most_cells < _MANY_CELLS:
            self._most_cells, self._unsound = 4 * self._most_cells, 0
            self._count()

    def least(self, prices: Array) -> float:
        """A proven bound on what the best line costs at these prices, the penalties left as they are."""
        return self._bound(self._table(prices)[1][0, 0, 0, self.person.runs.start])

    def listed(self, prices: Array, slack: float, most: int) -> list[Line] | None:
        """All lines within ``slack`` of ``least`` at these prices; None where there are more than ``most``."""
        automata, value = self._table(prices)
        start = self.person.runs.start
        lines = np.full((most, len(self._base)), len(self.person.caps), dtype=np.int8)
        limit = value[0, 0, 0, start] + slack
        found = list_lines(*automata, self.person.weekend_price, value, start, limit, lines)
        if found < 0:
            return None
        whole = np.full((found, len(self.person.cost)), len(self.person.caps), dtype=np.int8)
        whole[:, self._inside] = lines[:found]
        return [line for line in whole if (self._times(line) <= self.person.caps).all()]

    def _ask(self, prices: Array) -> Answer | None:
        person = self.person
        automata, value = self._table(prices)
        line = np.full(len(person.cost), len(person.caps), dtype=np.int8)
        if not trace(*automata, person.weekend_price, value, person.runs.start, line[self._inside]):
            return None
        bound = self._bound(value[0, 0, 0, person.runs.start])
        return Answer(line, bound, bool((self._times(line) <= person.caps)[self._open].all()))

    def _bound(self, value: float) -> float:
        return float(value) + self.person.elsewhere_cost - float(self._penalty @ self.person.caps)

    def _table(self, prices: Array) -> tuple[Automata, Array]:
        """The automata with their costs, and the least cost to the end from each state."""
        person, runs = self.person, self.person.runs
        cost = self._base.copy()
        cost[:, :-1] += self._penalty - prices[self._inside]
        value = np.full(self._shape, np.inf)
        value[-1] = self._end[:, None, None] + person.end_run
        automata = (cost, self._weekend, runs.after, runs.cost, runs.is_on, self._tally.after)
        values_to_go(*automata, self._live, person.weekend_price, value)
        return automata, value

    def _times(self, line: Line) -> npt.NDArray[np.int64]:
        return np.bincount(line, minlength=len(self.person.caps) + 1)[:-1]


def _tally(person: Person, cost: Array, most_cells: int) -> Tally:
    """The tally over the shifts that may be worked at all; limits are counted as far as the table stays small."""
    allowed = np.isfinite(cost[:, :-1]).sum(axis=0).tolist()
    minutes = [own if times else 0 for own, times in zip(person.minutes, allowed, strict=True)]
    most = min(person.most_minutes, len(cost) * max(minutes, default=0))
    caps = {shift: cap for shift, cap in enumerate(person.caps.tolist()) if cap < allowed[shift]}
    others = (len(cost) + 1) * (person.weekends + 1) * len(person.runs.is_on)
    return tally(minutes, most, caps, len(cost), int(most_cells / others))


def cells(person: Person) -> int:
    """Cells of a person's table with no limited shift counted."""
    unit = gcd(*person.minutes) or 1
    lengths = min(person.most_minutes, len(person.span) * max(person.minutes)) // unit + 1
    return lengths * (len(person.span) + 1) * (person.weekends + 1) * len(person.runs.is_on)


def _better(one: Answer, other: Answer) -> Answer:
    """The later line where it is sound, with the better bound."""
    kept = other if other.is_sound or not one.is_sound else one
    return Answer(kept.line, max(one.bound, other.bound), kept.is_sound)

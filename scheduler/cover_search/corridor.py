"""The best of a person's lines that stay near a given one: limits over the horizon are kept exactly in small tables.

States count how far a line is from the given one, not what it has worked: a half year takes as many of them as a week.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod

import numpy as np
import numpy.typing as npt

from desk.compiled import compiled
from scheduler.cover_search.alike import Alike
from scheduler.cover_search.line_cost import weekends, worked
from scheduler.cover_search.person import Person

Array = npt.NDArray[np.float64]
Line = npt.NDArray[np.int16]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_SHIFTS, _WEEKENDS = 3, 2
"""How many shifts and weekends a line may be ahead of the given one, or behind it, on any day."""
_LENGTHS, _SUMS = 2, 65
"""Different lengths of shifts up to which each is counted; of more, the minutes, and how many sums of three lengths
there may be, else two are the most."""
_FAR = 1_000_000_000
"""Minutes that are far from any other."""
_STATES = 150
"""States of the tally up to which limited shifts are counted; one of them always is."""


@compiled
def near_values(
    cost: Array,
    weekend: Line,
    run_after: Ints,
    run_cost: Array,
    is_on: Bools,
    then: Ints,
    given: Line,
    began: Ints,
    value: Array,
) -> None:
    """Fill ``value`` (days + 1, tally, weekends, runs), whose last day is given, with the least cost to the end.

    ``then`` is the tally after an action where the given line has another, shape (shifts + 1, tally, actions), -1
    outside the corridor; ``began`` whether the ``given`` line begins a weekend's work.
    """
    off, spents, runs = cost.shape[1] - 1, value.shape[2], value.shape[3]
    for day in range(len(cost) - 1, -1, -1):
        flag, near, rest = weekend[day], then[given[day]], value[day + 1]
        for state in range(value.shape[1]):
            for spent in range(spents):
                best, same = value[day, state, spent], spent - began[day]
                best[:] = np.inf
                for action in range(off + 1):
                    to, own = near[state, action], cost[day, action]
                    if to < 0 or own == np.inf:
                        continue
                    if flag == 0 or action == off:
                        for run in range(runs if 0 <= same < spents else 0):
                            leads = run_after[run, action]
                            if leads >= 0:
                                best[run] = min(best[run], own + run_cost[run, action] + rest[to, same, leads])
                        continue
                    for run in range(runs):
                        leads, still = run_after[run, action], same
                        if flag == 1 or not is_on[run]:
                            still += 1
                        if leads >= 0 and 0 <= still < spents:
                            best[run] = min(best[run], own + run_cost[run, action] + rest[to, still, leads])


@compiled
def near_trace(
    cost: Array,
    weekend: Line,
    run_after: Ints,
    run_cost: Array,
    is_on: Bools,
    then: Ints,
    given: Line,
    began: Ints,
    value: Array,
    state: int,
    spent: int,
    run: int,
    line: Line,
) -> bool:
    """Write a best line from the first day on; False where there is none."""
    off, spents = cost.shape[1] - 1, value.shape[2]
    if not value[0, state, spent, run] < np.inf:
        return False
    for day in range(len(line)):
        counts = weekend[day] == 1 or (weekend[day] == 2 and not is_on[run])
        best, chosen, kept = np.inf, off, spent
        for action in range(off + 1):
            to, leads = then[given[day], state, action], run_after[run, action]
            still = spent - began[day] + (1 if counts and action < off else 0)
            if to >= 0 and leads >= 0 and 0 <= still < spents:
                own = cost[day, action] + run_cost[run, action] + value[day + 1, to, still, leads]
                if own < best:
                    best, chosen, kept = own, action, still
        line[day], state, spent, run = chosen, then[given[day], state, chosen], kept, run_after[run, chosen]
    return True


@dataclass(frozen=True, slots=True)
class _Count:
    """Something of which lines may be so far ahead or behind.

    Parameters
    ----------
    steps : how much of it each shift is, shape (shifts,).
    ahead : how far ahead a line may be, ascending; as far behind.
    minutes : paid minutes of one.
    limited : the shift whose limit it keeps, -1 where it keeps none.
    """

    steps: Ints
    ahead: Ints
    minutes: int
    limited: int = -1

    @property
    def size(self) -> int:
        """Number of states."""
        return len(self.ahead)


class Corridor:
    """Lines of a person near ``line``, which must be legal from day to day.

    Parameters
    ----------
    dear : currency of each shift and weekend beyond a hard limit over the horizon; inf where lines must be legal.
    counted : the shifts whose limit no line found exceeds, or only at that price.
    """

    def __init__(self, person: Person, weekend: Line, line: Line, dear: float = np.inf) -> None:
        inside = slice(person.span.start, person.span.stop)
        self._dear = dear
        self._person, self._weekend, self._given = person, weekend[inside], line[inside]
        self._began = weekends(person, weekend, line)[inside].astype(np.int64)
        counts = _counts(person, line)
        self.counted = tuple(own.limited for own in counts if own.limited >= 0)
        ahead = np.array(list(product(*(own.ahead.tolist() for own in counts))), dtype=np.int64)
        steps = np.array([own.steps for own in counts])
        self._alike = Alike([person.runs.after, person.runs.cost, steps], len(person.caps))
        self._then = _following(ahead, counts, steps, self._alike.of(steps, is_off_last=False))
        self._end = self._ends(line, ahead, counts)
        self._start = len(ahead) // 2, _WEEKENDS

    def _ends(self, line: Line, ahead: Ints, counts: Sequence[_Count]) -> Array:
        """Currency of ending so far ahead of the line, shape (tally, weekends, 1)."""
        person = self._person
        times, minutes = worked(person, line)
        price = self._lengths_price(minutes + ahead @ np.array([own.minutes for own in counts]))
        for place, own in enumerate(counts):
            if own.limited >= 0:
                price += _times(self._dear, times[own.limited] + ahead[:, place] - person.caps[own.limited])
        begun = int(self._began.sum()) + np.arange(-_WEEKENDS, _WEEKENDS + 1)
        dearer = _times(min(self._dear, person.weekend_price), begun - person.weekends)
        return np.asarray((price[:, None] + dearer)[:, :, None])

    def _lengths_price(self, minutes: Ints) -> Array:
        """Currency of so many minutes in all."""
        person = self._person
        price = np.where(minutes <= person.most_minutes, person.end_price(minutes), np.inf)
        if np.isfinite(self._dear):
            barred = np.isinf(price)
            price[barred] = self._dear * _apart(minutes[barred], person.legal_lengths) / max(1, *person.minutes)
        return price

    def best(self, cost: Array) -> tuple[float, Line] | None:
        """What the best line costs, and the line; None where there is none. ``cost`` is the currency of each action on
        each day of the employment."""
        alike, runs = self._alike, self._person.runs
        least, cheapest = alike.reduced(cost)
        steps = alike.of(runs.after, is_off_last=True), alike.of(runs.cost, is_off_last=True)
        value = np.empty((len(cost) + 1, *self._end.shape[:2], len(runs.is_on)))
        value[-1] = self._end + self._person.end_run
        automata = (least, self._weekend, *steps, runs.is_on, self._then, self._given, self._began, value)
        near_values(*automata)
        line = np.empty(len(cost), dtype=np.int16)
        if not near_trace(*automata, *self._start, runs.start, line):
            return None
        return float(value[0, *self._start, runs.start]), alike.told(line, cheapest)


def _apart(minutes: Ints, legal: Ints) -> Ints:
    """How far each of the minutes is from the nearest of the legal ones, ascending."""
    known = np.concatenate([[-_FAR], legal, [_FAR]])
    place = np.searchsorted(known, minutes, side="right")
    return np.asarray(np.minimum(minutes - known[place - 1], known[place] - minutes))


def _times(price: float, over: Ints) -> Array:
    """The price of each unit over; nothing costs nothing, whatever the price."""
    return np.array([price * own if own > 0 else 0.0 for own in over.tolist()])


def _counts(person: Person, line: Line) -> list[_Count]:
    """What is counted: shifts by length, or minutes where lengths are many; and limited shifts, those first whose limit
    is nearest."""
    counts = list(_lengths(np.array(person.minutes)))
    times, _ = worked(person, line)
    allowed = np.isfinite(person.cost[:, :-1]).sum(axis=0)
    left = person.caps - times
    for shift in sorted(np.flatnonzero(person.caps < allowed).tolist(), key=lambda own: (left[own], own)):
        alone = (np.arange(len(left)) == shift).astype(np.int64)
        same = [place for place, own in enumerate(counts) if np.array_equal(own.steps, alone)]
        if same:
            counts[same[0]] = replace(counts[same[0]], limited=shift)
        elif 3 * prod(own.size for own in counts) <= max(_STATES, 3 * counts[0].size):
            reach = _SHIFTS if (2 * _SHIFTS + 1) * prod(own.size for own in counts) <= _STATES else 1
            counts.append(_Count(alone, np.arange(-reach, reach + 1), 0, shift))
    return counts


def _lengths(minutes: Ints) -> Iterator[_Count]:
    different = np.unique(minutes)
    if len(different) > _LENGTHS:
        sums = [np.zeros(1, dtype=np.int64)]
        for _ in range(_SHIFTS):
            sums.append(np.unique(sums[-1][:, None] + np.concatenate([-different, [0], different])))
        yield _Count(minutes, sums[-1 if len(sums[-1]) <= _SUMS else -2], 1)
        return
    for length in different.tolist():
        yield _Count((minutes == length).astype(np.int64), np.arange(-_SHIFTS, _SHIFTS + 1), length)


def _following(ahead: Ints, counts: Sequence[_Count], steps: Ints, kinds: Ints) -> Ints:
    """The state after each kind of shift or a day off where the given line has a shift or a day off, shape (shifts + 1,
    states, kinds + 1), -1 outside the corridor."""
    given, done = (np.vstack([own.T, np.zeros(len(counts), dtype=np.int64)]) for own in (steps, kinds))
    new = ahead[None, :, None, :] + done[None, None, :, :] - given[:, None, None, :]
    found, known = np.zeros(new.shape[:-1], dtype=np.int64), np.ones(new.shape[:-1], dtype=np.bool_)
    for place, own in enumerate(counts):
        at = np.minimum(np.searchsorted(own.ahead, new[..., place]), own.size - 1)
        known &= own.ahead[at] == new[..., place]
        found = found * own.size + at
    return np.where(known, found, -1)

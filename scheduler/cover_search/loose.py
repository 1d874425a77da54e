"""A person whose limits over the horizon are priced, as heads are: only runs of days are kept as states."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from desk.compiled import compiled
from scheduler.cover_search.alike import Alike
from scheduler.cover_search.person import Person

Array = npt.NDArray[np.float64]
Line = npt.NDArray[np.int16]
Ints = npt.NDArray[Any]
Bools = npt.NDArray[np.bool_]


@compiled
def loose_line(
    cost: Array,
    heads: Array,
    shift_price: Array,
    able: Ints,
    kind: Ints,
    weekend: Line,
    run_after: Ints,
    run_cost: Array,
    is_on: Bools,
    price: float,
    end: Array,
    run: int,
    line: Line,
    times: Array,
) -> tuple[float, int]:
    """Write the line that costs least and add the ``times`` of each shift in it; what it costs (inf where there is
    none), and the weekends that it begins.

    ``cost`` has a column for each shift that the person is ``able`` to work, and one for a day off. A shift earns the
    price of ``heads`` (days, shifts) and costs ``shift_price``. Shifts of one ``kind`` lead to the same states, the
    columns of ``run_after`` and ``run_cost``, of which the last is a day off. A weekend costs ``price``, ending in a
    run ``end``.
    """
    days, runs, off = len(heads), run_after.shape[0], run_after.shape[1] - 1
    least, cheapest = np.empty((days, off + 1)), np.empty((days, off), np.int16)
    value = np.empty((days + 1, runs))
    value[days] = end
    for day in range(days - 1, -1, -1):
        least[day] = np.inf
        for place in range(len(kind)):
            shift = able[place]
            own = cost[day, place] + shift_price[shift] - heads[day, shift]
            if own < least[day, kind[place]]:
                least[day, kind[place]], cheapest[day, kind[place]] = own, shift
        least[day, off] = cost[day, -1]
        for state in range(runs):
            extra = price if weekend[day] == 1 or (weekend[day] == 2 and not is_on[state]) else 0.0
            best = np.inf
            for action in range(off + 1):
                to = run_after[state, action]
                if to >= 0:
                    own = least[day, action] + run_cost[state, action] + value[day + 1, to]
                    best = min(best, own if action == off else own + extra)
            value[day, state] = best
    least_cost, begun = value[0, run], 0
    for day in range(days if least_cost < np.inf else 0):
        counts = weekend[day] == 1 or (weekend[day] == 2 and not is_on[run])
        best, chosen = np.inf, off
        for action in range(off, -1, -1):
            to = run_after[run, action]
            if to >= 0:
                own = least[day, action] + run_cost[run, action] + value[day + 1, to]
                own += price if counts and action < off else 0.0
                if own < best:
                    best, chosen = own, action
        if chosen < off:
            line[day] = cheapest[day, chosen]
            times[line[day]] += 1
            begun += counts
        run = run_after[run, chosen]
    return least_cost, begun


@dataclass(frozen=True, slots=True)
class Answer:
    """A person's part of a bound, and how far the line found is beyond what the prices are for."""

    bound: float
    line: Line
    length: float
    weekend: int
    times: Array


class Loose:
    """Answers with lines that keep the rules from day to day.

    Parameters
    ----------
    unit : paid minutes of one shift, to which the price of a length belongs.
    """

    def __init__(self, person: Person, weekend: Line, unit: float) -> None:
        self.person, self._weekend, self._unit = person, weekend, unit
        self._inside = slice(person.span.start, person.span.stop)
        self._ends = _kinks(person)
        self._lengths = np.array(person.minutes) / unit
        self._elsewhere = person.elsewhere_cost
        alike, runs = Alike([person.runs.after, person.runs.cost], len(person.minutes)), person.runs
        self._runs = alike.of(runs.after, is_off_last=True), alike.of(runs.cost, is_off_last=True), runs.is_on
        able = np.flatnonzero(np.isfinite(person.cost[self._inside, :-1]).any(axis=0))
        self._kinds = able, alike.kind[able]
        self._cost = np.ascontiguousarray(person.cost[self._inside][:, [*able, -1]])

    def ask(self, heads: Array, length: float, weekend: float, times: Array) -> Answer:
        """The line that costs least at these prices."""
        person, line = self.person, np.full(len(self._weekend), len(self.person.minutes), dtype=np.int16)
        count, inside = np.zeros(len(times)), self._inside
        rules = (*self._kinds, self._weekend[inside], *self._runs, weekend, person.end_run, person.runs.start)
        cost, begun = loose_line(self._cost, heads[inside], length * self._lengths + times, *rules, line[inside], count)
        ends = self._ends[:, 1] - length * self._ends[:, 0] / self._unit
        at = int(np.argmin(ends))
        bound = cost + self._elsewhere + float(ends[at]) - float(times @ person.caps) - weekend * person.weekends
        over = float(count @ self._lengths - self._ends[at, 0] / self._unit)
        return Answer(bound, line, over, begun - person.weekends, count - person.caps)


def _kinks(person: Person) -> Array:
    """The minutes that may be worked in all, and their price, shape (ends, 2), but for those that cost no less than one
    beside them, whatever a minute is worth."""
    minutes = person.legal_lengths
    ends = np.stack([minutes, person.end_price(minutes)], axis=1)
    slope = np.diff(ends[:, 1]) / np.diff(ends[:, 0])
    inner = np.diff(slope) > 0
    return ends[np.concatenate([[True], inner, [True]])] if len(ends) > 2 else ends

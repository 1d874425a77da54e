"""A legal line of one person, found from an illegal one in steps: limits are priced before they hold."""

import numpy as np
import numpy.typing as npt

from scheduler.cover_search.corridor import Corridor
from scheduler.cover_search.line_cost import line_cost, weekends, worked
from scheduler.cover_search.person import Person
from scheduler.cover_search.whole_table import trace, values_to_go

Array = npt.NDArray[np.float64]
Line = npt.NDArray[np.int16]

_STEPS = 60
"""Steps towards the limits, each at most a corridor wide."""
_BISECTIONS = 12
"""Tries for a price of shifts at which a line has about the minutes wanted."""
_DEAR = 100.0
"""What a unit beyond a limit costs, against the dearest head."""


def approached(person: Person, weekend: Line, prices: Array) -> Line | None:
    """A legal line at prices per day and shift; None where the steps end before one is reached.

    The first line keeps the rules from day to day, at a price of weekends and one of shifts that bring it near the
    minutes wanted. From there each step takes the best line near the last one, when what is beyond a limit is dear.
    """
    if not len(person.legal_lengths):
        return None
    dear = _DEAR * (1.0 + float(np.abs(prices).max(initial=0.0)))
    line = loose_line(person, weekend, prices)
    penalty, beyond = np.zeros(len(person.caps)), np.inf
    for _ in range(_STEPS):
        if line is None or line_cost(person, weekend, line) < np.inf:
            return line
        corridor = Corridor(person, weekend, line, dear)
        line = _whole(person, corridor.best(_cost(person, prices - penalty)))
        if line is not None:
            now, over = _beyond(person, weekend, line)
            if now >= beyond and not (over > 0).any():
                return None
            beyond, penalty = now, penalty + dear / _STEPS * np.maximum(0, over)
    return None


def _beyond(person: Person, weekend: Line, line: Line) -> tuple[float, npt.NDArray[np.int64]]:
    """How far a line is beyond the limits over the horizon, in shifts and weekends; and by limited shift."""
    times, minutes = worked(person, line)
    apart = float(np.abs(minutes - person.legal_lengths).min(initial=1e6)) / max(1, *person.minutes)
    spent = max(0, int(weekends(person, weekend, line).sum()) - person.weekends)
    over = np.maximum(0, times - person.caps)
    return apart + spent + float(over.sum()), over


def loose_line(person: Person, weekend: Line, prices: Array) -> Line | None:
    """A line that keeps the rules from day to day, at the price of shifts that brings it nearest to the middle of the
    minutes allowed, or to the most of them where the least are more; None where there is no line."""
    legal = person.legal_lengths if len(person.legal_lengths) else np.array([person.most_minutes])
    low, high = -float(np.abs(prices).max(initial=0.0)) - 1.0, float(np.abs(prices).max(initial=0.0)) + 1.0
    best: tuple[float, Line] | None = None
    for _ in range(_BISECTIONS):
        price = (low + high) / 2
        line = _at_prices(person, weekend, prices - price, high)
        if line is None:
            return None
        over = worked(person, line)[1] - (legal[0] + legal[-1]) / 2
        if best is None or abs(over) < best[0]:
            best = abs(over), line
        low, high = (price, high) if over > 0 else (low, price)
    return None if best is None else best[1]


def _at_prices(person: Person, weekend: Line, prices: Array, weekend_price: float) -> Line | None:
    """The best line when only the rules from day to day bind."""
    inside, runs = slice(person.span.start, person.span.stop), person.runs
    cost, after = _cost(person, prices), np.zeros((1, len(person.caps)), dtype=np.int32)
    value = np.full((len(cost) + 1, 1, 1, len(runs.is_on)), np.inf)
    value[-1] = person.end_run
    automata = (cost, weekend[inside], runs.after, runs.cost, runs.is_on, after)
    values_to_go(*automata, np.ones((len(cost) + 1, 1), dtype=np.bool_), weekend_price, value)
    line = np.empty(len(cost), dtype=np.int16)
    return _whole(person, (0.0, line) if trace(*automata, weekend_price, value, runs.start, line) else None)


def _cost(person: Person, prices: Array) -> Array:
    inside = slice(person.span.start, person.span.stop)
    cost = person.cost[inside].copy()
    cost[:, :-1] -= prices[inside]
    return cost


def _whole(person: Person, found: tuple[float, Line] | None) -> Line | None:
    """A line of the days of employment as one of the whole horizon."""
    if found is None:
        return None
    line = np.full(len(person.cost), len(person.caps), dtype=np.int16)
    line[person.span.start : person.span.stop] = found[1]
    return line

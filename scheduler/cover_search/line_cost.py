"""What one given line costs alone, by the same automata as the best line."""

from typing import Any

import numpy as np
import numpy.typing as npt

from desk.compiled import compiled
from scheduler.cover_search.person import Person

Line = npt.NDArray[np.int16]
Array = npt.NDArray[np.float64]
Ints = npt.NDArray[Any]


@compiled
def steps_cost(line: Line, cost: Array, run_after: Ints, run_cost: Array, run: int) -> tuple[float, int]:
    """Cost of the days, and the last state of the runs, -1 where a hard rule is broken."""
    total = 0.0
    for day in range(len(line)):
        action = line[day]
        if cost[day, action] == np.inf or run_after[run, action] < 0:
            return np.inf, -1
        total += cost[day, action] + run_cost[run, action]
        run = run_after[run, action]
    return total, run


@compiled
def ends_of_runs(line: Line, run_after: Ints, run_cost: Array, end_run: Array, costs: Array) -> None:
    """Fill ``costs`` with what each state of the runs costs when ``line`` follows, inf where it may not."""
    for start in range(len(costs)):
        total, run = 0.0, start
        for day in range(len(line)):
            if run_after[run, line[day]] < 0:
                total = np.inf
                break
            total += run_cost[run, line[day]]
            run = run_after[run, line[day]]
        costs[start] = total + end_run[run]


def line_cost(person: Person, weekend: Line, line: Line) -> float:
    """Currency of a line over the horizon, inf where a hard rule is broken."""
    inside = slice(person.span.start, person.span.stop)
    runs = person.runs
    days, run = steps_cost(line[inside], person.cost[inside], runs.after, runs.cost, runs.start)
    times, minutes = worked(person, line)
    if run < 0 or (times > person.caps).any() or minutes > person.most_minutes:
        return np.inf
    over = int(weekends(person, weekend, line).sum()) - person.weekends
    price = over * person.weekend_price if over > 0 else 0.0
    end = float(person.end_price(np.asarray(minutes)))
    return float(days + price + person.end_run[run] + end + person.elsewhere_cost)


def weekends(person: Person, weekend: Line, line: Line) -> npt.NDArray[np.bool_]:
    """The days on which a line begins a weekend's work, shape (days,)."""
    on = line < len(person.caps)
    eve = np.concatenate([[bool(person.runs.is_on[person.runs.start]) and person.span.start == 0], on[:-1]])
    return np.asarray(on & ((weekend == 1) | ((weekend == 2) & ~eve)))


def worked(person: Person, line: Line) -> tuple[npt.NDArray[np.int64], int]:
    """Times of each shift, and paid minutes, in a line or a piece of one."""
    times = np.bincount(line, minlength=len(person.caps) + 1)[: len(person.caps)]
    return times, int(times @ np.array(person.minutes))

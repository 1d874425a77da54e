"""All lines of a person that could be part of a roster better than the best known."""

from typing import Any

import numpy as np
import numpy.typing as npt

from desk.compiled import compiled

Array = npt.NDArray[np.float64]
Ints = npt.NDArray[Any]


@compiled
def list_lines(
    cost: Array,
    weekend: npt.NDArray[np.int16],
    run_after: Ints,
    run_cost: Array,
    is_on: npt.NDArray[np.bool_],
    after: Ints,
    price: float,
    value: Array,
    run: int,
    most: float,
    lines: npt.NDArray[np.int16],
) -> int:
    """Write the lines that cost at most ``most``, by depth; their number, -1 where there are more than ``lines``
    holds. ``value`` is the least cost to the end from every state."""
    days, shifts = cost.shape[0], cost.shape[1] - 1
    state, spent, runs = np.zeros(days + 1, np.int64), np.zeros(days + 1, np.int64), np.zeros(days + 1, np.int64)
    paid = np.zeros(days + 1)
    action = np.full(days + 1, -1, np.int64)
    runs[0], day, found = run, 0, 0
    while day >= 0:
        if day == days:
            if found == len(lines):
                return -1
            lines[found] = action[:days]
            found += 1
            day -= 1
            continue
        action[day] += 1
        if action[day] > shifts:
            action[day] = -1
            day -= 1
            continue
        own = action[day]
        then = run_after[runs[day], own]
        if cost[day, own] == np.inf or then < 0:
            continue
        total = paid[day] + cost[day, own] + run_cost[runs[day], own]
        state[day + 1], spent[day + 1] = state[day], spent[day]
        if own < shifts:
            state[day + 1] = after[state[day], own]
            if state[day + 1] < 0:
                continue
            if weekend[day] == 1 or (weekend[day] == 2 and not is_on[runs[day]]):
                spent[day + 1] += 1
                if spent[day + 1] == value.shape[2]:
                    spent[day + 1] -= 1
                    total += price
        if total + value[day + 1, state[day + 1], spent[day + 1], then] <= most:
            runs[day + 1], paid[day + 1] = then, total
            day += 1
    return found

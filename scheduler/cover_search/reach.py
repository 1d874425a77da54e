"""Which states of a person's tally can be reached, and lead anywhere."""

from typing import Any

import numpy as np
import numpy.typing as npt

from desk.compiled import compiled

Ints = npt.NDArray[Any]
Bools = npt.NDArray[np.bool_]


@compiled
def live_states(after: Ints, allowed: Bools, ends: Bools, live: Bools) -> None:
    """Mark the states of the tally, per day, that can be reached and from which the horizon can end."""
    days, shifts = allowed.shape
    live[0, 0] = True
    for day in range(days):
        for state in range(len(after)):
            if live[day, state]:
                live[day + 1, state] = True
                for shift in range(shifts):
                    if allowed[day, shift] and after[state, shift] >= 0:
                        live[day + 1, after[state, shift]] = True
    live[days] &= ends
    for day in range(days - 1, -1, -1):
        for state in range(len(after)):
            if live[day, state]:
                found = live[day + 1, state]
                for shift in range(shifts):
                    if allowed[day, shift] and after[state, shift] >= 0 and live[day + 1, after[state, shift]]:
                        found = True
                live[day, state] = found


@compiled
def most_minutes(allowed: Bools, run_after: Ints, start: int, minutes: Ints, passed: Ints, to_come: Ints) -> None:
    """Fill ``passed`` and ``to_come`` (days + 1) with the most minutes that the runs allow before each day and from it
    on."""
    days, shifts = allowed.shape
    runs = len(run_after)
    now, then = np.full(runs, -1, np.int64), np.full(runs, -1, np.int64)
    now[start] = 0
    for day in range(days):
        passed[day] = now.max()
        then[:] = -1
        for run in range(runs):
            if now[run] >= 0:
                for action in range(shifts + 1):
                    to = run_after[run, action]
                    if to >= 0 and (action == shifts or allowed[day, action]):
                        then[to] = max(then[to], now[run] + (0 if action == shifts else minutes[action]))
        now, then = then, now
    passed[days] = now.max()
    now[:] = 0
    for day in range(days, -1, -1):
        to_come[day] = now.max()
        then[:] = 0
        if day > 0:
            for run in range(runs):
                for action in range(shifts + 1):
                    to = run_after[run, action]
                    if to >= 0 and (action == shifts or allowed[day - 1, action]):
                        then[run] = max(then[run], now[to] + (0 if action == shifts else minutes[action]))
        now, then = then, now

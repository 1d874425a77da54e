"""Prices of the rows that couple people: of everybody's relaxation, or of one of fewer, the less time there is."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from scheduler.adapter import Limits, Relaxed, Solver, Task
from scheduler.crew import Crew
from scheduler.delegates import are_needed, delegated_prices
from scheduler.master import Master
from scheduler.watch import Watch

Array = npt.NDArray[np.float64]

_FOR_EVERYBODY = 0.35
"""Part of the time left that a relaxation of everybody may be expected to take."""
_IF_BUSY = 0.6
"""The same where it is known how much longer it takes as others work on the machine, too."""
_AFTER_A_CUT = 4.0
"""How many times as slow as it seemed everything is where one was cut."""
_FOR_NEXT = 0.5
"""Part of the time left that the next one may take."""
_LEAST_S, _TRIES = 0.5, 2
"""Seconds below which none is begun, and how many of delegates are."""
_FEWEST = 3
"""People of whom some can stand for the others."""


def joint_prices(
    crew: Crew, master: Master, task: Task, solver: Solver, limits: Limits, watch: Watch, left_s: float, slow: float
) -> tuple[Relaxed | None, Array | None]:
    """The relaxation of everybody, None where it was not asked for or did not end, and the best prices; None where
    there was no time for any.

    Parameters
    ----------
    left_s : seconds that are left for searching.
    slow : seconds by the clock for each one of the processor.
    """
    relaxed, ends_s = None, watch.elapsed_s() + left_s
    if not watch.over and not are_needed(crew, task.program, min(_FOR_EVERYBODY, _IF_BUSY / slow) * left_s):
        relaxed, slow = solver.relax(task, limits, watch), slow * _AFTER_A_CUT
        if relaxed is not None and relaxed.is_optimal:
            return relaxed, relaxed.prices
        limits = _next(limits, watch, ends_s)
    for _ in range(_TRIES):
        if watch.over or limits.seconds < _LEAST_S or len(crew.solos) < _FEWEST:
            break
        prices = delegated_prices(crew, master, task.program, solver, limits, watch, slow)
        if prices is not None:
            return relaxed, prices
        limits, slow = _next(limits, watch, ends_s), slow * _AFTER_A_CUT
    return relaxed, None


def _next(limits: Limits, watch: Watch, ends_s: float) -> Limits:
    return replace(limits, seconds=_FOR_NEXT * (ends_s - watch.elapsed_s()))

"""The master searched as a whole: for desks small enough that branch and cut proves something."""

import numpy as np

from scheduler.adapter import Limits, Solver, Start, Task
from scheduler.crew import Crew
from scheduler.master import Master
from scheduler.watch import Watch

_LARGEST = 40_000
"""Non-zeros of the matrix up to which branch and cut is given a share of the time."""
_SHARE = 0.7


def is_small(task: Task) -> bool:
    """Whether branch and cut may prove something in good time."""
    return int(task.program.matrix.nnz) <= _LARGEST


def search_whole(
    crew: Crew, master: Master, task: Task, solver: Solver, limits: Limits, bound: float, watch: Watch
) -> float:
    """Branch and cut on the master from the crew's lines; better lines are taken over.

    Returns
    -------
    The better of ``bound`` and the bound proven here.
    """
    done = crew.cost - bound <= limits.gap * abs(crew.cost)
    if done or watch.over or not is_small(task):
        return bound
    own = Limits(_SHARE * limits.seconds, limits.gap, limits.seed, limits.threads, nodes=limits.nodes)
    found = solver.search(task, own, watch, _start(crew, master))
    if found.values is not None:
        held = {code: crew.take(code) for code in master.lines}
        for code, line in master.lines.items():
            chosen = {day: shift for (day, shift), var in line.x.items() if found.values[var.index] > 0.5}
            crew.put(code, crew.solos[code].choice(chosen))
        crew.settle(held)
    return max(bound, found.bound)


def _start(crew: Crew, master: Master) -> Start:
    own = {code: choice.line for code, choice in crew.choices.items()}
    pairs = [
        (var.index, float(own[code].get(day) == shift))
        for code, line in master.lines.items()
        for (day, shift), var in line.x.items()
    ]
    columns, values = zip(*pairs, strict=True) if pairs else ((), ())
    return Start(np.array(columns, dtype=np.int32), np.array(values))

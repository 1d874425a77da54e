"""Small desks as one program: branch and cut closes most of them before tables and columns would be made."""

from dataclasses import dataclass

import numpy as np

from scheduler.adapter import Limits, Solver, Task
from scheduler.cover_search.problem import Lines
from scheduler.demand import Demand
from scheduler.facts import Facts
from scheduler.master import StoppedError, build_heads
from scheduler.watch import Watch

_LARGEST = 3_000
"""People x days x shifts up to which the whole is tried."""
_SHARE, _LONGEST_S = 0.05, 5.0
"""Part of the time left that it may take, and seconds at most."""
_SHARE_OF_STEPS = 0.5
"""Part of the time left where steps are counted, not seconds: two runs are the same only where time cuts neither."""


@dataclass(frozen=True, slots=True)
class Tried:
    """The cheapest lines found and a proven bound on the cost of all rosters."""

    lines: Lines
    bound: float


def tried_whole(facts: Facts, demand: Demand, solver: Solver, watch: Watch) -> Tried | None:
    """What one program over everybody's days finds in a part of the time; None where the desk is large, where hard
    rules contradict each other, and where it finds no roster."""
    own = facts.desk.settings.scheduler
    if len(facts.agents) * facts.n_days * len(facts.shifts) > _LARGEST:
        return None
    try:
        ruled = build_heads(facts, demand, dict.fromkeys(facts.agents, 0.0), watch)
    except StoppedError:
        return None
    seconds = min(_LONGEST_S, _SHARE * watch.left_s()) if own.steps is None else _SHARE_OF_STEPS * watch.left_s()
    limits = Limits(seconds, own.gap, own.seed, nodes=own.steps)
    found = solver.search(Task(ruled.model), limits, watch)
    if found.values is None:
        return None
    number = {code: place for place, code in enumerate(facts.shifts)}
    lines = np.full((len(facts.agents), facts.n_days), len(number), dtype=np.int16)
    for at, line in enumerate(ruled.lines.values()):
        for (day, shift), var in line.x.items():
            if found.values[var.index] > 0.5:
                lines[at, day] = number[shift]
    return Tried(lines, found.bound)

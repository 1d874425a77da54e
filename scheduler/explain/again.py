"""Everybody's answer to a change of a finished plan: a walk of fixed length from the plan as it stands."""

import numpy as np

from scheduler.adapter import Task
from scheduler.anneal import descend
from scheduler.cooling import Goal
from scheduler.crew import Crew
from scheduler.master import build_rules
from scheduler.swift.pace import first_pace
from scheduler.swift.search import Swift, readable
from scheduler.watch import Watch
from scheduler.whole_sessions import keep_sessions_whole

_STEPS = 100_000
"""Steps of a walk at most."""
_NO_GOAL = Goal(-np.inf, 0.0)


def walk_on(crew: Crew, rng: np.random.Generator, steps: int = _STEPS) -> None:
    """Let everybody of a crew who may choose answer; it ends no dearer."""
    watch = Watch(np.inf)
    rules = build_rules(
        crew.facts, {code: crew.solos[code].bend if code in crew.solos else 0.0 for code in crew.facts.agents}
    )
    law = readable(crew, rules, Task(rules.model))
    if law is None:
        descend(crew, rng, watch)
    else:
        Swift(crew, law).search(_NO_GOAL, first_pace(crew, steps, is_warm=True), np.inf, rng, watch)
    keep_sessions_whole(crew)

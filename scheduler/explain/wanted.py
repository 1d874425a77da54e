"""Where more people are wanted at once than can be there, whatever the rest of the roster does."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from desk import Desk
from scheduler.activity import read_activities
from scheduler.demand import Heads, read_demand
from scheduler.facts import Agent, Facts, Shift, read_facts
from scheduler.line import workable
from scheduler.span import Grid

Counts = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Want:
    """People wanted at one place and time: ``kind`` is presence, cover_queue, cover_shift or activity, ``name`` the
    queue, shift or activity, ``at`` the interval (of a shift: the day)."""

    kind: str
    name: str
    at: int
    required: float
    able: float

    @property
    def queue(self) -> str:
        """The queue, where one is asked."""
        return self.name if self.kind in ("presence", "cover_queue") else ""

    @property
    def missing(self) -> int:
        """People who are missing; nobody comes in part."""
        return math.ceil(self.required - self.able)


def short_of(desk: Desk, kind: str = "", name: str = "") -> list[Want]:
    """Everything of that kind and name, or of any, for which too few people can be there."""
    facts = read_facts(desk)
    grid = Grid(facts)
    wants = [*_of_queues(facts, grid, kind, name), *_of_shifts(facts), *_of_activities(facts, grid)]
    return [own for own in wants if kind in ("", own.kind) and name in ("", own.name)]


def _of_queues(facts: Facts, grid: Grid, kind: str, name: str) -> Iterator[Want]:
    demand = read_demand(facts.desk, None)
    for own_kind, heads in (("presence", demand.presence), ("cover_queue", demand.cover)):
        for queue, wanted in heads.items():
            if kind in ("", own_kind) and name in ("", queue):
                yield from _short(own_kind, queue, wanted, able_at(facts, grid, queue))


def _short(kind: str, queue: str, wanted: Heads, able: Counts) -> Iterator[Want]:
    for at in np.flatnonzero(wanted.required > able).tolist():
        yield Want(kind, queue, at, float(wanted.required[at]), float(able[at]))


def able_at(facts: Facts, grid: Grid, queue: str) -> Counts:
    """How many people at most can sit at a queue in each interval, each counted alone; a break can be moved, but a
    shift that is all break there gives nobody, and who is to be trained for the queue counts from the end of the first
    session that there could be."""
    count = np.zeros(grid.n)
    trainings = [own for own in read_activities(facts, grid) if own.grants == queue]
    for code, agent in facts.agents.items():
        if queue in agent.skills:
            known_from = max((own.first + own.length for own in trainings if code in own.who), default=0)
            count[known_from:] += _there(facts, grid, agent)[known_from:]
    return count


def _there(facts: Facts, grid: Grid, agent: Agent) -> Counts:
    there = np.zeros(grid.n)
    eve = facts.shifts.get(agent.past.get(-1, ""))
    worked = [(-1, eve)] if eve is not None else []
    for day, shift in [*worked, *workable(facts, agent)]:
        if shift.takes_duty:
            span = grid.span(day, shift)
            inside = span.inside(grid.n)
            there[inside.start : inside.stop] = 1.0
    return there


def _of_shifts(facts: Facts) -> Iterator[Want]:
    cover = read_demand(facts.desk, None).shift_cover
    if cover:
        able: dict[tuple[int, str], int] = {}
        for agent in facts.agents.values():
            for day, shift in workable(facts, agent):
                able[day, shift.code] = able.get((day, shift.code), 0) + 1
        for own in cover:
            if own.required > able.get((own.day, own.shift), 0):
                yield Want("cover_shift", own.shift, own.day, own.required, float(able.get((own.day, own.shift), 0)))


def _of_activities(facts: Facts, grid: Grid) -> Iterator[Want]:
    """Activities in whose window nobody of those invited can be on shift."""
    for activity in read_activities(facts, grid):
        people = [facts.agents[code] for code in activity.who]
        spans = (grid.span(day, shift) for own in people for day, shift in _seated(facts, own))
        if people and not any(activity.meets(span) for span in spans):
            yield Want("activity", activity.name, activity.first, 1.0, 0.0)


def _seated(facts: Facts, agent: Agent) -> Iterable[tuple[int, Shift]]:
    return ((day, shift) for day, shift in workable(facts, agent) if shift.takes_duty)

"""A start from the relaxation: people are seated one after the other into the coverage that the relaxation gives to
those still to come."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from scheduler.crew import Crew
from scheduler.master import Master

Array = npt.NDArray[np.float64]

_NOTHING = 1e-6


def guided(crew: Crew, master: Master, values: Array, rng: np.random.Generator) -> None:
    """Give everybody a new line, kept only if the whole is cheaper than before.

    Each person in turn leaves the relaxation's part in the coverage and takes the best line and seats in what is left;
    so each line is chosen at the margin of a plan that is nearly optimal.
    """
    before = crew.snapshot()
    parts = dict(_parts(crew, master, values))
    starts = {code: crew.take(code).choice for code in list(crew.choices)}
    for effective, heads in parts.values():
        crew.board.imagine(effective, heads, 1)
    order = np.array(sorted(starts))
    rng.shuffle(order)
    for code in map(str, order):
        if code in parts:
            crew.board.imagine(*parts[code], -1)
        crew.insert(code, starts[code])
    crew.cost = crew.measured()
    if crew.cost >= before.cost:
        crew.restore(before)


def _parts(crew: Crew, master: Master, values: Array) -> Iterator[tuple[str, tuple[Array, Array]]]:
    """Agent -> effective agents and heads that the relaxation has of the person, per interval and queue."""
    for number, group in enumerate(master.presence.groups):
        roles = _role_shares(master, number, values, crew.board.demand.n)
        for code in group.mass:
            there = _there(crew, master, number, code, values)
            skills = crew.facts.agents[code].skills
            effective, heads = np.zeros_like(crew.board.effective), np.zeros_like(crew.board.heads)
            for place, queue in enumerate(group.queues):
                column = crew.board.demand.queues.index(queue)
                heads[:, column] = there * roles[:, place]
                speed = 1.0 if crew.board.demand.counts_heads_only else skills[queue]
                effective[:, column] = heads[:, column] * speed
            yield code, (effective, heads)


def _role_shares(master: Master, number: int, values: Array, n: int) -> Array:
    """Per interval, the parts of a group in its queues; equal where nobody is there."""
    queues = master.presence.groups[number].queues
    mass = np.zeros((n, len(queues)))
    for place, queue in enumerate(queues):
        for at in range(n):
            own = dict(master.presence.mass.get((queue, at), []))
            mass[at, place] = max(0.0, values[own[number].index]) if number in own else 0.0
    total = mass.sum(axis=1, keepdims=True)
    return np.where(total > _NOTHING, mass / np.maximum(total, _NOTHING), 1 / len(queues))


def _there(crew: Crew, master: Master, number: int, code: str, values: Array) -> Array:
    """How much of a person is at work and not on break, per interval."""
    n = crew.board.demand.n
    there = np.zeros(n)
    for (day, shift), var in master.lines[code].x.items():
        part = values[var.index]
        if part > _NOTHING and crew.facts.shifts[shift].takes_duty:
            span = crew.board.grid.span(day, crew.facts.shifts[shift])
            inside = span.inside(n)
            there[inside.start : inside.stop] += part
            for at, share in _break_shares(master, (number, day, shift), values).items():
                there[max(0, at) : min(n, at + span.break_len)] -= part * share
    return np.maximum(0.0, there)


def _break_shares(master: Master, key: tuple[int, int, str], values: Array) -> dict[int, float]:
    starts = {at: max(0.0, float(values[var.index])) for at, var in master.presence.breaks.get(key, {}).items()}
    total = sum(starts.values())
    return {at: own / total for at, own in starts.items()} if total > _NOTHING else {}

"""The board: who sits where, interval by interval, and what the next person would be worth."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scheduler.backlog import Work, run, worth_per_h
from scheduler.demand import Demand
from scheduler.facts import Agent, Facts
from scheduler.span import Grid

Array = npt.NDArray[np.float64]
Roles = npt.NDArray[np.int8]

AWAY = -2
"""The role number of an interval at an activity."""
_NOBODY = np.empty(0, dtype=np.int8)
_NOTHING = np.empty(0)


@dataclass(frozen=True, slots=True, eq=False)
class Seat:
    """One person on one day: the shift, and per interval of it the number of the queue among the person's own, BREAK,
    or AWAY; without roles where the shift takes no duty. ``charge`` is what switches, and blocks and breaks not as they
    are wanted, cost."""

    shift: str
    roles: Roles
    charge: float


class Board:
    """Seats of everybody, with the effective agents and heads that they add up to, shape (intervals, queues).

    ``away`` marks the intervals of a person's activities, ``forbidden`` is a charge per interval and own queue where
    the person may not take the queue yet. ``urgency`` is what an hour of deferrable work is taken for in `gains`, as a
    part of what it saves if it comes alone: many hours of one person at once save less.
    """

    def __init__(self, facts: Facts, demand: Demand, grid: Grid) -> None:
        self.facts, self.demand, self.grid = facts, demand, grid
        self.effective = np.zeros((demand.n, len(demand.queues)))
        self.heads = np.zeros_like(self.effective)
        self.seats: dict[str, dict[int, Seat]] = {code: {} for code in facts.agents}
        self.on_shift: dict[tuple[int, str], int] = {}
        self.charges = 0.0
        self.urgency = 1.0
        self.away = {code: np.zeros(demand.n, dtype=np.bool_) for code in facts.agents}
        self.forbidden = {code: np.zeros((demand.n, len(agent.skills))) for code, agent in facts.agents.items()}
        self._queues = {code: self._numbers(agent) for code, agent in facts.agents.items()}
        self._speed = {code: self._speeds(agent) for code, agent in facts.agents.items()}
        self._cost = np.zeros_like(self.effective)
        self._changed = np.ones(demand.n, dtype=np.bool_)
        self._late: dict[str, tuple[Array, float]] = {}

    def seat(self, agent: str, day: int, seat: Seat) -> None:
        """Put a person on a shift."""
        self.seats[agent][day] = seat
        self._count(agent, day, seat, 1)

    def leave(self, agent: str, day: int) -> None:
        """Take a person off a day."""
        self._count(agent, day, self.seats[agent].pop(day), -1)

    def is_barred(self, agent: str) -> bool:
        """Whether the person sits anywhere untrained."""
        for day, seat in self.seats[agent].items():
            span = self.grid.span(day, self.facts.shifts[seat.shift])
            inside = span.inside(self.demand.n) if len(seat.roles) else range(0)
            roles = seat.roles[inside.start - span.first : inside.stop - span.first] if len(inside) else _NOBODY
            there = np.flatnonzero(roles >= 0)
            if self.forbidden[agent][inside.start + there, roles[there]].any():
                return True
        return False

    def imagine(self, effective: Array, heads: Array, sign: int) -> None:
        """Add (or take away again) people who have no seat yet, whole or in part."""
        self.effective += sign * effective
        self.heads += sign * heads
        self._changed[:] = True

    def cost(self) -> float:
        """Cost of curves, headcounts, presence, late work, and what the seats are charged."""
        late = sum(self._late_cost(queue, work) for queue, work in self.demand.work.items())
        return float(self._costs().sum()) + late + self.charges

    def gains(self, agent: Agent) -> Array:
        """What the person would save in each interval at each of the own queues, shape (intervals, own queues)."""
        before = self._costs()
        everywhere = np.arange(self.demand.n)
        found = -self.forbidden[agent.code]
        for own, number in enumerate(self._queues[agent.code].tolist()):
            speed = self._speed[agent.code][own]
            effective, heads = self.effective[:, number] + speed, self.heads[:, number] + 1
            found[:, own] += before[:, number] - self.demand.interval_cost(number, effective, heads, everywhere)
            found[:, own] += self._work_gain(self.demand.queues[number], speed)
        return found

    def absence_cost(self, people: Sequence[str], intervals: npt.NDArray[np.int64]) -> float:
        """What it costs at once when all of ``people`` leave their queues for ``intervals``."""
        effective, heads = np.zeros((len(intervals), len(self.demand.queues))), np.zeros_like(self.effective[intervals])
        place = {at: number for number, at in enumerate(intervals.tolist())}
        for code in people:
            for day, seat in self.seats[code].items():
                span = self.grid.span(day, self.facts.shifts[seat.shift])
                for at in set(span.inside(self.demand.n)) & place.keys():
                    role = int(seat.roles[at - span.first]) if len(seat.roles) else AWAY
                    if role >= 0:
                        number = int(self._queues[code][role])
                        effective[place[at], number] += self._speed[code][role]
                        heads[place[at], number] += 1
        before = self._costs()[intervals].sum()
        after = [
            self.demand.interval_cost(
                number,
                self.effective[intervals, number] - effective[:, number],
                self.heads[intervals, number] - heads[:, number],
                intervals,
            ).sum()
            for number in range(len(self.demand.queues))
        ]
        return float(sum(after) - before)

    def _numbers(self, agent: Agent) -> npt.NDArray[np.int64]:
        return np.array([self.demand.queues.index(queue) for queue in agent.skills], dtype=np.int64)

    def _speeds(self, agent: Agent) -> Array:
        return np.array([1.0 if self.demand.counts_heads_only else own for own in agent.skills.values()])

    def _count(self, agent: str, day: int, seat: Seat, sign: int) -> None:
        if day >= 0:
            key = (day, seat.shift)
            self.on_shift[key] = self.on_shift.get(key, 0) + sign
            self.charges += sign * seat.charge
        if not len(seat.roles):
            return
        span = self.grid.span(day, self.facts.shifts[seat.shift])
        inside = span.inside(self.demand.n)
        roles = seat.roles[inside.start - span.first : inside.stop - span.first]
        there = roles >= 0
        at = np.arange(inside.start, inside.stop)[there]
        queues = self._queues[agent][roles[there]]
        self.effective[at, queues] += sign * self._speed[agent][roles[there]]
        self.heads[at, queues] += sign
        self._changed[at] = True

    def _costs(self) -> Array:
        """Cost per interval and queue; only what changed is worked out anew."""
        at = np.flatnonzero(self._changed)
        if len(at):
            for number in range(len(self.demand.queues)):
                there = self.effective[at, number], self.heads[at, number]
                self._cost[at, number] = self.demand.interval_cost(number, *there, at)
            self._changed[:] = False
        return self._cost

    def _capacity_h(self, queue: str) -> Array:
        return np.asarray(self.demand.interval_h * self.effective[:, self.demand.queues.index(queue)])

    def _late_cost(self, queue: str, work: Work) -> float:
        """Cost of the late work; worked out anew only where somebody came or went."""
        capacity = self._capacity_h(queue)
        known, cost = self._late.get(queue, (_NOTHING, 0.0))
        if not np.array_equal(known, capacity):
            cost = run(work, capacity).cost
            self._late[queue] = capacity, cost
        return cost

    def _work_gain(self, queue: str, speed: float) -> Array | float:
        work = self.demand.work.get(queue)
        if work is None:
            return 0.0
        backlog = run(work, self._capacity_h(queue))
        return self.urgency * self.demand.interval_h * speed * worth_per_h(work, backlog)

"""A bound in which everybody answers prices with a whole line and whole seats: breaks, blocks, switches and proficiency
are what they are, not fractions of a group."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from scheduler.activity import Activity
from scheduler.adapter import Task
from scheduler.backlog import run, worth_by_case
from scheduler.crew import Crew
from scheduler.facts import Agent
from scheduler.invitation import Invitation, Shifts
from scheduler.master import Master
from scheduler.model import Label
from scheduler.seating import Seating
from scheduler.session_charge import invitations
from scheduler.watch import Watch

Array = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]

_GROUPED = frozenset({"mass", "break", "presence", "sessions", "attends"})
"""Rows that tell where groups sit; people's own seats stand for them."""
_SEATED = {"curve": (-1.0, 0.0), "served": (0.0, 0.0), "under": (0.0, 1.0), "over": (0.0, 1.0)}
"""Rows that ask for people at a queue: what an effective agent and a head add to them; "served" counts hours."""
_CELL = 3
"""Parts of the label of a row about one queue and interval; what is of one case has that as another."""
_HALF = 0.5


class SeatBound:
    """The bound of a desk as a function of the prices of the rows that couple people.

    Rows over the masses of groups are left out of the master; each person's worth of a shift is the best way to spend
    it at the prices. Where not every way is listed, or the shift reaches beyond the horizon, blocks and switches are
    left out, so the worth is never too small. Who works in the window of an activity attends where it takes least, or
    is missed (``session_charge.py``).
    Source: Dantzig and Wolfe 1960; Geoffrion 1974.
    """

    def __init__(self, crew: Crew, master: Master, task: Task) -> None:
        self._crew, self._master, self._program = crew, master, task.program
        labels = master.model.row_labels
        self._seats = _seat_rows(crew, labels)
        self._kept = np.array([label[0] not in _GROUPED for label in labels], dtype=np.bool_)
        self._kept[: master.own_rows] = False
        coupled = np.array([label[0] != "role" for label in master.model.labels], dtype=np.bool_)
        for own in master.own_variables.values():
            coupled[own.start : own.stop] = False
        self._coupled = np.flatnonzero(coupled)
        self._kinds = _kinds(crew)

    def projected(self, prices: Array) -> Array:
        """The nearest prices that prove anything: those of rows that stay, of the sign that their limits allow."""
        low, high = self._program.row_lower, self._program.row_upper
        signed = np.where(np.isfinite(low), prices, np.minimum(prices, 0.0))
        signed = np.where(np.isfinite(high), signed, np.maximum(signed, 0.0))
        return np.where(self._kept, signed, 0.0)

    def margins(self) -> Array:
        """Prices read from the plan as it is: what half an agent more or less at each queue would change."""
        prices = np.zeros(len(self._kept))
        demand, board = self._crew.demand, self._crew.board
        everywhere = np.arange(demand.n)
        found: dict[Label, Array] = {}
        for number, queue in enumerate(demand.queues):
            there, heads = board.effective[:, number], board.heads[:, number]
            if queue in demand.curves:
                curve = demand.curves[queue]
                low = np.maximum(0.0, there - _HALF)
                rise = curve.value(there + _HALF, everywhere) - curve.value(low, everywhere)
                found["curve", queue] = rise / (there + _HALF - low)
            if queue in demand.work:
                work = demand.work[queue]
                worth = worth_by_case(work, run(work, demand.interval_h * there))
                found["backlog", queue], found["served", queue] = worth.T, -worth.sum(axis=0)
            wanted = demand.presence.get(queue, demand.cover.get(queue))
            if wanted is not None:
                found["under", queue] = np.where(heads < wanted.required, wanted.under_cost, 0.0)
        for row, label in enumerate(self._master.model.row_labels):
            if len(label) >= _CELL and label[:2] in found:
                prices[row] = found[label[:2]][tuple(int(str(own)) for own in label[2:])]
        return prices

    def proven(self, prices: Array, watch: Watch, seconds: float = np.inf) -> float:
        """The bound at ``prices``; who is asked after so many ``seconds`` may answer with fractions of lines, and who
        can't be asked before the work has to end counts with the best shift of every day."""
        whole_until_s = watch.elapsed_s() + seconds
        program, own = self._program, self.projected(prices)
        side = np.where(own > 0, program.row_lower, program.row_upper)
        reduced = program.cost - program.transposed @ own
        total = program.constant + float((own * np.where(own != 0, side, 0.0)).sum())
        total += float(np.minimum(0.0, reduced[self._coupled]) @ program.upper[self._coupled])
        gains = self._seats.gains(own, self._crew)
        total -= _carried(self._crew, gains)
        for kind in self._kinds:
            worth, invited = kind.answer(gains)
            for agent in kind.people:
                is_whole, is_asked = watch.elapsed_s() <= whole_until_s, watch.tell()
                watch.was_cut |= not is_whole
                total += self._least(agent, reduced, worth, invited, is_whole=is_whole, is_asked=is_asked)
        return total

    def _least(
        self,
        agent: Agent,
        reduced: Array,
        worth: Mapping[Shifts, float],
        invited: Sequence[Invitation],
        *,
        is_whole: bool,
        is_asked: bool,
    ) -> float:
        own = self._master.own_variables[agent.code]
        cost = reduced[own.start : own.stop].copy()
        lines = self._master.lines[agent.code].x
        for key, var in lines.items():
            cost[var.index - own.start] -= worth.get(key, 0.0)
        if is_asked:
            return self._crew.solos[agent.code].least(cost, invited, is_whole=is_whole)
        best: dict[int, float] = {}
        for (day, _), var in lines.items():
            best[day] = min(best.get(day, 0.0), float(cost[var.index - own.start]))
            cost[var.index - own.start] = 0.0
        return sum(best.values()) + float(np.minimum(0.0, cost) @ self._program.upper[own.start : own.stop])


@dataclass(frozen=True)
class _SeatRows:
    """The rows that ask for people: their numbers, cells (interval, queue), and what an effective agent and a head
    add."""

    rows: Numbers
    at: Numbers
    queue: Numbers
    per_effective: Array
    per_head: Array

    def gains(self, prices: Array, crew: Crew) -> "Gains":
        """What an effective agent and a head save in each cell."""
        effective, heads = np.zeros_like(crew.board.effective), np.zeros_like(crew.board.heads)
        np.add.at(effective, (self.at, self.queue), self.per_effective * prices[self.rows])
        np.add.at(heads, (self.at, self.queue), self.per_head * prices[self.rows])
        return Gains(effective, heads)


def _seat_rows(crew: Crew, labels: Sequence[Label]) -> _SeatRows:
    demand = crew.demand
    number = {queue: place for place, queue in enumerate(demand.queues)}
    found = []
    for row, label in enumerate(labels):
        if label[0] in _SEATED and label[1] in number:
            effective, head = _SEATED[str(label[0])]
            share = -demand.interval_h if label[0] == "served" else effective
            found.append((row, label[2], number[str(label[1])], share, head))
    table = np.array(found, dtype=np.float64).reshape(-1, 5)
    rows, at, queue = table[:, :3].astype(np.int64).T
    return _SeatRows(rows, at, queue, table[:, 3], table[:, 4])


@dataclass(frozen=True, slots=True)
class Gains:
    effective: Array
    heads: Array

    def of(self, queues: Numbers, speeds: Array) -> Array:
        """What somebody saves in each interval and own queue."""
        return self.effective[:, queues] * speeds + self.heads[:, queues]


@dataclass(frozen=True)
class _Kind:
    """People with the same queues, proficiencies and activities."""

    crew: Crew
    people: tuple[Agent, ...]
    activities: tuple[Activity, ...] = ()

    @cached_property
    def queues(self) -> Numbers:
        """Numbers of the queues."""
        names = self.crew.demand.queues
        return np.array([names.index(queue) for queue in self.people[0].skills], dtype=np.int64)

    @cached_property
    def speeds(self) -> Array:
        """Effective agents in each queue."""
        by_heads = self.crew.demand.counts_heads_only
        return np.array([1.0 if by_heads else own for own in self.people[0].skills.values()], dtype=np.float64)

    @cached_property
    def _seating(self) -> Seating:
        days = range(self.crew.facts.n_days)
        taken = {code: days for code, shift in self.crew.facts.shifts.items() if shift.takes_duty}
        return Seating(self.crew.board, self.people[0], taken)

    def answer(self, gains: Gains) -> tuple[dict[Shifts, float], list[Invitation]]:
        """(day, shift) -> what the best way to spend it saves, and what activities take from that."""
        if not len(self.queues):
            return {}, []
        own = gains.of(self.queues, self.speeds)
        for activity in self.activities:
            own[activity.first : activity.stop] = np.maximum(0.0, own[activity.first : activity.stop])
        offers = self._seating.answers(own)
        pairs = ((offer, zip(offer.days, offer.value.tolist(), strict=True)) for offer in offers)
        worth = {(day, offer.shift): value for offer, each in pairs for day, value in each}
        return worth, invitations(self.crew, self.activities, self._seating, own, worth)


def _kinds(crew: Crew) -> list[_Kind]:
    alike: dict[tuple[tuple[tuple[str, float], ...], tuple[str, ...]], list[Agent]] = {}
    for code in crew.solos:
        agent = crew.facts.agents[code]
        going = tuple(own.name for own in crew.attendance.activities if code in own.who)
        alike.setdefault((tuple(agent.skills.items()), going), []).append(agent)
    activities = {own.name: own for own in crew.attendance.activities}
    return [
        _Kind(crew, tuple(people), tuple(activities[name] for name in going)) for (_, going), people in alike.items()
    ]


def _carried(crew: Crew, gains: Gains) -> float:
    """What people on the shift of the eve save at most: the best of their queues in every interval."""
    total = 0.0
    for agent, first, stop in _from_the_eve(crew):
        kind = _Kind(crew, (agent,))
        own = gains.of(kind.queues, kind.speeds)[first:stop]
        total += float(np.maximum(0.0, own.max(axis=1)).sum())
    return total


def _from_the_eve(crew: Crew) -> Iterator[tuple[Agent, int, int]]:
    for agent in crew.facts.agents.values():
        shift = crew.facts.shifts.get(agent.past.get(-1, ""))
        if shift is not None and shift.takes_duty and agent.skills:
            inside = crew.board.grid.span(-1, shift).inside(crew.demand.n)
            if len(inside):
                yield agent, inside.start, inside.stop

"""The plan in the making: everybody's line and seats, and the exact cost of the whole."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from scheduler.activity import read_activities
from scheduler.attendance import Attendance
from scheduler.board import Board, Seat
from scheduler.demand import Demand
from scheduler.facts import Facts
from scheduler.roster import Roster
from scheduler.rules import RULES
from scheduler.rules.parts import Quota
from scheduler.seating import Offer, Seating
from scheduler.shift_cover import ShiftCover
from scheduler.solo import Choice, Solo
from scheduler.span import Grid

_NOTHING = 1e-7


@dataclass(frozen=True, slots=True)
class Held:
    """What one person had: to give it back where a change is no gain."""

    choice: Choice
    seats: Mapping[int, Seat]
    sessions: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A whole plan and what it costs."""

    cost: float
    held: Mapping[str, Held]


class Crew:
    """Everybody, seated. ``cost`` is exact: what the finished plan would cost as it is."""

    def __init__(self, facts: Facts, demand: Demand, grid: Grid, solos: Mapping[str, Solo]) -> None:
        self.facts, self.demand, self.solos = facts, demand, solos
        self.board = Board(facts, demand, grid)
        self.choices: dict[str, Choice] = {}
        self._seating = {code: Seating(self.board, facts.agents[code], solo.wanted) for code, solo in solos.items()}
        self._cover: dict[tuple[int, str], list[ShiftCover]] = {}
        for own in demand.shift_cover:
            self._cover.setdefault((own.day, own.shift), []).append(own)
        self.attendance = Attendance(facts, grid, read_activities(facts, grid))
        for code in facts.agents:
            self.seat_carried(code)
        for code, solo in solos.items():
            self.put(code, solo.first)
        self.cost = self.measured()

    def seat_carried(self, code: str) -> None:
        """Seat a person whose shift of the eve reaches into the horizon where it helps most."""
        if -1 in self.board.seats[code]:
            self.board.leave(code, -1)
        agent = self.facts.agents[code]
        shift = self.facts.shifts.get(agent.past.get(-1, ""))
        if shift is not None and self.board.grid.span(-1, shift).stop > 0:
            offers = Seating(self.board, agent, {shift.code: [-1]}).offers()
            self.board.seat(code, -1, offers[0].seat(-1))

    def measured(self) -> float:
        """The cost, from the seats and lines as they are."""
        own = sum(choice.cost for choice in self.choices.values())
        return own + self.board.cost() + self._cover_cost() + self._joint_cost() + self._missed_cost()

    def put(self, code: str, choice: Choice) -> None:
        """Give a person a line, seated where it helps most."""
        self._sit(code, choice, self._seating[code].offers())

    def take(self, code: str) -> Held:
        """Take a person's line away."""
        held = self._held(code)
        for day in self.choices.pop(code).line:
            self.board.leave(code, day)
        return held

    def give_back(self, code: str, held: Held) -> None:
        """Undo ``take``, or whatever came after it."""
        if code in self.choices:
            self.take(code)
        self.send(code, held.sessions)
        for day in held.choice.line:
            self.board.seat(code, day, held.seats[day])
        self.choices[code] = held.choice

    def complete(self, code: str, held: Held) -> None:
        """Give a person who has no line this one, with the best seats on the days that have none."""
        self.send(code, held.sessions)
        missing = {(day, shift) for day, shift in held.choice.line.items() if day not in held.seats}
        offers = self._seating[code].offers() if missing else []
        best = {day: offer.seat(day) for offer in offers for day in offer.days if (day, offer.shift) in missing}
        self.give_back(code, Held(held.choice, {**held.seats, **best}, held.sessions))

    def send(self, code: str, sessions: Mapping[str, int]) -> None:
        """Send a person who is not seated to these sessions of activities."""
        if self.attendance.activities:
            self.attendance.send(code, sessions)
            self.board.away[code] = self.attendance.away(code)
            self.board.forbidden[code] = self.attendance.forbidden(code, list(self.facts.agents[code].skills))

    @contextmanager
    def uninvited(self) -> Iterator[None]:
        """Missing an activity costs nothing meanwhile, so that nobody stays at home for want of sessions."""
        price, self.attendance.price = self.attendance.price, 0.0
        self.cost = self.measured()
        try:
            yield
        finally:
            self.attendance.price = price
            self.cost = self.measured()

    def attend_best(self, code: str, activity: str, *, may_miss: bool = False) -> None:
        """Send a person to the session that costs least with the line that stands, or to none where that costs less and
        it ``may`` be missed; who is to be trained and has no line for it gets another one, or stays untrained where
        that costs less."""
        held = self.take(code)
        others = {name: start for name, start in held.sessions.items() if name != activity}
        free: list[int | None] = list(self.attendance.free_sessions(activity, held.sessions))
        trains = self.attendance.trains(code, activity)
        tried = list[tuple[float, Held]]()
        for start in [*free, None] if trains or may_miss or not free else free:
            self.send(code, others if start is None else {**others, activity: start})
            if trains and not self.attendance.is_fitting(code, activity, held.choice.line):
                self.insert(code, held.choice)
            else:
                self.put(code, held.choice)
            tried.append((self.measured() if trains else self._cost_of(code), self.take(code)))
        self.give_back(code, min(tried, key=lambda own: own[0])[1])

    def _cost_of(self, code: str) -> float:
        """What a person's seats and sessions change, the lines standing."""
        return self.board.cost() + self.attendance.missed_cost(code, self.choices[code].line)

    def improve(self, code: str) -> float:
        """The person's best line and seats, given all the others; what it saves."""
        held = self.take(code)
        self.insert(code, held.choice)
        return self.settle({code: held})

    def insert(self, code: str, start: Choice) -> None:
        """Give a person without a line the best one, given all the others; ``start`` helps to find it."""
        offers = self._seating[code].offers()
        extra = self._extra(code)
        worth = {
            (day, offer.shift): value + extra.get((day, offer.shift), 0.0) - self.cover_step((day, offer.shift))
            for offer in offers
            for day, value in zip(offer.days, offer.value.tolist(), strict=True)
        }
        self._sit(code, self.solos[code].best(worth, self._quotas(code), start), offers)

    def settle(self, before: Mapping[str, Held]) -> float:
        """Keep a change of some people's lines where it is a gain, else give back; what it saves."""
        after = self.measured() if all(code in self.choices for code in before) else np.inf
        saved = self.cost - after
        if saved <= _NOTHING * abs(self.cost):
            for code, held in before.items():
                self.give_back(code, held)
            return 0.0
        self.cost = after
        return saved

    def reseat(self, code: str) -> float:
        """The best seats on the same line, given all the others; what it saves."""
        held = self.take(code)
        self.put(code, held.choice)
        return self.settle({code: held})

    def snapshot(self) -> "Snapshot":
        """The plan as it is, to come back to."""
        return Snapshot(self.cost, {code: self._held(code) for code in self.choices})

    def restore(self, snapshot: "Snapshot") -> None:
        """Come back to a plan."""
        for code, held in snapshot.held.items():
            self.give_back(code, held)
        self.cost = snapshot.cost

    def roster(self) -> Roster:
        """The lines as a roster."""
        return Roster(self.facts, {code: choice.line for code, choice in self.choices.items()})

    def _held(self, code: str) -> Held:
        return Held(self.choices[code], dict(self.board.seats[code]), self.attendance.plan_of(code))

    def _sit(self, code: str, choice: Choice, offers: Iterable[Offer]) -> None:
        by_day = {(day, offer.shift): offer for offer in offers for day in offer.days}
        for day, shift in choice.line.items():
            self.board.seat(code, day, by_day[day, shift].seat(day))
        self.choices[code] = choice

    def _cover_cost(self) -> float:
        return sum(self._cover_at(key, self.board.on_shift.get(key, 0)) for key in self._cover)

    def _cover_at(self, key: tuple[int, str], heads: int) -> float:
        return sum(own.cost(heads) for own in self._cover[key])

    def _missed_cost(self) -> float:
        if not self.attendance.activities:
            return 0.0
        return sum(self.attendance.missed_cost(code, choice.line) for code, choice in self.choices.items())

    def cover_step(self, key: tuple[int, str]) -> float:
        """What one more head on a shift changes in the cost of cover."""
        if key not in self._cover:
            return 0.0
        heads = self.board.on_shift.get(key, 0)
        return self._cover_at(key, heads + 1) - self._cover_at(key, heads)

    def _joint_cost(self) -> float:
        roster = self.roster()
        return sum(breach.cost for rule in RULES for breach in rule.joint_check(self.facts, roster))

    def _extra(self, code: str) -> dict[tuple[int, str], float]:
        """(day, shift) -> what working it saves in activities and joint rules, seats aside."""
        others, extra = self.roster(), self.attendance.worth(code)
        for rule in RULES:
            for key, saved in rule.worth(self.facts, others, self.facts.agents[code]).items():
                extra[key] = extra.get(key, 0.0) + saved
        return extra

    def _quotas(self, code: str) -> dict[str, Quota]:
        others, agent = self.roster(), self.facts.agents[code]
        found = {rule.code: rule.quota(self.facts, others, agent) for rule in RULES}
        return {rule: quota for rule, quota in found.items() if quota is not None}

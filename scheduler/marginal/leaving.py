"""What a finished plan loses, and what pay it saves, without one shift of somebody's."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scheduler.activity import read_activities
from scheduler.board import AWAY
from scheduler.explain.scene import Scene
from scheduler.facts import Agent
from scheduler.judge import line_breaches
from scheduler.marginal.heads import missed
from scheduler.roster import Roster
from scheduler.rules import RULES
from scheduler.rules.parts import Breach, no_worth
from scheduler.wage import pay

_WAIVED = ("min_paid_h_week", "min_paid_h_horizon", "min_paid_h_day")
"""Who takes time off of one's own will gives up hours that are owed."""
_NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class Left:
    """A plan without one shift; everybody else stays.

    Parameters
    ----------
    lost : what queues, headcounts and priced rules get dearer, those on hours owed aside. Currency.
    paid : pay saved, less the hours that are paid whether worked or not. Currency.
    is_legal : whether no hard rule breaks but those on hours owed, and no briefing is missed.
    """

    lost: float
    paid: float
    is_legal: bool


class Leaving:
    """A plan whose shifts are taken away one by one, each put back before the next."""

    def __init__(self, scene: Scene) -> None:
        self._scene, self._board = scene, scene.board()
        self._shared = self._joint(scene.roster)
        self._activities = read_activities(scene.facts, scene.grid)
        self._worth: dict[str, Mapping[tuple[int, str], float]] = {}

    def without(self, agent: Agent, day: int) -> Left:
        """The plan without the shift of a person on a day."""
        line = self._scene.roster.lines[agent.code]
        less = {own: code for own, code in line.items() if own != day}
        before, after = (self._own(agent, own) for own in (line, less))
        rules = _priced(after) - _priced(before) + self._rules(agent, day, less)
        queues = self._seat(agent, day) + missed(self._scene, self._board, day, line[day])
        paid = self._paid(agent, line) - self._paid(agent, less)
        had, is_free = _hard(before), not self._attends(agent, day)
        is_legal = is_free and all(units <= had[key] + _NOTHING for key, units in _hard(after).items())
        return Left(queues + rules - self._excused(agent, day), paid, is_legal)

    def _seat(self, agent: Agent, day: int) -> float:
        """What the queues lose where the seat is empty."""
        board, code = self._board, agent.code
        if day not in board.seats[code]:
            return 0.0
        before, seat = board.cost(), board.seats[code][day]
        board.leave(code, day)
        without = board.cost()
        board.seat(code, day, seat)
        return without - before

    def _rules(self, agent: Agent, day: int, less: Mapping[int, str]) -> float:
        """What the rules that people share get dearer."""
        scene, lines = self._scene, self._scene.roster.lines
        if agent.code not in self._worth:
            found = [rule.worth(scene.facts, scene.roster, agent) for rule in RULES]
            self._worth[agent.code] = {key: saved for own in found for key, saved in own.items()}
        saved = self._worth[agent.code].get((day, lines[agent.code][day]), 0.0)
        return saved + self._joint(Roster(scene.facts, {**lines, agent.code: less})) - self._shared

    def _joint(self, roster: Roster) -> float:
        checks = (rule.joint_check(self._scene.facts, roster) for rule in RULES if rule.worth is no_worth)
        return sum(breach.cost for own in checks for breach in own)

    def _own(self, agent: Agent, line: Mapping[int, str]) -> list[Breach]:
        breaches = line_breaches(self._scene.facts, agent, Roster(self._scene.facts, {agent.code: line}))
        return [own for own in breaches if own.code not in _WAIVED]

    def _paid(self, agent: Agent, line: Mapping[int, str]) -> float:
        return pay(agent, [self._scene.facts.shifts[code] for code in line.values()])

    def _excused(self, agent: Agent, day: int) -> float:
        """What the briefings cost that the person misses, and is excused from without the shift."""
        turns = [turn for turn in self._scene.duty.of(agent.code) if turn.is_whole]
        told = {name for turn in turns for name in turn.activities}
        owed = [own for own in self._activities if agent.code in own.who and own.name not in told]
        excused = [own for own in owed if {turn.day for turn in turns if own.meets(turn.span)} == {day}]
        return self._scene.facts.desk.settings.rules.attendance_price * len(excused)

    def _attends(self, agent: Agent, day: int) -> bool:
        seat = self._board.seats[agent.code].get(day)
        return seat is not None and bool((seat.roles == AWAY).any())


def _priced(breaches: Iterable[Breach]) -> float:
    return sum(own.cost for own in breaches)


def _hard(breaches: Iterable[Breach]) -> defaultdict[tuple[str, int | None], float]:
    units = defaultdict[tuple[str, int | None], float](float)
    for own in breaches:
        if own.price is None:
            units[own.code, own.day] += own.units
    return units

"""What a finished plan loses, and what pay it saves, without one shift of somebody's."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scheduler.activity import Activity, read_activities
from scheduler.board import AWAY
from scheduler.duty import Turn
from scheduler.explain.scene import Scene
from scheduler.facts import Agent, Facts
from scheduler.judge import line_breaches
from scheduler.marginal.heads import missed
from scheduler.roster import Roster
from scheduler.rules import RULES
from scheduler.rules.parts import Breach, Rule, no_quota, no_worth
from scheduler.wage import pay

_WAIVED = ("min_paid_h_week", "min_paid_h_horizon", "min_paid_h_day")
"""Who takes time off of one's own will gives up hours that are owed."""
_NOTHING = 1e-9
_Meant = tuple[Mapping[tuple[int, str], float], Mapping[str, frozenset[tuple[int, str]]]]


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
        self._shared = {rule.code: _cost(rule, scene.facts, scene.roster) for rule in RULES}
        self._activities = read_activities(scene.facts, scene.grid)
        self._known: dict[str, _Meant] = {}

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
        return Left(queues + rules + self._briefings(agent, day), paid, is_legal)

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
        facts, lines, key = (
            self._scene.facts,
            self._scene.roster.lines,
            (day, self._scene.roster.lines[agent.code][day]),
        )
        after = Roster(facts, {**lines, agent.code: less})
        worth, counted = self._meant(agent)
        asked = [rule for rule in RULES if rule.worth is no_worth and key in counted.get(rule.code, (key,))]
        return worth.get(key, 0.0) + sum(_cost(rule, facts, after) - self._shared[rule.code] for rule in asked)

    def _meant(self, agent: Agent) -> _Meant:
        """What the shared rules mean for a person: what each shift saves, and which shifts a rule counts."""
        if agent.code not in self._known:
            facts, others = self._scene.facts, self._scene.roster
            found = [rule.worth(facts, others, agent) for rule in RULES]
            quotas = {rule.code: rule.quota(facts, others, agent) for rule in RULES if rule.quota is not no_quota}
            counted = {code: own.counted if own else frozenset() for code, own in quotas.items()}
            self._known[agent.code] = {key: saved for own in found for key, saved in own.items()}, counted
        return self._known[agent.code]

    def _own(self, agent: Agent, line: Mapping[int, str]) -> list[Breach]:
        breaches = line_breaches(self._scene.facts, agent, Roster(self._scene.facts, {agent.code: line}))
        return [own for own in breaches if own.code not in _WAIVED]

    def _paid(self, agent: Agent, line: Mapping[int, str]) -> float:
        return pay(agent, [self._scene.facts.shifts[code] for code in line.values()])

    def _briefings(self, agent: Agent, day: int) -> float:
        """What the briefings cost more that the person misses."""
        turns = self._scene.duty.of(agent.code)
        left = [turn for turn in turns if turn.day != day]
        owed = [own for own in self._activities if agent.code in own.who]
        more = sum(_is_missed(own, left) - _is_missed(own, turns) for own in owed)
        return self._scene.facts.desk.settings.rules.attendance_price * more

    def _attends(self, agent: Agent, day: int) -> bool:
        seat = self._board.seats[agent.code].get(day)
        return seat is not None and bool((seat.roles == AWAY).any())


def _is_missed(activity: Activity, turns: Sequence[Turn]) -> bool:
    there = any(activity.name in turn.activities for turn in turns)
    return not there and any(turn.is_whole and activity.meets(turn.span) for turn in turns)


def _cost(rule: Rule, facts: Facts, roster: Roster) -> float:
    return _priced(rule.joint_check(facts, roster))


def _priced(breaches: Iterable[Breach]) -> float:
    return sum(own.cost for own in breaches)


def _hard(breaches: Iterable[Breach]) -> defaultdict[tuple[str, int | None], float]:
    units = defaultdict[tuple[str, int | None], float](float)
    for own in breaches:
        if own.price is None:
            units[own.code, own.day] += own.units
    return units

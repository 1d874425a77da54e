"""What one person fewer of each kind would cost a finished plan."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from scheduler.board import Board
from scheduler.explain.scene import Scene
from scheduler.facts import Agent, Facts
from scheduler.judge import line_breaches
from scheduler.marginal.heads import missed
from scheduler.marginal.kind import Kind, kinds_of
from scheduler.roster import Roster
from scheduler.rules import RULES, duty_activity
from scheduler.wage import pay

_MOST_JUDGED = 3
"""People of a kind, the ones least missed at the queues by what they and their own rules cost, of whom the rules that
people share are asked as well."""


@dataclass(frozen=True, slots=True)
class Spared:
    """The one of a kind who can best be spared.

    Parameters
    ----------
    lost : what queues, headcounts and the rules of the house lose without the person, less what the person's own
        priced rules and missed briefings cost. On a small desk everybody else answers; else all keep shifts and roles,
        so it is an upper bound.
    paid : the pay saved, with premiums and hours owed and not worked. Currency over the horizon.
    """

    kind: Kind
    agent: str
    lost: float
    paid: float


def spared(scene: Scene, most_walked: int) -> Iterator[Spared]:
    """One for each kind (contract and set of skills) of which anybody works; who could, but has no shift, is spared for
    nothing. Everybody else answers where the desk is small, in the first ``most_walked`` kinds."""
    board, lines = scene.board(), scene.roster.lines
    before, briefings = board.cost(), _briefings(scene)
    for number, kind in enumerate(kinds_of(scene.facts.agents.values())):
        if any(lines.get(member.code) for member in kind.members):
            there = [member for member in kind.members if lines.get(member.code) or _could(scene, member)]
            own = [Spared(kind, member.code, *_without(scene, board, member, before)) for member in there]
            charged = [replace(one, lost=one.lost - _charged(scene, one.agent) - briefings[one.agent]) for one in own]
            likely = sorted(charged, key=_order)[:_MOST_JUDGED]
            best = min((_judged(scene, one) for one in likely), key=_order)
            yield _answered(scene, best) if scene.may_walk and number < most_walked and lines.get(best.agent) else best


def _answered(scene: Scene, own: Spared) -> Spared:
    """What is lost where everybody else answers, if that is less: beside the plan after the same walk with the
    person."""
    if len(scene.facts.agents) == 1:
        return own
    lost = scene.bereft(own.agent).total - scene.settled.total + own.paid
    return replace(own, lost=min(own.lost, lost))


def _order(own: Spared) -> tuple[float, str]:
    return own.lost - own.paid, own.agent


def _judged(scene: Scene, own: Spared) -> Spared:
    """With what the rules on the roster cost more, or less, without the person."""
    facts, lines = scene.facts, scene.roster.lines
    left = replace(facts, agents={code: agent for code, agent in facts.agents.items() if code != own.agent})
    after = Roster(left, {code: line for code, line in lines.items() if code != own.agent})
    return replace(own, lost=own.lost + _shared(left, after) - _shared(facts, scene.roster))


def _charged(scene: Scene, agent: str) -> float:
    """What the person's own priced rules cost."""
    return sum(breach.cost for breach in line_breaches(scene.facts, scene.facts.agents[agent], scene.roster))


def _briefings(scene: Scene) -> defaultdict[str, float]:
    """What the briefings cost that each person misses."""
    found = defaultdict[str, float](float)
    for breach in duty_activity.RULE.joint_check(scene.facts, scene.duty):
        found[breach.agent] += breach.cost
    return found


def _shared(facts: Facts, roster: Roster) -> float:
    return sum(breach.cost for rule in RULES for breach in rule.joint_check(facts, roster))


def _could(scene: Scene, agent: Agent) -> bool:
    return any(agent.available(day) for day in range(scene.facts.n_days))


def _without(scene: Scene, board: Board, agent: Agent, before: float) -> tuple[float, float]:
    """Loss and wages of a person who leaves every seat of a board that costs ``before``."""
    seats = {day: seat for day, seat in board.seats[agent.code].items() if day >= 0}
    for day in seats:
        board.leave(agent.code, day)
    lost = board.cost() - before
    for day, seat in seats.items():
        board.seat(agent.code, day, seat)
    line = scene.roster.lines.get(agent.code, {}).items()
    lost += sum(missed(scene, board, day, shift) for day, shift in line if day >= 0)
    return lost, pay(agent, [scene.facts.shifts[shift] for day, shift in line if day >= 0])

"""Asks every rule's checker about a finished plan."""

from collections.abc import Iterator

from desk import Curves
from scheduler.duty import Duty
from scheduler.facts import Agent, Facts
from scheduler.roster import Roster
from scheduler.rules import RULES
from scheduler.rules.duty import DUTY_RULES
from scheduler.rules.parts import Breach


def roster_breaches(facts: Facts, roster: Roster) -> Iterator[Breach]:
    """What the checkers find in a roster."""
    for rule in RULES:
        yield from rule.joint_check(facts, roster)
    for agent in facts.agents.values():
        yield from line_breaches(facts, agent, roster)


def line_breaches(facts: Facts, agent: Agent, roster: Roster) -> Iterator[Breach]:
    """What the checkers find in one person's line."""
    shifts = roster.shifts(agent)
    for rule in RULES:
        yield from rule.check(facts, agent, shifts)


def duty_breaches(facts: Facts, duty: Duty, curves: Curves | None = None) -> Iterator[Breach]:
    """What the checkers find in a duty; limits on load need the ``curves``."""
    for rule in DUTY_RULES:
        yield from rule.joint_check(facts, duty)
        yield from rule.load_check(duty, curves) if curves is not None else ()
        for turn in duty.turns:
            yield from rule.check(facts, turn)

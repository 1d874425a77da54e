"""What a rule on duty is made of: a checker; its model part is the list of patterns that a shift may follow."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from scheduler.duty import Duty, Turn
from scheduler.facts import Facts
from scheduler.rules.parts import Breach


def no_check(facts: Facts, turn: Turn) -> Iterable[Breach]:
    """Finds nothing in a turn."""
    return ()


def no_joint_check(facts: Facts, duty: Duty) -> Iterable[Breach]:
    """Finds nothing in the duty as a whole."""
    return ()


@dataclass(frozen=True, slots=True)
class DutyRule:
    """One rule on duty: breaches in one person's turn, and in the duty as a whole."""

    code: str
    check: Callable[[Facts, Turn], Iterable[Breach]] = no_check
    joint_check: Callable[[Facts, Duty], Iterable[Breach]] = no_joint_check


def duty_breach(code: str, turn: Turn, units: float, price: float | None, **told: object) -> Breach:
    """A breach in a turn."""
    named = {"shift": turn.shift.code, **told}
    return Breach(code, turn.agent.code, turn.day, units, price, named, table="duty")

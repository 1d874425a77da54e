"""What a rule on duty is made of: a checker; its model part is the list of patterns that a shift may follow."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from desk import Curves
from scheduler.duty import Duty, Turn
from scheduler.facts import Facts
from scheduler.rules.parts import Breach


def no_check(facts: Facts, turn: Turn) -> Iterable[Breach]:
    """Finds nothing in a turn."""
    return ()


def no_joint_check(facts: Facts, duty: Duty) -> Iterable[Breach]:
    """Finds nothing in the duty as a whole."""
    return ()


def no_load_check(duty: Duty, curves: Curves) -> Iterable[Breach]:
    """Finds nothing in what the queues are loaded with."""
    return ()


@dataclass(frozen=True, slots=True)
class DutyRule:
    """One rule on duty: breaches in one person's turn, in the duty as a whole, and in the load it leaves."""

    code: str
    check: Callable[[Facts, Turn], Iterable[Breach]] = no_check
    joint_check: Callable[[Facts, Duty], Iterable[Breach]] = no_joint_check
    load_check: Callable[[Duty, Curves], Iterable[Breach]] = no_load_check


def duty_breach(code: str, turn: Turn, units: float, price: float | None, **told: object) -> Breach:
    """A breach in a turn."""
    named = {"shift": turn.shift.code, **told}
    return Breach(code, turn.agent.code, turn.day, units, price, named, table="duty")

"""Availability: nobody works before the first or from the last day of employment on."""

from collections.abc import Iterator, Mapping

from scheduler.facts import Agent, Facts, Shift
from scheduler.rules.parts import Breach, Rule


def bars(facts: Facts, agent: Agent, day: int, shift: Shift) -> bool:
    """x[a, d, s] exists only for from <= d < to."""
    return day not in agent.span


def check(facts: Facts, agent: Agent, shifts: Mapping[int, Shift]) -> Iterator[Breach]:
    """Every shift outside the employment."""
    for day, shift in shifts.items():
        if day >= 0 and not agent.span.start <= day < agent.span.stop:
            yield Breach("availability", agent.code, day, 1.0, None, {"shift": shift.code})


RULE = Rule("availability", bars=bars, check=check)

"""Leave: nobody works on a day of absence."""

from collections.abc import Iterator, Mapping

from scheduler.facts import Agent, Facts, Shift
from scheduler.rules.parts import Breach, Rule


def bars(facts: Facts, agent: Agent, day: int, shift: Shift) -> bool:
    """x[a, d, s] exists only on days without leave."""
    return day in agent.leave


def check(facts: Facts, agent: Agent, shifts: Mapping[int, Shift]) -> Iterator[Breach]:
    """Every shift on a day of leave."""
    for day in sorted(agent.leave):
        if day >= 0 and day in shifts:
            yield Breach("leave", agent.code, day, 1.0, None, {"shift": shifts[day].code})


RULE = Rule("leave", bars=bars, check=check)

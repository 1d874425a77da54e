"""Call-in: a shift that begins before people can be there is worked only by those who were told of it."""

from collections.abc import Iterator, Mapping

from scheduler.facts import Agent, Facts, Shift
from scheduler.rules.parts import Breach, Rule

_DAY_MIN = 1440


def bars(facts: Facts, agent: Agent, day: int, shift: Shift) -> bool:
    """x[a, d, s] exists only where s is pinned, published, or begins at ``rules.call_in_from`` or later."""
    begins_min = _DAY_MIN * day + shift.start_min
    return begins_min < facts.call_in_min and shift.code not in (agent.pinned.get(day), agent.published.get(day))


def check(facts: Facts, agent: Agent, shifts: Mapping[int, Shift]) -> Iterator[Breach]:
    """Every shift that begins too soon for somebody who was not told of it."""
    for day, shift in shifts.items():
        if day >= 0 and bars(facts, agent, day, shift):
            told = {"shift": shift.code, "when": facts.call_in_from}
            yield Breach("call_in", agent.code, day, 1.0, None, told)


RULE = Rule("call_in", bars=bars, check=check)

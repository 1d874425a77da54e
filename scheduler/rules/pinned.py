"""Pinned: fixed assignments and fixed days off are kept."""

from collections.abc import Iterator, Mapping

from scheduler.facts import OFF, Agent, Facts, Shift
from scheduler.model import Row
from scheduler.rules.parts import Breach, Line, Rule

_WEIGHT_H = 40.0
"""A pinned shift outweighs what other hard rules ask: somebody decided it."""


def bars(facts: Facts, agent: Agent, day: int, shift: Shift) -> bool:
    """Only the pinned shift may be worked on a pinned day, none on a pinned day off."""
    return agent.pinned.get(day, shift.code) != shift.code


def rows(line: Line) -> Iterator[Row]:
    """x[a, d, s] >= 1 for each pinned shift s."""
    for day, code in line.agent.pinned.items():
        if code != OFF and (day, code) in line.x:
            yield Row(line.label("pinned", day), [(line.x[day, code], 1.0)], ">=", 1.0, weight=_WEIGHT_H)


def check(facts: Facts, agent: Agent, shifts: Mapping[int, Shift]) -> Iterator[Breach]:
    """Every pinned day on which something else is rostered."""
    for day, pinned in agent.pinned.items():
        rostered = shifts[day].code if day in shifts else OFF
        if 0 <= day < facts.n_days and rostered != pinned:
            yield Breach("pinned", agent.code, day, 1.0, None, {"shift": rostered, "pinned": pinned})


RULE = Rule("pinned", bars=bars, rows=rows, check=check)

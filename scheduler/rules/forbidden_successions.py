"""Forbidden successions: a shift that may not follow another on the day after."""

from collections.abc import Iterator, Mapping

from scheduler.facts import Agent, Facts, Shift
from scheduler.model import Row
from scheduler.rules.clash import clash_rows
from scheduler.rules.parts import Breach, Line, Rule


def rows(line: Line) -> Iterator[Row]:
    """x[a, d, s] + x[a, d + 1, s'] <= 1 for each forbidden pair (s, s')."""
    forbidden = {(before, after) for before, after in line.agent.contract.forbidden_successions}
    yield from clash_rows(line, "forbidden_successions", 1, lambda before, after: (before, after) in forbidden)


def check(facts: Facts, agent: Agent, shifts: Mapping[int, Shift]) -> Iterator[Breach]:
    """Every forbidden pair on two days in a row."""
    for before, after in agent.contract.forbidden_successions:
        for day, shift in shifts.items():
            follower = shifts.get(day + 1)
            if day + 1 >= 0 and shift.code == before and follower is not None and follower.code == after:
                told = {"before": before, "after": after}
                yield Breach("forbidden_successions", agent.code, day + 1, 1.0, None, told)


RULE = Rule("forbidden_successions", rows=rows, check=check)

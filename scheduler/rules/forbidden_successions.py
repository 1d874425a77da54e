"""Forbidden successions: a shift, or a day off, that may not follow another on the day after."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from scheduler.facts import OFF, Agent, Facts, Shift
from scheduler.model import Row
from scheduler.rules.clash import clash_rows
from scheduler.rules.parts import Breach, Line, Rule

Pair = tuple[str, str]


def rows(line: Line) -> Iterator[Row]:
    """x[a, d, s] + x[a, d + 1, s'] <= 1 for each forbidden pair (s, s'); 1 - on[a, d] stands for x where a side is a
    day off."""
    forbidden = _pairs(line.agent)
    yield from clash_rows(line, "forbidden_successions", 1, lambda before, after: (before, after) in forbidden)
    for before, after in forbidden:
        if OFF in (before, after):
            yield from _rows_off(line, before, after)


def _rows_off(line: Line, before: str, after: str) -> Iterator[Row]:
    for day in range(line.facts.n_days):
        (terms, known), (later, later_known) = _as(line, day - 1, before), _as(line, day, after)
        if (terms or known) and (later or later_known):
            label = (*line.label("forbidden_successions", day), before, after)
            yield Row(label, terms + later, "<=", 1.0 - known - later_known)


def _as(line: Line, day: int, code: str) -> tuple[list[tuple[object, float]], float]:
    """1 where ``code`` is what the person does on ``day``: terms and constant."""
    if day < 0:
        return [], float(line.agent.past.get(day) == code)
    if code != OFF:
        return [(line.x[day, code], 1.0)] if (day, code) in line.x else [], 0.0
    return [(line.on[day], -1.0)] if day in line.on else [], float(line.agent.knows(day))


def check(facts: Facts, agent: Agent, shifts: Mapping[int, Shift]) -> Iterator[Breach]:
    """Every forbidden pair on two days in a row; leave is a day off, an unknown day is nothing."""
    pairs = set(_pairs(agent))
    done = [_done(agent, shifts, day) for day in range(-1, facts.n_days)] if pairs else []
    for day, (before, after) in enumerate(pairwise(done)):
        if (before, after) in pairs:
            told = {"before": before, "after": after}
            yield Breach("forbidden_successions", agent.code, day, 1.0, None, told)


def _done(agent: Agent, shifts: Mapping[int, Shift], day: int) -> str:
    """The shift of a day, or OFF; empty where the day is not known."""
    if day in shifts:
        return shifts[day].code
    return OFF if agent.knows(day) else ""


def _pairs(agent: Agent) -> tuple[Pair, ...]:
    """The forbidden pairs, each once."""
    return tuple(dict.fromkeys((before, after) for before, after in agent.contract.forbidden_successions))


RULE = Rule("forbidden_successions", rows=rows, check=check)

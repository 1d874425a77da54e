"""Minimum rest between two shifts; shifts never overlap, whatever the contract says."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from scheduler.facts import Agent, Facts, Shift
from scheduler.model import Row
from scheduler.rules.clash import clash_rows
from scheduler.rules.parts import Breach, Line, Rule, number


def rows(line: Line) -> Iterator[Row]:
    """Hard: x[a, d, s] + x[a, d + k, s'] <= 1 where s' starts less than ``min_rest_h`` after the end of s.

    Priced: x[a, d, s] + x[a, d + k, s'] - on[a, d + 1] - ... - on[a, d + k - 1] - 1 <= slack, at price x hours of rest
    missing: a day worked in between has rests of its own.
    """
    limit = line.agent.contract.min_rest_h
    hard_h = limit.limit if limit is not None and limit.price is None else 0.0
    shifts = line.facts.shifts
    for apart in _reach(line.facts, hard_h):

        def clash(before: str, after: str, apart: int = apart) -> bool:
            return _rest_h(shifts[before], shifts[after], apart) < hard_h - 1e-9

        yield from clash_rows(line, "min_rest", apart, clash)
    if limit is not None and limit.price is not None:
        yield from _priced(line, limit.limit, limit.price)


def _priced(line: Line, rest_h: float, price: float) -> Iterator[Row]:
    shifts = line.facts.shifts
    for apart in _reach(line.facts, rest_h):
        for (day, after), var in line.x.items():
            for before in shifts:
                short_h = rest_h - max(0.0, _rest_h(shifts[before], shifts[after], apart))
                earlier = line.x.get((day - apart, before))
                known = line.agent.past.get(day - apart) == before
                if short_h > 1e-9 and (earlier is not None or known):
                    between, worked = line.days(dict.fromkeys(range(day - apart + 1, day), -1.0))
                    terms = [(var, 1.0), *([] if earlier is None else [(earlier, 1.0)]), *between]
                    label = (*line.label("min_rest", day), before, after)
                    yield Row(label, terms, "<=", (0.0 if earlier is None else 1.0) - worked, price * short_h)


def _reach(facts: Facts, rest_h: float) -> range:
    latest = max((shift.end_min for shift in facts.shifts.values()), default=0.0)
    return range(1, int((latest / 60 + rest_h) // 24) + 1)


def _rest_h(before: Shift, after: Shift, apart: int) -> float:
    return 24 * apart + (after.start_min - before.end_min) / 60


def check(facts: Facts, agent: Agent, shifts: Mapping[int, Shift]) -> Iterator[Breach]:
    """Every shift that begins too soon after the one before."""
    limit = agent.contract.min_rest_h
    for (day, before), (next_day, after) in pairwise(shifts.items()):
        between_h = (next_day * 1440 + after.start_min - day * 1440 - before.end_min) / 60
        told = {"rest": number(between_h), "before": before.code, "after": after.code}
        if next_day < 0:
            continue
        if limit is not None and between_h < limit.limit - 1e-9:
            short_h = limit.limit - max(0.0, between_h)
            yield Breach("min_rest", agent.code, next_day, short_h, limit.price, told | {"limit": number(limit.limit)})
        if between_h < -1e-9 and (limit is None or limit.price is not None):
            yield Breach("min_rest", agent.code, next_day, -between_h, None, told | {"limit": "0"})


RULE = Rule("min_rest", rows=rows, check=check)

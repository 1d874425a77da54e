"""Steady starts: from one day worked to the next, the shift begins at about the same time of day."""

from collections.abc import Iterator, Mapping

from scheduler.facts import Agent, Facts, Shift
from scheduler.model import Row
from scheduler.rules.clash import clash_rows
from scheduler.rules.parts import Breach, Line, Rule, number


def rows(line: Line) -> Iterator[Row]:
    """Hard: x[a, d, s] + x[a, d + 1, s'] <= 1 where the starts of s and s' differ by more than the limit.

    Priced: x[a, d, s] + x[a, d + 1, s'] - 1 <= slack, at price x hours beyond the limit.
    """
    limit = line.agent.contract.max_start_change_h
    if limit is None:
        return
    shifts = line.facts.shifts
    if limit.price is None:
        yield from clash_rows(
            line, "steady_start", 1, lambda a, b: _change_h(shifts[a], shifts[b]) > limit.limit + 1e-9
        )
        return
    for (day, after), var in line.x.items():
        for before in shifts:
            beyond_h = _change_h(shifts[before], shifts[after]) - limit.limit
            earlier, known = line.x.get((day - 1, before)), line.agent.past.get(day - 1) == before
            if beyond_h > 1e-9 and (earlier is not None or known):
                terms = [(var, 1.0)] if earlier is None else [(var, 1.0), (earlier, 1.0)]
                label = (*line.label("steady_start", day), before, after)
                yield Row(label, terms, "<=", len(terms) - 1.0, limit.price * beyond_h)


def _change_h(before: Shift, after: Shift) -> float:
    return abs(after.start_min - before.start_min) / 60


def check(facts: Facts, agent: Agent, shifts: Mapping[int, Shift]) -> Iterator[Breach]:
    """Every shift that begins at too different a time from that of the day before."""
    limit = agent.contract.max_start_change_h
    for day, shift in shifts.items():
        before = shifts.get(day - 1)
        if limit is None or day < 0 or before is None:
            continue
        change_h = abs(shift.start_min - before.start_min) / 60
        if change_h > limit.limit + 1e-9:
            told = {"before": before.code, "after": shift.code, "value": number(change_h), "limit": number(limit.limit)}
            yield Breach("steady_start", agent.code, day, change_h - limit.limit, limit.price, told)


RULE = Rule("steady_start", rows=rows, check=check)

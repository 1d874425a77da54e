"""At most so many weekends of the horizon of which a day is worked."""

from collections.abc import Iterator, Mapping

from scheduler.facts import Agent, Facts, Shift
from scheduler.model import Row
from scheduler.rules.parts import Breach, Line, Rule, number


def rows(line: Line) -> Iterator[Row]:
    """on[a, d] <= k[a, w] for each day d of weekend w, sum over w of k[a, w] <= limit."""
    limit = line.agent.contract.max_weekends
    if limit is None:
        return
    counted = []
    for weekend in line.facts.weekends:
        ends = [day for day in weekend if day in line.on]
        if ends:
            worked = line.model.variable(line.label("weekend", ends[0]), 1.0, whole=True)
            counted.append((worked, 1.0))
            for day in ends:
                yield Row(line.label("weekend", day), [(line.on[day], 1.0), (worked, -1.0)], "<=", 0.0)
    if len(counted) > limit.limit:
        yield Row(("max_weekends", line.agent.code), counted, "<=", limit.limit, limit.price)


def check(facts: Facts, agent: Agent, shifts: Mapping[int, Shift]) -> Iterator[Breach]:
    """A person with too many weekends worked."""
    limit = agent.contract.max_weekends
    if limit is None:
        return
    worked = sum(any(day in shifts for day in weekend) for weekend in facts.weekends)
    if worked > limit.limit:
        told = {"value": worked, "limit": number(limit.limit)}
        yield Breach("max_weekends", agent.code, None, worked - limit.limit, limit.price, told)


RULE = Rule("max_weekends", rows=rows, check=check)

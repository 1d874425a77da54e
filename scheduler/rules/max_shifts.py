"""At most so many shifts of a type in the horizon."""

from collections.abc import Iterator, Mapping

from scheduler.facts import Agent, Facts, Shift
from scheduler.model import Row
from scheduler.rules.parts import Breach, Line, Rule, number


def rows(line: Line) -> Iterator[Row]:
    """Sum over d of x[a, d, s] <= limit, for each shift s with a limit."""
    for code, limit in line.agent.contract.max_shifts.items():
        terms = [(var, 1.0) for (_, own), var in line.x.items() if own == code]
        if len(terms) > limit.limit:
            yield Row(("max_shifts", line.agent.code, code), terms, "<=", limit.limit, limit.price)


def check(facts: Facts, agent: Agent, shifts: Mapping[int, Shift]) -> Iterator[Breach]:
    """Each type worked more often than its limit."""
    for code, limit in agent.contract.max_shifts.items():
        times = sum(shift.code == code for day, shift in shifts.items() if day >= 0)
        if times > limit.limit + 1e-9:
            told = {"shift": code, "value": times, "limit": number(limit.limit)}
            yield Breach("max_shifts", agent.code, None, times - limit.limit, limit.price, told)


RULE = Rule("max_shifts", rows=rows, check=check)

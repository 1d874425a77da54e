"""At least so many days off in a row; a run that touches the horizon's edge may be shorter."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from scheduler.facts import Agent, Facts, Shift
from scheduler.model import Row
from scheduler.rules.parts import Breach, Line, Rule, number
from scheduler.rules.run import minimum_run_rows, runs


def rows(line: Line) -> Iterator[Row]:
    """on[a, d - 1] - on[a, d] <= 1 - on[a, d + j] for 0 < j < limit, days inside the horizon."""
    limit = line.agent.contract.min_consecutive_days_off
    if limit is not None:
        yield from minimum_run_rows(line, "min_consecutive_days_off", limit, worked=False)


def check(facts: Facts, agent: Agent, shifts: Mapping[int, Shift]) -> Iterator[Breach]:
    """Each gap between two runs of days worked that is too short; leave counts as days off."""
    limit = agent.contract.min_consecutive_days_off
    if limit is None:
        return
    for before, after in pairwise(runs(shifts)):
        gap = range(before.stop, after.start)
        if after.start >= 0 and len(gap) < limit.limit and all(agent.knows(day) for day in gap):
            told = {"value": len(gap), "limit": number(limit.limit)}
            short = limit.limit - len(gap)
            yield Breach("min_consecutive_days_off", agent.code, max(0, gap.start), short, limit.price, told)


RULE = Rule("min_consecutive_days_off", rows=rows, check=check)

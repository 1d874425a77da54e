"""At most so many days worked in a row, days before the horizon counted."""

import math
from collections.abc import Iterator, Mapping

from scheduler.facts import Agent, Facts, Shift
from scheduler.model import Row
from scheduler.rules.parts import Breach, Line, Rule, number
from scheduler.rules.run import runs


def rows(line: Line) -> Iterator[Row]:
    """on[a, d - k] + ... + on[a, d] <= k for every window of k + 1 days that ends in the horizon; k = limit."""
    limit = line.agent.contract.max_consecutive_days
    if limit is None:
        return
    most = math.floor(limit.limit)
    for day in line.on:
        terms, known = line.days(dict.fromkeys(range(day - most, day + 1), 1.0))
        if len(terms) + known > most:
            yield Row(line.label("max_consecutive_days", day), terms, "<=", most - known, limit.price)


def check(facts: Facts, agent: Agent, shifts: Mapping[int, Shift]) -> Iterator[Breach]:
    """Each run of days worked that is longer than the limit."""
    limit = agent.contract.max_consecutive_days
    if limit is None:
        return
    for run in runs(shifts):
        over = min(len(run) - math.floor(limit.limit), run.stop)
        if run.stop > 0 and over > 0:
            told = {"value": len(run), "limit": number(limit.limit)}
            yield Breach("max_consecutive_days", agent.code, run.stop - 1, over, limit.price, told)


RULE = Rule("max_consecutive_days", rows=rows, check=check)

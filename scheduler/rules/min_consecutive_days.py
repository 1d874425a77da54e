"""At least so many days worked in a row; a run that touches the horizon's edge may be shorter."""

from collections.abc import Iterator, Mapping

from scheduler.facts import Agent, Facts, Shift
from scheduler.model import Row
from scheduler.rules.parts import Breach, Line, Rule, number
from scheduler.rules.run import minimum_run_rows, runs


def rows(line: Line) -> Iterator[Row]:
    """on[a, d] - on[a, d - 1] <= on[a, d + j] for 0 < j < limit, days inside the horizon."""
    limit = line.agent.contract.min_consecutive_days
    if limit is not None:
        yield from minimum_run_rows(line, "min_consecutive_days", limit, worked=True)


def check(facts: Facts, agent: Agent, shifts: Mapping[int, Shift]) -> Iterator[Breach]:
    """Each run of days worked that is too short, with a known day off on both sides."""
    limit = agent.contract.min_consecutive_days
    if limit is None:
        return
    for run in runs(shifts):
        ends_here = 0 <= run.stop < agent.span.stop
        if ends_here and agent.knows(run.start - 1) and len(run) < limit.limit:
            told = {"value": len(run), "limit": number(limit.limit)}
            yield Breach(
                "min_consecutive_days", agent.code, max(0, run.start), limit.limit - len(run), limit.price, told
            )


RULE = Rule("min_consecutive_days", rows=rows, check=check)

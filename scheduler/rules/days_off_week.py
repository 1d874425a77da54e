"""Days off of a week: at least so many in every full week, leave counted."""

from collections.abc import Iterator, Mapping

from scheduler.facts import Agent, Facts, Shift, Week
from scheduler.model import Row
from scheduler.rules.parts import Breach, Line, Rule, beyond


def rows(line: Line) -> Iterator[Row]:
    """Sum over the days of a full week of on[a, d] <= 7 - limit."""
    limit = line.agent.contract.min_days_off_week
    for week in line.facts.weeks if limit is not None else ():
        terms, known = line.days(dict.fromkeys(week.days, 1.0))
        if limit is not None and _is_due(week, line.agent) and len(terms) + known > 7 - limit.limit:
            label = line.label("min_days_off_week", max(0, week.days.start))
            yield Row(label, terms, "<=", 7 - limit.limit - known, limit.price)


def check(facts: Facts, agent: Agent, shifts: Mapping[int, Shift]) -> Iterator[Breach]:
    """Each full week with too few days off."""
    limit = agent.contract.min_days_off_week
    for week in facts.weeks if limit is not None else ():
        if limit is not None and _is_due(week, agent):
            off = sum(day not in shifts for day in week.days)
            yield from beyond("min_days_off_week", agent, max(0, week.days.start), off, limit, most=False)


def _is_due(week: Week, agent: Agent) -> bool:
    """A week that ends in the horizon and of which every day is planned or known."""
    return 0 < week.days.stop <= agent.span.stop and all(agent.knows(day) for day in week.days)


RULE = Rule("days_off_week", rows=rows, check=check)

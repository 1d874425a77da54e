"""Paid hours of a week, from the day on which the desk's weeks begin."""

from collections.abc import Iterator, Mapping

from scheduler.facts import Agent, Facts, Shift, Week
from scheduler.model import Row
from scheduler.rules.credit import leave_credit_h
from scheduler.rules.parts import Breach, Line, Rule, beyond


def rows(line: Line) -> Iterator[Row]:
    """min <= sum over the days of a full week of paid_h[s] x[a, d, s], leave credited; the sum of every week, with
    its known days before the horizon, <= max."""
    agent = line.agent
    least, most = agent.contract.min_paid_h_week, agent.contract.max_paid_h_week
    for week in line.facts.weeks:
        terms, known = line.hours(week.days, lambda _, shift: shift.paid_h)
        label = line.label("max_paid_h_week", max(0, week.days.start))
        if most is not None:
            yield Row(label, terms, "<=", most.limit - known, most.price, weight=1.0)
        if least is not None and _is_due(week, agent):
            due_h = least.limit - leave_credit_h(agent, week.days)
            yield Row(("min_paid_h_week", *label[1:]), terms, ">=", due_h, least.price, weight=1.0)


def check(facts: Facts, agent: Agent, shifts: Mapping[int, Shift]) -> Iterator[Breach]:
    """Each week with too few or too many paid hours."""
    least, most = agent.contract.min_paid_h_week, agent.contract.max_paid_h_week
    for week in facts.weeks:
        paid_h = sum(shifts[day].paid_h for day in week.days if day in shifts)
        first = max(0, week.days.start)
        if most is not None:
            yield from beyond("max_paid_h_week", agent, first, paid_h, most, most=True)
        if least is not None and _is_due(week, agent):
            credited_h = paid_h + leave_credit_h(agent, week.days)
            yield from beyond("min_paid_h_week", agent, first, credited_h, least, most=False)


def _is_due(week: Week, agent: Agent) -> bool:
    return week.is_full and week.days.start in agent.span and week.days[-1] in agent.span


RULE = Rule("paid_h_week", rows=rows, check=check)

"""Paid hours of the whole horizon."""

from collections.abc import Iterator, Mapping

from scheduler.facts import Agent, Facts, Shift
from scheduler.model import Row
from scheduler.rules.credit import leave_credit_h
from scheduler.rules.parts import Breach, Line, Rule, beyond


def rows(line: Line) -> Iterator[Row]:
    """min <= sum of paid_h[s] x[a, d, s] (leave credited to the minimum) <= max."""
    agent, days = line.agent, range(line.facts.n_days)
    least, most = agent.contract.min_paid_h_horizon, agent.contract.max_paid_h_horizon
    terms, _ = line.hours(days, lambda _, shift: shift.paid_h)
    if most is not None:
        yield Row(("max_paid_h_horizon", agent.code), terms, "<=", most.limit, most.price, weight=1.0)
    if least is not None:
        due_h = least.limit - leave_credit_h(agent, days)
        yield Row(("min_paid_h_horizon", agent.code), terms, ">=", due_h, least.price, weight=1.0)


def check(facts: Facts, agent: Agent, shifts: Mapping[int, Shift]) -> Iterator[Breach]:
    """A person with too few or too many paid hours."""
    least, most = agent.contract.min_paid_h_horizon, agent.contract.max_paid_h_horizon
    paid_h = sum(shift.paid_h for day, shift in shifts.items() if day >= 0)
    if most is not None:
        yield from beyond("max_paid_h_horizon", agent, None, paid_h, most, most=True)
    if least is not None:
        credited_h = paid_h + leave_credit_h(agent, range(facts.n_days))
        yield from beyond("min_paid_h_horizon", agent, None, credited_h, least, most=False)


RULE = Rule("paid_h_horizon", rows=rows, check=check)

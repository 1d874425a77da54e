"""Overtime of a day and of a calendar month; overtime is what a shift pays beyond the contract's normal day."""

from collections.abc import Iterator, Mapping

from scheduler.facts import Agent, Facts, Shift
from scheduler.model import Row
from scheduler.rules.parts import Breach, Line, Rule, beyond
from scheduler.wage import overtime_h


def bars(facts: Facts, agent: Agent, day: int, shift: Shift) -> bool:
    """Hard: x[a, d, s] exists only where max(0, paid_h[s] - normal_h_day) <= max_overtime_h_day."""
    most = agent.contract.max_overtime_h_day
    return most is not None and most.price is None and overtime_h(agent, shift) > most.limit


def rows(line: Line) -> Iterator[Row]:
    """Per month, days before the horizon counted: sum of overtime_h[s] x[a, d, s] <= limit. Priced day limit: x[a, d,
    s] x (overtime of s beyond the limit) <= slack."""
    daily, monthly = line.agent.contract.max_overtime_h_day, line.agent.contract.max_overtime_h_month
    if monthly is not None:
        for days in line.facts.months.values():
            terms, known = line.hours(days, overtime_h)
            label = line.label("max_overtime_h_month", max(0, days.start))
            yield Row(label, terms, "<=", monthly.limit - known, monthly.price, weight=1.0)
    if daily is not None and daily.price is not None:
        for (day, code), var in line.x.items():
            over_h = overtime_h(line.agent, line.facts.shifts[code]) - daily.limit
            if over_h > 0:
                label = (*line.label("max_overtime_h_day", day), code)
                yield Row(label, [(var, over_h)], "<=", 0.0, daily.price)


def check(facts: Facts, agent: Agent, shifts: Mapping[int, Shift]) -> Iterator[Breach]:
    """Each day and each month with too much overtime."""
    daily, monthly = agent.contract.max_overtime_h_day, agent.contract.max_overtime_h_month
    extra_h = {day: max(0.0, shift.paid_h - agent.contract.normal_h_day) for day, shift in shifts.items()}
    if daily is not None:
        for day in range(facts.n_days):
            yield from beyond("max_overtime_h_day", agent, day, extra_h.get(day, 0.0), daily, most=True)
    if monthly is not None:
        for days in facts.months.values():
            total_h = sum(extra_h.get(day, 0.0) for day in days)
            yield from beyond("max_overtime_h_month", agent, max(0, days.start), total_h, monthly, most=True)


RULE = Rule("overtime", bars=bars, rows=rows, check=check)

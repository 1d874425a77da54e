"""Paid hours of a day worked, at least and at most."""

from collections.abc import Iterator, Mapping

from scheduler.facts import Agent, Facts, Shift
from scheduler.model import Row
from scheduler.rules.parts import Breach, Line, Rule, beyond


def bars(facts: Facts, agent: Agent, day: int, shift: Shift) -> bool:
    """Hard: x[a, d, s] exists only where min_paid_h_day <= paid_h[s] <= max_paid_h_day."""
    least, most = agent.contract.min_paid_h_day, agent.contract.max_paid_h_day
    too_short = least is not None and least.price is None and shift.paid_h < least.limit
    return too_short or (most is not None and most.price is None and shift.paid_h > most.limit)


def rows(line: Line) -> Iterator[Row]:
    """Priced: sum over s of x[a, d, s] x (hours of s beyond the limit) <= slack."""
    for breach in ("min_paid_h_day", "max_paid_h_day"):
        for (day, code), var in line.x.items():
            found = [own for own in _breaches(line.agent, day, line.facts.shifts[code]) if own.code == breach]
            for own in found:
                if own.price is not None:
                    yield Row((*line.label(breach, day), code), [(var, own.units)], "<=", 0.0, own.price)


def check(facts: Facts, agent: Agent, shifts: Mapping[int, Shift]) -> Iterator[Breach]:
    """Each shift shorter or longer than a day may be."""
    for day, shift in shifts.items():
        if day >= 0:
            yield from _breaches(agent, day, shift)


def _breaches(agent: Agent, day: int, shift: Shift) -> Iterator[Breach]:
    least, most = agent.contract.min_paid_h_day, agent.contract.max_paid_h_day
    if least is not None:
        yield from beyond("min_paid_h_day", agent, day, shift.paid_h, least, most=False)
    if most is not None:
        yield from beyond("max_paid_h_day", agent, day, shift.paid_h, most, most=True)


RULE = Rule("paid_h_day", bars=bars, rows=rows, check=check)

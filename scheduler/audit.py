"""The independent judge of any roster and duty: ours, edited by hand, or imported."""

from collections.abc import Iterator

import pandas as pd

from desk import Curves, Desk, Finding, Plan
from scheduler.duty import Duty, read_duty
from scheduler.facts import Facts, read_facts
from scheduler.judge import duty_breaches, roster_breaches
from scheduler.roster import Roster, read_roster
from scheduler.span import Grid


def audit(desk: Desk, plan: Plan, curves: Curves | None = None) -> tuple[Finding, ...]:
    """Everything in which a plan departs from the rules of its desk.

    Parameters
    ----------
    plan : its tables ``roster`` and ``duty`` are read, nothing else, whatever is in them. Without any duty, though
        people with a skill work, that is one finding and only the roster is judged.
    curves : those that the plan was made with; without them load and occupancy beyond a priced limit are not judged.

    Returns
    -------
    Findings, ``error`` for a hard rule, ``warning`` for a priced one, ``note`` for less than a whole unit of it.
    """
    facts = read_facts(desk)
    roster = read_roster(facts, _frame(plan.roster))
    duty = read_duty(facts, Grid(facts), roster, _frame(plan.duty))
    if _frame(plan.duty).empty and any(turn.is_whole and turn.is_seated for turn in duty.turns):
        return (*judged(facts, roster, None), Finding("duty_absent", "warning", "duty"))
    return tuple(judged(facts, roster, duty, curves))


def judged(facts: Facts, roster: Roster, duty: Duty | None, curves: Curves | None = None) -> Iterator[Finding]:
    """The findings on a roster and, where there is one, on its duty."""
    for breach in roster_breaches(facts, roster):
        yield breach.finding(facts)
    for breach in duty_breaches(facts, duty, curves) if duty is not None else ():
        yield breach.finding(facts)


def _frame(table: object) -> pd.DataFrame:
    """A table of a plan; an empty one where there is none."""
    return table if isinstance(table, pd.DataFrame) else pd.DataFrame()

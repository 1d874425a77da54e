"""Two plans of a desk beside each other: whose days differ, what that costs, how the service changes."""

from dataclasses import dataclass

import pandas as pd

from desk import Desk
from planner.editing.away import as_far_as_there
from planner.editing.pin import Keeping, kept_days
from planner.editing.verdict import changed_costs
from planner.editing.wanted import OFF
from planner.planned import Planned

_SERVICE = ("share", "lost", "late")


@dataclass(frozen=True)
class Beside:
    """What changed from one plan to another.

    Parameters
    ----------
    days : agent, date, before, after: shifts or OFF, only where they differ.
    roles : agent, date, intervals: of the days with the same shift in both, how many intervals have another activity.
    costs : term, before, after, currency: both plans under the newer one's desk, forecast and prices; the older one as
        far as its people are there by the newer desk.
    service : queue, measure (share, lost, late), before, after, as each plan was predicted.
    total_before, total_after : currency.
    """

    days: pd.DataFrame
    roles: pd.DataFrame
    costs: pd.DataFrame
    service: pd.DataFrame
    total_before: float
    total_after: float

    @property
    def people(self) -> int:
        """How many people have another shift on some day."""
        return int(self.days["agent"].nunique())


def beside(before: Planned, after: Planned) -> Beside:
    """What changed from ``before`` to ``after``."""
    from scheduler import price

    stayed = as_far_as_there(after.desk, before.plan)
    costs = [price(after.desk, plan, after.curves) for plan in (stayed, after.plan)]
    total_before, total_after = (float(own["amount"].sum()) for own in costs)
    days = changed_days(before.plan.roster, after.plan.roster)
    roles = changed_roles(before.plan.duty, after.plan.duty)
    return Beside(days, roles, changed_costs(*costs), _service(before, after), total_before, total_after)


def changed_days(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Days of people whose shift differs: agent, date, before, after."""
    key = ["agent", "date"]
    sides = (own[own["shift"] != OFF].drop_duplicates(key) for own in (before, after))
    both = next(sides).merge(next(sides), on=key, how="outer", suffixes=("_before", "_after"))
    named = both.rename(columns={"shift_before": "before", "shift_after": "after"}).fillna(
        {"before": OFF, "after": OFF}
    )
    differ: pd.DataFrame = named.loc[named["before"] != named["after"], [*key, "before", "after"]]
    return differ.sort_values(key, ignore_index=True)


def changed_roles(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Shifts that both plans have, with another activity in some intervals: agent, date, intervals."""
    names = ["agent", "start", "date", "shift", "activity"]
    both = before[names].merge(after[names], on=names[:4], suffixes=("_before", "_after"))
    differ = both[both["activity_before"] != both["activity_after"]]
    return differ.groupby(["agent", "date"], as_index=False).size().rename(columns={"size": "intervals"})


def _service(before: Planned, after: Planned) -> pd.DataFrame:
    was = {own.queue: own for own in before.brief.queues}
    rows = [
        (own.queue, measure, getattr(was[own.queue], measure), getattr(own, measure))
        for own in after.brief.queues
        if own.queue in was
        for measure in _SERVICE
    ]
    return pd.DataFrame(rows, columns=["queue", "measure", "before", "after"])


def broken_pins(desk: Desk, before: pd.DataFrame, after: pd.DataFrame, keeping: Keeping) -> int:
    """How many of the days that were to stay differ between two rosters all the same."""
    kept = kept_days(desk, before, keeping)[["agent", "date"]]
    return len(changed_days(before, after).merge(kept, on=["agent", "date"]))

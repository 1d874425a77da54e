"""Which promotion phase an interval or a day belongs to."""

import pandas as pd

from desk import Desk
from desk.grid import local_midnights
from planner.rows import rows


def phase_of_intervals(desk: Desk, ordinary: str) -> "pd.Index[str]":
    """A label for each interval of the horizon: ``promotion: phase``, of the one that began last where several are
    under way; ``ordinary`` outside every phase."""
    labels = pd.Series(ordinary, index=desk.starts, dtype="object")
    for start, end, name in _phases(desk):
        labels[(labels.index >= start) & (labels.index < end)] = name
    return pd.Index(labels.to_numpy(), dtype="object")


def phases_by_day(desk: Desk) -> dict[pd.Timestamp, tuple[str, ...]]:
    """The phases that touch each day of the horizon, by naive midnight; days without one are absent."""
    days, found = local_midnights(pd.Series(desk.starts)), dict[pd.Timestamp, tuple[str, ...]]()
    for start, end, name in _phases(desk):
        for day in days[(desk.starts >= start) & (desk.starts < end)].unique():
            found[pd.Timestamp(day)] = (*found.get(pd.Timestamp(day), ()), name)
    return found


def _phases(desk: Desk) -> list[tuple[pd.Timestamp, pd.Timestamp, str]]:
    """Start, end and name of each phase, in time."""
    table = desk.table("promotions").sort_values("start", kind="stable")
    return [(own.start, own.end, f"{own.promotion}: {own.phase}") for own in rows(table)]

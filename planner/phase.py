"""Which promotion phase an interval or a day belongs to."""

import pandas as pd

from desk import Desk
from desk.grid import local_midnights
from planner.rows import rows


def phase_of_intervals(desk: Desk, ordinary: str) -> "pd.Index[str]":
    """A label for each interval of the horizon: ``promotion: phase``, or ``ordinary`` outside every phase."""
    labels = pd.Series(ordinary, index=desk.starts, dtype="object")
    for phase in rows(desk.table("promotions")):
        inside = (labels.index >= phase.start) & (labels.index < phase.end)
        labels[inside] = f"{phase.promotion}: {phase.phase}"
    return pd.Index(labels.to_numpy(), dtype="object")


def phases_by_day(desk: Desk) -> dict[pd.Timestamp, tuple[str, ...]]:
    """The phases that touch each day of the horizon, by naive midnight; days without one are absent."""
    days = local_midnights(pd.Series(desk.starts))
    labels = pd.Series(phase_of_intervals(desk, ""), index=days)
    touched = labels[labels != ""].groupby(level=0).unique()
    return {pd.Timestamp(str(day)): tuple(names) for day, names in touched.items()}

"""Queues that miss their target since a person costs more than the inquiries are worth, not for want of people."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from desk import Curves, Desk, Finding
from planner.rows import rows

_MOSTLY = 0.5
"""Part of the intervals below target from which on the reason is told."""
_SLIGHT = 1e-4


def too_dear(desk: Desk, curves: Curves, service: pd.DataFrame) -> Iterator[Finding]:
    """A finding for each live queue below its target mostly in intervals in which one more person would save less than
    the least wage of those who may take it; a warning where nobody is ever on the queue.

    Parameters
    ----------
    curves : by which the plan was made. Queues whose heads or load have a price of their own are left out.
    service : table ``service``.
    """
    for name, own in service[service["offered"] > 0].groupby("queue", sort=False):
        queue, wage = desk.settings.queues[str(name)], _least_wage(desk, str(name))
        share = (own["share_within"] * own["offered"]).sum() / own["offered"].sum()
        if not np.isfinite(wage) or share >= queue.target.share - _SLIGHT or _is_asked_for(desk, str(name)):
            continue
        below = own[own["share_within"] < queue.target.share - _SLIGHT]
        worth = _worth_per_h(desk, curves, below)
        dear = worth[worth < wage]
        if len(dear) > _MOSTLY * len(below):
            facts: dict[str, Any] = {"count": len(dear), "below": len(below), "worth": float(dear.mean()), "wage": wage}
            facts |= {"lost_value": queue.lost_value, "late_value": queue.late_value}
            facts["currency"] = desk.settings.currency
            manned = bool(own["agents"].any())
            yield Finding("wage_above_worth", "note" if manned else "warning", value=str(name), facts=facts)


def _is_asked_for(desk: Desk, queue: str) -> bool:
    """Whether more than its curve makes people worth something on a queue, or it has none."""
    rules = desk.settings.rules
    priced = rules.overload_price > 0 or rules.occupancy_price > 0 or rules.min_presence.get(queue, 0.0) > 0
    return priced or desk.settings.queues[queue].kind != "live" or bool((desk.table("cover")["queue"] == queue).any())


def _least_wage(desk: Desk, queue: str) -> float:
    """Of an hour of standard work, among those who may take the queue; inf where nobody may."""
    skills = desk.table("skills")
    own = skills[skills["queue"] == queue].merge(desk.table("agents")[["agent", "cost_per_h"]], on="agent")
    return float((own["cost_per_h"] / own["proficiency"]).min()) if len(own) else np.inf


def _worth_per_h(desk: Desk, curves: Curves, below: pd.DataFrame) -> "pd.Series[float]":
    """What one more standard agent would save an hour in each of some intervals of a queue."""
    own = curves.points[curves.points["queue"].isin(below["queue"].unique())].sort_values("agents")
    known = {start: (points["agents"], points["cost"]) for start, points in own.groupby("start")}
    found = {}
    for row in rows(below):
        if row.start in known:
            now, more = np.interp([row.effective_agents, row.effective_agents + 1.0], *known[row.start])
            found[row.start] = (now - more) * 60.0 / desk.settings.interval_min
    return pd.Series(found, dtype="float64")

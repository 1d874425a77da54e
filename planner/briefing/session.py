"""The sessions of a plan's activities, and what they cost the queues."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from desk import Curves, Desk

COLUMNS = ["activity", "start", "end", "people", "agents", "cost"]


def sessions_of(
    desk: Desk, duty: pd.DataFrame, curves: Curves | None = None, service: pd.DataFrame | None = None
) -> pd.DataFrame:
    """One row a session: who sits together in an activity from one moment on.

    Parameters
    ----------
    curves, service : of the plan; without them a session has no cost.

    Returns
    -------
    ``activity, start, end`` (zone-aware), ``people``, ``agents`` (codes), ``cost``: what the queues lose in its
    intervals because these people are not on their home queues, by the curves, currency.
    """
    own = duty[duty["activity"].isin(desk.table("activities")["activity"])]
    if own.empty:
        return pd.DataFrame(columns=COLUMNS)
    length = pd.Timedelta(minutes=desk.settings.interval_min)
    spans = own.groupby(["activity", "agent"], sort=False)["start"].agg(["min", "max"]).reset_index()
    found = spans.groupby(["activity", "min"])
    table = found.agg(last=("max", "max"), people=("agent", "size"), agents=("agent", tuple)).reset_index()
    table = table.rename(columns={"min": "start"}).assign(end=table["last"] + length)
    if curves is None or service is None or curves.points.empty:
        costs = [float("nan")] * len(table)
    else:
        there = service.set_index(["start", "queue"])["effective_agents"].to_dict()
        costs = [_cost(desk, curves.points, there, row) for row in table.to_dict("records")]
    return table.assign(cost=costs).sort_values(["start", "activity"], ignore_index=True)[COLUMNS]


def _cost(desk: Desk, points: pd.DataFrame, there: Mapping[Any, float], session: Mapping[Any, Any]) -> float:
    """Expected cost with the agents there as planned, less that with these people back on their home queues."""
    skills = desk.table("skills")
    home = skills[skills["agent"].isin(session["agents"]) & skills["home"].fillna(False).astype(bool)]
    away = home.groupby("queue")["proficiency"].sum().to_dict()
    inside = points[(points["start"] >= session["start"]) & (points["start"] < session["end"])]
    lost = 0.0
    for key, own in inside.groupby(["start", "queue"]):
        now = there.get(key, 0.0)
        before, after = np.interp([now, now + away.get(key[1], 0.0)], own["agents"], own["cost"])
        lost += float(before - after)
    return lost

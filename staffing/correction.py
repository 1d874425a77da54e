"""Curves put right by the simulation: what an agent is worth where the formulas are an approximation."""

from dataclasses import replace
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from desk import Curves, Desk

FloatArray = npt.NDArray[np.float64]
KEY = ["start", "queue"]
LEAST, MOST = 0.5, 2.0
"""How far one correction may go: an agent is worth at least half and at most twice of what was thought."""
AGREES = "agrees"


def correct_curves(
    desk: Desk, curves: Curves, service: pd.DataFrame, *, towards: Literal["mean", "high"] = "mean"
) -> Curves:
    """The curves that the simulation of a plan confirms, interval by interval.

    Parameters
    ----------
    desk : what an inquiry lost or late costs.
    curves : those by which the plan was made.
    service : table ``service`` of that plan: effective agents and the simulated columns.
    towards : ``mean``: where the curve's cost lies within the simulation's limits it stays, else it goes to the
        simulated mean. ``high``: it goes to the upper limit everywhere, for a target to be met with confidence.

    Returns
    -------
    `Curves` with every ``agents`` of an interval and queue divided by one factor between 0.5 and 2, so that they stay
    convex and falling and cost the same with nobody there. Intervals with nobody there, nothing offered or no limits
    stay as they are.

    Notes
    -----
    The factor is the number of agents by which the curve would have foretold the simulated cost, over the number who
    were there: what an effective agent turned out to be worth.

    Source: iterative staffing by simulation (Feldman, Mandelbaum, Massey & Whitt 2008), with curves instead of targets.
    """
    compared = comparison(desk, curves, service)
    aimed = compared["simulated"] if towards == "mean" else compared["high"]
    moved = compared.assign(aimed=aimed)[(towards == "high") | ~compared[AGREES]]
    own = curves.points.merge(moved[[*KEY, "agents", "aimed"]].rename(columns={"agents": "there"}), on=KEY, how="left")
    worth = pd.Series(1.0, index=own.index)
    for _, part in own[own["there"] > 0].groupby(KEY, sort=False):
        worth[part.index] = worth_of_an_agent(part)
    points = curves.points.assign(agents=own["agents"] / worth)
    return replace(curves, points=points.assign(load=points["load"] * worth) if "load" in points else points)


def comparison(desk: Desk, curves: Curves, service: pd.DataFrame) -> pd.DataFrame:
    """What the curves expected of a plan beside what the simulation found.

    Returns
    -------
    ``start, queue, agents, expected, simulated, low, high, agrees``, one row per interval and queue that has a curve,
    inquiries, and was simulated with limits; costs in currency, ``agrees`` whether ``expected`` lies within the limits.
    """
    queues = desk.settings.queues
    known = service.dropna(subset=["lost_sim_low", "late_sim_low"])
    known = known[known["offered"] > 0] if "offered" in known else known
    lost, late = (
        known["queue"].map({name: getattr(own, key) for name, own in queues.items()}).astype("float64")
        for key in VALUES
    )
    own = known[KEY].assign(agents=known["effective_agents"])
    for column, suffix in (("simulated", ""), ("low", "_low"), ("high", "_high")):
        own[column] = known[f"lost_sim{suffix}"] * lost + known[f"late_sim{suffix}"] * late
    joined = own.merge(expected_cost(curves, own), on=KEY)
    return joined.assign(agrees=joined["expected"].between(joined["low"], joined["high"]))


VALUES = ("lost_value", "late_value")


def expected_cost(curves: Curves, crews: pd.DataFrame) -> pd.DataFrame:
    """``start, queue, expected``: the curves' cost of each interval and queue of ``crews``, with its ``agents``."""
    own = curves.points.merge(crews[[*KEY, "agents"]].rename(columns={"agents": "there"}), on=KEY)
    rows = [
        (*key, np.interp(part["there"].iloc[0], part["agents"], part["cost"]))
        for key, part in own.groupby(KEY, sort=False)
    ]
    told = pd.DataFrame(rows, columns=[*KEY, "expected"])
    return told.astype({name: crews[name].dtype for name in KEY} | {"expected": "float64"})


def worth_of_an_agent(part: pd.DataFrame) -> float:
    """Agents that the curve takes for the cost aimed at, over those who were there; 1 where it can't be told."""
    agents, cost = part["agents"].to_numpy(), part["cost"].to_numpy()
    there, aimed = float(part["there"].iloc[0]), float(part["aimed"].iloc[0])
    if cost[0] <= 0.0:
        return 1.0
    alike = np.interp(-aimed, -cost, agents)
    return float(np.clip(alike / there, LEAST, MOST))

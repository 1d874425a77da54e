"""Curves put right by what is predicted and simulated of a plan: what an agent is worth where they approximate."""

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
SLIGHT = 2e-3
"""Differences between curve and prediction below this part of what nobody there would cost say nothing of an agent."""


def correct_curves(
    desk: Desk, curves: Curves, service: pd.DataFrame, *, towards: Literal["mean", "high"] = "mean"
) -> Curves:
    """The curves that the simulation of a plan confirms, interval by interval.

    Parameters
    ----------
    desk : what an inquiry lost or late costs.
    curves : those by which the plan was made.
    service : table ``service`` of that plan: effective agents, the simulated columns and, if known, the predicted ones.
    towards : ``mean``: the curve's cost goes to the predicted one where that lies within the simulation's limits, else
        to the simulated mean; where nothing is predicted it stays if it lies within the limits. ``high``: it goes to
        the upper limit everywhere, for a target to be met with confidence.

    Returns
    -------
    `Curves` with every ``agents`` of an interval and queue divided by one factor between 0.5 and 2, so that they stay
    convex and falling and cost the same with nobody there. Intervals with nobody there, nothing offered or no limits
    stay as they are.

    Notes
    -----
    The factor is the number of agents by which the curve would have foretold the simulated cost, over the number who
    were there: what an effective agent turned out to be worth. The prediction follows the crew through time (who leaves
    finishes what he holds, who comes from another queue holds its contacts) and has no noise; the simulation judges it.

    Source: iterative staffing by simulation (Feldman, Mandelbaum, Massey & Whitt 2008), with curves instead of targets.
    """
    compared = comparison(desk, curves, service)
    moved = compared if towards == "mean" else compared.assign(aimed=compared["high"])
    moved = moved[moved["aimed"] != moved["expected"]]
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
    ``start, queue, agents, predicted, simulated, low, high, expected, nobody, agrees, aimed``, one row per interval and
    queue that has a curve, inquiries, and was simulated with limits; costs in currency, ``predicted`` NaN where it is
    unknown, ``nobody`` with nobody there, ``agrees`` whether ``expected`` lies within the limits, ``aimed`` what the
    curve is to say.
    """
    queues = desk.settings.queues
    known = service.dropna(subset=["lost_sim_low", "late_sim_low"])
    known = known[known["offered"] > 0] if "offered" in known else known
    lost, late = (
        known["queue"].map({name: getattr(own, key) for name, own in queues.items()}).astype("float64")
        for key in VALUES
    )
    own = known[KEY].assign(agents=known["effective_agents"], predicted=np.nan)
    if {"lost", "late"} <= set(known):
        own["predicted"] = known["lost"] * lost + known["late"] * late
    for column, suffix in (("simulated", ""), ("low", "_low"), ("high", "_high")):
        own[column] = known[f"lost_sim{suffix}"] * lost + known[f"late_sim{suffix}"] * late
    joined = own.merge(expected_cost(curves, own), on=KEY)
    agrees, confirmed = (joined[name].between(joined["low"], joined["high"]) for name in ("expected", "predicted"))
    differs = (joined["predicted"] - joined["expected"]).abs() > SLIGHT * joined["nobody"]
    aimed = joined["simulated"].mask(agrees, joined["expected"]).mask(confirmed & differs, joined["predicted"])
    return joined.assign(agrees=agrees, aimed=aimed)


VALUES = ("lost_value", "late_value")


def expected_cost(curves: Curves, crews: pd.DataFrame) -> pd.DataFrame:
    """``start, queue, expected, nobody``: the curves' cost of each interval and queue of ``crews``, with its ``agents``
    and with none."""
    own = curves.points.merge(crews[[*KEY, "agents"]].rename(columns={"agents": "there"}), on=KEY)
    rows = [
        (*key, np.interp(part["there"].iloc[0], part["agents"], part["cost"]), part["cost"].max())
        for key, part in own.groupby(KEY, sort=False)
    ]
    told = pd.DataFrame(rows, columns=[*KEY, "expected", "nobody"])
    return told.astype({name: crews[name].dtype for name in KEY} | {"expected": "float64", "nobody": "float64"})


def worth_of_an_agent(part: pd.DataFrame) -> float:
    """Agents that the curve takes for the cost aimed at, over those who were there; 1 where it can't be told."""
    agents, cost = part["agents"].to_numpy(), part["cost"].to_numpy()
    there, aimed = float(part["there"].iloc[0]), float(part["aimed"].iloc[0])
    if cost[0] <= 0.0:
        return 1.0
    alike = np.interp(-aimed, -cost, agents)
    return float(np.clip(alike / there, LEAST, MOST))

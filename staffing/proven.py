"""The fewest agents by which no interval loses more than a share, as the simulation confirms it."""

from dataclasses import replace

import numpy as np
import pandas as pd

from desk import Curves, Desk, Forecast
from staffing.correction import correct_curves
from staffing.curves import staffing_curves
from staffing.simulation import simulate

KEY = ["start", "queue"]
AIM = 0.96
"""Part of the share allowed that is aimed at, so that a draw of new numbers confirms it soon."""


def proven_agents(
    desk: Desk, forecast: Forecast, most_lost: float, *, runs: int = 400, rounds: int = 12, seed: int = 1
) -> pd.DataFrame:
    """Agents per interval and live queue so that in each at most a share of the inquiries is lost.

    Parameters
    ----------
    desk : its queues say handle times and patience.
    forecast : the paths that are simulated.
    most_lost : share of the offered inquiries, 0-1.
    runs : replications of each simulation.
    rounds : simulations at most; ends sooner where every interval is met.
    seed : of the simulations; each round draws anew, so that the last one is a test and not a choice.

    Returns
    -------
    ``start, queue, agents, offered, lost_share, lost_share_high, round``: whole agents of proficiency 1, the share lost
    in the simulation and its upper 95 % limit, and the round that found them: the first in which the limit of every
    interval is at most ``most_lost``, else the last.

    Notes
    -----
    Each round reads the agents off the curves, simulates them, and puts the curves right by what was lost: after the
    first round everywhere, later only where the share was missed, so that it ends.
    """
    own = counting_the_lost(desk)
    live = [name for name in forecast.queues if own.settings.queues[name].kind == "live"]
    curves, found = staffing_curves(own, forecast), pd.DataFrame()
    for number in range(1, rounds + 1):
        agents = fewest(curves, forecast, AIM * most_lost)
        found = simulated(own, forecast, agents[agents["queue"].isin(live)], runs, seed + number).assign(round=number)
        missed = found["lost_share_high"] > most_lost
        if not missed.any():
            break
        curves = correct_curves(own, curves, found if number == 1 else found[missed], towards="high")
    columns = ["agents", "offered", "lost_share", "lost_share_high", "round"]
    return found.rename(columns={"effective_agents": "agents"})[[*KEY, *columns]]


def counting_the_lost(desk: Desk) -> Desk:
    """The desk with a price of 1 on an inquiry lost and none on a late one, so that curves count the lost."""
    prices = {"lost_value": 1.0, "late_value": 0.0}
    queues = {name: queue.model_copy(update=prices) for name, queue in desk.settings.queues.items()}
    return replace(desk, settings=desk.settings.model_copy(update={"queues": queues}))


def fewest(curves: Curves, forecast: Forecast, most_lost: float) -> pd.DataFrame:
    """``start, queue, offered, effective_agents``: fewest whole agents by whom the curves lose no more than a share."""
    mean = forecast.frame().rename(columns={"mean": "offered"})[[*KEY, "offered"]]
    rows = []
    for key, part in curves.points.groupby(KEY, sort=False):
        cost, agents = part["cost"].to_numpy(), part["agents"].to_numpy()
        rows.append((*key, cost[0], np.interp(-most_lost * cost[0], -cost, agents)))
    own = pd.DataFrame(rows, columns=[*KEY, "all", "needed"]).merge(mean, on=KEY)
    return own.assign(effective_agents=np.ceil(own["needed"] - 1e-9))[[*KEY, "offered", "effective_agents"]]


def simulated(desk: Desk, forecast: Forecast, agents: pd.DataFrame, runs: int, seed: int) -> pd.DataFrame:
    """The agents with the simulated columns beside them, and the share lost with its upper limit."""
    seats = [seat_rows(str(name), own) for name, own in agents.groupby("queue", sort=False)]
    duty = pd.concat(seats, ignore_index=True)
    skills = duty[["agent", "activity"]].drop_duplicates().rename(columns={"activity": "queue"})
    staffed = replace(desk, tables={**desk.tables, "skills": skills.assign(proficiency=1.0, home=True)})
    found = agents.merge(simulate(staffed, forecast, duty, runs=runs, seed=seed).service, on=KEY)
    offered = found["offered"].where(found["offered"] > 0)
    return found.assign(lost_share=found["lost_sim"] / offered, lost_share_high=found["lost_sim_high"] / offered)


def seat_rows(queue: str, agents: pd.DataFrame) -> pd.DataFrame:
    """Table ``duty`` of as many seats as are ever needed: seat n is taken while more than n agents are."""
    counts = agents["effective_agents"].to_numpy(dtype=np.int64)
    seat = np.concatenate([np.arange(count) for count in counts])
    starts = pd.DatetimeIndex(agents["start"]).repeat(counts)
    return pd.DataFrame({"agent": [f"{queue}-{number:04d}" for number in seat], "start": starts, "activity": queue})

"""The fewest agents by which no interval loses more than a share, as the simulation confirms it."""

from dataclasses import replace

import numpy as np
import pandas as pd
from scipy.stats import norm

from desk import Curves, Desk, Forecast
from staffing.correction import correct_curves
from staffing.curves import staffing_curves
from staffing.simulation import simulate

KEY = ["start", "queue"]
PROOF = 4
"""How many times the runs of a test its proof has."""
SURE, ONE_SIDED = 0.9, 0.975


def proven_agents(
    desk: Desk, forecast: Forecast, most_lost: float, *, runs: int = 400, rounds: int = 12, seed: int = 1
) -> pd.DataFrame:
    """Agents per interval and live queue so that in each at most a share of the inquiries is lost, as a test confirms.

    Parameters
    ----------
    desk : its queues say handle times and patience; absences are left out.
    forecast : the paths that are simulated.
    most_lost : share of the offered inquiries, 0-1.
    runs : replications of the test that is to confirm it.
    rounds : simulations at most; ends sooner where every interval is met.
    seed : of the simulations; each round draws anew, so that the last one is a test and not a choice.

    Returns
    -------
    ``start, queue, agents, offered, lost_share, lost_share_high, lost_share_bound, round``: whole agents of proficiency
    1, the share lost in the last simulation, its upper 95 % limit, the bound below, and the round that found them: the
    first in which the bound of every interval is at most ``most_lost``, else the last.

    Notes
    -----
    ``lost_share_bound`` is what the upper 95 % limit of a test of ``runs`` replications with numbers of its own exceeds
    in none of the intervals, nine times in ten (Bonferroni); it rests on four times the runs. The first round reads the
    agents off the curves and puts the curves right by what was lost; from then on an interval beyond the bound gets an
    agent more.
    """
    own = counting_the_lost(desk)
    live = [name for name in forecast.queues if own.settings.queues[name].kind == "live"]
    curves = staffing_curves(own, forecast)
    agents = fewest(curves, forecast, most_lost)
    agents = agents[agents["queue"].isin(live)].reset_index(drop=True)
    found = bounded(simulated(own, forecast, agents, PROOF * runs, seed + 1)).assign(round=1)
    high = found["lost_share_bound"] * found["offered"]
    right = correct_curves(own, curves, found.assign(lost_sim_high=high), towards="high")
    agents = agents[KEY].merge(fewest(right, forecast, most_lost), on=KEY)
    for number in range(2, rounds + 1):
        found = bounded(simulated(own, forecast, agents, PROOF * runs, seed + number)).assign(round=number)
        missed = found["lost_share_bound"].gt(most_lost).to_numpy()
        if not missed.any():
            break
        agents = agents.assign(effective_agents=agents["effective_agents"] + missed)
    columns = ["agents", "offered", "lost_share", "lost_share_high", "lost_share_bound", "round"]
    return found.rename(columns={"effective_agents": "agents"})[[*KEY, *columns]]


def bounded(found: pd.DataFrame) -> pd.DataFrame:
    """What was simulated with `PROOF` times the runs of a test, and what the test's upper limit will not exceed."""
    z = norm.ppf(ONE_SIDED)
    error = (found["lost_share_high"] - found["lost_share"]) / z * np.sqrt(PROOF)
    both = norm.ppf(1.0 - (1.0 - SURE) / max(len(found), 1)) * np.sqrt(1.0 + 1.0 / PROOF)
    return found.assign(lost_share_bound=found["lost_share"] + (z + both) * error)


def counting_the_lost(desk: Desk) -> Desk:
    """The desk with a price of 1 on an inquiry lost and none on a late one, so that curves count the lost.

    Nobody is absent: seats are asked for, not people.
    """
    prices = {"lost_value": 1.0, "late_value": 0.0}
    queues = {name: queue.model_copy(update=prices) for name, queue in desk.settings.queues.items()}
    rules = desk.settings.rules.model_copy(update={"absence_share": 0.0})
    return replace(desk, settings=desk.settings.model_copy(update={"queues": queues, "rules": rules}))


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

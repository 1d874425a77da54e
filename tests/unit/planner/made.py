"""A finished plan made by hand on the tiny desk, so that these tests need none of the rooms that plan."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pandas as pd

from desk import Curves, Desk, Forecast, Outcome, Plan, Simulation, Termination
from desk.frames import empty_frame
from planner.headline import headline
from planner.planned import Planned

SHIFTS = ("E", "M", "L")
ZONE = "Asia/Shanghai"


def made(desk: Desk, **outcome: object) -> Planned:
    """A plan in which everybody works five days by turns; service is 85 % predicted, 80 % simulated."""
    forecast, roster = forecast_of(desk), roster_of(desk)
    duty = duty_of(desk, roster)
    stated = replace(Outcome(Termination.GAP, 12_000.0, 11_900.0, 100 / 12_000, 3.2, "highs", 1), **outcome)
    costs = pd.DataFrame({"term": ["wages", "lost"], "amount": [10_000.0, 2_000.0]})
    service = service_of(desk, forecast)
    plan = Plan(roster, duty, stated, costs, service=service)
    brief = headline(desk, forecast, plan)
    simulated = service[["start", "queue", *(name for name in service if "_sim" in name)]]
    simulation = Simulation(contacts_of(desk), simulated, runs=4, seed=1)
    curves = Curves(curves_of(desk), empty_frame("work", ZONE))
    return Planned(
        desk,
        forecast,
        curves,
        plan,
        simulation,
        scores_of(desk),
        brief,
        (),
        {"load": 0.1},
        datetime(2026, 3, 1, tzinfo=UTC),
    )


def forecast_of(desk: Desk) -> Forecast:
    """Sixteen paths of two queues."""
    rng = np.random.default_rng(1)
    means = np.where((desk.starts.hour >= 9) & (desk.starts.hour < 21), 20.0, 0.0)
    paths = rng.poisson(means[np.newaxis, :, np.newaxis], (16, len(means), 2)).astype(np.float32)
    evidence = pd.DataFrame({"queue": ["presale"], "model": ["mean4"], "wape": [0.12]})
    return Forecast(desk.starts, ("presale", "aftersale"), paths, 60, evidence)


def roster_of(desk: Desk) -> pd.DataFrame:
    """Everybody works the first five days."""
    rows = [
        (agent, day, SHIFTS[number % 3])
        for number, agent in enumerate(desk.table("agents")["agent"])
        for day in desk.dates[:5]
    ]
    return pd.DataFrame(rows, columns=["agent", "date", "shift"])


def duty_of(desk: Desk, roster: pd.DataFrame) -> pd.DataFrame:
    """The third hour of each shift is a break, the rest is the home queue."""
    times = desk.table("shifts").set_index("shift")[["start", "end"]].to_dict("index")
    home = desk.table("skills").query("home").set_index("agent")["queue"]
    rows = []
    for own in roster.itertuples():
        first, last = int(times[own.shift]["start"]) // 60, int(times[own.shift]["end"]) // 60
        for hour in range(first, last):
            start = (own.date + pd.Timedelta(hours=hour)).tz_localize(ZONE)
            rows.append((own.agent, start, "break" if hour == first + 2 else home[own.agent], own.date, own.shift))
    return pd.DataFrame(rows, columns=["agent", "start", "activity", "date", "shift"])


def service_of(desk: Desk, forecast: Forecast) -> pd.DataFrame:
    """Service that is fine but for one overloaded hour of aftersale."""
    parts = []
    for index, queue in enumerate(forecast.queues):
        offered = forecast.paths[:, :, index].mean(axis=0).astype(np.float64)
        n = len(offered)
        own = {"start": desk.starts, "queue": queue, "offered": offered, "agents": 3.0, "effective_agents": 2.9}
        own |= {"required": 3.0, "load": np.full(n, 0.8), "overload": np.zeros(n)}
        own |= {"occupancy": np.full(n, 0.8), "over_occupancy": np.zeros(n)}
        own |= {"share_within": 0.85, "mean_wait_s": 20.0, "lost": offered * 0.02, "late": offered * 0.1}
        own |= {"share_within_sim": 0.8, "share_within_sim_low": 0.75, "share_within_sim_high": 0.86}
        own |= {"mean_wait_s_sim": 22.0, "lost_sim": offered * 0.03, "lost_sim_low": 0.0, "lost_sim_high": 1.0}
        parts.append(pd.DataFrame(own | {"late_sim": 0.1, "late_sim_low": 0.0, "late_sim_high": 0.3}))
    parts[1].loc[20, ["load", "overload", "share_within"]] = [2.0, 0.7, 0.2]
    return pd.concat(parts, ignore_index=True)


def curves_of(desk: Desk) -> pd.DataFrame:
    """One curve."""
    own = {"start": desk.starts[:2].repeat(2), "queue": "presale", "agents": [0.0, 1.0] * 2, "cost": [9.0, 1.0] * 2}
    return pd.DataFrame(own | {"lost": 1.0, "late": 1.0})


def contacts_of(desk: Desk) -> pd.DataFrame:
    """Two contacts, one of which nobody took."""
    empty = empty_frame("contacts", ZONE)
    times = pd.Series(desk.starts[[9, 10]])
    rows = {
        "contact": ["1", "2"],
        "queue": "presale",
        "arrived": times,
        "agent": ["a1", None],
        "abandoned": [False, True],
    }
    return pd.DataFrame(rows).reindex(columns=empty.columns).astype(empty.dtypes.to_dict())


def scores_of(desk: Desk) -> pd.DataFrame:
    """One measure, equal pay."""
    agents = desk.table("agents")["agent"]
    values = {
        "contacts": 10.0,
        "observed": 0.8,
        "expected": 0.8,
        "adjusted": 0.8,
        "low": 0.7,
        "high": 0.9,
        "score": 0.5,
        "claim": 12.0,
    }
    return pd.DataFrame({"agent": agents, "measure": "speed", **values, "payout": 12.5})

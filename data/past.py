"""The tables about demand: history, drivers, promotions, overrides, activities."""

from collections.abc import Mapping
from datetime import timedelta

import numpy as np
import pandas as pd

from data.clock import Floats, Grid, Ints
from data.demand import Demand
from data.lift import windows
from data.streams import stream
from data.traffic import Traffic, plan_factors
from data.world import Gap, Service, World
from desk.settings import Queue
from desk.tables import table


def history(
    world: World, grid: Grid, demands: Mapping[str, Demand], queues: Mapping[str, Queue], seed: int
) -> pd.DataFrame:
    """Table ``history`` over the whole of ``grid``: one row per interval and queue, sorted by start."""
    parts = []
    for order, (queue, own) in enumerate(demands.items()):
        part = _served(world, grid, own, queues[queue], stream(seed, f"service {queue}"))
        parts.append(part.assign(start=grid.starts, queue=queue, order=order))
    every = pd.concat(parts).sort_values(["start", "order"], ignore_index=True)
    return every[[name for name in table("history").columns if name in every]]


def _served(world: World, grid: Grid, own: Demand, queue: Queue, rng: np.random.Generator) -> pd.DataFrame:
    """Counts and handle time of one queue; customers leave live queues only."""
    lost = rng.binomial(own.offered, lost_share(world.service, grid, own) * (queue.kind == "live"))
    part = pd.DataFrame({"offered": own.offered, "handled": own.offered - lost, "abandoned": lost})
    part["aht_s"] = handle_time(world.service, grid, own, queue.aht_s[-1], rng)
    part["open"] = own.open.astype(int)
    part["observed"] = observed(world.gaps, grid)
    part.loc[part["handled"] == 0, "aht_s"] = np.nan
    return _blanked(part)


def _blanked(part: pd.DataFrame) -> pd.DataFrame:
    counts = ["offered", "handled", "abandoned"]
    part[counts] = part[counts].astype("Int64")
    part.loc[(part["open"] == 0) | (part["observed"] == 0), [*counts, "aht_s"]] = pd.NA
    return part


def capacity(service: Service, grid: Grid, own: Demand) -> Floats:
    """Inquiries per interval that the desk of the past could take: the usual demand of weekday and hour with some
    headroom, raised with the demand of the day up to a limit."""
    keys = [grid.starts.day_of_week, grid.starts.time]
    usual = pd.Series(own.rate).groupby(keys).transform("median").to_numpy(dtype=np.float64)
    raised = np.clip(own.rate / np.maximum(usual, 1e-9), 1.0, service.surge)
    return np.asarray(service.headroom * usual * raised)


def lost_share(service: Service, grid: Grid, own: Demand) -> Floats:
    """Share of the inquiries that left: a base, and in overload the fluid limit 1 - 1/load."""
    load = own.rate / np.maximum(capacity(service, grid, own), 1e-9)
    return np.where(own.open, np.minimum(service.base_lost + np.maximum(0.0, 1 - 1 / np.maximum(load, 1.0)), 1.0), 0.0)


def handle_time(service: Service, grid: Grid, own: Demand, full_s: float, rng: np.random.Generator) -> Floats:
    """Mean handle time in s: that of a full desk, shorter where it idles."""
    load = np.minimum(own.rate / np.maximum(capacity(service, grid, own), 1e-9), 1.0)
    noise = np.exp(rng.normal(0, service.aht_sd, len(load)))
    return np.asarray(np.round(full_s * (1 - service.aht_load * (1 - load)) * noise))


def observed(gaps: list[Gap], grid: Grid) -> Ints:
    """1 where the counter worked, 0 in its failures."""
    seen = np.ones(len(grid.starts), dtype=np.int64)
    for gap in gaps:
        seen[grid.inside(gap.start, gap.start + timedelta(hours=gap.length_h))] = 0
    return seen


def drivers(world: World, grid: Grid, moved: Traffic, seed: int) -> pd.DataFrame:
    """Table ``drivers``: hourly actuals of the past, and daily plans of the past and the coming days."""
    hours = pd.DataFrame({"start": grid.starts, "visits": moved.visits, "orders": moved.orders})
    actual = hours.resample("h", on="start").sum().reset_index()
    days = hours.resample("D", on="start").sum().reset_index()
    for driver in ("visits", "orders"):
        days[driver] *= plan_factors(world, grid, seed, driver)
    past = actual["start"] < pd.Timestamp(world.history_end)
    both = pd.concat([actual[past].assign(basis="actual"), days.assign(basis="plan")])
    both = both[both["start"] >= pd.Timestamp(world.history_start)]
    both[["visits", "orders"]] = both[["visits", "orders"]].round().astype("int64")
    return both.sort_values(["basis", "start"], ignore_index=True)[["start", "basis", "visits", "orders"]]


def promotions(world: World) -> pd.DataFrame:
    """Table ``promotions``: one row per promotion and phase."""
    return pd.DataFrame(
        [
            (own.promotion.promotion, own.phase, own.start, own.end, own.promotion.intensity)
            for own in windows(world.promotions)
        ],
        columns=["promotion", "phase", "start", "end", "intensity"],
    )


def overrides(world: World) -> pd.DataFrame:
    """Table ``overrides``."""
    return pd.DataFrame([own.model_dump() for own in world.overrides])


def activities(world: World) -> pd.DataFrame:
    """Table ``activities``."""
    rows = [own.model_dump() | {"who": "|".join(own.who), "grants_skill": None} for own in world.activities]
    return pd.DataFrame(rows)

"""What a forecaster expects who knows every rate and lag of a drawn world and has the plans of visits and orders.

One takes the plans at their word. The other knows besides what visits and orders are to be expected and how plans err:
log of actual over expected is normal for each day (visits: their own chance; orders: that and theirs on top), and so is
log of planned over actual (a chance of the day, and one shared by all days of a promotion). The past days of a
promotion tell of the shared one. The conditional mean of the days to come goes through the true lags and rates.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from data.clock import Floats
from data.demand import after_orders, contact_rate
from data.drawn import Drawn
from data.traffic import plan_factors, promotion_of_day

DRIVERS = ("visits", "orders")


def planned_means(drawn: Drawn) -> pd.DataFrame:
    """Means of every interval and queue from the end of the history on: ``start, queue``, ``mean_weighed`` of the one
    who knows how plans err, ``mean_told`` of the one who takes them at their word."""
    ways = {"mean_weighed": expected_factors(drawn), "mean_told": _told_factors(drawn)}
    means = {name: _means(drawn, own) for name, own in ways.items()}
    after = drawn.grid.starts >= pd.Timestamp(drawn.world.history_end)
    parts = [
        pd.DataFrame({"start": drawn.grid.starts, "queue": queue} | {name: own[queue] for name, own in means.items()})
        for queue in drawn.demands
    ]
    return pd.concat([part[after] for part in parts])


def _means(drawn: Drawn, factors: Mapping[str, Floats]) -> dict[str, Floats]:
    """Mean inquiries of each queue if visits and orders are their expectation times a factor for each day."""
    world, grid = drawn.world, drawn.grid
    visits = drawn.moved.visits_known * grid.by_day(factors["visits"])
    orders = drawn.moved.orders_known * grid.by_day(factors["orders"])
    found = {queue: visits * contact_rate(own, grid) * drawn.lifted.contact for queue, own in world.by_visits.items()}
    lagged = {queue: after_orders(own, grid, orders) for queue, own in world.by_orders.items()}
    return found | {queue: np.sum(list(parts.values()), axis=0) for queue, parts in lagged.items()}


def _told_factors(drawn: Drawn) -> dict[str, Floats]:
    past = np.array([day < drawn.world.history_end for day in drawn.grid.dates])
    return {driver: np.where(past, 1.0, np.exp(_seen(drawn, driver))) for driver in DRIVERS}


def expected_factors(drawn: Drawn) -> dict[str, Floats]:
    """Per driver what each day is expected to be over its expectation without plans; 1 on past days."""
    world, grid = drawn.world, drawn.grid
    days, promotion = len(grid.dates), promotion_of_day(world, grid)
    past = np.array([day < world.history_end for day in grid.dates])
    inside = promotion >= 0
    day_sd = np.where(inside, world.plan.promotion_day_sd, world.plan.day_sd)
    shared = world.plan.promotion_common_sd**2 * ((promotion[:, None] == promotion) & inside)
    error = np.diag(day_sd**2) + shared
    visits, orders = world.visits.day_noise_sd**2, world.orders.day_noise_sd**2
    each = np.diag(np.where(past, 0.0, 1.0))
    prior = np.kron(np.array([[visits, visits], [visits, visits + orders]]), each)
    centre = np.concatenate([np.where(past, 0.0, -own / 2) for own in (visits, visits + orders)])
    seen = np.concatenate([_seen(drawn, driver) for driver in DRIVERS])
    gain = np.linalg.solve(prior + np.kron(np.eye(2), error), prior).T
    mean = centre + gain @ (seen - centre)
    left = np.diag(prior - gain @ prior)
    told = np.exp(mean + left / 2)
    return {"visits": told[:days], "orders": told[days:]}


def _seen(drawn: Drawn, driver: str) -> Floats:
    """Log of each day's plan over what was known of it without: what came, on past days."""
    actual = drawn.grid.day_sums(getattr(drawn.moved, driver))
    known = drawn.grid.day_sums(getattr(drawn.moved, f"{driver}_known"))
    return np.asarray(np.log(actual * plan_factors(drawn.world, drawn.grid, drawn.seed, driver) / known))

"""Visits and orders, as they were, as they were to be expected, and as they were planned."""

import math
from dataclasses import dataclass
from datetime import date

import numpy as np

from data.clock import Floats, Grid, Ints, holiday_factor, is_day_off, is_makeup, weekday_factor
from data.lift import Lift, windows
from data.streams import stream
from data.world import Visits, World

DAYS_PER_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Traffic:
    """Per interval of the grid.

    Parameters
    ----------
    visits, orders : as they were.
    visits_known, orders_known : as they were until the history ends, thereafter their expectation.
    """

    visits: Floats
    orders: Floats
    visits_known: Floats
    orders_known: Floats


def traffic(world: World, grid: Grid, lifted: Lift, seed: int) -> Traffic:
    """Draw visits and orders on ``grid``."""
    rng = stream(seed, "traffic")
    mean_visits = expected_visits(world, grid) * lifted.visits
    rate = world.orders.conversion * lifted.conversion
    visits = rng.poisson(mean_visits * grid.by_day(shocks(rng, len(grid.dates), world.visits.day_noise_sd)))
    order_shock = grid.by_day(shocks(rng, len(grid.dates), world.orders.day_noise_sd))
    orders = rng.poisson(visits * rate * order_shock).astype(np.float64)
    past = grid.by_day([day < world.history_end for day in grid.dates]) > 0
    known = np.where(past, visits, mean_visits)
    return Traffic(visits.astype(np.float64), orders, known, np.where(past, orders, known * rate))


def shocks(rng: np.random.Generator, days: int, sd: float) -> Floats:
    """Log-normal factors with mean 1, one a day."""
    return np.asarray(np.exp(rng.normal(-(sd**2) / 2, sd, days)))


def expected_visits(world: World, grid: Grid) -> Floats:
    """Visits per interval without promotions and noise."""
    own = world.visits
    work, off = (grid.profile(hours) / grid.profile(hours).sum() for hours in (own.hour, own.hour_off))
    within: Floats = np.concatenate([off if is_day_off(day) else work for day in grid.dates])
    return grid.by_day([own.per_day * _day_factor(own, day, world.history_start) for day in grid.dates]) * within


def _day_factor(own: Visits, day: date, first: date) -> float:
    growth = math.pow(1 + own.growth_per_year, (day - first).days / DAYS_PER_YEAR)
    calendar = own.makeup if is_makeup(day) else holiday_factor(day, own.day_off, own.holidays)
    return growth * own.month[day.month - 1] * weekday_factor(day, own.weekday) * calendar


def plan_factors(world: World, grid: Grid, seed: int, driver: str) -> Floats:
    """Planned over actual per day: an error of the day, and one shared by all days of a promotion."""
    rng = stream(seed, f"plan {driver}")
    promotion = promotion_of_day(world, grid)
    inside = promotion >= 0
    day = rng.normal(0, np.where(inside, world.plan.promotion_day_sd, world.plan.day_sd))
    common = rng.normal(0, world.plan.promotion_common_sd, len(world.promotions))
    return np.asarray(np.exp(day + np.where(inside, common[promotion], 0.0)))


def promotion_of_day(world: World, grid: Grid) -> Ints:
    """Number of the promotion that each day lies in; -1 outside."""
    found = np.full(len(grid.dates), -1, dtype=np.int64)
    names = [promotion.promotion for promotion in world.promotions]
    for window in windows(world.promotions):
        inside = [window.start.date() <= day <= window.end.date() for day in grid.dates]
        found[np.asarray(inside)] = names.index(window.promotion.promotion)
    return found

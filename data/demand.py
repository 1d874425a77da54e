"""From visits and orders to inquiries."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy.stats import gamma

from data.clock import Flags, Floats, Grid, Ints, holiday_factor, weekday_factor
from data.lift import Lift
from data.streams import stream
from data.traffic import Traffic
from data.world import MAX_LAG_DAYS, ByOrders, ByVisits, Fresh, Noise, Reason, World

FRESH_HOURS = 24
"""Fresh questions come within a day of the order."""


@dataclass(frozen=True, slots=True)
class Demand:
    """Inquiries of one queue per interval.

    Parameters
    ----------
    mean : expectation as known when the history ends (later visits and orders at their expectation, no noise).
    mean_given_drivers : expectation given the actual visits and orders, no noise.
    rate : the same with the day's shock and the level's drift; counts are Poisson around it.
    offered : inquiries that came.
    open : whether the queue was open.
    by_reason : share of each reason in ``mean_given_drivers``, per interval; empty where it has no reasons.
    """

    mean: Floats
    mean_given_drivers: Floats
    rate: Floats
    offered: Ints
    open: Flags
    by_reason: dict[str, Floats]


def demand(world: World, grid: Grid, moved: Traffic, lifted: Lift, seed: int) -> dict[str, Demand]:
    """Draw the inquiries of every queue of ``world``."""
    queues = [*world.by_visits, *world.by_orders]
    levels = _levels(world.noise, len(queues), len(grid.dates), seed)
    found = {}
    for index, queue in enumerate(queues):
        expected, actual = _parts(world, queue, grid, moved, lifted)
        given = np.sum(list(actual.values()), axis=0)
        rate = given * grid.by_day(levels[index])
        offered = stream(seed, f"counts {queue}").poisson(rate)
        shares = {reason: part / np.maximum(given, 1e-12) for reason, part in actual.items()}
        mean = np.sum(list(expected.values()), axis=0)
        found[queue] = Demand(mean, given, rate, offered, given > 0, shares)
    return found


def _parts(
    world: World, queue: str, grid: Grid, moved: Traffic, lifted: Lift
) -> tuple[dict[str, Floats], dict[str, Floats]]:
    """Means by reason: as known when the history ends, and given the actual drivers."""
    if queue in world.by_visits:
        rate = contact_rate(world.by_visits[queue], grid) * lifted.contact
        return {"question": moved.visits_known * rate}, {"question": moved.visits * rate}
    own = world.by_orders[queue]
    return after_orders(own, grid, moved.orders_known), after_orders(own, grid, moved.orders)


def contact_rate(own: ByVisits, grid: Grid) -> Floats:
    """Inquiries per visit in each interval, outside promotions."""
    weekday = grid.by_day([weekday_factor(day, own.weekday) for day in grid.dates])
    return own.rate * np.tile(grid.profile(own.hour), len(grid.dates)) * weekday


def after_orders(own: ByOrders, grid: Grid, orders: Floats) -> dict[str, Floats]:
    """Mean inquiries by reason: orders of earlier days through the lag kernels and the opening profile, and the
    fresh questions of the last hours."""
    opening = grid.profile(own.hour)
    days = np.array([_day_factor(own, day) for day in grid.dates])
    per_day = grid.day_sums(orders)
    found = {own.fresh.reason: fresh_questions(own, grid, orders)}
    for reason in own.reasons:
        total = np.convolve(per_day, reason.per_order * lag_kernel(reason))[: len(per_day)]
        found[reason.reason] = np.outer(total * days, opening / opening.sum()).ravel()
    return found


def _day_factor(own: ByOrders, day: date) -> float:
    return weekday_factor(day, own.weekday) * holiday_factor(day, own.day_off, own.holidays)


def lag_kernel(reason: Reason) -> Floats:
    """Share of a reason's questions by whole days since the order, lag 0 (always 0) to ``MAX_LAG_DAYS``."""
    edges = gamma.cdf(np.arange(MAX_LAG_DAYS + 1), reason.shape, scale=reason.mean_d / reason.shape)
    weights = np.concatenate([[0.0], np.diff(edges)])
    return np.asarray(weights / weights.sum())


def fresh_kernel(fresh: Fresh, step_h: float) -> Floats:
    """Share of the fresh questions by intervals since the order's interval."""
    edges = np.arange(int(FRESH_HOURS / step_h) + 1) * step_h
    weights = np.diff(1 - np.exp(-edges / fresh.mean_h))
    return np.asarray(weights / weights.sum())


def fresh_questions(own: ByOrders, grid: Grid, orders: Floats) -> Floats:
    """Mean fresh questions per interval; a share of those of closed hours comes in the first two open hours."""
    wanted = np.convolve(orders * own.fresh.per_order, fresh_kernel(own.fresh, grid.step_h))[: len(orders)]
    by_day = wanted.reshape(-1, grid.per_day)
    closed = grid.profile(own.hour) == 0
    if not closed.any():
        return wanted
    first = int(np.argmin(closed))
    waiting = own.carried * by_day[:, :first].sum(axis=1)
    taken = np.where(closed, 0.0, by_day)
    early = slice(first, first + round(2 / grid.step_h))
    taken[:, early] += waiting[:, None] / (early.stop - early.start)
    return taken.ravel()


def _levels(noise: Noise, queues: int, days: int, seed: int) -> Floats:
    """Factor per queue and day: correlated shocks of the day times a slowly drifting level."""
    rng = stream(seed, "levels")
    own, shared = np.sqrt(1 - noise.queue_correlation), np.sqrt(noise.queue_correlation)
    z = own * rng.normal(size=(queues, days)) + shared * rng.normal(size=days)
    drift = np.zeros((queues, days))
    steps = rng.normal(0, noise.drift_sd * np.sqrt(1 - noise.drift_memory**2), (queues, days))
    for day in range(1, days):
        drift[:, day] = noise.drift_memory * drift[:, day - 1] + steps[:, day]
    return np.asarray(np.exp(noise.day_sd * z - noise.day_sd**2 / 2 + drift - noise.drift_sd**2 / 2))

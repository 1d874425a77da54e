"""Plans and own pasts of drivers, weighed together."""

import numpy as np
import pandas as pd
import pytest

from desk import Desk
from forecast.driver import read_driver
from forecast.foresight import Driver, foresee
from tests.unit.forecast.small import ZONE, desk_of, history, promotion, starts, usual

DAYS, PAST = 300, 280
AHEAD = slice(PAST, DAYS)


def _drivers(
    visits: np.ndarray, orders: np.ndarray, visits_plan: np.ndarray, orders_plan: np.ndarray, **tables: pd.DataFrame
) -> tuple[Driver, ...]:
    """Both drivers foreseen, from their days' totals (all days) and plans, beside further tables of the desk."""
    times = starts("2024-01-01", DAYS)
    clock = usual(times, 1.0).reshape(DAYS, 24)
    clock = (clock / clock.sum(axis=1, keepdims=True)).ravel()
    hourly = pd.DataFrame({"start": times, "basis": "actual"})
    hourly["visits"], hourly["orders"] = (clock * own.repeat(24) for own in (visits, orders))
    daily = pd.DataFrame({"start": times[::24], "basis": "plan", "visits": visits_plan, "orders": orders_plan})
    rows = pd.concat([hourly[: PAST * 24], daily], ignore_index=True)
    desk = _desk(times, rows.astype({"start": f"datetime64[us, {ZONE}]"}), **tables)
    last = pd.Timestamp("2024-01-01") + pd.Timedelta(days=DAYS - 1)
    readings = [read_driver(desk, name, pd.Timestamp("2024-01-01"), 60, last) for name in ("visits", "orders")]
    return foresee([reading for reading in readings if reading is not None])


def _desk(times: pd.DatetimeIndex, drivers: pd.DataFrame, **tables: pd.DataFrame) -> Desk:
    return desk_of(history(times[: PAST * 24], np.full(PAST * 24, 5.0)), DAYS - PAST, drivers=drivers, **tables)


def _error(driver: Driver, came: np.ndarray) -> float:
    return float(np.abs(np.log(driver.best[AHEAD].sum(axis=1) / came[AHEAD])).mean())


@pytest.mark.parametrize("follows", [True, False])
def test_the_plan_of_one_driver_speaks_for_another_that_moves_with_it(follows: bool) -> None:
    """Protects what plans have to say beyond their own column, and that strangers say nothing."""
    rng = np.random.default_rng(5)
    shared, other = rng.normal(0, 0.25, (2, DAYS))
    visits = 24_000 * np.exp(shared)
    orders = 700 * np.exp((shared if follows else other) + rng.normal(0, 0.03, DAYS))
    drivers = _drivers(visits, orders, visits * np.exp(rng.normal(0, 0.02, DAYS)), np.full(DAYS, np.nan))
    assert _error(drivers[0], visits) < 0.05
    assert (_error(drivers[1], orders) < 0.08) is follows
    assert drivers[1].unplanned[AHEAD].all()
    assert bool(drivers[1].error_sd[AHEAD].max() < 0.2) is follows


def test_a_plan_that_does_not_know_chance_is_believed_where_the_own_forecast_is_wrong() -> None:
    """Protects plans that are forecasts themselves: how far they lie from what came is the day's chance, not theirs."""
    rng = np.random.default_rng(6)
    expected = 24_000 * np.exp(0.25 * np.sign(rng.normal(0, 1, DAYS)))
    came = expected * np.exp(rng.normal(0, 0.1, DAYS))
    plan = expected * np.exp(rng.normal(0, 0.01, DAYS))
    driver, _ = _drivers(came, np.full(DAYS, 700.0), plan, np.full(DAYS, 700.0))
    assert driver.among.owns[0].unknowing > 0.1
    assert _error(driver, expected) < 0.06


def test_a_day_planned_as_nothing_is_foreseen_as_nothing() -> None:
    """Protects the pause of a driver that runs on most days: no mail goes out where none is planned."""
    rng = np.random.default_rng(7)
    mails = 9_000 * (rng.random(DAYS) < 0.8) * np.exp(rng.normal(0, 0.2, DAYS))
    driver, _ = _drivers(mails, np.full(DAYS, 700.0), mails, np.full(DAYS, 700.0))
    idle = mails[AHEAD] == 0
    assert idle.any()
    assert (driver.best[AHEAD].sum(axis=1)[idle] == 0).all()
    assert driver.best[AHEAD].sum(axis=1)[~idle] == pytest.approx(mails[AHEAD][~idle], rel=0.1)


@pytest.mark.parametrize(("size", "entered"), [(0.5, True), (2.0, False)])
def test_a_promotion_planned_unlike_all_before_comes_as_it_is_planned(size: float, entered: bool) -> None:
    """Protects a small sale, and one that nobody entered, of which only the plans tell: half of it was foreseen 60 %
    too high and the other at half, since plans err by a tenth and the past was sure."""
    rng = np.random.default_rng(9)
    begins = [40, 90, 140, 190, 240, PAST + 4]
    came, plan = (24_000 * np.exp(rng.normal(0, 0.05, DAYS)) for _ in range(2))
    for number, begin in enumerate(begins):
        lift = 3.0 * (size if begin > PAST else 1.0)
        came[begin : begin + 4] *= lift
        plan[begin : begin + 4] *= lift * np.exp((0.1, -0.1, 0.1, -0.1, 0.1, 0.0)[number])
    days = pd.date_range("2024-01-01", periods=DAYS).strftime("%Y-%m-%d")
    sales = [promotion(days[begin], ("sale", days[begin], days[begin + 4])) for begin in begins[: 6 if entered else 5]]
    driver, _ = _drivers(came, np.full(DAYS, 700.0), plan, np.full(DAYS, np.nan), promotions=pd.concat(sales))
    rows = slice(PAST + 4, PAST + 8)
    assert driver.best[rows].sum() == pytest.approx(came[rows].sum(), rel=0.14)

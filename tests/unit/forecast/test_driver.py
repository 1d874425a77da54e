"""Drivers: read, foreseen, admitted."""

import numpy as np
import pandas as pd
import pytest

from desk import Desk
from desk.settings import ExpectedLift
from forecast import fit
from forecast.campaign import learn_plan_error, promotion_of_days
from forecast.driver import believed, read_driver
from forecast.event import Phase
from forecast.foresight import foresee
from tests.unit.forecast.small import ZONE, desk_of, history, promotion, starts, usual

DAYS = 300
PAST = 280
BLACK_FRIDAYS = {
    "BF-2025": ("2025-11-28", "2025-11-29", "2025-12-01", "2025-12-02"),
    "BF-2026": ("2026-11-27", "2026-11-28", "2026-11-30", "2026-12-01"),
}


def _world(seed: int = 7, plan_sd: float = 0.03) -> tuple[pd.DataFrame, pd.DataFrame]:
    """History that follows visits of the same hour, and drivers: visits (useful), moon (useless); both planned."""
    rng = np.random.default_rng(seed)
    times = starts("2024-01-01", DAYS)
    level = np.exp(rng.normal(0, 0.3, DAYS))
    visits = rng.poisson(usual(times, 24_000.0) * level.repeat(24)).astype(float)
    offered = rng.poisson(visits * 0.02).astype(float)
    moon = np.exp(rng.normal(0, 0.3, DAYS)).repeat(24)
    hourly = pd.DataFrame({"start": times, "basis": "actual", "visits": visits, "moon": moon})
    daily = hourly.groupby(hourly["start"].dt.normalize())[["visits", "moon"]].sum()
    planned = daily.reset_index().assign(basis="plan")
    planned["visits"] *= np.exp(rng.normal(0, plan_sd, DAYS))
    drivers = pd.concat([hourly[: PAST * 24], planned], ignore_index=True)
    return history(times[: PAST * 24], offered[: PAST * 24]), drivers.astype({"start": f"datetime64[us, {ZONE}]"})


@pytest.fixture(scope="module")
def desk() -> Desk:
    """A desk whose inquiries follow visits."""
    rows, drivers = _world()
    return desk_of(rows, 14, drivers=drivers)


def test_a_useful_driver_enters_and_a_useless_one_does_not(desk: Desk) -> None:
    """Protects admission by back-test, with its evidence."""
    evidence = fit(desk).predict(paths=50).evidence
    first = evidence[evidence["beside"] == ""].set_index("driver")
    assert first["admitted"].to_dict() == {"visits": True, "moon": False}
    assert first.loc["visits", "wape_with"] < 0.6 * first.loc["visits", "wape_without"]
    assert first.loc["visits", "mean_lag_h"] < 1
    assert not evidence.loc[evidence["driver"] == "moon", "admitted"].any()


def test_the_plan_moves_the_forecast(desk: Desk) -> None:
    """Protects the way from a doubled plan to more inquiries, told as the drivers' factor."""
    drivers = desk.table("drivers").copy()
    ahead = (drivers["basis"] == "plan") & (drivers["start"] >= desk.starts[0])
    drivers.loc[ahead, "visits"] *= 2
    doubled = Desk(desk.settings, {**desk.tables, "drivers": drivers})
    plain, more = (fit(own).predict() for own in (desk, doubled))
    assert 1.7 < more.paths.mean() / plain.paths.mean() < 2.2
    assert 1.7 < (more.explanation["drivers"] / plain.explanation["drivers"]).median() < 2.2


@pytest.mark.parametrize("planned", [1.0, 3.0])
def test_a_stated_lift_counts_beside_the_drivers(desk: Desk, planned: float) -> None:
    """Protects what a planner knows of a first promotion: it is weighed with the drivers' plan, which may carry it, and
    told, and the explanation still multiplies to the forecast."""
    ahead = desk.starts[24], desk.starts[72]
    coming = promotion("p", ("launch", f"{ahead[0]:%Y-%m-%d}", f"{ahead[1]:%Y-%m-%d}"))
    drivers = desk.table("drivers").copy()
    drivers.loc[(drivers["start"] >= ahead[0]) & (drivers["start"] < ahead[1]), "visits"] *= planned
    lifts = {"expected_lifts": [ExpectedLift(phase="launch", lift=3.0, spread=0.2)]}
    stated = desk.settings.model_copy(update={"forecast": desk.settings.forecast.model_copy(update=lifts)})
    tables = {**desk.tables, "drivers": drivers, "promotions": coming}
    plain, told = (fit(Desk(settings, tables)).predict() for settings in (desk.settings, stated))
    ratio = told.paths[:, 24:72].mean() / plain.paths[:, 24:72].mean()
    assert 2.0 < ratio < 3.0 if planned == 1.0 else 0.85 < ratio < 1.15
    [finding] = [own for own in told.findings if own.code == "lift_beside_drivers"]
    assert "3.00" in finding.message("zh")
    factors = told.explanation[["level", "calendar", "promotion", "drivers", "overrides"]].prod(axis=1)
    assert factors.to_numpy() == pytest.approx(told.paths[:, :, 0].mean(axis=0))


def test_settings_can_keep_a_driver_out(desk: Desk) -> None:
    """Protects the analyst's word on which drivers may be tried."""
    settings = desk.settings.model_copy(
        update={"forecast": desk.settings.forecast.model_copy(update={"drivers": {"q": ["moon"]}})}
    )
    evidence = fit(Desk(settings, desk.tables)).predict(paths=50).evidence
    assert set(evidence["driver"].dropna()) == {"moon"}


def test_error_of_plans_widens_the_forecast() -> None:
    """Protects that paths carry the learned error of plans."""
    spreads = []
    for plan_sd in (0.01, 0.25):
        rows, drivers = _world(plan_sd=plan_sd)
        totals = fit(desk_of(rows, 1, drivers=drivers)).predict().paths.sum(axis=(1, 2))
        spreads.append(totals.std() / totals.mean())
    assert spreads[1] > 1.5 * spreads[0]


def test_daily_plans_are_spread_by_the_drivers_own_day(desk: Desk) -> None:
    """Protects the shape of a daily plan: it follows the hours that were measured, and keeps its total."""
    reading = read_driver(desk, "visits", pd.Timestamp("2024-01-01"), 60, pd.Timestamp("2024-10-20"))
    assert reading is not None
    planned = reading.planned[PAST]
    plan = desk.table("drivers").query("basis == 'plan'")["visits"].iloc[PAST]
    assert np.isclose(planned.sum(), plan)
    clock = usual(starts("2024-10-07", 1))
    assert np.corrcoef(planned, clock)[0, 1] > 0.98


def test_trust_in_plans_is_learned(desk: Desk) -> None:
    """Protects the pull towards the driver's own forecast: a good plan is believed, a bad one hardly."""
    weights = []
    for plan_sd in (0.03, 0.8):
        rows, drivers = _world(plan_sd=plan_sd)
        own = desk_of(rows, 14, drivers=drivers)
        reading = read_driver(own, "visits", pd.Timestamp("2024-01-01"), 60, pd.Timestamp("2024-10-20"))
        assert reading is not None
        [driver] = foresee([reading])
        ahead = np.arange(PAST, PAST + 7)
        own = driver.among.owns[0].totals(ahead, driver.among.owns[0].ahead(ahead).log)
        plan, foreseen = (np.log(values[ahead].sum(axis=1) / own) for values in (reading.planned, driver.best))
        weights.append(float(foreseen @ plan / (plan @ plan)))
    assert weights[0] > 0.9
    assert weights[1] < 0.4


def test_unplanned_and_unusable_drivers_are_told() -> None:
    """Protects against a driver that silently stops, and against negative ones."""
    rows, drivers = _world()
    drivers["frost"] = -1.0
    drivers["weekly"] = drivers["moon"].where(drivers["start"].dt.day_of_week == 0)
    drivers = drivers[drivers["basis"] == "actual"]
    slip = pd.DataFrame({"start": [drivers["start"].max().normalize() + pd.Timedelta(days=4)], "basis": "plan"})
    slip["moon"] = 300 * drivers["moon"].mean()
    drivers = pd.concat([drivers, slip.astype({"start": drivers["start"].dtype})], ignore_index=True)
    forecast = fit(desk_of(rows, 14, drivers=drivers)).predict(paths=50)
    codes = [finding.code for finding in forecast.findings]
    assert "driver_unusable" in codes
    [plan] = (finding for finding in forecast.findings if finding.code == "plan_unusual")
    assert f"{slip['start'].iloc[0]:%Y-%m-%d}" in plan.message()
    assert "按计划预测" in plan.message("zh")
    [sparse] = (finding for finding in forecast.findings if finding.code == "driver_sparse")
    assert "weekly" in sparse.message()
    assert "7 天" in sparse.message("zh")
    assert ("driver_unplanned" in codes) == bool(forecast.evidence["admitted"].any())
    assert np.isfinite(forecast.paths).all()


@pytest.mark.parametrize("told", ["since lately", "late and in part", "of a queue that opened lately"])
def test_a_driver_known_on_few_days_still_enters(told: str) -> None:
    """Protects a driver measured for half of the history, one whose rows end before the history's and whose plans leave
    out days, and a queue younger than its desk: all were refused untried, or judged as if nothing were planned."""
    rows, drivers = _world()
    day = (drivers["start"].dt.normalize() - drivers["start"].min().normalize()).dt.days
    actual, coming = drivers["basis"] == "actual", (day >= PAST) & (day < PAST + 12)
    if told == "of a queue that opened lately":
        rows = pd.concat([rows.iloc[140 * 24 :], rows.iloc[:24].assign(queue="old")])
    else:
        kept = day >= 140 if told == "since lately" else actual & (day < PAST - 10) | ~actual & coming
        drivers = drivers[kept]
    model = fit(desk_of(rows, 14, drivers=drivers.drop(columns="moon"))).queues["q"]
    assert [driver.name for driver in model.drivers] == ["visits"]  # type: ignore[union-attr]


def test_drivers_that_never_vary_are_tried_and_refused() -> None:
    """Protects a desk with a column that is the same at all times, the same every day, or 0."""
    rows, drivers = _world()
    flat = drivers[["start", "basis"]].assign(fixed=5.0, daily=drivers["start"].dt.hour + 0.5, dead=0.0)
    forecast = fit(desk_of(rows, 7, drivers=flat)).predict(paths=50)
    assert not forecast.evidence["admitted"].any()
    assert np.isfinite(forecast.paths).all()


def test_half_hour_desk_with_hourly_drivers() -> None:
    """Protects drivers coarser than the slots: an hourly row is spread, a daily plan still follows the clock."""
    rows, drivers = _world()
    halves = starts("2024-01-01", PAST, step_min=30)
    split = history(halves, np.round(rows["offered"].to_numpy().repeat(2) / 2))
    evidence = fit(desk_of(split, 7, step_min=30, drivers=drivers)).predict(paths=50).evidence
    assert evidence.set_index(["driver", "beside"]).loc[("visits", ""), "admitted"]
    assert evidence.set_index(["driver", "beside"]).loc[("visits", ""), "mean_lag_h"] < 0.1


def _followers(leader: str, seed: int = 3) -> Desk:
    """After-sale contacts that follow ``leader`` by a week; orders follow visits closely, and are planned worse."""
    rng = np.random.default_rng(seed)
    days, past = 420, 400
    times = starts("2024-01-01", days)
    visits = usual(times, 24_000.0) * np.exp(rng.normal(0, 0.3, days)).repeat(24)
    orders = visits * 0.03 * np.exp(rng.normal(0, 0.12, days)).repeat(24)
    daily = {"visits": visits, "orders": orders}[leader].reshape(days, 24).sum(axis=1)
    waves = np.arange(40) * np.exp(-np.arange(40) / 3.5)
    follow = np.convolve(daily / daily.mean(), waves / waves.sum())[:days]
    follow[:40] = 1.0
    level = np.exp(rng.normal(0, 0.06, days)) * follow
    offered = rng.poisson(usual(times, 900.0) * level.repeat(24)).astype(float)
    hourly = pd.DataFrame({"start": times, "basis": "actual", "visits": visits, "orders": orders})
    planned = hourly.groupby(hourly["start"].dt.normalize())[["visits", "orders"]].sum().reset_index()
    planned["visits"] *= np.exp(rng.normal(0, 0.03, days))
    planned["orders"] *= np.exp(rng.normal(0, 0.06, days))
    drivers = pd.concat([hourly[: past * 24], planned.assign(basis="plan")], ignore_index=True)
    rows = history(times[: past * 24], offered[: past * 24])
    return desk_of(rows, 14, drivers=drivers.astype({"start": f"datetime64[us, {ZONE}]"}))


@pytest.mark.parametrize("leader", ["visits", "orders"])
def test_of_two_drivers_nearly_level_the_one_that_tells_the_past_enters(leader: str) -> None:
    """Protects the choice where both forecast alike: what they really did decides, not what was planned of them."""
    evidence = fit(_followers(leader)).predict(paths=50).evidence
    first = evidence[evidence["beside"] == ""].set_index("driver")
    assert first.index[first["admitted"].astype(bool)].tolist() == [leader]
    assert first.loc[leader, "mean_lag_h"] == pytest.approx(24 * 7, rel=0.2)


def test_a_plan_that_missed_a_promotion_so_far_is_corrected_for_the_rest() -> None:
    """Protects the error that all days of a promotion share: the days that came speak for those to come."""
    phases = (
        Phase("a", "sale", 2.5, 10.0, 1.0),
        Phase("a", "peak", 10.0, 12.0, 1.0),
        Phase("b", "sale", 20.0, 25.0, 1.0),
    )
    promotion = promotion_of_days(phases, 30)
    assert promotion.tolist() == [-1] * 2 + [0] * 10 + [-1] * 8 + [1] * 5 + [-1] * 5
    missed = np.where((np.arange(30) >= 2) & (np.arange(30) < 8), 0.2, np.nan)
    plans = learn_plan_error(promotion, missed)
    rows = np.array([1, 9, 11, 15, 22])
    before, after = (plans.expected(origin, rows) for origin in (2, 8))
    assert np.allclose(after[0][[1, 2]], -0.2, atol=0.03)
    assert np.array_equal(after[0][[0, 3, 4]], before[0][[0, 3, 4]])
    assert after[2][1, 2] < 0.2 * before[2][1, 2]


def test_a_promotion_beside_a_holiday_is_the_drivers_to_tell() -> None:
    """Protects Black Friday, which follows Thanksgiving: what visits tell is not taken for the holiday's."""
    zone, rng = "America/New_York", np.random.default_rng(7)
    times = starts("2025-08-25", 468, zone=zone)
    clock, lift = times.tz_localize(None), np.ones(len(times))
    lift[(clock >= "2026-07-07") & (clock < "2026-07-09")] = 3.0
    promotions = []
    for name, days in BLACK_FRIDAYS.items():
        phases = list(zip(("friday", "weekend", "monday"), days[:-1], days[1:], strict=True))
        promotions.append(promotion(name, *phases, zone=zone))
        for (_, first, last), by in zip(phases, (6.0, 2.5, 4.5), strict=True):
            lift[(clock >= first) & (clock < last)] = by
    shape = (np.exp(-(((clock.hour - 15) / 5.0) ** 2)) + 0.05) * np.where(clock.day_of_week >= 5, 1.3, 1.0)
    visits = rng.poisson(2_000.0 * shape * lift).astype(float)
    past = clock < "2026-11-22"
    rows = history(times[past], rng.poisson(visits[past] * 0.03).astype(float))
    drivers = pd.DataFrame({"start": times, "basis": np.where(past, "actual", "plan"), "visits": visits})
    desk = desk_of(rows, 14, drivers=drivers, promotions=pd.concat(promotions), forecast={"country": "US"})
    evidence = fit(desk).predict(paths=50).evidence.set_index("driver")
    assert evidence.loc["visits", "admitted"]
    assert evidence.loc["visits", "mean_lag_h"] < 1


def test_a_plan_of_nothing_counts_where_nothing_has_come_before() -> None:
    """Protects a pause that was planned, and a driver that never pauses from plans that were not made yet."""
    planned = np.array([[5.0], [0.0], [0.0], [np.nan]])
    for came, meant in (([5, 0, 4, np.nan], True), ([5, 3, 4, np.nan], False), ([0, np.nan, np.nan, 0], True)):
        found = believed(planned, np.array(came, dtype=float)[:, None])
        assert (found[1:3, 0] == 0).all() == meant
        assert np.isnan(found[1:3, 0]).all() != meant


@pytest.mark.parametrize("told", ["days, then hours", "five hours", "nine and six"])
def test_rows_of_any_length_keep_the_totals_of_their_days(told: str) -> None:
    """Protects a driver whose rows change their length, or fit no slots: a day's visits stay that day's."""
    times = starts("2025-01-06", 60)
    day, hour = times.normalize(), times.hour
    by = {
        "days, then hours": day.where(times < times[20 * 24], times),
        "five hours": times - pd.to_timedelta(hour % 5, unit="h"),
        "nine and six": day + pd.to_timedelta(np.where(hour < 12, 9, 18), unit="h"),
    }[told]
    visits = usual(times, 2400.0)
    rows = pd.DataFrame({"start": by, "visits": visits}).groupby("start", as_index=False).sum().assign(basis="actual")
    desk = desk_of(history(times, np.full(len(times), 5.0)), drivers=rows)
    own = read_driver(desk, "visits", pd.Timestamp("2025-01-06"), 60, pd.Timestamp("2025-03-06"))
    assert own is not None
    assert own.measured.sum(axis=1) == pytest.approx(visits.reshape(60, 24).sum(axis=1))
    if told == "days, then hours":
        assert own.measured[7] == pytest.approx(own.measured[35], rel=0.05)


def test_an_hour_that_lacks_a_quarter_of_a_driver_is_unknown() -> None:
    """Protects against a lost quarter that passes for fewer visits."""
    times = starts("2025-01-06", 30, step_min=15)
    rows = pd.DataFrame({"start": times, "basis": "actual", "visits": 5.0}).drop(index=[9])
    desk = desk_of(history(starts("2025-01-06", 30), np.full(720, 5.0)), drivers=rows)
    own = read_driver(desk, "visits", pd.Timestamp("2025-01-06"), 60, pd.Timestamp("2025-02-04"))
    assert own is not None
    assert np.flatnonzero(np.isnan(own.measured)).tolist() == [2]

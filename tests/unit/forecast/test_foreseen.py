"""What plans of drivers are worth where they are in another unit, or were filled in afterwards."""

import numpy as np
import pandas as pd
import pytest

from desk import Finding
from forecast import fit
from forecast.foreseen import foreseen_drivers, unusable
from forecast.foresight import Driver
from tests.unit.forecast.small import desk_of, history, starts, usual

PAST, AHEAD = 98, 7
RNG = np.random.default_rng(5)
VISITS = 40_000 * np.exp(RNG.normal(0, 0.1, PAST + AHEAD))
PLANS = VISITS * np.exp(RNG.normal(0, 0.05, PAST + AHEAD))


def _driver(came: np.ndarray, planned: np.ndarray) -> tuple[Driver, list[Finding]]:
    """A driver by day, as it is foreseen, and what is told of it."""
    days, hours = starts("2025-01-06", PAST + AHEAD, step_min=1440), starts("2025-01-06", PAST)
    both = [pd.DataFrame({"start": days[:PAST], "basis": "actual", "visits": came[:PAST]})]
    both.append(pd.DataFrame({"start": days, "basis": "plan", "visits": planned}).dropna())
    desk = desk_of(history(hours, np.ones(len(hours))), AHEAD, drivers=pd.concat(both, ignore_index=True))
    found = foreseen_drivers(desk, 60, ["visits"], days[-1].tz_localize(None))
    return found[0], list(unusable(desk, {60: found}))


@pytest.mark.parametrize("unit", [1e-4, 1e-3, 1.0, 100.0])
def test_plans_in_another_unit_are_read_in_that_of_the_measured_rows(unit: float) -> None:
    """Protects plans in thousands: they were taken for the end of all visits, or the driver was refused."""
    driver, told = _driver(VISITS, PLANS * unit)
    assert driver.best[PAST:].sum(axis=1) == pytest.approx(VISITS[PAST:], rel=0.2)
    assert [own.code for own in told] == ([] if unit == 1 else ["plan_other_unit"])
    assert all("单位" in own.message("zh") and "unit" in own.message() for own in told)


def test_coming_plans_that_no_past_one_explains_are_left_out_where_only_their_unit_can_be_another() -> None:
    """Protects a forecast of next to nothing, made from plans in ten thousands that nothing could be compared with."""
    driver, [told] = _driver(VISITS, np.where(np.arange(PAST + AHEAD) < PAST, np.nan, PLANS / 10_000))
    assert driver.unplanned[PAST:].all()
    assert driver.best[PAST:].sum(axis=1) == pytest.approx(VISITS[PAST:], rel=0.4)
    assert told.code == "plan_strange"
    assert "1/" in told.message()
    assert "未采用" in told.message("zh")


def test_plans_filled_in_afterwards_do_not_say_that_plans_never_err() -> None:
    """Protects against intervals far too narrow; what is decided beforehand does come as planned."""
    known = np.arange(PAST + AHEAD) < PAST
    copied, [told] = _driver(VISITS, np.where(known, VISITS, PLANS))
    assert told.code == "plan_copied"
    assert f"{PAST} days" in told.message()
    assert "事后" in told.message("zh")
    mails = np.where(np.arange(PAST + AHEAD) % 7 == 0, 50_000.0, 20_000.0)
    decided, nothing = _driver(mails, mails)
    assert not nothing
    assert copied.error_sd[PAST:].min() > 2 * decided.error_sd[PAST:].max()
    sent = np.where(np.arange(PAST + AHEAD) % 4 == 0, VISITS, 0.0)
    seldom, told = _driver(sent, sent)
    assert not {"plan_copied", "plan_strange"} & {own.code for own in told}
    assert seldom.best[PAST:].sum(axis=1) == pytest.approx(sent[PAST:], rel=0.1)


@pytest.mark.parametrize("followed", [False, True])
def test_a_driver_counted_otherwise_since_some_day_is_read_in_todays_terms(followed: bool) -> None:
    """Protects a driver that lost three fifths of its visits to a consent banner, as inquiries did not: it was refused.
    One that really fell, as inquiries did, stays as it was measured."""
    rng, days = np.random.default_rng(8), 280
    wide = np.exp(rng.normal(0, 0.2, days + AHEAD))
    fell = np.where(np.arange(days + AHEAD) < 230, 1.0, 0.4)
    hours, each = starts("2025-01-06", days + AHEAD), starts("2025-01-06", days + AHEAD, step_min=1440)
    mean = usual(hours) * (wide * (fell if followed else 1.0)).repeat(24)
    drivers = pd.DataFrame({"start": each, "basis": "plan", "visits": 9_000 * wide * fell})
    drivers = pd.concat([drivers[:days].assign(basis="actual"), drivers], ignore_index=True)
    rows = history(hours[: days * 24], rng.poisson(mean[: days * 24]).astype(float))
    forecast = fit(desk_of(rows, AHEAD, drivers=drivers)).predict(paths=50)
    assert forecast.evidence.set_index("driver").loc["visits", "admitted"]
    assert forecast.paths.mean() == pytest.approx(mean[days * 24 :].mean(), rel=0.15)
    told = [own for own in forecast.findings if own.code == "driver_redefined"]
    assert len(told) == (0 if followed else 1)
    assert all("2025-08" in own.message() and "口径" in own.message("zh") for own in told)

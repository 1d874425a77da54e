"""The covariance of days by parts, and the search over their scales."""

import numpy as np
import pandas as pd
import pytest

from desk import Desk
from forecast import fit
from forecast.covariance import Parts, Scales, combine, parts, rescaled
from forecast.level import day_parts
from forecast.series import queue_series
from forecast.setting import Setting, setting_of
from forecast.within import _believed
from tests.unit.forecast.small import desk_of, drawn, history, promotion, starts, usual


@pytest.fixture(scope="module")
def desk() -> Desk:
    """A year of days with two promotions of two phases."""
    times = starts("2024-01-01", 366)
    rows = [
        promotion(name, ("opening", f"{name}-01", f"{name}-03"), ("peak", f"{name}-03", f"{name}-06"))
        for name in ("2024-03", "2024-09")
    ]
    both = pd.concat(rows, ignore_index=True)
    return desk_of(history(times, drawn(usual(times), day_sd=0.05)), promotions=both, forecast={"country": "US"})


@pytest.fixture(scope="module")
def setting(desk: Desk) -> Setting:
    """What surrounds its history."""
    series = queue_series(desk, "q")
    assert series is not None
    return setting_of(desk, series, pd.Timestamp("2025-01-07"))


@pytest.fixture(scope="module")
def found(setting: Setting) -> Parts:
    """The parts among its days."""
    return day_parts(setting)


def test_parts_make_the_whole(found: Parts) -> None:
    """Protects the sum: the whole at any scales is its parts times their squared scales."""
    scales = Scales(event=0.7, weekday=0.2)
    total = found["constant"] + found["weekday_fixed"]
    for name in set(found) - {"constant", "weekday_fixed"}:
        total = total + getattr(scales, name) ** 2 * found[name]
    assert combine(found, scales) == pytest.approx(total)
    assert rescaled(found.usual(), found, Scales(), scales) == pytest.approx(total)
    assert (np.linalg.eigvalsh(total + 0.01 * np.eye(len(total))) > 0).all()


def test_parts_among_some_days_are_those_of_the_whole(found: Parts) -> None:
    """Protects the days that the scales are tuned on: the same covariance, fewer rows, lifts kept or not."""
    rows = np.arange(40, 120, 3)
    fresh = parts(found.a.take(rows), found.a.take(rows))
    for name in found:
        assert found.among(rows)[name] == pytest.approx(found[name][np.ix_(rows, rows)])
        assert fresh[name] == pytest.approx(found[name][np.ix_(rows, rows)])


def test_a_level_that_rose_stays() -> None:
    """Protects level shifts of long ago: weeks ahead the forecast does not drift back to the level before."""
    times = starts("2024-01-01", 366)
    mean = usual(times, 2400.0) * np.where(times < times[0] + pd.Timedelta(days=120), 0.5, 1.0)
    made = fit(desk_of(history(times, drawn(mean, day_sd=0.05)), days=28)).predict()
    total = made.paths.mean(axis=0)[:, 0]
    assert total[-7 * 24 :].sum() == pytest.approx(usual(made.starts, 2400.0)[-7 * 24 :].sum(), rel=0.03)


def test_an_update_must_earn_its_place() -> None:
    """Protects mornings that say nothing: what the past did not follow is hardly believed, what it followed is."""
    rng = np.random.default_rng(3)
    said = rng.normal(0, 1, (120, 8))
    noise = rng.normal(0, 1, (120, 8))
    assert _believed(said, 3 * noise) < 0.3
    assert _believed(said, said + noise) > 0.8
    assert _believed(0 * said, noise) == 0.0

"""Forecasts of small desks, end to end."""

import numpy as np
import pandas as pd
import pytest

from desk import Forecast
from forecast import fit
from tests.unit.forecast.small import desk_of, drawn, history, override, promotion, starts, usual

FACTORS = ["level", "calendar", "promotion", "drivers", "overrides"]


def _mean(forecast: Forecast, queue: int = 0) -> np.ndarray:
    return forecast.paths[:, :, queue].mean(axis=0, dtype=np.float64)


def test_paths_are_whole_and_repeatable() -> None:
    """Protects the promise of the noun: whole, never negative, equal for equal seeds."""
    times = starts("2025-01-01", 100)
    model = fit(desk_of(history(times, drawn(usual(times)))))
    one, same, other = (model.predict(seed=seed) for seed in (4, 4, 5))
    assert one.paths.dtype == np.float32
    assert (one.paths >= 0).all()
    assert (one.paths == np.round(one.paths)).all()
    assert (one.paths == same.paths).all()
    assert (one.paths != other.paths).any()
    assert model.predict(paths=50).paths.shape == (50, 168, 1)


def test_plain_desk_is_forecast_at_its_mean() -> None:
    """Protects against bias on weekday and clock, where nothing else moves."""
    times = starts("2025-01-01", 200)
    forecast = fit(desk_of(history(times, drawn(usual(times), day_sd=0.05)))).predict()
    truth = usual(forecast.starts)
    assert abs(_mean(forecast).sum() / truth.sum() - 1) < 0.04
    assert np.abs(_mean(forecast) - truth).sum() / truth.sum() < 0.08


def test_factors_multiply_back_to_the_mean() -> None:
    """Protects the explanation: level x calendar x promotion x drivers x overrides is the mean, override or not."""
    times = starts("2025-01-01", 100)
    hand = override("2025-04-11 00:00", "2025-04-13 00:00", "multiply", 1.5)
    forecast = fit(desk_of(history(times, drawn(usual(times))), overrides=hand)).predict()
    product = forecast.explanation[FACTORS].prod(axis=1).to_numpy()
    assert np.allclose(product, forecast.frame()["mean"], rtol=1e-12)
    assert set(forecast.explanation["overrides"].round(9)) == {1.5, 1.0}


@pytest.mark.parametrize(
    ("kind", "value", "expected"), [("multiply", 2.0, 2.0), ("set", 50.0, None), ("add", 30.0, None)]
)
def test_overrides_come_after_the_model(kind: str, value: float, expected: float | None) -> None:
    """Protects each kind of override, inside its hours only."""
    times = starts("2025-01-01", 100)
    rows = history(times, drawn(usual(times)))
    plain = _mean(fit(desk_of(rows)).predict())
    hand = override("2025-04-11 10:00", "2025-04-11 14:00", kind, value)
    changed = _mean(fit(desk_of(rows, overrides=hand)).predict())
    inside = slice(10, 14)
    wanted = plain[inside] * expected if expected else (value if kind == "set" else plain[inside] + value)
    assert np.allclose(changed[inside], wanted, rtol=0.08)
    assert np.array_equal(np.delete(changed, range(10, 14)), np.delete(plain, range(10, 14)))


def test_override_where_the_model_expects_nothing() -> None:
    """Protects a set value in a closed hour: it comes, and the factors still multiply back."""
    times = starts("2025-01-01", 60)
    hand = override("2025-03-02 02:00", "2025-03-02 03:00", "set", 20.0)
    forecast = fit(desk_of(history(times, drawn(usual(times))), hours="08:00-20:00", overrides=hand)).predict()
    assert 17 < _mean(forecast)[2] < 23
    assert np.allclose(forecast.explanation[FACTORS].prod(axis=1).to_numpy(), _mean(forecast), rtol=1e-6)


def test_closed_hours_are_forecast_as_nothing() -> None:
    """Protects opening hours and weekends."""
    times = starts("2025-01-01", 60)
    working = times.day_of_week < 5
    rows = history(times, np.where(working, drawn(usual(times)), np.nan), open=working)
    forecast = fit(desk_of(rows, hours="08:00-20:00")).predict()
    closed = (forecast.starts.day_of_week >= 5) | (forecast.starts.hour < 8) | (forecast.starts.hour >= 20)
    assert forecast.paths[:, closed].max() == 0
    assert (_mean(forecast)[~closed] > 0).all()


def test_half_hours_from_hours_keep_the_hour() -> None:
    """Protects spreading of a coarse history: the halves of an hour sum to the hour's forecast."""
    times = starts("2025-01-01", 60)
    rows = history(times, drawn(usual(times, 4800.0)))
    hours, halves = (fit(desk_of(rows, step_min=step)).predict(paths=800) for step in (60, 30))
    assert len(halves.starts) == 2 * len(hours.starts)
    assert np.allclose(_mean(halves).reshape(-1, 2).sum(axis=1), _mean(hours), rtol=0.03)


@pytest.mark.parametrize(("first", "days", "intervals"), [("2025-08-01", 85, 169), ("2025-01-15", 73, 167)])
def test_days_of_23_and_25_hours(first: str, days: int, intervals: int) -> None:
    """Protects both clock changes in the horizon."""
    times = starts(first, days, zone="Europe/Berlin")
    forecast = fit(desk_of(history(times, drawn(usual(times))))).predict()
    assert len(forecast.starts) == intervals
    assert np.abs(_mean(forecast) / usual(forecast.starts) - 1).mean() < 0.15


def test_other_days_than_the_horizon() -> None:
    """Protects ``predict(start, end)`` beyond the desk's own horizon."""
    times = starts("2025-01-01", 100)
    model = fit(desk_of(history(times, drawn(usual(times)))))
    forecast = model.predict(pd.Timestamp("2025-05-20"), pd.Timestamp("2025-05-22"))
    assert len(forecast.starts) == 48
    assert abs(_mean(forecast).sum() / usual(forecast.starts).sum() - 1) < 0.1
    with pytest.raises(ValueError, match="nothing to forecast"):
        model.predict(pd.Timestamp("2025-05-20"), pd.Timestamp("2025-05-20"))
    with pytest.raises(ValueError, match="nothing is learned of 2024-12-31"):
        model.predict(pd.Timestamp("2024-12-31"), pd.Timestamp("2025-01-02"))


def test_promotions_teach_the_next_one() -> None:
    """Protects event kernels: the lift, its opening hour and the tail of two promotions return in the third."""
    times = starts("2024-09-01", 260)
    mean, tables = usual(times, 2400.0), []
    for number, first in enumerate(["2024-10-20", "2025-01-10", "2025-05-20"]):
        start = pd.Timestamp(f"{first} 20:00", tz=times.tz)
        tables.append(promotion(f"p{number}", ("peak", f"{first} 20:00", str(start.date() + pd.Timedelta(days=3)))))
        inside = (times >= start) & (times < tables[-1]["end"].iloc[0])
        mean = np.where(inside, mean * 3, mean) * np.where(inside & (times < start + pd.Timedelta(hours=1)), 3, 1)
    rows = history(times, drawn(mean, day_sd=0.05))
    forecast = fit(desk_of(rows[: 261 * 24], 5, horizon="2025-05-19", promotions=pd.concat(tables))).predict()
    ratio = _mean(forecast) / usual(forecast.starts, 2400.0)
    phase = (forecast.starts >= tables[-1]["start"].iloc[0]) & (forecast.starts < tables[-1]["end"].iloc[0])
    assert 2.3 < ratio[phase][4:].mean() < 3.7
    assert 6 < ratio[phase][0] < 12
    assert abs(ratio[:24].mean() - 1) < 0.25
    promoted = forecast.explanation["promotion"].to_numpy()
    assert promoted[phase][0] > promoted[phase][4:].mean() > 2


@pytest.mark.parametrize(("past", "coming"), [(3, 2), (2, 5)])
def test_a_promotion_of_another_length(past: int, coming: int) -> None:
    """Protects against days read by their distance from the start alone: the lift lasts as long as the phase does."""
    times = starts("2024-09-01", 250)
    mean, tables = usual(times, 2400.0), []
    for first, days in {"2024-11-12": past, "2025-03-04": past, "2025-05-10": coming}.items():
        end = pd.Timestamp(first) + pd.Timedelta(days=days)
        tables.append(promotion(first, ("peak", first, str(end))))
        mean = mean * np.where((times >= tables[-1]["start"].iloc[0]) & (times < tables[-1]["end"].iloc[0]), 3.0, 1.0)
    forecast = fit(desk_of(history(times, drawn(mean, day_sd=0.05)), 10, promotions=pd.concat(tables))).predict()
    ratio = (_mean(forecast) / usual(forecast.starts, 2400.0)).reshape(-1, 24).mean(axis=1)
    inside = slice(1, 1 + coming)
    assert 2.2 < ratio[inside].min() <= ratio[inside].max() < 3.6
    assert np.delete(ratio, inside) == pytest.approx(np.ones(10 - coming), abs=0.25)


def test_a_phase_without_precedent_is_told() -> None:
    """Protects against a silent guess at a new kind of phase."""
    times = starts("2025-01-01", 60)
    coming = promotion("p", ("surprise", "2025-03-03 00:00", "2025-03-05 00:00"))
    forecast = fit(desk_of(history(times, drawn(usual(times))), promotions=coming)).predict()
    assert [finding.code for finding in forecast.findings] == ["phase_without_precedent"]
    assert "surprise" in forecast.findings[0].message("zh")


def test_queues_that_surprise_together_are_drawn_together() -> None:
    """Protects the desk's total: days that were busy in two queues at once come so in the paths."""
    times = starts("2024-01-01", 400)
    shock = np.exp(np.random.default_rng(3).normal(0, 0.15, 400)).repeat(24)
    rows = pd.concat(
        [history(times, drawn(usual(times, 2400.0) * shock, seed), queue) for seed, queue in enumerate("ab")]
    )
    together = fit(desk_of(rows)).predict()
    day = together.paths[:, :24].sum(axis=1)
    assert np.corrcoef(day[:, 0], day[:, 1])[0, 1] > 0.5


def test_a_desk_without_any_history_is_told() -> None:
    """Protects a brand-new desk: an empty history is a warning for each queue, not a crash."""
    times = starts("2025-01-01", 2)
    forecast = fit(desk_of(history(times, np.full(len(times), np.nan), observed=False))).predict()
    assert forecast.paths.max() == 0
    assert [finding.code for finding in forecast.findings] == ["queue_without_history"]

"""Hostile histories give a sane forecast or a clear finding."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from desk import Forecast, InputError, load_desk
from forecast import fit
from forecast.silence import silent_end
from tests.unit.desk.small import changed, make_desk
from tests.unit.forecast.small import desk_of, drawn, history, promotion, starts, usual

TIMES = starts("2025-01-01", 120)
PLAIN = drawn(usual(TIMES))
A_DAY = 480 * 0.914


def _with(change: Callable[[np.ndarray], None]) -> np.ndarray:
    offered = PLAIN.copy()
    change(offered)
    return offered


def _spike(offered: np.ndarray) -> None:
    offered[2000] = 1e5


def _gap(offered: np.ndarray) -> None:
    offered[1200:1950] = np.nan


def _forecast(offered: np.ndarray, rows: int | None = None) -> Forecast:
    return fit(desk_of(history(TIMES[:rows], offered[:rows]))).predict()


def _a_day(forecast: Forecast) -> float:
    return float(forecast.paths.sum(axis=(1, 2)).mean() / 7)


def _codes(forecast: Forecast) -> set[str]:
    return {finding.code for finding in forecast.findings}


def test_all_zero_is_told() -> None:
    """Protects against a queue that was never counted."""
    forecast = _forecast(np.zeros(len(TIMES)))
    assert forecast.paths.max() == 0
    assert "history_all_zero" in _codes(forecast)


@pytest.mark.parametrize("rows", [1, 24, 48, 50, 168])
def test_a_short_history_is_told_and_sane(rows: int) -> None:
    """Protects the first days of a desk: no crash, no explosion, a finding."""
    forecast = _forecast(PLAIN, rows)
    assert "history_short" in _codes(forecast)
    assert 0 < _a_day(forecast) < 2 * A_DAY
    days = forecast.paths[:, :, 0].reshape(len(forecast.paths), 7, 24).sum(axis=2)
    assert rows == 1 or (days.mean(axis=0) < 1.25 * np.median(days, axis=0)).all()


def test_constant() -> None:
    """Protects a history without any noise."""
    forecast = _forecast(np.full(len(TIMES), 100.0))
    assert np.allclose(forecast.paths.mean(axis=0), 100, rtol=0.05)


@pytest.mark.parametrize("change", [_spike, _gap])
def test_one_spike_or_a_missing_month_hardly_matters(change: Callable[[np.ndarray], None]) -> None:
    """Protects the level and every hour from one broken value, and from a gap."""
    forecast = _forecast(_with(change))
    mean = forecast.paths[:, :, 0].mean(axis=0)
    assert abs(_a_day(forecast) / A_DAY - 1) < 0.1
    assert np.abs(mean - usual(forecast.starts)).max() < 12


def test_a_spike_out_of_nothing_stays_small() -> None:
    """Protects a dead queue from one spike."""
    offered = np.zeros(len(TIMES))
    offered[2000] = 1e5
    assert _a_day(_forecast(offered)) < 10


def test_millions() -> None:
    """Protects counts beyond what small integers hold."""
    forecast = _forecast(drawn(usual(TIMES) * 1e5))
    assert abs(_a_day(forecast) / (A_DAY * 1e5) - 1) < 0.05


def test_a_history_that_ends_early_is_bridged_and_told() -> None:
    """Protects plans made months ahead."""
    forecast = fit(desk_of(history(TIMES, PLAIN), horizon="2025-08-01")).predict()
    assert abs(_a_day(forecast) / A_DAY - 1) < 0.15
    assert "history_ends_early" in _codes(forecast)


def test_zeros_at_the_end_of_a_history_are_told() -> None:
    """Protects against an export whose last hours are zeros because they have not come: four such days took a fifth of
    the forecast with them, and only a note on odd days said so."""
    offered = PLAIN.copy()
    offered[-4 * 24 - 6 :] = 0.0
    [told] = [own for own in _forecast(offered).findings if own.code == "history_ends_silent"]
    assert told.facts == {"queue": "q", "start": "2025-04-26 18:00", "usual": told.facts["usual"]}
    assert all("2025-04-26 18:00" in told.message(lang) and "observed = 0" in told.cure(lang) for lang in ("en", "zh"))


def test_what_is_usual_at_the_end_of_a_history() -> None:
    """Protects the sum of what is usual, nights and week-ends without inquiries, and days that were shut."""
    weeks = np.tile([[0.0, 9.0]] * 5 + [[0.0, 0.0]] * 2, (6, 1))
    shut = np.zeros(len(weeks), dtype=bool)
    assert silent_end(weeks, shut) is None
    ended = np.where(np.arange(len(weeks))[:, None] >= 35, 0.0, weeks)
    assert silent_end(ended, shut) == (71, 45.0)
    assert silent_end(ended, np.arange(len(weeks)) >= 37) is None
    assert silent_end(np.zeros((9, 2)), shut[:9]) is None


def test_a_queue_without_history_is_told() -> None:
    """Protects a new queue beside an old one: zero, but never silently. Call-backs need none: they are what is asked
    for, in the forecast and its explanation too (the page told 0 of them, table service all)."""
    rows = history(TIMES, PLAIN)
    desk = desk_of(rows)
    known = desk.settings.queues["q"]
    calls = known.model_copy(update={"kind": "deferrable", "deadline_h": 9.0, "daily_quota": 12.5})
    settings = desk.settings.model_copy(update={"queues": {"q": known, "new": known, "calls": calls}})
    forecast = fit(type(desk)(settings, {"history": rows})).predict()
    assert forecast.queues == ("q", "new", "calls")
    assert forecast.paths[:, :, 1].max() == 0
    told = [own.facts["queue"] for own in forecast.findings if own.code == "queue_without_history"]
    assert told == ["new"]
    asked = 12.5 * len(forecast.starts.normalize().unique())
    factors = forecast.explanation[forecast.explanation["queue"] == "calls"].drop(columns=["start", "queue"])
    assert forecast.totals().set_index("queue").loc["calls", "mean"] == pytest.approx(asked)
    assert factors.prod(axis=1).sum() == pytest.approx(asked)


def test_nothing_but_blanks_is_told() -> None:
    """Protects against a history whose every row is unknown."""
    forecast = _forecast(np.full(len(TIMES), np.nan))
    assert forecast.paths.max() == 0
    assert "queue_without_history" in _codes(forecast)


def test_a_queue_that_dies_out_stays_small() -> None:
    """Protects against a trend that is drawn on below zero, or bounces back."""
    fading = np.maximum(1 - np.arange(len(TIMES)) / len(TIMES) * 1.02, 0.0)
    forecast = _forecast(drawn(usual(TIMES) * fading))
    assert forecast.paths.min() >= 0
    assert _a_day(forecast) < 0.1 * A_DAY


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York"])
def test_days_of_23_and_25_hours(zone: str) -> None:
    """Protects the days on which the clocks change, in the history and ahead."""
    times = starts("2025-02-01", 50, zone=zone)
    forecast = fit(desk_of(history(times, drawn(usual(times))), days=14)).predict()
    assert np.abs(forecast.paths[:, :, 0].mean(axis=0) - usual(forecast.starts)).max() < 12


@pytest.mark.parametrize("step_min", [15, 30])
def test_finer_grids(step_min: int) -> None:
    """Protects quarter and half hours: the same day, spread finer."""
    times = starts("2025-01-01", 60, step_min=step_min)
    forecast = fit(desk_of(history(times, drawn(usual(times))), step_min=step_min)).predict()
    assert abs(_a_day(forecast) / A_DAY - 1) < 0.1


def test_a_queue_of_the_night() -> None:
    """Protects a queue that is open over midnight only: nothing by day, its usual self by night."""
    night = (TIMES.hour >= 22) | (TIMES.hour < 6)
    rows = history(TIMES, np.where(night, PLAIN, np.nan)).assign(open=night)
    forecast = fit(desk_of(rows)).predict()
    ahead = (forecast.starts.hour >= 22) | (forecast.starts.hour < 6)
    assert forecast.paths[:, ~ahead].max() == 0
    assert forecast.paths[:, ahead].mean() == pytest.approx(usual(forecast.starts)[ahead].mean(), rel=0.1)


@pytest.mark.parametrize("size", [1e4, 1e6])
def test_a_spike_at_the_very_end_hardly_matters(size: float) -> None:
    """Protects tomorrow from a counter that broke in the last hour."""
    offered = PLAIN.copy()
    offered[-1] = size
    assert abs(_a_day(_forecast(offered)) / A_DAY - 1) < 0.08


def test_a_queue_that_closed_is_told() -> None:
    """Protects against a silent zero: shut for two months, so nothing is forecast, and it is said."""
    shut = np.arange(len(TIMES)) >= len(TIMES) - 60 * 24
    rows = history(TIMES, np.where(shut, np.nan, PLAIN)).assign(open=~shut)
    forecast = fit(desk_of(rows)).predict()
    assert forecast.paths.max() == 0
    assert "queue_closed" in _codes(forecast)
    closed = fit(desk_of(history(TIMES, np.full(len(TIMES), np.nan), open=False))).predict()
    assert "queue_without_history" in _codes(closed)


@pytest.mark.parametrize("left", [9, 23])
def test_a_history_that_ends_within_a_day(left: int) -> None:
    """Protects a morning's export: half a day is no fall in demand."""
    forecast = _forecast(PLAIN[:-left], len(TIMES) - left)
    assert abs(_a_day(forecast) / A_DAY - 1) < 0.08


def test_a_history_beyond_the_horizon_is_told() -> None:
    """Protects against a forecast of days whose future is known: sane, and said."""
    forecast = fit(desk_of(history(TIMES, PLAIN), horizon="2025-03-10")).predict()
    assert abs(_a_day(forecast) / A_DAY - 1) < 0.1
    assert "horizon_past" in _codes(forecast)


def test_rows_further_apart_than_a_day_are_refused() -> None:
    """Protects against a history of two rows: refused by name, in both languages."""
    with pytest.raises(InputError) as refused:
        fit(desk_of(history(TIMES[[0, 2500]], PLAIN[[0, 2500]])))
    assert refused.value.findings[0].code == "history_too_coarse"
    assert refused.value.findings[0].message("zh")


def test_a_negative_count_is_refused_by_the_reader(tmp_path: Path) -> None:
    """Protects against a correction booked as a negative count: file, row and column are named."""
    with pytest.raises(InputError) as refused:
        load_desk(make_desk(tmp_path, **changed("history", "00:00,pre,3", "00:00,pre,-3")))
    assert [(found.file, found.row, found.column) for found in refused.value.findings] == [
        ("history.csv", 2, "offered")
    ]


def test_an_intensity_beyond_all_reason_stays_finite() -> None:
    """Protects against a slip in the promotions' table: fifty times the usual event is cut, not astronomical."""
    lifted = PLAIN * np.where((TIMES[33 * 24] <= TIMES) & (TIMES[34 * 24] > TIMES), 3, 1)
    events = [promotion("a", ("peak", "2025-02-03", "2025-02-04"))]
    events.append(promotion("b", ("peak", "2025-05-02", "2025-05-03"), intensity=50.0))
    forecast = fit(desk_of(history(TIMES, lifted), promotions=pd.concat(events))).predict()
    assert np.isfinite(forecast.paths).all()
    assert _a_day(forecast) < 100 * A_DAY

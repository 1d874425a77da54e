"""History on the grid of days and slots."""

import numpy as np
import pytest

from desk import InputError
from forecast.series import queue_series, within_hours
from tests.unit.forecast.small import ZONE, desk_of, history, starts


def test_missing_is_not_zero() -> None:
    """Protects the difference between nothing counted and nothing offered."""
    times = starts("2025-03-03", 14)
    rows = history(times, np.full(len(times), 5.0))
    rows.loc[3, "offered"] = np.nan
    rows.loc[4, "observed"] = False
    rows.loc[5, ["open", "offered"]] = [False, np.nan]
    series = queue_series(desk_of(rows), "q")
    assert series is not None
    assert np.isnan(series.offered[0, 3:6]).all()
    assert series.offered[0, 6] == 5


def test_finer_history_is_summed_and_holes_stay_holes() -> None:
    """Protects hourly totals of a quarter-hour history: a lost quarter makes the hour unknown, not smaller."""
    times = starts("2025-03-03", 14, step_min=15)
    rows = history(times, np.ones(len(times)))
    rows.loc[5, "observed"] = False
    series = queue_series(desk_of(rows), "q")
    assert series is not None
    assert series.step_min == 60
    assert series.offered[0, 0] == 4
    assert np.isnan(series.offered[0, 1])


def test_clock_changes_neither_double_nor_halve() -> None:
    """Protects the repeated hour (its mean) and the skipped one (unknown)."""
    times = starts("2025-03-01", 260, zone="Europe/Berlin")
    series = queue_series(desk_of(history(times, np.full(len(times), 8.0))), "q")
    assert series is not None
    assert np.nanmax(series.offered) == 8
    assert np.isnan(series.offered).sum() == 1


@pytest.mark.parametrize("rows_absent", [True, False])
def test_closed_weekends_are_known_as_closed(rows_absent: bool) -> None:
    """Protects desks without weekends, whether the rows are left out or declared closed."""
    times = starts("2025-03-03", 28)
    working = times.day_of_week < 5
    rows = history(times, np.where(working, 5.0, np.nan), open=working)
    series = queue_series(desk_of(rows[working] if rows_absent else rows), "q")
    assert series is not None
    assert series.is_open[:5].all()
    assert not series.is_open[5:].any()


def test_new_hours_are_believed_within_weeks() -> None:
    """Protects against forecasting for hours that were given up."""
    times = starts("2025-01-01", 150)
    early = (times.hour < 8) & (times >= times[60 * 24])
    series = queue_series(desk_of(history(times, np.where(early, np.nan, 5.0), open=~early)), "q")
    assert series is not None
    assert not series.is_open[:, :8].any()


def test_hours_past_midnight() -> None:
    """Protects opening hours that cross midnight."""
    assert np.flatnonzero(within_hours("22:00-02:00", 60)).tolist() == [0, 1, 22, 23]
    assert np.flatnonzero(within_hours("08:30-10:00", 60)).tolist() == [8, 9]
    assert within_hours(None, 60).all()


def test_what_stands_outside_the_hours_is_not_learned() -> None:
    """A sum of the day written at midnight took a fifth of the forecast and half of a promotion's lift with it."""
    times = starts("2025-03-03", 14)
    series = queue_series(desk_of(history(times, np.full(len(times), 5.0)), hours="09:30-22:00"), "q")
    assert series is not None
    assert np.flatnonzero(~np.isnan(series.offered[0])).tolist() == list(range(9, 22))


def test_rows_a_week_apart_are_refused() -> None:
    """Protects against weekly totals taken for a day's."""
    times = starts("2024-01-01", 700, step_min=1440)[::7]
    with pytest.raises(InputError, match="further apart than a day"):
        queue_series(desk_of(history(times, np.full(len(times), 5.0))), "q")


def test_nothing_counted_is_none() -> None:
    """Protects against a forecast from no data."""
    times = starts("2025-03-03", 3)
    assert queue_series(desk_of(history(times, np.full(len(times), np.nan), observed=False)), "q") is None
    assert str(times.tz) == ZONE


def test_only_the_latest_days_are_learned_from() -> None:
    """Protects memory and time on a history of many years."""
    times = starts("2024-01-01", 400)
    rows = history(times, np.full(len(times), 5.0))
    series = queue_series(desk_of(rows, forecast={"history_days": 100}), "q")
    assert series is not None
    assert len(series.offered) == 100
    assert str(series.days[-1].date()) == "2025-02-03"


def _open_in_the_evening(weeks: tuple[bool, ...]) -> bool:
    """Whether evenings that were open in some of the last ``weeks`` alone (oldest first) are usually open."""
    times = starts("2025-01-06", 140)
    evening, week = np.asarray(times.hour >= 20), np.arange(len(times)) // (7 * 24)
    open_now = ~evening & np.asarray(times.hour >= 8)
    for back, own in enumerate(reversed(weeks)):
        open_now |= evening & (week == 19 - back) & own
    series = queue_series(desk_of(history(times, np.where(open_now, 5.0, np.nan), open=open_now)), "q")
    assert series is not None
    return bool(series.is_open[:, 20:].all())


def test_hours_opened_lately_are_forecast_after_two_weeks() -> None:
    """Protects the evening that a desk opened two weeks ago: nothing was forecast for it until it was open a month."""
    assert _open_in_the_evening((True, True))
    assert not _open_in_the_evening((True, False, False))


def test_hours_given_up_end_after_three_weeks_and_half_holidays_end_nothing() -> None:
    """Protects the afternoons after Christmas Eve and New Year's Eve, and rosters for hours that are gone."""
    times = starts("2025-01-06", 140)
    evening, week = np.asarray(times.hour >= 18), np.arange(len(times)) // (7 * 24)
    for weeks, still in ((2, True), (3, False)):
        open_now = np.asarray(times.hour >= 8) & ~(evening & (week >= 20 - weeks))
        series = queue_series(desk_of(history(times, np.where(open_now, 5.0, np.nan), open=open_now)), "q")
        assert series is not None
        assert series.is_open[:, 18:].all() == still
        assert series.is_open[:, 8:18].all()

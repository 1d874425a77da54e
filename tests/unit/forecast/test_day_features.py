"""Calendar and promotions as features of days and hours."""

import numpy as np
import pandas as pd

from forecast.calendar import day_kinds, holiday_features, month_features
from forecast.event import Phase, day_effects, hour_features
from tests.unit.forecast.small import desk_of, drawn, history, starts, usual


def test_golden_week_is_one_run() -> None:
    """Protects the effect around a run of holidays: one day before it, one after it, places within it."""
    days = pd.date_range("2025-09-20", "2025-10-20", unit="us")
    kinds = day_kinds(days, "CN")
    assert kinds.is_holiday.sum() == 8
    assert [str(day.date()) for day in days[kinds.makeup]] == ["2025-09-28", "2025-10-11"]
    features = holiday_features(kinds, np.ones(len(days)))
    assert features.columns.shape == (len(days), len(features.sd))
    assert (features.sd > 0).all()


def test_no_country_means_no_holidays() -> None:
    """Protects desks that want no calendar."""
    kinds = day_kinds(pd.date_range("2025-01-01", periods=30, unit="us"), "none")
    assert not kinds.is_holiday.any()
    assert not kinds.makeup.any()


def test_month_features_mark_each_day_once() -> None:
    """Protects pay days: the first five days, the middle and the last five of a month."""
    days = pd.date_range("2025-01-01", "2025-01-31", unit="us")
    marked = month_features(days).columns.sum(axis=1)
    assert marked[[0, 4, 14, 15, 26, 30]].tolist() == [1.0] * 6
    assert marked[5:14].sum() == 0


def test_event_strength_is_full_inside_and_fades_for_five_weeks() -> None:
    """Protects the window of a phase: full on its days, halved after four, gone after thirty-five."""
    effects = day_effects((Phase("p", "peak", 10 + 20 / 24, 12.0, 1.5),), 60)
    strength = effects.strength[0]
    assert strength[10] == strength[11] == 1.5
    assert 0 < strength[9] < 0.3
    assert np.isclose(strength[15], 0.75)
    assert strength[46] > 0
    assert strength[47:].sum() == strength[:8].sum() == 0


def test_hour_features_live_only_inside_the_phase() -> None:
    """Protects hours before a phase that begins at 20:00."""
    phases = (Phase("p", "opening", 1 + 20 / 24, 3.0, 1.0),)
    rows, features = hour_features(phases, ("opening",), 5, 24)
    assert rows.tolist() == [1, 2]
    touched = (features != 0).any(axis=2)
    assert np.flatnonzero(touched[0]).tolist() == [20, 21, 22, 23]
    assert touched[1].all()


def test_no_promotions_are_no_features() -> None:
    """Protects desks without a promotions table."""
    times = starts("2025-01-01", 30)
    assert not desk_of(history(times, drawn(usual(times)))).has("promotions")
    assert day_effects((), 30).strength.shape == (0, 30)

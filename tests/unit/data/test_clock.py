"""Calendar and grid of the worlds."""

from datetime import date

import numpy as np

from data.clock import Grid, holiday_factor, is_day_off, is_makeup, weekday_factor

WEEK = [1.1, 1.0, 1.0, 1.0, 1.0, 0.8, 0.7]


def test_makeup_sunday_counts_as_a_monday() -> None:
    """调休 turns 4 January 2026 into a workday."""
    assert is_makeup(date(2026, 1, 4))
    assert weekday_factor(date(2026, 1, 4), WEEK) == 1.1


def test_named_holiday_has_its_own_factor() -> None:
    """Spring Festival is not like Labour Day, and a normal Sunday is no holiday."""
    named = {"Spring Festival": 0.6}
    assert holiday_factor(date(2026, 2, 17), 1.05, named) == 0.6
    assert holiday_factor(date(2026, 5, 1), 1.05, named) == 1.05
    assert holiday_factor(date(2026, 3, 8), 1.05, named) == 1.0
    assert is_day_off(date(2026, 3, 8))


def test_finer_profile_keeps_shape_and_closing() -> None:
    """Half-hours follow the hours, and a closed hour stays closed."""
    hours = [0.0] * 8 + [1.0] * 8 + [2.0] * 8
    fine = Grid(date(2026, 1, 1), date(2026, 1, 2), 30).profile(hours)
    assert np.flatnonzero(fine == 0).tolist() == list(range(16))
    assert fine[20] == 1.0
    assert fine[40] == 2.0


def test_inside_is_half_open() -> None:
    """[start, end): the end's interval is not inside."""
    grid = Grid(date(2026, 1, 1), date(2026, 1, 3), 60)
    assert grid.inside(date(2026, 1, 1), date(2026, 1, 2)).sum() == 24

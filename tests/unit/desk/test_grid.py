"""The interval grid where the clock changes at midnight."""

from datetime import date

import pytest

from desk.grid import interval_starts


@pytest.mark.parametrize(
    ("zone", "first", "begins", "hours"),
    [
        ("Africa/Cairo", date(2026, 4, 24), "2026-04-24 01:00:00+03:00", 23),
        ("America/Havana", date(2026, 11, 1), "2026-11-01 00:00:00-04:00", 25),
    ],
)
def test_a_day_may_begin_with_a_clock_change(zone: str, first: date, begins: str, hours: int) -> None:
    """Protects desks of Egypt, Lebanon, Chile and Cuba: a horizon whose first midnight is skipped or comes twice is
    planned; it ended with an internal error, and so did one whose last day is the one before."""
    starts = interval_starts(first, date(first.year, first.month, first.day + 1), 60, zone)
    assert (str(starts[0]), len(starts)) == (begins, hours)
    assert interval_starts(date(2026, 1, 1), first, 60, zone)[-1] < starts[0]

"""Moments on the clock of a desk."""

from datetime import UTC, datetime

import pytest

from desk.moment_words import SECOND, day_of, moment_words


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Asia/Shanghai", "2026-06-18 08:30 UTC+8"),
        ("America/St_Johns", "2026-06-17 22:00 UTC-2:30"),
        ("Asia/Kolkata", "2026-06-18 06:00 UTC+5:30"),
        ("Europe/London", "2026-06-18 01:30 UTC+1"),
        ("UTC", "2026-06-18 00:30 UTC"),
    ],
)
def test_a_moment_says_whose_clock_it_is_on(zone: str, words: str) -> None:
    """Two people on two continents read the same hour of a desk, and know which."""
    assert moment_words(datetime(2026, 6, 18, 0, 30, tzinfo=UTC), zone) == words


def test_seconds_stand_where_they_count() -> None:
    """Entries of a journal are told apart."""
    assert moment_words(datetime(2026, 1, 1, 0, 0, 7, tzinfo=UTC), "UTC", SECOND) == "2026-01-01 00:00:07 UTC"


def test_a_day_is_the_one_of_the_desk() -> None:
    """What is done before eight in the morning of Shanghai was shown as of the day before."""
    at = datetime(2026, 6, 17, 17, 30, tzinfo=UTC)
    assert [day_of(at, zone) for zone in ("Asia/Shanghai", "UTC")] == ["2026-06-18", "2026-06-17"]

"""Paid hours of a day worked, at least and at most."""

from tests.rules.small import before, desk, told

HARD = "min_paid_h_day = 5\nmax_paid_h_day = 9"
PRICED = "min_paid_h_day = { limit = 5, price = 1 }\nmax_paid_h_day = { limit = 9, price = 1 }"


def test_a_day_too_short_and_one_too_long() -> None:
    """Protects both sides: 4 h and 10 h where 5 to 9 are allowed."""
    assert told(desk(HARD), "ann E D") == [
        ("roster_min_paid_h_day", "error", "ann", "06-01"),
        ("roster_max_paid_h_day", "error", "ann", "06-02"),
    ]


def test_priced_sides_are_warnings() -> None:
    """Protects the prices."""
    assert [severity for _, severity, _, _ in told(desk(PRICED), "ann E D")] == ["warning", "warning"]


def test_days_within_the_limits_and_days_off() -> None:
    """Protects days on the limit itself, and days off: they are not days worked."""
    assert told(desk("min_paid_h_day = 4\nmax_paid_h_day = 10"), "ann E D - L") == []


def test_a_night_shift_counts_whole_for_the_day_on_which_it_starts() -> None:
    """Protects midnight: 8 h that mostly lie on the next day are 8 h of the first, and none of the next."""
    assert told(desk("min_paid_h_day = 8"), "ann N") == []
    assert told(desk("max_paid_h_day = 7"), "ann N") == [("roster_max_paid_h_day", "error", "ann", "06-01")]


def test_the_eve_is_not_judged() -> None:
    """Protects the horizon's edge."""
    assert told(desk(HARD, worked=before("ann D")), "ann L") == []

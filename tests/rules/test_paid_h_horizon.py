"""Paid hours of the whole horizon."""

from tests.rules.small import before, desk, told

BOTH = "min_paid_h_horizon = 8\nmax_paid_h_horizon = 16"


def test_too_few_and_too_many_hours() -> None:
    """Protects both sides: 4 h and 24 h where 8 to 16 are allowed."""
    assert told(desk(BOTH), "ann E\nbob L L L") == [
        ("roster_min_paid_h_horizon", "error", "ann", ""),
        ("roster_max_paid_h_horizon", "error", "bob", ""),
    ]


def test_priced_sides_are_warnings() -> None:
    """Protects the prices."""
    priced = "min_paid_h_horizon = { limit = 8, price = 1 }\nmax_paid_h_horizon = { limit = 16, price = 1 }"
    assert [severity for _, severity, _, _ in told(desk(priced), "ann E\nbob L L L")] == ["warning", "warning"]


def test_hours_on_the_limits() -> None:
    """Protects the limits themselves."""
    assert told(desk(BOTH), "ann L\nbob L L") == []


def test_the_last_night_counts_whole_and_the_eve_does_not() -> None:
    """Protects the horizon's edges: a shift counts where it starts, past midnight too."""
    of = desk(BOTH, days=1, worked=before("ann L L L\nbob L"))
    assert told(of, "ann N\nbob L") == []


def test_leave_is_credited_to_the_least() -> None:
    """Protects people on leave; leave outside the horizon earns nothing."""
    leave = "agent,date\nann,2026-06-02\nbob,2026-06-08"
    of = desk("min_paid_h_horizon = 12\nleave_credit_h = 4", leave=leave)
    assert told(of, "ann L\nbob L") == [("roster_min_paid_h_horizon", "error", "bob", "")]

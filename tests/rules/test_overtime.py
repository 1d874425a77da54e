"""Overtime of a day and of a calendar month; overtime is what a shift pays beyond the contract's normal day."""

from tests.rules.small import desk, told

MONTHLY = "max_overtime_h_month = 5"


def test_a_day_with_too_much_overtime() -> None:
    """Protects the day's most: 10 h paid are 2 h of overtime."""
    assert told(desk("max_overtime_h_day = 1"), "ann L D") == [("roster_max_overtime_h_day", "error", "ann", "06-02")]


def test_a_month_with_too_much_overtime() -> None:
    """Protects the month's most: three long days are 6 h."""
    assert told(desk(MONTHLY), "ann D D D") == [("roster_max_overtime_h_month", "error", "ann", "06-01")]


def test_priced_sides_are_warnings() -> None:
    """Protects the prices."""
    priced = "max_overtime_h_day = { limit = 1, price = 1 }\nmax_overtime_h_month = { limit = 1, price = 1 }"
    assert [severity for _, severity, _, _ in told(desk(priced), "ann D")] == ["warning", "warning"]


def test_overtime_on_the_limits() -> None:
    """Protects the limits themselves, and a contract with a longer normal day."""
    assert told(desk("max_overtime_h_day = 2\nmax_overtime_h_month = 6"), "ann D D D") == []
    assert told(desk("max_overtime_h_day = 0\nnormal_h_day = 10"), "ann D D D") == []


def test_the_month_begins_at_midnight_of_the_first() -> None:
    """Protects the month's edge: the overtime of May's last days is not June's."""
    may = "agent,date,shift\nann,2026-05-30,D\nann,2026-05-31,D"
    assert told(desk(MONTHLY, worked=may), "ann D D") == []


def test_two_months_of_one_horizon_are_counted_apart() -> None:
    """Protects the turn of the month inside the horizon: 6 h in 31 days are June's 4 h and July's 2 h."""
    days = ["-"] * 28
    assert told(desk(MONTHLY, days=31), " ".join(["ann", *days, "D", "D", "D"])) == []
    assert told(desk(MONTHLY, days=33), " ".join(["ann", *days, "D", "D", "D", "D", "D"])) == [
        ("roster_max_overtime_h_month", "error", "ann", "07-01")
    ]

"""Availability: nobody works before the first or from the last day of employment on."""

from tests.rules.small import desk, told

AGENTS = """
agent,name,team,contract,cost_per_h,from,to
ann,Ann,red,full,10,2026-06-03,
bob,Bob,blue,full,10,,2026-06-03
"""


def test_a_shift_before_and_one_after_the_employment() -> None:
    """Protects people who have not begun, or have left."""
    assert told(desk(agents=AGENTS), "ann - E\nbob - - E") == [
        ("roster_availability", "error", "ann", "06-02"),
        ("roster_availability", "error", "bob", "06-03"),
    ]


def test_the_first_and_the_last_day_of_employment_may_be_worked() -> None:
    """Protects both ends: ``from`` is worked, ``to`` is the first day that is not."""
    assert told(desk(agents=AGENTS), "ann - - E\nbob E E") == []


def test_a_night_shift_may_end_after_the_employment() -> None:
    """Protects the rule that a shift belongs to the date on which it starts, past midnight too."""
    assert told(desk(agents=AGENTS), "bob - N") == []


def test_employment_beyond_the_horizon_is_the_whole_horizon() -> None:
    """Protects the horizon's edges against dates that lie outside of it."""
    agents = "agent,name,team,contract,cost_per_h,from,to\nann,Ann,red,full,10,2026-01-01,2026-06-09"
    assert told(desk(agents=agents), "ann E E E E E E E") == []

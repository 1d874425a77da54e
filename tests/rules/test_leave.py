"""Leave: nobody works on a day of absence."""

from tests.rules.small import desk, told

LEAVE = "agent,date\nann,2026-06-02"


def test_a_shift_on_a_day_of_leave() -> None:
    """Protects leave."""
    assert told(desk(leave=LEAVE), "ann E E E") == [("roster_leave", "error", "ann", "06-02")]


def test_a_shift_beside_the_leave_or_of_another() -> None:
    """Protects the days around the leave, and everybody else."""
    assert told(desk(leave=LEAVE), "ann E - E\nbob E E E") == []


def test_a_night_shift_of_the_day_before_may_end_on_the_leave() -> None:
    """Protects the rule that a shift belongs to the date on which it starts, past midnight too."""
    assert told(desk(leave=LEAVE), "ann N") == []


def test_leave_outside_the_horizon() -> None:
    """Protects the horizon's edges: leave on the eve judges nothing, even where the desk says it was worked."""
    leave = "agent,date\nann,2026-05-31\nann,2026-06-08"
    assert told(desk(leave=leave, worked="agent,date,shift\nann,2026-05-31,E"), "ann E - - - - - E") == []

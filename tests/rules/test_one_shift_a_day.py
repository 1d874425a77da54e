"""One shift a day; and rows of a roster that can't count at all."""

from tests.rules.small import desk, judged, told


def test_a_second_shift_on_a_day() -> None:
    """Protects against two shifts of one person on one day, the same one twice too."""
    assert told(desk(), "ann E\nann L") == [("roster_second_shift", "error", "ann", "06-01")]
    assert told(desk(), "ann E\nann E") == [("roster_second_shift", "error", "ann", "06-01")]


def test_unknown_people_and_shifts() -> None:
    """Protects against rows that would be dropped in silence."""
    assert told(desk(), "eve E\nann - X") == [
        ("roster_unknown_agent", "error", "eve", "06-01"),
        ("roster_unknown_shift", "error", "ann", "06-02"),
    ]


def test_one_shift_each_day_and_days_off() -> None:
    """Protects an ordinary roster; OFF is no shift, whether it stands alone or beside one."""
    assert told(desk(), "ann E L OFF N\nbob OFF E") == []
    assert told(desk(), "ann E\nann OFF") == []


def test_two_shifts_that_meet_at_midnight_belong_to_two_days() -> None:
    """Protects midnight: a night and the late shift of the next day lie on one date, but start on two."""
    assert told(desk(), "ann N L") == []


def test_days_outside_the_horizon() -> None:
    """Protects the horizon's edge: its last day is planned, the next one is not."""
    assert told(desk(days=2), "ann - E E") == [("roster_outside_horizon", "error", "ann", "06-03")]


def test_the_sentence_names_the_second_shift() -> None:
    """Protects the words: the shift to be dropped is named."""
    (finding,) = judged(desk(), "ann E\nann L")
    assert "L" in finding.message("en")

"""Breaks: one of ``break_min`` minutes, in one piece, inside its window; none where the shift has none."""

from tests.rules.small import before, desk, judged, told

LONG = "shift,start,end,paid_h,break_min,break_from,break_to\nE,08:00,14:00,4,120,09:00,13:00"


def test_no_break() -> None:
    """Protects the break, and tells how long it is to be."""
    (finding,) = judged(desk(), "ann E", "ann 06-01 E: pre pre pre pre")
    assert (finding.code, finding.severity, finding.facts["limit"]) == ("duty_break_missing", "error", 60)


def test_a_break_too_long_or_too_short() -> None:
    """Protects the break's length on both sides."""
    assert told(desk(), "ann E", "ann 06-01 E: pre break break pre") == [("duty_break_length", "error", "ann", "06-01")]
    assert told(desk(shifts=LONG), "ann E", "ann 06-01 E: pre pre break pre pre pre") == [
        ("duty_break_length", "error", "ann", "06-01")
    ]


def test_a_break_where_the_shift_has_none() -> None:
    """Protects paid time."""
    turn = "ann 06-01 L: pre pre pre break pre pre pre pre"
    assert told(desk(), "ann L", turn) == [("duty_break_length", "error", "ann", "06-01")]


def test_a_break_in_two_pieces() -> None:
    """Protects rest in one piece."""
    assert told(desk(shifts=LONG), "ann E", "ann 06-01 E: pre break pre break pre pre") == [
        ("duty_break_cut", "error", "ann", "06-01")
    ]


def test_a_break_outside_its_window() -> None:
    """Protects the window on both sides: 9 to 11 in a shift from 8 to 12."""
    for turn in ("break pre pre pre", "pre pre pre break"):
        assert told(desk(), "ann E", f"ann 06-01 E: {turn}") == [("duty_break_window", "error", "ann", "06-01")]


def test_breaks_inside_the_window_up_to_its_edges() -> None:
    """Protects the first and the last place a break may have."""
    for turn in ("pre break pre pre", "pre pre break pre"):
        assert told(desk(), "ann E", f"ann 06-01 E: {turn}") == []
    for turn in ("pre break break pre pre pre", "pre pre pre break break pre"):
        assert told(desk(shifts=LONG), "ann E", f"ann 06-01 E: {turn}") == []


def test_a_window_after_midnight() -> None:
    """Protects midnight: a night's break lies from 0 to 4 of the next date."""
    assert told(desk(), "ann N", "ann 06-01 N: pre pre break pre pre pre pre pre") == []
    assert told(desk(), "ann N", "ann 06-01 N: pre break pre pre pre pre pre pre") == [
        ("duty_break_window", "error", "ann", "06-01")
    ]


def test_the_night_of_the_eve_may_have_had_its_break() -> None:
    """Protects the horizon's edge: the plan knows only part of that shift."""
    of = desk(worked=before("ann N"))
    assert told(of, "", "ann 05-31 N: . . pre pre pre pre pre pre") == []

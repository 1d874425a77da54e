"""Blocks and switches: a role lasts a while before the next one, and a shift has only so many changes."""

from tests.rules.small import before, desk, judged, told

LONG = "shift,start,end,paid_h,break_min,break_from,break_to\nE,08:00,14:00,6,0,,\nB,08:00,14:00,5,60,09:00,13:00"
LONG += "\nN,22:00,06:00,8,0,,"
TWO_HOURS = "[rules]\nmin_block_min = 120\nmax_switches = 2"
TALK = "activity,minutes,window_start,window_end,who,sessions_max\ntalk,60,2026-06-01 08:00,2026-06-01 14:00,ann,1"


def test_a_role_left_too_early() -> None:
    """Protects people from hopping, and tells how long the block was."""
    (finding,) = judged(
        desk(settings=TWO_HOURS, shifts=LONG), "ann E", "ann 06-01 E: pre after after after after after"
    )
    assert (finding.code, finding.severity) == ("duty_min_block", "error")
    assert (finding.facts["activity"], finding.facts["value"], finding.facts["limit"]) == ("pre", 60, 120)


def test_too_many_changes_of_role() -> None:
    """Protects the limit on switches, and counts them."""
    of = desk(settings="[rules]\nmin_block_min = 60\nmax_switches = 2", shifts=LONG)
    (finding,) = judged(of, "ann E", "ann 06-01 E: pre after pre after after after")
    assert (finding.code, finding.severity) == ("duty_max_switches", "error")
    assert (finding.facts["value"], finding.facts["limit"]) == (3, 2)


def test_blocks_and_switches_on_the_limits() -> None:
    """Protects the limits themselves; the last block may be short, nothing follows it."""
    of = desk(settings=TWO_HOURS, shifts=LONG)
    assert told(of, "ann E", "ann 06-01 E: pre pre after after pre pre") == []
    assert told(of, "ann E", "ann 06-01 E: pre pre pre pre pre after") == []


def test_a_break_counts_for_no_block_and_ends_none() -> None:
    """Protects blocks across a break: an hour before and one after are two."""
    of = desk(settings=TWO_HOURS, shifts=LONG)
    assert told(of, "ann B", "ann 06-01 B: pre break pre after after after") == []
    assert told(of, "ann B", "ann 06-01 B: pre break after after after after") == [
        ("duty_min_block", "error", "ann", "06-01")
    ]


def test_a_briefing_counts_for_the_blocks_on_both_sides() -> None:
    """Protects blocks that a briefing interrupts."""
    of = desk(settings=TWO_HOURS, shifts=LONG, activities=TALK)
    assert told(of, "ann E", "ann 06-01 E: pre talk after pre pre pre") == []


def test_a_block_over_midnight_is_one() -> None:
    """Protects midnight: 23 to 1 are two hours in a role; 22 to 23 is one."""
    of = desk(settings=TWO_HOURS, shifts=LONG)
    assert told(of, "ann N", "ann 06-01 N: after pre pre after after after after after") == [
        ("duty_min_block", "error", "ann", "06-01")
    ]
    assert told(of, "ann N", "ann 06-01 N: after after pre pre after after after after") == []


def test_the_block_that_the_eve_began_may_be_longer_than_it_looks() -> None:
    """Protects the horizon's edge: its first block is excused, the next one is not."""
    of = desk(settings=TWO_HOURS, shifts=LONG, worked=before("ann N"))
    assert told(of, "", "ann 05-31 N: . . pre after after after after after") == []
    assert told(of, "", "ann 05-31 N: . . pre after pre pre pre pre") == [("duty_min_block", "error", "ann", "05-31")]

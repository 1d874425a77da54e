"""Activities: everybody of ``who`` who works in the window attends once, in one piece, in one of a few sessions; a
queue that an activity trains for is taken only afterwards."""

from tests.rules.small import before, desk, judged, told

SHIFTS = "shift,start,end,paid_h\nE,08:00,12:00,4\nN,22:00,06:00,8"
HEADER = "activity,minutes,window_start,window_end,who,sessions_max,grants_skill\n"
TALK = HEADER + "talk,60,2026-06-01 08:00,2026-06-01 11:00,ann|blue,1,"
NIGHT = HEADER + "talk,120,2026-06-01 23:00,2026-06-02 02:00,ann,1,"
TRAIN = HEADER + "talk,60,2026-06-01 08:00,2026-06-02 12:00,ann,1,after"
BOTH = "ann 06-01 E: talk pre pre pre\nbob 06-01 E: talk pre pre pre"


def test_somebody_at_work_who_does_not_attend() -> None:
    """Protects the briefing: missing it is priced; a person is invited by name or by team."""
    of = desk(shifts=SHIFTS, activities=TALK)
    assert told(of, "ann E\nbob E", "ann 06-01 E: pre pre pre pre\nbob 06-01 E: talk pre pre pre") == [
        ("duty_activity_missed", "warning", "ann", "")
    ]


def test_at_the_wrong_time_or_twice() -> None:
    """Protects the session: not outside the window, not in pieces, not twice."""
    of = desk(shifts=SHIFTS, activities=TALK)
    for turn in ("pre pre pre talk", "talk talk pre pre", "talk pre talk pre"):
        assert told(of, "ann E", f"ann 06-01 E: {turn}") == [("duty_activity_time", "error", "ann", "")]


def test_somebody_who_was_not_invited() -> None:
    """Protects the list of who attends."""
    of = desk(shifts=SHIFTS, activities=TALK.replace("ann|blue", "bob"))
    assert told(of, "ann E", "ann 06-01 E: talk pre pre pre") == [("duty_activity_time", "error", "ann", "")]


def test_too_many_sessions() -> None:
    """Protects the number of sessions; the finding is the activity's, nobody's own."""
    of = desk(shifts=SHIFTS, activities=TALK)
    (finding,) = judged(of, "ann E\nbob E", "ann 06-01 E: talk pre pre pre\nbob 06-01 E: pre talk pre pre")
    assert (finding.code, finding.severity, finding.value) == ("duty_activity_sessions", "error", "")
    assert (finding.facts["activity"], finding.facts["value"], finding.facts["limit"]) == ("talk", 2, 1)


def test_everybody_together_once() -> None:
    """Protects an ordinary briefing, in the last hour of its window too; who is off has nothing to attend."""
    of = desk(shifts=SHIFTS, activities=TALK)
    assert told(of, "ann E\nbob E", BOTH) == []
    assert told(of, "ann E", "ann 06-01 E: pre pre talk pre") == []


def test_a_queue_before_the_training() -> None:
    """Protects customers from the untrained: after it, the queue is free."""
    of = desk(shifts=SHIFTS, activities=TRAIN)
    assert told(of, "ann E", "ann 06-01 E: after talk after after") == [("duty_untrained", "error", "ann", "06-01")]
    assert told(of, "ann E", "ann 06-01 E: pre talk after after") == []


def test_a_queue_on_the_day_before_the_training() -> None:
    """Protects the days before, each told on its own; somebody who is not to be trained may take the queue."""
    of = desk(shifts=SHIFTS, activities=TRAIN)
    turns = "ann 06-01 E: pre pre after after\nann 06-02 E: talk after after after"
    assert told(of, "ann E E", turns) == [("duty_untrained", "error", "ann", "06-01")]
    others = desk(shifts=SHIFTS, activities=TRAIN.replace(",ann,", ",bob,"))
    assert told(others, "ann E", "ann 06-01 E: after after after after") == []


def test_a_session_over_midnight_is_in_one_piece() -> None:
    """Protects midnight: from 23 to 1 is one session; from 22 to 24 is before its window."""
    of = desk(shifts=SHIFTS, activities=NIGHT)
    assert told(of, "ann N", "ann 06-01 N: pre talk talk pre pre pre pre pre") == []
    assert told(of, "ann N", "ann 06-01 N: talk talk pre pre pre pre pre pre") == [
        ("duty_activity_time", "error", "ann", "")
    ]


def test_a_window_outside_the_horizon_asks_nothing() -> None:
    """Protects the horizon's edge: yesterday's briefing is past, and the eve's night may not attend for the plan."""
    past = HEADER + "talk,60,2026-05-31 08:00,2026-05-31 12:00,ann,1,"
    assert told(desk(shifts=SHIFTS, activities=past), "ann E", "ann 06-01 E: pre pre pre pre") == []


def test_the_night_of_the_eve_owes_no_attendance() -> None:
    """Protects people whose shift began before the plan does."""
    early = HEADER + "talk,60,2026-06-01 00:00,2026-06-01 06:00,ann,1,"
    of = desk(shifts=SHIFTS, activities=early, worked=before("ann N"))
    assert told(of, "", "ann 05-31 N: . . pre pre pre pre pre pre") == []

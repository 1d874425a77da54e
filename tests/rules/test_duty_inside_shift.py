"""Duty fills the shift: every interval of a shift has an activity, none lies outside."""

from tests.rules.small import SKILLS, before, desk, judged, told

E = "ann 06-01 E: pre break pre pre"
NIGHT = "ann 06-01 N: pre pre pre break pre pre pre pre"


def test_hours_without_any_activity() -> None:
    """Protects a shift from holes, and counts them."""
    (finding,) = judged(desk(), "ann E", "ann 06-01 E: . break . pre")
    assert (finding.code, finding.severity, finding.file) == ("duty_missing", "error", "duty")
    assert (finding.facts["value"], finding.facts["date"]) == (2, "2026-06-01")


def test_duty_after_the_shift_and_on_a_day_off() -> None:
    """Protects people from work outside their shifts."""
    found = told(desk(), "ann E", f"{E} pre pre\nann 06-02 E: pre")
    assert found == [("duty_outside_shift", "error", "ann", "06-01"), ("duty_outside_shift", "error", "ann", "06-02")]


def test_two_activities_at_once() -> None:
    """Protects against being in two places."""
    assert told(desk(), "ann E", f"{E}\nann 06-01 E: after") == [("duty_outside_shift", "error", "ann", "06-01")]


def test_a_person_whom_the_desk_does_not_know() -> None:
    """Protects against duty that would be dropped in silence."""
    assert told(desk(), "ann E", f"{E}\neve 06-01 E: pre") == [("duty_unknown_agent", "error", "eve", "")]


def test_a_shift_that_is_filled() -> None:
    """Protects an ordinary duty; a plan without any duty is not judged."""
    assert told(desk(), "ann E", E) == []
    assert told(desk(), "ann E", "") == []


def test_a_night_goes_on_after_midnight() -> None:
    """Protects midnight: the hours of the next date belong to the shift, a hole there to its day."""
    assert told(desk(), "ann N", NIGHT) == []
    assert told(desk(), "ann N", NIGHT.rsplit(" ", 1)[0]) == [("duty_missing", "error", "ann", "06-01")]


def test_the_last_night_is_judged_until_the_horizon_ends() -> None:
    """Protects the horizon's end: what comes after it may be told or not."""
    shifts = "shift,start,end,paid_h\nN,22:00,06:00,8"
    for hours in ("pre pre", "pre pre pre pre pre pre pre pre"):
        assert told(desk(days=1, shifts=shifts), "ann N", f"ann 06-01 N: {hours}") == []
    assert told(desk(days=1, shifts=shifts), "ann N", "ann 06-01 N: pre") == [("duty_missing", "error", "ann", "06-01")]


def test_the_night_of_the_eve_may_be_told_or_not() -> None:
    """Protects the horizon's start: its first hours end the shift of the eve, the seventh does not."""
    of = desk(worked=before("ann N"))
    assert told(of, "bob E", "ann 05-31 N: . . pre pre pre pre pre pre\nbob 06-01 E: pre break pre pre") == []
    assert told(of, "bob E", "bob 06-01 E: pre break pre pre") == []
    assert told(of, "", "ann 05-31 N: . . pre pre pre pre pre pre pre") == [
        ("duty_outside_shift", "error", "ann", "06-01")
    ]


def test_people_without_skills_and_on_call_need_no_duty() -> None:
    """Protects supervisors and those on call."""
    skills = "\n".join(SKILLS.strip().splitlines()[:3])
    assert told(desk(skills=skills), "ann E\nbob E", E) == []
    shifts = "shift,start,end,paid_h,kind\nE,08:00,09:00,1,regular\nC,08:00,20:00,2,on_call"
    assert told(desk(shifts=shifts), "ann E\nbob C", "ann 06-01 E: pre") == []

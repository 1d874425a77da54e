"""Skill: a person takes only queues that the person is trained for."""

from tests.rules.small import before, desk, judged, told


def test_a_queue_without_the_skill() -> None:
    """Protects customers: bob knows pre only; one finding tells how many hours."""
    (finding,) = judged(desk(), "bob E", "bob 06-01 E: after break after pre")
    assert (finding.code, finding.severity, finding.value) == ("duty_skill", "error", "bob")
    assert (finding.facts["activity"], finding.facts["value"]) == ("after", 2)


def test_an_activity_that_nobody_knows() -> None:
    """Protects against a slip of the pen: a name that is no queue, no break and no activity."""
    assert told(desk(), "ann E", "ann 06-01 E: pre break prre pre") == [
        ("duty_unknown_activity", "error", "ann", "06-01")
    ]


def test_own_queues_breaks_and_activities() -> None:
    """Protects an ordinary duty with a briefing."""
    activities = (
        "activity,minutes,window_start,window_end,who,sessions_max\ntalk,60,2026-06-01 08:00,2026-06-01 12:00,ann,1"
    )
    assert told(desk(activities=activities), "ann E", "ann 06-01 E: pre break talk after") == []


def test_a_skill_is_asked_after_midnight_too() -> None:
    """Protects midnight: the last hour of a night is judged, on the day on which the night starts."""
    assert told(desk(), "bob N", "bob 06-01 N: pre pre pre break pre pre pre after") == [
        ("duty_skill", "error", "bob", "06-01")
    ]


def test_the_night_of_the_eve_asks_for_skills() -> None:
    """Protects the horizon's edge: its first hours are planned, whoever rostered the shift."""
    of = desk(worked=before("bob N"))
    assert told(of, "", "bob 05-31 N: . . pre pre pre pre pre after") == [("duty_skill", "error", "bob", "05-31")]

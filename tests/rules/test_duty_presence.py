"""Minimum presence: so many people at a queue while it is open, priced per person short and interval."""

from tests.rules.small import before, desk, judged, told

SHIFTS = "shift,start,end,paid_h\nE,08:00,12:00,4\nF,08:00,11:00,3\nN,22:00,06:00,8"
OPEN = """
[queues.desk]
aht_s = [300]
hours = "08:00-12:00"
[rules]
min_presence = { desk = 1 }
"""
NIGHT = OPEN.replace("08:00-12:00", "22:00-02:00")
SKILLS = "agent,queue,proficiency,home\nann,desk,1,1\nann,pre,1,0\nbob,desk,0.5,1"


def test_hours_without_enough_people() -> None:
    """Protects an open queue; the finding is the queue's, nobody's own, and counts agent intervals."""
    of = desk(settings=OPEN, days=1, shifts=SHIFTS, skills=SKILLS)
    (finding,) = judged(of, "ann E", "ann 06-01 E: desk pre pre desk")
    assert (finding.code, finding.severity, finding.value) == ("duty_presence", "warning", "")
    assert (finding.facts["queue"], finding.facts["value"], finding.facts["date"]) == ("desk", "2", "2026-06-01")


def test_people_short_add_up() -> None:
    """Protects the count: one of two people missing in two of the hours are two agent intervals."""
    of = desk(settings=OPEN.replace("desk = 1", "desk = 2"), days=1, shifts=SHIFTS, skills=SKILLS)
    (finding,) = judged(of, "ann E\nbob F", "ann 06-01 E: desk desk pre desk\nbob 06-01 F: desk desk desk")
    assert finding.facts["value"] == "2"


def test_enough_people_while_the_queue_is_open() -> None:
    """Protects closed hours from any demand; half a proficiency is a whole person."""
    of = desk(settings=OPEN, days=1, shifts=SHIFTS, skills=SKILLS)
    assert told(of, "bob E", "bob 06-01 E: desk desk desk desk") == []
    chinese = desk(settings=OPEN.replace("08:00-12:00", "08：00-12：00"), days=1, shifts=SHIFTS, skills=SKILLS)
    assert told(chinese, "bob E", "bob 06-01 E: desk desk desk desk") == []


def test_who_is_not_trained_is_no_presence() -> None:
    """Protects the count: somebody who may not take the queue is told for that, and fills no place."""
    of = desk(settings=OPEN, days=1, shifts=SHIFTS, skills=SKILLS.replace("bob,desk,0.5,1", "bob,pre,1,1"))
    skill, presence = judged(of, "bob E", "bob 06-01 E: desk desk pre pre")
    assert (skill.code, presence.code, presence.facts["value"]) == ("duty_skill", "duty_presence", "4")


def test_a_day_without_anybody_is_told_on_its_own() -> None:
    """Protects each day: one finding a queue and day."""
    of = desk(settings=OPEN, days=2, shifts=SHIFTS, skills=SKILLS)
    assert told(of, "bob E", "bob 06-01 E: desk desk desk desk") == [("duty_presence", "warning", "", "06-02")]


def test_hours_over_midnight() -> None:
    """Protects midnight: open from 22 to 2, the hours after midnight are short on the date they lie on."""
    of = desk(settings=NIGHT, days=2, shifts=SHIFTS, skills=SKILLS, worked=before("bob N"))
    eve = "bob 05-31 N: . . desk desk desk desk desk desk"
    full = "desk desk desk desk desk desk desk desk"
    nights = "ann N\nbob - N"
    assert told(of, nights, f"{eve}\nann 06-01 N: {full}\nbob 06-02 N: {full}") == []
    assert told(of, nights, f"{eve}\nann 06-01 N: desk desk pre desk desk desk desk desk\nbob 06-02 N: {full}") == [
        ("duty_presence", "warning", "", "06-02")
    ]


def test_the_first_hours_count_who_came_on_the_eve() -> None:
    """Protects the horizon's edge: without the night of the eve the first two hours are short."""
    of = desk(settings=NIGHT, days=1, shifts=SHIFTS, skills=SKILLS)
    (finding,) = judged(of, "ann N", "ann 06-01 N: desk desk desk desk desk desk desk desk")
    assert finding.facts["value"] == "2"

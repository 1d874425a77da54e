"""People who take no queue (a lead, say): no duty but the briefings that they attend."""

from scheduler import audit, make_roster
from tests.rules.small import desk, told

SHIFTS = "shift,start,end,paid_h,break_min,break_from,break_to\nE,08:00,12:00,4,60,09:00,11:00"
ONE = "agent,queue,proficiency,home\nbob,pre,1,1"
TALK = "activity,minutes,window_start,window_end,who,sessions_max\ntalk,60,2026-06-01 08:00,2026-06-01 12:00,ann|bob,1"
PINS = "agent,date,shift\nann,2026-06-01,E\nbob,2026-06-01,E"
QUICK = "[scheduler]\ntime_limit_s = 2\ngap = 0.0\n"


def test_whoever_takes_no_queue_is_sent_too() -> None:
    """Protects the briefing of those without a skill: one session for both, the table says so, nothing is missed."""
    of = desk("", QUICK, days=1, shifts=SHIFTS, skills=ONE, activities=TALK, pinned=PINS)
    plan = make_roster(of)
    attended = plan.duty[plan.duty["activity"] == "talk"]
    assert set(attended["agent"]) == {"ann", "bob"}
    assert attended["start"].nunique() == 1
    assert set(plan.duty.loc[plan.duty["agent"] == "ann", "activity"]) == {"talk"}
    assert audit(of, plan) == ()
    assert plan.costs.set_index("term")["amount"].get("activity_missed", 0.0) == 0.0


def test_missing_it_is_told() -> None:
    """Protects against silence: at work in the window and not at the briefing, breaks and queues not being asked."""
    of = desk("", shifts=SHIFTS, skills=ONE, activities=TALK)
    assert told(of, "ann E\nbob E", "bob 06-01 E: talk break pre pre") == [
        ("duty_activity_missed", "warning", "ann", "")
    ]
    assert told(of, "ann E\nbob E", "bob 06-01 E: talk break pre pre\nann 06-01 E: talk . . .") == []


def test_a_queue_is_still_a_skill() -> None:
    """Protects the queue: somebody untrained who is put there is found."""
    of = desk("", shifts=SHIFTS, skills=ONE)
    (found,) = told(of, "ann E", "ann 06-01 E: pre . . .")
    assert found == ("duty_skill", "error", "ann", "06-01")

"""Call-in: a shift that begins before people can be there is worked only by those who were told of it."""

import pytest

from scheduler import explain, make_roster
from tests.rules.small import desk, is_told, told

TWO_O_CLOCK = "[rules]\ncall_in_from = {}"
KNOWN = {
    "published": "agent,date,shift\nann,2026-06-02,E\nann,2026-06-01,OFF",
    "pinned": "agent,date,shift\nbob,2026-06-01,D",
}


@pytest.mark.parametrize("moment", ["2026-06-02T16:00:00", "2026-06-02T08:00:00+00:00"])
def test_who_was_not_told_comes_too_late(moment: str) -> None:
    """Protects people from shifts that they can't reach, an offset of the moment heeded; the hour itself is in time."""
    of = desk("", TWO_O_CLOCK.format(moment), **KNOWN)
    assert told(of, "ann - L\nbob D - D") == [], "L begins at that hour"
    assert told(of, "ann D\nbob D D") == [
        ("roster_call_in", "error", "ann", "06-01"),
        ("roster_call_in", "error", "bob", "06-02"),
    ]


def test_what_was_announced_or_pinned_stays() -> None:
    """Protects shifts that had begun, and the night before the moment's midnight."""
    of = desk("", TWO_O_CLOCK.format("2026-06-02T16:00:00"), **KNOWN)
    assert told(of, "ann - E\nbob D") == []
    at_midnight = desk("", TWO_O_CLOCK.format("2026-06-02T00:00:00"))
    assert told(at_midnight, "ann - E\nbob N E") == [("roster_call_in", "error", "bob", "06-01")]


def test_too_late_is_the_reason_told() -> None:
    """Protects who asks why nobody could be there: the moment is named, for one person and for all together."""
    cover = "date,shift,required,under_cost,over_cost\n2026-06-01,E,2,900,0"
    owed = "min_paid_h_horizon = 20"
    of = desk(
        owed,
        TWO_O_CLOCK.format("2026-06-02T09:00:00"),
        days=2,
        cover=cover,
        shifts="shift,start,end,paid_h\nE,08:00,18:00,10",
    )
    found = explain(of)
    told_of = [(own.agent, {one.code for one in own.demands}) for own in found]
    assert ("", {"explain_cover_shift", "explain_joint_call_in"}) in told_of
    assert ("ann", {"explain_min_paid_h_horizon", "explain_call_in"}) in told_of
    assert all(is_told(one) for own in found for one in own.demands if "call_in" in one.code)


def test_the_plan_calls_in_from_then_on() -> None:
    """Protects the model's part: of two days with much to do, only shifts from the moment on are given."""
    cover = "date,shift,required,under_cost,over_cost\n" + "\n".join(
        f"2026-06-0{day},{shift},2,900,0" for day in (1, 2) for shift in "EL"
    )
    of = desk("", "[scheduler]\ntime_limit_s = 2\n" + TWO_O_CLOCK.format("2026-06-01T12:00:00"), days=2, cover=cover)
    assert make_roster(of).roster["shift"].tolist() == ["L", "E"] * 2

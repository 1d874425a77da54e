"""Forbidden successions: a shift that may not follow another on the day after."""

from tests.rules.small import before, desk, judged, told

NOT_AFTER = 'forbidden_successions = [["L", "E"], ["N", "L"]]'


def test_a_forbidden_pair() -> None:
    """Protects the pair and names both shifts."""
    (finding,) = judged(desk(NOT_AFTER), "ann - L E")
    assert (finding.code, finding.severity) == ("roster_forbidden_successions", "error")
    assert (finding.facts["before"], finding.facts["after"]) == ("L", "E")
    assert finding.facts["date"] == "2026-06-03"


def test_other_orders_and_a_day_between() -> None:
    """Protects what is allowed: the reverse order, and the pair with a day off between."""
    assert told(desk(NOT_AFTER), "ann E L - E\nbob L L") == []


def test_the_eve_counts() -> None:
    """Protects the first day: the night of the eve, which ends that morning, goes before it."""
    assert told(desk(NOT_AFTER, worked=before("ann N")), "ann L") == [
        ("roster_forbidden_successions", "error", "ann", "06-01")
    ]


def test_the_past_itself_is_not_judged() -> None:
    """Protects the horizon's edge: a pair before it is nobody's mistake now."""
    assert told(desk(NOT_AFTER, worked=before("ann L E")), "ann -") == []

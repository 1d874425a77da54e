"""At least so many days off in a row; a run that touches the horizon's edge may be shorter."""

from tests.rules.small import before, desk, judged, told

TWO = "min_consecutive_days_off = 2"


def test_a_lone_day_off() -> None:
    """Protects rest in one piece."""
    (finding,) = judged(desk(TWO), "ann E E - E E - -")
    assert (finding.code, finding.severity) == ("roster_min_consecutive_days_off", "error")
    assert (finding.facts["value"], finding.facts["date"]) == (1, "2026-06-03")


def test_a_priced_limit_is_a_warning() -> None:
    """Protects the price."""
    of = desk("min_consecutive_days_off = { limit = 2, price = 2 }")
    assert told(of, "ann E - E") == [("roster_min_consecutive_days_off", "warning", "ann", "06-02")]


def test_days_off_of_the_limit_and_leave() -> None:
    """Protects the limit itself; leave counts as days off."""
    of = desk(TWO, leave="agent,date\nann,2026-06-02\nann,2026-06-03")
    assert told(of, "ann E - - E - - E") == []


def test_days_off_at_the_horizons_edges_may_go_on_outside() -> None:
    """Protects both edges: what nobody knows is not held against anybody."""
    assert told(desk(TWO), "ann - E E E E E -") == []


def test_days_off_before_the_horizon_count() -> None:
    """Protects the first day where the past is known: one day off before, one after, are two."""
    assert told(desk(TWO, worked=before("ann E OFF")), "ann - E") == []
    assert told(desk(TWO, worked=before("ann E")), "ann - E") == [
        ("roster_min_consecutive_days_off", "error", "ann", "06-01")
    ]


def test_a_gap_that_begins_on_the_eve_is_judged_by_the_first_shift() -> None:
    """Protects the edge from the other side: one day off on the eve, back on the first day."""
    assert told(desk(TWO, worked=before("ann E OFF")), "ann E") == [
        ("roster_min_consecutive_days_off", "error", "ann", "06-01")
    ]


def test_the_morning_after_a_night_is_a_day_off() -> None:
    """Protects midnight: the day on which a night shift ends counts as off."""
    assert told(desk(TWO), "ann N - - N") == []

"""At most so many weekends of the horizon with a Saturday or a Sunday worked."""

from tests.rules.small import before, desk, judged, told

ONE = "max_weekends = 1"
WEEK = "- - - - -"


def test_too_many_weekends() -> None:
    """Protects the limit, whether Saturday or Sunday is worked."""
    (finding,) = judged(desk(ONE, days=14), f"ann {WEEK} E - {WEEK} - E")
    assert (finding.code, finding.severity, finding.facts["value"]) == ("roster_max_weekends", "error", 2)


def test_a_priced_limit_is_a_warning() -> None:
    """Protects the price."""
    of = desk("max_weekends = { limit = 0, price = 50 }")
    assert told(of, f"ann {WEEK} E E") == [("roster_max_weekends", "warning", "ann", "")]


def test_both_days_of_one_weekend_are_one() -> None:
    """Protects the count: weekends, not days."""
    assert told(desk(ONE, days=14), f"ann {WEEK} E E {WEEK} - -") == []


def test_a_friday_night_is_no_weekend() -> None:
    """Protects midnight: the shift belongs to Friday, though it ends on Saturday; Sunday's night belongs to Sunday."""
    assert told(desk("max_weekends = 0"), "ann E E E E N - -") == []
    assert told(desk("max_weekends = 0"), f"ann {WEEK} - N") == [("roster_max_weekends", "error", "ann", "")]


def test_the_weekend_before_the_horizon_does_not_count() -> None:
    """Protects the horizon's edge."""
    assert told(desk(ONE, worked=before("ann E E")), f"ann {WEEK} E E") == []

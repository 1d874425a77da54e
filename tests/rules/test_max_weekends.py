"""At most so many weekends of the horizon of which a day is worked."""

from tests.rules.small import before, desk, judged, on_top, told

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


def test_the_weekend_is_as_the_desk_says_whenever_the_week_begins() -> None:
    """Protects Friday and Saturday as one weekend, Sunday as a workday, and Saturday with Sunday as one weekend where
    Sunday opens the week."""
    gulf = on_top(desk(ONE, days=14), week_begins="sunday", weekend=["friday", "saturday"])
    assert told(gulf, "ann - - - - E E E - - - - - - E") == []
    assert told(gulf, f"ann {WEEK} E - - - - - E") == [("roster_max_weekends", "error", "ann", "")]
    america = on_top(desk(ONE, days=14), week_begins="sunday")
    assert told(america, f"ann {WEEK} E E") == []
    assert told(america, f"ann {WEEK} - E {WEEK} E") == [("roster_max_weekends", "error", "ann", "")]

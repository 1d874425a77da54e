"""At most so many shifts of a type in the horizon."""

from tests.rules.small import before, desk, judged, told


def test_too_many_of_a_type() -> None:
    """Protects the limit and names the shift."""
    (finding,) = judged(desk("max_shifts = { N = 1 }"), "ann N N E")
    assert (finding.code, finding.severity, finding.value) == ("roster_max_shifts", "error", "ann")
    assert (finding.facts["shift"], finding.facts["value"]) == ("N", 2)


def test_a_priced_limit_is_a_warning() -> None:
    """Protects the price."""
    of = desk("max_shifts = { N = { limit = 1, price = 3 } }")
    assert told(of, "ann N N") == [("roster_max_shifts", "warning", "ann", "")]


def test_as_many_as_allowed_and_others_at_will() -> None:
    """Protects the limit itself; 0 forbids the shift, what has no limit is free."""
    assert told(desk("max_shifts = { N = 2, D = 0 }"), "ann N N E E E") == []
    assert told(desk("max_shifts = { N = 2, D = 0 }"), "ann D") == [("roster_max_shifts", "error", "ann", "")]


def test_the_eve_does_not_count_the_last_night_does() -> None:
    """Protects the horizon's edges: a night belongs to the date on which it starts."""
    of = desk("max_shifts = { N = 1 }", days=2, worked=before("ann N"))
    assert told(of, "ann - N") == []
    assert told(of, "ann N N") == [("roster_max_shifts", "error", "ann", "")]

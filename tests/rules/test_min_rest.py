"""Minimum rest between two shifts; shifts never overlap, whatever the contract says."""

from tests.rules.small import before, desk, judged, told

LONG = "shift,start,end,paid_h\nX,00:00,24:00,24\nV,23:00,09:00+1,10\nE,08:00,12:00,4"


def test_too_little_rest() -> None:
    """Protects rest over midnight: 24:00 to 08:00 is 8 h."""
    (finding,) = judged(desk("min_rest_h = 11"), "ann L E")
    assert (finding.code, finding.severity, finding.facts["rest"]) == ("roster_min_rest", "error", "8")
    assert finding.facts["date"] == "2026-06-02"


def test_just_enough_rest() -> None:
    """Protects the limit itself: 8 h where 8 h are due."""
    assert told(desk("min_rest_h = 8"), "ann L E L") == []


def test_priced_rest_is_a_warning() -> None:
    """Protects the price: rest that may be bought is no error."""
    of = desk("min_rest_h = { limit = 11, price = 5.0 }")
    assert told(of, "ann L E") == [("roster_min_rest", "warning", "ann", "06-02")]


def test_the_night_shift_of_the_eve_counts() -> None:
    """Protects the first morning: off at 06:00, back at 08:00 or at 16:00."""
    of = desk("min_rest_h = 10", worked=before("ann N"))
    assert told(of, "ann E") == [("roster_min_rest", "error", "ann", "06-01")]
    assert told(of, "ann L") == []


def test_the_past_itself_is_not_judged() -> None:
    """Protects the horizon's edge: two shifts before it are nobody's mistake now."""
    assert told(desk("min_rest_h = 11", worked=before("ann L E")), "ann -") == []


def test_overlap_is_wrong_without_any_limit() -> None:
    """Protects against two places at once: a shift that ends at 09:00 and one that begins at 08:00 that day."""
    assert told(desk(shifts=LONG), "ann V E") == [("roster_min_rest", "error", "ann", "06-02")]
    assert told(desk(shifts=LONG), "ann X X") == []


def test_overlap_is_wrong_where_rest_has_a_price() -> None:
    """Protects against buying the impossible: the missing rest is priced, the overlap is an error."""
    found = told(desk("min_rest_h = { limit = 11, price = 5.0 }", shifts=LONG), "ann V E")
    assert [severity for _, severity, _, _ in found] == ["warning", "error"]

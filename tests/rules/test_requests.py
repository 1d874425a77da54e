"""Wishes: refusing one is a warning, never an error."""

from tests.rules.small import desk, judged, told

WISHES = """
agent,date,wish,shift,weight
ann,2026-06-01,on,E,5
ann,2026-06-02,off,,5
bob,2026-06-01,on,,5
bob,2026-06-02,off,N,5
"""


def test_wishes_refused() -> None:
    """Protects every kind of wish: this shift, any shift, no shift, not this shift."""
    assert told(desk(requests=WISHES), "ann L E\nbob - N") == [
        ("roster_request_on", "warning", "ann", "06-01"),
        ("roster_request_off", "warning", "ann", "06-02"),
        ("roster_request_on", "warning", "bob", "06-01"),
        ("roster_request_off", "warning", "bob", "06-02"),
    ]


def test_wishes_granted() -> None:
    """Protects a roster that does as wished; against a night, any other shift will do."""
    assert told(desk(requests=WISHES), "ann E -\nbob L L") == []


def test_the_wish_off_names_the_shift_worked() -> None:
    """Protects the sentence: it tells what was rostered where any shift was meant."""
    (finding,) = judged(desk(requests=WISHES), "ann E D\nbob E")
    assert finding.facts["shift"] == "D"


def test_a_night_of_the_day_before_grants_a_day_off() -> None:
    """Protects midnight: a shift that ends on the day wished off belongs to the day before."""
    wish = "agent,date,wish,shift,weight\nann,2026-06-02,off,,5"
    assert told(desk(requests=wish), "ann N") == []


def test_wishes_outside_the_horizon_are_nobodys() -> None:
    """Protects the horizon's edges: the eve and the first day after it."""
    wishes = "agent,date,wish,shift,weight\nann,2026-05-31,on,E,5\nann,2026-06-08,on,,5\nann,2026-06-07,on,,5"
    assert told(desk(requests=wishes), "ann -") == [("roster_request_on", "warning", "ann", "06-07")]

"""Pinned: fixed assignments and fixed days off are kept."""

from tests.rules.small import desk, judged, told

PINNED = "agent,date,shift\nann,2026-06-01,E\nann,2026-06-02,OFF"


def test_another_shift_and_a_shift_on_a_pinned_day_off() -> None:
    """Protects what somebody decided by hand."""
    assert told(desk(pinned=PINNED), "ann L E") == [
        ("roster_pinned", "error", "ann", "06-01"),
        ("roster_pinned", "error", "ann", "06-02"),
    ]


def test_a_pinned_shift_that_is_not_rostered() -> None:
    """Protects a pinned shift against a day off, and names both."""
    (finding,) = judged(desk(pinned=PINNED), "ann -")
    assert finding.code == "roster_pinned"
    assert "OFF" in finding.message("en")
    assert "E is pinned" in finding.message("en")


def test_pins_that_are_kept() -> None:
    """Protects a roster that does as decided; a day without a pin is free."""
    assert told(desk(pinned=PINNED), "ann E - L") == []


def test_pins_outside_the_horizon_ask_nothing() -> None:
    """Protects the horizon's edges: the eve and the first day after it."""
    pinned = "agent,date,shift\nann,2026-05-31,E\nann,2026-06-08,E\nann,2026-06-07,E"
    assert told(desk(pinned=pinned), "ann -") == [("roster_pinned", "error", "ann", "06-07")]

"""At least so many days worked in a row; a run that touches the horizon's edge may be shorter."""

import pytest

from scheduler import audit, make_roster
from tests.rules.small import before, desk, judged, told

TWO = "min_consecutive_days = 2"


def test_a_lone_day() -> None:
    """Protects people from coming in for a single day."""
    (finding,) = judged(desk(TWO), "ann - - E - E E -")
    assert (finding.code, finding.severity) == ("roster_min_consecutive_days", "error")
    assert (finding.facts["value"], finding.facts["date"]) == (1, "2026-06-03")


def test_a_priced_limit_is_a_warning() -> None:
    """Protects the price."""
    of = desk("min_consecutive_days = { limit = 3, price = 2 }")
    assert told(of, "ann - E E - E -") == [
        ("roster_min_consecutive_days", "warning", "ann", "06-02"),
        ("roster_min_consecutive_days", "warning", "ann", "06-05"),
    ]


def test_runs_of_the_limit() -> None:
    """Protects the limit itself."""
    assert told(desk(TWO), "ann - E E - E E -") == []


def test_runs_at_the_horizons_edges_may_go_on_outside() -> None:
    """Protects both edges: what nobody knows is not held against anybody."""
    assert told(desk(TWO), "ann E - - - - - E") == []


def test_a_known_day_off_on_the_eve_makes_the_first_run_count() -> None:
    """Protects the first day where the past is known, off or worked."""
    assert told(desk(TWO, worked=before("ann OFF")), "ann E -") == [
        ("roster_min_consecutive_days", "error", "ann", "06-01")
    ]
    assert told(desk(TWO, worked=before("ann OFF E")), "ann E -") == []


def test_a_lone_night_is_one_day() -> None:
    """Protects midnight: a night shift that ends the next morning is still a single day."""
    assert told(desk(TWO), "ann - N -") == [("roster_min_consecutive_days", "error", "ann", "06-02")]


@pytest.mark.parametrize(("limit", "days"), [("2.5", 3), ("{ limit = 2.5, price = 2 }", 2)])
def test_half_a_day_asks_for_a_whole_one(limit: str, days: int) -> None:
    """Model and judge agree on a limit that is no whole number: hard it is rounded up, priced the half day is paid."""
    wanted = "date,shift,required,under_cost,over_cost\n2026-06-03,E,1,500,0\n2026-06-04,E,1,500,0"
    of = desk(
        f"min_consecutive_days = {limit}",
        "[scheduler]\ngap = 0.0\ntime_limit_s = 3",
        cover=wanted,
    )
    plan = make_roster(of)
    assert len(plan.roster) == days
    assert [finding.severity for finding in audit(of, plan)] == ["warning"] * (days == 2)
    assert plan.outcome.bound == pytest.approx(plan.outcome.objective)

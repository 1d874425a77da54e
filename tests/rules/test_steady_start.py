"""Steady starts: from one day worked to the next, the shift begins at about the same time of day."""

import pytest

from scheduler import make_roster
from tests.rules.small import before, desk, judged, told

STEADY = "max_start_change_h = 4"
COVER = "date,shift,required,under_cost,over_cost\n2026-06-01,E,2,900,0\n2026-06-02,L,2,900,0"


def test_too_great_a_change() -> None:
    """Protects people from mornings and evenings in turn: 8 and 16 are 8 h apart, in either order."""
    (finding,) = judged(desk(STEADY), "ann E L")
    assert (finding.code, finding.severity, finding.facts["value"]) == ("roster_steady_start", "error", "8")
    assert told(desk(STEADY), "ann L E") == [("roster_steady_start", "error", "ann", "06-02")]


def test_a_day_between_is_change_enough() -> None:
    """Protects what is allowed: the same start, a small change, and a day off between."""
    assert told(desk(STEADY), "ann E D E\nbob E - L") == []


def test_the_eve_counts_and_the_past_is_not_judged() -> None:
    """Protects the horizon's edge, at midnight."""
    assert told(desk(STEADY, worked=before("ann L")), "ann E") == [("roster_steady_start", "error", "ann", "06-01")]
    assert told(desk(STEADY, worked=before("ann L E")), "ann E") == []


@pytest.mark.parametrize(("limit", "cost"), [("4", 1800.0), ("{ limit = 4, price = 10 }", 80.0)])
def test_model_and_checker_agree(limit: str, cost: float) -> None:
    """Protects the inequality: hard, somebody stays at home; priced, four hours beyond are paid by each of two."""
    of = desk(f"max_start_change_h = {limit}", "[scheduler]\ntime_limit_s = 3\ngap = 0.0", days=2, cover=COVER)
    plan = make_roster(of)
    terms = plan.costs.set_index("term")["amount"]
    assert terms.get("steady_start", 0.0) + terms["cover"] == pytest.approx(cost)
    assert plan.outcome.bound == pytest.approx(plan.outcome.objective)

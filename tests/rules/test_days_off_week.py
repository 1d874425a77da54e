"""Days off of a week: at least so many in every full week, leave counted."""

import pytest

from scheduler import make_roster
from tests.rules.small import before, desk, told

TWO = "min_days_off_week = 2"


def test_too_few_days_off() -> None:
    """Protects the weekly rest: six days worked leave one of two."""
    assert told(desk(TWO), "ann E E E E E E") == [("roster_min_days_off_week", "error", "ann", "06-01")]
    priced = desk("min_days_off_week = { limit = 2, price = 40 }")
    assert told(priced, "ann E E E E E E") == [("roster_min_days_off_week", "warning", "ann", "06-01")]


def test_enough_days_off_wherever_they_lie() -> None:
    """Protects what is allowed: any two days, leave being one."""
    assert told(desk(TWO), "ann E E - E E - E\nbob E E E E E - -") == []


def test_only_full_weeks_are_judged() -> None:
    """Protects the edges: of ten days only the first week; a week that began before counts where it is known."""
    assert told(desk(TWO, days=10), "ann E E E E E - - E E E") == []
    known = desk(TWO, days=7, worked=before("ann E E E"))
    assert told(known, "ann E E E E E - -") == []


@pytest.mark.parametrize(("limit", "nights"), [("2", 5), ("{ limit = 2, price = 10 }", 7)])
def test_model_and_checker_agree(limit: str, nights: int) -> None:
    """Protects the inequality, hard and priced."""
    cover = "date,shift,required,under_cost,over_cost\n" + "\n".join(f"2026-06-0{day},E,2,500,0" for day in range(1, 8))
    of = desk(f"min_days_off_week = {limit}", "[scheduler]\ntime_limit_s = 3\ngap = 0.0", cover=cover)
    plan = make_roster(of)
    assert len(plan.roster) == 2 * nights
    assert plan.outcome.bound == pytest.approx(plan.outcome.objective)

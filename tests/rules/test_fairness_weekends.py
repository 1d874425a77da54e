"""Days of weekends worked are shared fairly over people and time."""

import pytest

from scheduler import make_roster
from tests.rules.small import before, desk, judged, on_top, told

FAIR = "[rules]\nfairness_weekend_price = 30\n"
WEEK = "- - - - -"


def test_one_person_with_the_whole_weekend() -> None:
    """Protects free weekends: 2 days where 1 is fair."""
    (finding,) = judged(desk(settings=FAIR), f"ann {WEEK} E E")
    assert (finding.code, finding.facts["value"], finding.facts["limit"]) == ("roster_fairness_weekends", "2", "1")


def test_a_weekend_shared_evenly_and_days_of_the_week() -> None:
    """Protects a fair roster; a Friday's night belongs to Friday though it ends on Saturday."""
    assert told(desk(settings=FAIR), f"ann {WEEK} E\nbob {WEEK} - E") == []
    assert told(desk(settings=FAIR), "ann E E E E N") == []
    gulf = on_top(desk(settings=FAIR), weekend=["friday", "saturday"])
    assert told(gulf, "ann - - - - N - E\nbob - - - - - E E") == []


def test_weekends_worked_before_count_as_long_as_they_are_remembered() -> None:
    """Protects fairness over time: last weekend was ann's, so this one is bob's; with no memory it is not."""
    past = before("ann E E\nbob OFF OFF")
    assert told(desk(settings=FAIR, worked=past), f"bob {WEEK} E E") == []
    forgetful = desk(settings=FAIR + "fairness_memory_days = 0", worked=past)
    assert told(forgetful, f"bob {WEEK} E E") == [("roster_fairness_weekends", "warning", "bob", "")]


def test_model_and_checker_agree() -> None:
    """Protects the inequality: a weekend of two is split, and the bound is met."""
    cover = "date,shift,required,under_cost,over_cost\n2026-06-06,E,1,900,0\n2026-06-07,E,1,900,0"
    of = desk(settings=FAIR + "[scheduler]\ntime_limit_s = 3\ngap = 0.0", cover=cover)
    plan = make_roster(of)
    assert sorted(plan.roster["agent"]) == ["ann", "bob"]
    assert plan.outcome.bound == pytest.approx(plan.outcome.objective)

"""Nights are shared fairly over people and time."""

import pytest

from scheduler import make_roster
from tests.rules.small import before, desk, judged, told

FAIR = "[rules]\nfairness_night_price = 30\n"


def test_one_person_with_all_the_nights() -> None:
    """Protects people from carrying all nights: 4 where 2 are fair."""
    (finding,) = judged(desk(settings=FAIR), "ann N N N N")
    assert (finding.code, finding.facts["value"], finding.facts["limit"]) == ("roster_fairness_nights", "4", "2")


def test_nights_shared_evenly_and_other_shifts() -> None:
    """Protects a fair roster; a shift that ends at midnight is no night."""
    assert told(desk(settings=FAIR), "ann N N\nbob - - N N") == []
    assert told(desk(settings=FAIR), "ann L L L") == []


def test_nights_worked_before_count() -> None:
    """Protects fairness over time: after three nights of ann's the next are bob's, at midnight of the horizon."""
    of = desk(settings=FAIR, worked=before("ann N N OFF\nbob OFF OFF OFF"))
    assert told(of, "bob N N") == []
    assert told(of, "ann N N") == [("roster_fairness_nights", "warning", "ann", "")]


def test_model_and_checker_agree() -> None:
    """Protects the inequality: what ann carried sends both wanted nights to bob, and the bound is met."""
    cover = "date,shift,required,under_cost,over_cost\n2026-06-01,N,1,900,0\n2026-06-03,N,1,900,0"
    settings = FAIR + "[scheduler]\ntime_limit_s = 3\ngap = 0.0"
    of = desk(settings=settings, days=4, cover=cover, worked=before("ann N N OFF\nbob OFF OFF OFF"))
    plan = make_roster(of)
    assert plan.roster["agent"].tolist() == ["bob", "bob"]
    assert plan.outcome.bound == pytest.approx(plan.outcome.objective)

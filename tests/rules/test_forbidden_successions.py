"""Forbidden successions: a shift that may not follow another on the day after."""

import pytest

from scheduler import audit, make_roster
from tests.rules.small import before, desk, judged, told

NOT_AFTER = 'forbidden_successions = [["L", "E"], ["N", "L"]]'


def test_a_forbidden_pair() -> None:
    """Protects the pair and names both shifts."""
    (finding,) = judged(desk(NOT_AFTER), "ann - L E")
    assert (finding.code, finding.severity) == ("roster_forbidden_successions", "error")
    assert (finding.facts["before"], finding.facts["after"]) == ("L", "E")
    assert finding.facts["date"] == "2026-06-03"


def test_other_orders_and_a_day_between() -> None:
    """Protects what is allowed: the reverse order, and the pair with a day off between."""
    assert told(desk(NOT_AFTER), "ann E L - E\nbob L L") == []


def test_the_eve_counts() -> None:
    """Protects the first day: the night of the eve, which ends that morning, goes before it."""
    assert told(desk(NOT_AFTER, worked=before("ann N")), "ann L") == [
        ("roster_forbidden_successions", "error", "ann", "06-01")
    ]


def test_the_past_itself_is_not_judged() -> None:
    """Protects the horizon's edge: a pair before it is nobody's mistake now."""
    assert told(desk(NOT_AFTER, worked=before("ann L E")), "ann -") == []


def test_a_pair_with_a_day_off() -> None:
    """Protects pairs in which a side is a day off, in checker and model alike; nothing is assumed after the end."""
    no_lone_night = desk('forbidden_successions = [["N", "OFF"]]', days=3)
    assert told(no_lone_night, "ann N - -") == [("roster_forbidden_successions", "error", "ann", "06-02")]
    assert told(no_lone_night, "ann N N N") == []
    fresh = desk('forbidden_successions = [["OFF", "N"]]', days=3, worked=before("ann OFF"))
    assert told(fresh, "ann N") == [("roster_forbidden_successions", "error", "ann", "06-01")]
    assert told(fresh, "bob N") == []


@pytest.mark.parametrize("pair", [["N", "OFF"], ["OFF", "N"], ["OFF", "OFF"], ["N", "N"]])
def test_model_and_checker_agree_on_a_pair(pair: list[str]) -> None:
    """Protects the inequality: what is wanted at any price is got only as far as the pair allows."""
    cover = "date,shift,required,under_cost,over_cost\n2026-06-01,N,2,900,0\n2026-06-02,N,1,900,0"
    of = desk(f"forbidden_successions = [{pair}]", "[scheduler]\ntime_limit_s = 3", days=3, cover=cover)
    plan = make_roster(of)
    assert not [own for own in audit(of, plan) if own.severity == "error"]
    assert plan.outcome.bound == pytest.approx(plan.outcome.objective)


def test_a_pair_given_twice_is_told_once() -> None:
    """Protects against double charges."""
    twice = desk('forbidden_successions = [["L", "E"], ["L", "E"]]')
    assert told(twice, "ann L E") == [("roster_forbidden_successions", "error", "ann", "06-02")]


def test_two_days_off_that_nothing_can_change() -> None:
    """Protects the impossible: a day off on the eve and leave on the first day are told as a contradiction."""
    of = desk(
        'forbidden_successions = [["OFF", "OFF"]]',
        "[scheduler]\ntime_limit_s = 3",
        days=1,
        worked=before("ann OFF"),
        leave="agent,date\nann,2026-06-01",
    )
    errors = {own.code for own in make_roster(of).findings if own.value == "ann" and own.severity == "error"}
    assert errors == {"roster_contradiction", "roster_forbidden_successions"}

"""What can be had at any one time but not over days: the cause is named, and every cure works when solved again."""

import pytest

from desk import Desk
from scheduler import Conflict, audit, explain, make_roster
from tests.rules.small import desk

QUICK = "[scheduler]\ntime_limit_s = 2\ngap = 0.0\n"
COVER = "date,shift,required,under_cost,over_cost\n"
FORTNIGHT = COVER + "\n".join(f"2026-06-{day:02},{shift},1,500,50" for day in range(1, 15) for shift in "EL")
NIGHTS = COVER + "\n".join(f"2026-06-0{day},N,1,500,50" for day in range(1, 8))
LEADS = """
agent,name,team,contract,cost_per_h,certificates
ann,Ann,red,full,10,lead
bob,Bob,blue,full,10,
cat,Cat,blue,full,10,
"""
DAY_LONG = "shift,start,end,paid_h\nA,00:00,24:00,8"
ONE_BREAK = "shift,start,end,paid_h,break_min,break_from,break_to\nA,00:00,24:00,8,60,12:00,13:00"
PRE = "[rules]\nmin_presence = { pre = 1 }\n"
LEAD = "[rules]\non_duty = { lead = 1 }\non_duty_price = 50\n"
BOTH = "[rules]\nmin_presence = { pre = 1, after = 1 }\n"

CASES: dict[str, tuple[Desk, set[str]]] = {
    "hours and rest of two people for a fortnight of two shifts": (
        desk("max_paid_h_horizon = 80\nmin_rest_h = 11", QUICK, days=14, cover=FORTNIGHT),
        {"explain_over_cover_shift", "explain_over_limit"},
    ),
    "one lead for every day of a week": (
        desk("max_paid_h_week = 40", LEAD + QUICK, agents=LEADS, shifts=DAY_LONG),
        {"explain_over_on_duty", "explain_over_limit", "explain_over_holders"},
    ),
    "the only lead on leave on a day that needs one": (
        desk("", LEAD + QUICK, agents=LEADS, shifts=DAY_LONG, leave="agent,date\nann,2026-06-03"),
        {"explain_over_on_duty", "explain_joint_leave", "explain_over_holders"},
    ),
    "one person wanted at two queues at once": (
        desk("", BOTH + QUICK, days=1, shifts=DAY_LONG, leave="agent,date\nbob,2026-06-01"),
        {"explain_over_presence", "explain_joint_leave"},
    ),
    "nights of two people whose nights are limited": (
        desk("max_shifts = { N = 3, E = 3 }", QUICK, cover=NIGHTS),
        {"explain_over_cover_shift", "explain_over_max_shifts"},
    ),
    "everybody's break at the same hour": (
        desk("", PRE + QUICK, days=1, shifts=ONE_BREAK),
        {"explain_over_presence", "explain_over_breaks"},
    ),
    "days in a row of the only two": (
        desk("max_consecutive_days = 2\nmin_consecutive_days_off = 2", QUICK, days=5, cover=FORTNIGHT),
        {"explain_over_cover_shift", "explain_over_limit"},
    ),
}


def codes(conflict: Conflict) -> set[str]:
    return {own.code for own in conflict.demands}


@pytest.mark.parametrize("cause", CASES)
def test_the_cause_is_named_and_each_cure_works(cause: str) -> None:
    """Protects a manager whose desk adds up by the hour but not by the week: this cause, and cures that mend it."""
    of, due = CASES[cause]
    (conflict,) = explain(of)
    assert codes(conflict) == due
    assert conflict.cures
    for cure in conflict.cures:
        assert explain(cure.desk) == (), cure.finding.cure()
    english, chinese = conflict.told("en"), conflict.told("zh")
    assert not [line for line in english + chinese if "{" in line or "explain_" in line]
    assert all(own != other for own, other in zip(english, chinese, strict=True))


@pytest.mark.parametrize("cause", [*CASES][1:4])
def test_the_first_cure_gives_a_plan_that_misses_nothing(cause: str) -> None:
    """Protects the promise from the other side: the optimiser, asked with the cured desk, fills every place."""
    cured = explain(CASES[cause][0])[0].cures[0].desk
    plan = make_roster(cured)
    missed = {"duty_presence", "roster_on_duty"}
    assert [own.code for own in audit(cured, plan) if own.severity == "error" or own.code in missed] == []
    assert plan.costs.set_index("term")["amount"].get("cover", 0.0) == 0.0


def test_the_days_told_are_those_that_clash() -> None:
    """Protects the reader's time: the day of the leave, not the week around it."""
    (conflict,) = explain(CASES["the only lead on leave on a day that needs one"][0])
    assert (conflict.demands[0].facts["from"], conflict.demands[0].facts["to"]) == ("2026-06-03", "2026-06-03")


def test_a_plan_that_misses_nothing_needs_no_explanation() -> None:
    """Protects the time of a large desk: a plan that fills every place shows that it can be done."""
    of = desk("max_paid_h_week = 60", QUICK, days=5, cover=FORTNIGHT)
    assert explain(of, make_roster(of)) == ()
    of, due = CASES["one lead for every day of a week"]
    assert [codes(own) for own in explain(of, make_roster(of))] == [due]


def test_headcounts_are_lowered_only_on_the_days_that_clash() -> None:
    """Protects the other days of the week: with no weekends to be worked, Sunday's headcount is what can't be had."""
    cover = COVER + "\n".join(f"2026-06-0{day},E,1,500,50" for day in (3, 7))
    (conflict,) = explain(desk("max_weekends = 0", QUICK, cover=cover))
    (lower,) = [own for own in conflict.cures if own.finding.code == "explain_over_cover_shift"]
    assert lower.desk.table("cover")["required"].tolist() == [1, 0]
    assert "from 2026-06-07 to 2026-06-07" in lower.finding.cure("en")

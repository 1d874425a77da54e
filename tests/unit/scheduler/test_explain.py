"""Impossible desks, each with a known cause: the cause is named, and every cure offered works when the desk is solved
again."""

from dataclasses import replace

import pytest

from desk import Desk, Plan
from scheduler import Conflict, audit, explain, make_roster
from scheduler.explain.alone import possible
from scheduler.explain.ask import slim
from scheduler.explain.core import core
from scheduler.explain.joint_ask import hired
from scheduler.explain.personal import personal_conflicts
from tests.rules.small import before, desk

QUICK = "[scheduler]\ntime_limit_s = 3\ngap = 0.0\n"
PIN = "agent,date,shift\nann,2026-06-02,E"
TWO_PINS = "agent,date,shift\nann,2026-06-02,L\nann,2026-06-03,E"
SHORT = "shift,start,end,paid_h\nE,08:00,12:00,4\nL,14:00,22:00,8"
DAY_LONG = "shift,start,end,paid_h\nA,00:00,24:00,8"
TALK = "activity,minutes,window_start,window_end,who,sessions_max\ntalk,60,2026-06-01 13:00,2026-06-01 15:00,red|blue,2"
COURSE = "activity,minutes,window_start,window_end,who,sessions_max,grants_skill\n"
COURSE += "course,60,2026-06-01 12:00,2026-06-01 15:00,ann,1,after"
COVER = "date,shift,required,under_cost,over_cost\n"
LEAVE_ALL = "agent,date\n" + "\n".join(f"ann,2026-06-0{day}" for day in (1, 2, 4, 5))
DAY_OFF_APART = "agent,date,shift\nann,2026-06-02,E\nann,2026-06-03,OFF\nann,2026-06-04,E"
SOON_GONE = "agent,name,team,contract,cost_per_h,to\nann,Ann,red,full,10,2026-06-03"
ONE_SENIOR = "agent,name,team,contract,cost_per_h,certificates\nann,Ann,red,full,10,senior\nbob,Bob,blue,full,10,"
SENIOR = "shift,start,end,paid_h,needs\nE,08:00,12:00,4,senior"

CASES: dict[str, tuple[Desk, set[str]]] = {
    "a pin on a day of leave": (
        desk("", QUICK, pinned=PIN, leave="agent,date\nann,2026-06-02"),
        {"explain_pinned", "explain_leave"},
    ),
    "two pins without rest between": (
        desk("min_rest_h = 11", QUICK, pinned=TWO_PINS),
        {"explain_pinned", "explain_min_rest"},
    ),
    "weekly hours beyond the days allowed": (
        desk("min_paid_h_week = 36\nmax_consecutive_days = 1", QUICK, shifts=SHORT),
        {"explain_min_paid_h_week", "explain_max_consecutive_days"},
    ),
    "hours due in spite of leave": (
        desk("min_paid_h_week = 26", QUICK, shifts=SHORT, leave=LEAVE_ALL),
        {"explain_min_paid_h_week", "explain_leave"},
    ),
    "hours due beyond the employment": (
        desk("min_paid_h_horizon = 20", QUICK, shifts=SHORT, agents=SOON_GONE),
        {"explain_min_paid_h_horizon", "explain_availability"},
    ),
    "days in a row against pins": (
        desk("min_consecutive_days_off = 2", QUICK, pinned=DAY_OFF_APART),
        {"explain_min_consecutive_days_off", "explain_pinned", "explain_pinned_off"},
    ),
    "a succession forbidden but pinned": (
        desk('forbidden_successions = [["L", "E"], ["E", "L"], ["L", "L"]]', QUICK, pinned=TWO_PINS),
        {"explain_forbidden_successions", "explain_pinned"},
    ),
    "pinned more often than allowed": (
        desk("max_shifts = { L = 1, E = 2 }", QUICK, pinned="agent,date,shift\nann,2026-06-02,L\nann,2026-06-04,L"),
        {"explain_max_shifts", "explain_pinned"},
    ),
    "horizon hours beyond the weekly ones": (
        desk("min_paid_h_horizon = 40\nmax_paid_h_week = 24", QUICK, days=7),
        {"explain_min_paid_h_horizon", "explain_max_paid_h_week"},
    ),
    "the night before against a pinned morning": (
        desk("min_rest_h = 11", QUICK, worked=before("ann N"), pinned="agent,date,shift\nann,2026-06-01,E"),
        {"explain_min_rest", "explain_pinned", "explain_worked"},
    ),
    "a pinned shift that the contract does not know": (
        desk('shifts = ["E"]', QUICK, pinned="agent,date,shift\nann,2026-06-02,L"),
        {"explain_pinned", "explain_shifts_allowed"},
    ),
    "overtime pinned beyond the cap": (
        desk("max_overtime_h_day = 1", QUICK, pinned="agent,date,shift\nann,2026-06-02,D"),
        {"explain_pinned", "explain_max_overtime_h_day"},
    ),
    "two wanted where one is trained": (
        desk("", QUICK + "[rules]\nmin_presence = { after = 2 }", days=1, shifts=DAY_LONG),
        {"explain_presence", "explain_joint_skill"},
    ),
    "cover beyond the headcount": (
        desk("", QUICK, days=1, cover=COVER + "2026-06-01,E,5,500,50"),
        {"explain_cover_shift", "explain_joint_headcount"},
    ),
    "cover on a day of leave": (
        desk("", QUICK, days=1, cover=COVER + "2026-06-01,E,2,500,50", leave="agent,date\nann,2026-06-01"),
        {"explain_cover_shift", "explain_joint_leave"},
    ),
    "cover of a shift that needs what one holds": (
        desk("", QUICK, days=1, cover=COVER + "2026-06-01,E,2,500,50", agents=ONE_SENIOR, shifts=SENIOR),
        {"explain_cover_shift", "explain_joint_certificates"},
    ),
    "a queue for which the only one is trained at noon": (
        desk("", QUICK + "[rules]\nmin_presence = { after = 1 }", days=1, shifts=DAY_LONG, activities=COURSE),
        {"explain_presence", "explain_joint_training", "explain_joint_skill"},
    ),
    "a briefing while nobody is on shift": (
        desk("", QUICK, days=1, shifts="shift,start,end,paid_h\nE,08:00,12:00,4", activities=TALK),
        {"explain_activity", "explain_joint_headcount"},
    ),
}


def errors(plan: Plan) -> list[str]:
    return [own.code for own in plan.findings if own.severity == "error"]


def codes(conflict: Conflict) -> set[str]:
    return {own.code for own in conflict.demands}


@pytest.mark.parametrize("cause", CASES)
def test_the_cause_is_named_and_each_cure_works(cause: str) -> None:
    """Protects a manager from guessing: this cause and no other, and whatever is offered mends it."""
    of, due = CASES[cause]
    (conflict, *others) = explain(of)
    assert codes(conflict) == due
    assert all(own.agent == "bob" and codes(own) == due for own in others)
    assert conflict.cures
    for cure in conflict.cures:
        again = [own for own in explain(cure.desk) if (own.agent, codes(own)) == (conflict.agent, due)]
        assert again == [], cure.finding.cure()


@pytest.mark.parametrize("cause", CASES)
def test_the_first_cure_gives_a_plan_without_errors(cause: str) -> None:
    """Protects the promise from the other side: the optimiser and the audit, asked with the cured desk."""
    cured = CASES[cause][0]
    while conflicts := explain(cured):
        cured = conflicts[0].cures[0].desk
    plan = make_roster(cured)
    assert errors(plan) == []
    assert not [own for own in audit(cured, plan) if own.code == "duty_presence"]
    assert plan.costs.set_index("term")["amount"].get("cover", 0.0) == 0.0


@pytest.mark.parametrize("cause", CASES)
def test_it_is_told_in_both_languages(cause: str) -> None:
    """Protects readers of either language: a sentence for each demand and each cure, none with a hole."""
    for conflict in explain(CASES[cause][0]):
        english, chinese = conflict.told("en"), conflict.told("zh")
        assert len(english) == len(chinese) == 1 + len(conflict.demands) + len(conflict.cures)
        assert all(own != other for own, other in zip(english, chinese, strict=True))
        assert not [line for line in english + chinese if "{" in line or "explain_" in line]


def test_every_demand_of_a_conflict_is_needed() -> None:
    """Protects minimality: without any one of its demands, the desk is possible."""
    of, _ = CASES["two pins without rest between"]
    (conflict,) = explain(of)
    assert len(conflict.demands) == 3
    assert explain(replace(of, tables={name: own for name, own in of.tables.items() if name != "pinned"})) == ()


def test_a_possible_desk_has_nothing_to_explain() -> None:
    """Protects against false alarms."""
    assert explain(desk("min_rest_h = 11\nmin_paid_h_week = 20\nmax_consecutive_days = 5")) == ()


def test_two_conflicts_of_one_person_are_both_told() -> None:
    """Protects the second cause from hiding behind the first."""
    pins = TWO_PINS + "\nann,2026-06-06,E"
    of = desk("min_rest_h = 11", QUICK, pinned=pins, leave="agent,date\nann,2026-06-06")
    found = explain(of)
    assert [codes(own) for own in found] == [
        {"explain_leave", "explain_pinned"},
        {"explain_pinned", "explain_min_rest"},
    ]
    cured = found[0].cures[0].desk
    assert [codes(own) for own in explain(cured)] == [{"explain_pinned", "explain_min_rest"}]


def test_cures_are_priced_against_a_plan() -> None:
    """Protects the order of cures: with a plan, the one that makes it cheapest comes first."""
    of = desk("min_paid_h_week = 30\nmax_paid_h_week = 20", QUICK, cover=COVER + "2026-06-01,E,1,900,0")
    plan = make_roster(of)
    for conflict in explain(of, plan):
        costs = [cure.cost for cure in conflict.cures]
        assert None not in costs
        assert costs == sorted(costs)  # type: ignore[type-var]


def test_a_core_is_minimal() -> None:
    """Protects the search for a minimal set: of ten numbers, 3 and 7 clash, or 2 alone with 9."""
    clash = [{3, 7}]
    assert sorted(core(range(10), lambda kept: any(own <= set(kept) for own in clash))) == [3, 7]
    assert core(range(10), lambda kept: True) == []
    assert len(core(range(10), lambda kept: len(set(kept)) > 6)) == 7


def test_a_limit_that_must_give_twice_has_its_cure_each_time() -> None:
    """Protects chains of conflicts: the second cure of a limit goes further than the first, which must not undo it."""
    of = desk("max_paid_h_horizon = 6\nmax_overtime_h_day = 0\nnormal_h_day = 7", QUICK, shifts=SHORT, pinned=TWO_PINS)
    hours = [own for own in personal_conflicts(of, "ann") if any("horizon" in one.code for one in own.demands)]
    limits = [cure.desk.settings.contracts["full"].max_paid_h_horizon for own in hours for cure in own.cures[:1]]
    assert [own.limit for own in limits if own is not None] == [8, 12]


def test_the_limit_told_is_enough_when_it_is_typed_in() -> None:
    """Protects hours that no hundredths can say: the sentence and the cured desk name the same limit, a loose one."""
    thirds = "shift,start,end,paid_h\nE,08:00,12:00,3.666667"
    pins = "agent,date,shift\nann,2026-06-02,E\nann,2026-06-03,E\nann,2026-06-04,OFF"
    for limit, loose in (("max_paid_h_horizon = 5", 7.34), ("min_paid_h_horizon = 12", 11.0)):
        of = desk(limit, QUICK, days=4 if limit.startswith("min") else 3, shifts=thirds, pinned=pins)
        (conflict,) = personal_conflicts(of, "ann")
        (cure,) = [own for own in conflict.cures if "horizon" in own.finding.code]
        assert getattr(cure.desk.settings.contracts["full"], limit.split()[0]).limit == loose
        assert str(cure.finding.facts["value"]) == f"{loose:g}"
        assert possible(slim(cure.desk, "ann"), "ann")


def test_a_cure_that_allows_shifts_is_priced_with_them() -> None:
    """Protects the price: with the shift allowed the hours owed are worked, and paid."""
    of = desk("min_paid_h_horizon = 4", QUICK, days=1, shifts="shift,start,end,paid_h,contracts\nE,08:00,12:00,4,part")
    conflict = explain(of, make_roster(of))[0]
    costs = {cure.finding.code: cure.cost for cure in conflict.cures}
    assert costs == {"explain_min_paid_h_horizon": 0.0, "explain_shifts_allowed": pytest.approx(40.0)}


def test_a_limit_gives_as_little_as_it_can_in_each_week() -> None:
    """Protects weekly hours: of 8 hours too many in a fortnight, 4 a week are less than 8 in one."""
    shifts = "shift,start,end,paid_h\nE,08:00,12:00,4\nD,08:00,16:00,8"
    (conflict, _) = explain(desk("max_paid_h_week = 40\nmin_paid_h_horizon = 88", QUICK, days=14, shifts=shifts))
    assert "Raise max_paid_h_week of contract full to 44." in [own.finding.cure("en") for own in conflict.cures]


def test_leave_that_counts_as_worked_is_a_cure_of_hours_owed() -> None:
    """Protects the usual mistake from being mended by fewer hours for everybody: leave_credit_h was not set."""
    (conflict, *_) = explain(CASES["hours due in spite of leave"][0])
    (cure,) = [own for own in conflict.cures if own.finding.code == "explain_leave_credit"]
    assert cure.desk.settings.contracts["full"].leave_credit_h == 8
    assert "leave_credit_h" in cure.finding.cure("zh")
    assert cure.finding.message("en") != cure.finding.message("zh")


def test_nobody_is_hired_in_part() -> None:
    """Protects the sentence: one and a half wanted where one can be lack a whole person."""
    (conflict,) = explain(desk("", QUICK + "[rules]\nmin_presence = { after = 1.5 }", days=1, shifts=DAY_LONG))
    told = {cure.finding.code: cure.finding.facts["missing"] for cure in conflict.cures}
    assert (told["explain_train"], told["explain_hire"]) == ("1", "1")


def test_who_is_hired_twice_is_two_people() -> None:
    """Protects a second cure on top of the first: nobody new has the name of somebody there."""
    more = hired(hired(desk(), "bob", 1), "bob", 2)
    assert list(more.table("agents")["agent"]) == ["ann", "bob", "bob+1", "bob+2", "bob+3"]

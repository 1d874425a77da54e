"""From a desk to a plan: proven, honest about how it ended, and never an exception where rules contradict."""

from collections.abc import Callable
from itertools import product

import numpy as np
import pandas as pd
import pytest

from desk import Curves, Desk, Plan, Progress, StoppedEarlyError, Termination
from desk.frames import empty_frame
from scheduler import audit, desk_search, make_roster
from scheduler.cooling import Goal
from scheduler.demand import read_demand
from scheduler.facts import read_facts
from scheduler.master import StoppedError, build_master
from scheduler.outcome import outcome
from scheduler.span import Grid
from scheduler.watch import Watch
from tests.rules.small import desk, is_told, told

SECONDS = "[scheduler]\ntime_limit_s = 3\ngap = 0.0\n"
HEADER = "date,shift,required,under_cost,over_cost\n"
COVER = HEADER + "\n".join(f"2026-06-0{day},{shift},1,500,50" for day in range(1, 4) for shift in "EL")
RULES = "min_rest_h = 11\nmax_consecutive_days = 2"
PAY = {"-": 0.0, "E": 40.0, "L": 80.0}
PHASES = ("people", "roster", "bound", "search", "duty", "audit")


def curves(of: Desk) -> Curves:
    """Two people at pre from 8 to 12 are worth 200 an hour, then 100; nothing else is asked."""
    hours = of.starts[(of.starts.hour >= 8) & (of.starts.hour < 12)]
    steps = {0.0: 300.0, 1.0: 100.0, 2.0: 0.0}
    rows = [(start, "pre", agents, cost) for start in hours for agents, cost in steps.items()]
    points = pd.DataFrame(rows, columns=["start", "queue", "agents", "cost"])
    return Curves(points, empty_frame("work", of.settings.timezone))


def assert_sound(of: Desk, plan: Plan) -> None:
    """What holds for every plan."""
    ended = plan.outcome
    assert ended.bound <= ended.objective
    assert ended.objective == pytest.approx(plan.costs["amount"].sum())
    assert ended.gap == pytest.approx((ended.objective - ended.bound) / ended.objective if ended.objective else 0.0)
    assert (ended.termination == Termination.OPTIMAL) == (ended.gap <= 1e-6)
    assert all(is_told(finding) for finding in plan.findings)
    assert [own for own in plan.findings if own.code != "roster_contradiction"] == list(audit(of, plan))


def errors(plan: Plan) -> list[str]:
    return [finding.code for finding in plan.findings if finding.severity == "error"]


def stopping_at(phase: str) -> Callable[[Progress], bool]:
    return lambda progress: progress.phase != f"scheduler.phase.{phase}"


def test_a_desk_that_branch_and_cut_proves_at_once_crosses_no_plans(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects the time of small desks: plans are crossed, for seconds, only where a first look proves nothing."""
    monkeypatch.setattr(desk_search, "cross", lambda *_: pytest.fail("plans are crossed"))
    wanted = HEADER + "\n".join(f"2026-06-0{day},{shift},1,300,20" for day in range(1, 8) for shift in "EL")
    rules = 'max_paid_h_horizon = 40\nmax_consecutive_days = 5\nforbidden_successions = [["L", "E"]]'
    of = desk(rules, "[scheduler]\ntime_limit_s = 15\ngap = 0.0\n", cover=wanted)
    assert make_roster(of, curves(of)).outcome.termination is Termination.OPTIMAL


def test_cover_alone_is_solved_to_the_optimum_worked_out_by_hand() -> None:
    """Protects a desk without curves: one on E (40), one on L (80), two missing on L (2 x 100); E is worth more."""
    cover = HEADER + "2026-06-01,E,1,500,50\n2026-06-01,L,3,100,50"
    of = desk("", SECONDS, days=1, cover=cover)
    plan = make_roster(of)
    assert_sound(of, plan)
    assert plan.outcome.termination == Termination.OPTIMAL
    assert plan.outcome.objective == pytest.approx(320.0)
    assert sorted(plan.roster["shift"]) == ["E", "L"]


def test_cover_is_solved_to_the_optimum_of_all_rosters() -> None:
    """Protects optimality: every roster of two people on three days is tried, legal as the audit says."""
    of = desk(RULES, SECONDS, days=3, cover=COVER, shifts=_two_shifts())
    legal = [line for line in product("-EL", repeat=3) if not told(of, f"ann {' '.join(line)}")]
    best = min(_cost(ann, bob) for ann in legal for bob in legal)
    plan = make_roster(of)
    assert_sound(of, plan)
    assert plan.outcome.objective == pytest.approx(best)
    assert plan.outcome.bound == pytest.approx(best)


def _two_shifts() -> str:
    return "shift,start,end,paid_h\nE,08:00,12:00,4\nL,16:00,24:00,8"


def _cost(*lines: tuple[str, ...]) -> float:
    wages = sum(PAY[code] for line in lines for code in line)
    there = [(day.count("E"), day.count("L")) for day in zip(*lines, strict=True)]
    return wages + sum(500 * max(0, 1 - heads) + 50 * max(0, heads - 1) for day in there for heads in day)


def test_curves_are_weighed_against_wages() -> None:
    """Protects the trade: at 40 a shift and a break of an hour, both people come, each saves more than that."""
    early = "shift,start,end,paid_h,break_min,break_from,break_to\nE,08:00,12:00,4,60,09:00,11:00"
    of = desk("", SECONDS, days=2, shifts=early)
    plan = make_roster(of, curves(of))
    assert_sound(of, plan)
    assert errors(plan) == []
    assert sorted(plan.roster["shift"]) == ["E"] * 4
    breaks = plan.duty[plan.duty["activity"] == "break"]
    assert breaks.groupby("date")["start"].nunique().tolist() == [2, 2]
    assert plan.outcome.objective == pytest.approx(2 * (2 * 40 + 2 * 100))


def test_a_curve_worth_less_than_a_wage_leaves_people_at_home() -> None:
    """Protects against work for its own sake."""
    agents = "agent,name,team,contract,cost_per_h\nann,Ann,red,full,1000"
    of = desk("", SECONDS, days=1, agents=agents)
    plan = make_roster(of, curves(of))
    assert_sound(of, plan)
    assert plan.roster.empty
    assert plan.outcome.objective == pytest.approx(4 * 300)


def test_minimum_hours_beyond_what_rest_allows_give_a_plan_with_names() -> None:
    """Protects an impossible desk from an exception: 100 h a week at three days in a row can't be."""
    of = desk("min_paid_h_week = 100\nmin_rest_h = 11\nmax_consecutive_days = 3", SECONDS)
    plan = make_roster(of)
    assert_sound(of, plan)
    found = {(own.code, own.value) for own in plan.findings if own.severity == "error"}
    assert found == set(product(("roster_contradiction", "roster_min_paid_h_week"), ("ann", "bob")))


def test_a_pin_on_a_day_of_leave_is_kept_and_named() -> None:
    """Protects what somebody decided, and tells what it breaks."""
    leave, pinned = "agent,date\nann,2026-06-02", "agent,date,shift\nann,2026-06-02,E"
    of = desk("", SECONDS, leave=leave, pinned=pinned)
    plan = make_roster(of)
    assert_sound(of, plan)
    assert plan.roster[["agent", "shift"]].to_numpy().tolist() == [["ann", "E"]]
    assert errors(plan) == ["roster_leave"]


def test_two_pins_without_rest_between_are_kept_and_named() -> None:
    """Protects the others from one person's contradiction: it is named once, and the rest is planned."""
    pinned = "agent,date,shift\nann,2026-06-02,L\nann,2026-06-03,E"
    of = desk("min_rest_h = 11", SECONDS, days=3, pinned=pinned, cover=COVER)
    plan = make_roster(of)
    assert_sound(of, plan)
    assert errors(plan) == ["roster_contradiction", "roster_min_rest"]
    assert {own.value for own in plan.findings if own.severity == "error"} == {"ann"}


def test_a_bound_that_differs_by_rounding_is_the_cost() -> None:
    """Protects the time of whoever asks for the optimum: a search does not go on for the last digit of a sum."""
    cost, bound = 6036.0, 6036.0 - 2e-6
    assert Goal(bound, gap=0.0).reached(cost)
    assert not Goal(cost - 0.01, gap=0.0).reached(cost)
    assert outcome(cost, bound, 0.0, Watch(60.0), "highs", 1).termination == Termination.OPTIMAL


def test_nothing_costs_less_than_nothing() -> None:
    """A bound of -25,282 from a search that had no time told that 139 % of the plan's cost could be saved."""
    ended = outcome(64_340.0, -25_282.0, 0.005, Watch(60.0), "highs", 1)
    assert (ended.bound, ended.gap) == (0.0, 1.0)
    assert outcome(64_340.0, -np.inf, 0.005, Watch(60.0), "highs", 1).bound == -np.inf
    told: list[Progress] = []
    watch = Watch(60.0, lambda own: told.append(own) is None)
    watch.bound = -5.0
    watch.tell()
    assert told[0].bound == 0.0


def test_nobody_at_all_is_a_plan() -> None:
    """Protects a desk whose people have all left: an empty roster that costs what nobody covers."""
    agents = "agent,name,team,contract,cost_per_h,to\nann,Ann,red,full,10,2026-05-01"
    of = desk("", SECONDS, days=3, cover=COVER, agents=agents)
    plan = make_roster(of)
    assert_sound(of, plan)
    assert plan.roster.empty
    assert plan.outcome.objective == pytest.approx(6 * 500)


@pytest.mark.parametrize("phase", PHASES[:2])
def test_a_report_that_says_stop_before_a_first_roster_stands_gets_none(phase: str) -> None:
    """Protects an earlier plan from being replaced by an all but empty one."""
    of = desk(RULES, SECONDS, days=3, cover=COVER)
    with pytest.raises(StoppedEarlyError, match="before a first roster stood"):
        make_roster(of, curves(of), report=stopping_at(phase))


def test_a_stop_with_a_plan_to_begin_from_keeps_that() -> None:
    """Protects what stands already: no search is needed to keep it."""
    of = desk(RULES, SECONDS, days=3, cover=COVER)
    before = make_roster(of, curves(of))
    after = make_roster(of, curves(of), start=before, report=stopping_at(PHASES[0]))
    assert after.outcome.objective == pytest.approx(before.outcome.objective)


def test_a_time_limit_that_ends_at_once_still_gets_a_first_roster() -> None:
    """Protects whoever gives too little time: everybody is asked for their best answer once."""
    of = desk(RULES, "[scheduler]\ntime_limit_s = 0.001\ngap = 0.0\n", days=3, cover=COVER)
    plan = make_roster(of, curves(of))
    assert errors(plan) == []
    assert len(plan.roster) >= 3


@pytest.mark.parametrize("phase", PHASES[2:])
def test_a_report_that_says_stop_keeps_the_best_so_far(phase: str) -> None:
    """Protects the stop button in every later phase: a legal plan, never called optimal unless that is proven."""
    of = desk(RULES, SECONDS, days=3, cover=COVER)
    plan = make_roster(of, curves(of), report=stopping_at(phase))
    assert_sound(of, plan)
    assert errors(plan) == []
    assert plan.outcome.termination in {Termination.CANCELLED, Termination.OPTIMAL}


def test_stopping_later_is_no_worse() -> None:
    """Protects what was found: the plan of a later phase costs at most as much as that of an earlier one."""
    of = desk(RULES, SECONDS, days=3, cover=COVER)
    costs = [make_roster(of, report=stopping_at(phase)).outcome.objective for phase in PHASES[2:]]
    assert costs == sorted(costs, reverse=True)


def test_progress_is_told_in_order() -> None:
    """Protects the progress bar: every phase is named once it begins, and words exist for it."""
    heard: list[str] = []
    make_roster(desk(RULES, SECONDS, days=3, cover=COVER), report=lambda own: heard.append(own.phase) is None)
    named = list(dict.fromkeys(phase.rsplit(".", 1)[1] for phase in heard))
    assert [phase for phase in named if phase in PHASES] == list(PHASES)


def test_the_same_seed_gives_the_same_plan() -> None:
    """Protects reproducibility."""
    of = desk(RULES, SECONDS, days=3, cover=COVER)
    first, second = make_roster(of, curves(of)), make_roster(of, curves(of))
    pd.testing.assert_frame_equal(first.roster, second.roster)
    pd.testing.assert_frame_equal(first.duty, second.duty)
    pd.testing.assert_frame_equal(first.costs, second.costs)


def test_a_briefing_is_attended() -> None:
    """Protects activities: both are sent to the one session that is allowed, inside its window."""
    talk = "activity,minutes,window_start,window_end,who,sessions_max\n"
    talk += "talk,60,2026-06-01 08:00,2026-06-01 12:00,red|blue,1"
    pinned = "agent,date,shift\nann,2026-06-01,E\nbob,2026-06-01,E"
    of = desk("", SECONDS, days=1, activities=talk, pinned=pinned)
    plan = make_roster(of, curves(of))
    assert_sound(of, plan)
    assert plan.findings == ()
    attended = plan.duty[plan.duty["activity"] == "talk"]
    assert attended["agent"].tolist() == ["ann", "bob"]
    assert attended["start"].nunique() == 1


def test_somebody_away_on_every_day_is_planned_around() -> None:
    """Protects a desk with a person on leave throughout: no line at all is that person's line."""
    of = desk("", SECONDS, days=1, leave="agent,date\nann,2026-06-01", cover=HEADER + "2026-06-01,E,2,500,50")
    plan = make_roster(of)
    assert_sound(of, plan)
    assert plan.roster["agent"].tolist() == ["bob"]


def test_who_stops_while_people_are_solved_alone_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects cancelling: after a grace nobody else is asked, and there is no roster to keep."""
    monkeypatch.setattr("scheduler.desk_search._GRACE_S", -1.0)
    asked = []

    def stop(progress: Progress) -> bool:
        asked.append(progress.phase)
        return False

    of = desk("min_paid_h_horizon = 8", SECONDS)
    with pytest.raises(StoppedEarlyError):
        make_roster(of, curves(of), report=stop)
    assert asked == ["scheduler.phase.people"]


def test_the_building_of_the_model_hears_the_wish_to_stop() -> None:
    """Protects cancelling on large desks, whose model takes a quarter of a minute."""
    facts = read_facts(desk(RULES))
    watch = Watch(60.0, lambda _: False)
    with pytest.raises(StoppedError):
        build_master(facts, read_demand(facts.desk, None), Grid(facts), dict.fromkeys(facts.agents, 0.0), watch)

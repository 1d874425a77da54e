"""Why this shift and not that one: the costs are those of plans that were solved again."""

from itertools import product

import pandas as pd
import pytest

from desk import InputError
from scheduler import make_roster, why
from tests.rules.small import desk, is_told, plan

QUICK = "[scheduler]\ntime_limit_s = 4\ngap = 0.0\n"
COVER = "date,shift,required,under_cost,over_cost\n" + "\n".join(
    f"2026-06-0{day},{shift},1,500,50" for day in range(1, 4) for shift in "EL"
)
RULES = "min_rest_h = 11\nmax_consecutive_days = 3"
SHIFTS = "shift,start,end,paid_h\nE,08:00,12:00,4\nL,16:00,24:00,8"
PINNED = "agent,date,shift\nbob,2026-06-03,OFF"


@pytest.fixture(scope="module")
def solved():
    of = desk(RULES, QUICK, days=3, cover=COVER, shifts=SHIFTS, pinned=PINNED)
    return of, make_roster(of)


@pytest.mark.parametrize(("agent", "day", "shift"), list(product(("ann", "bob"), (1, 2), ("E", "L", "OFF"))))
def test_the_cost_of_forcing_is_that_of_the_best_plan_with_a_pin(solved, agent: str, day: int, shift: str) -> None:
    """Protects the answer: with everybody reacting, it is the optimum of the desk in which the shift is pinned."""
    of, plan = solved
    answer = why(of, plan, agent, f"2026-06-0{day}", shift)
    if shift == answer.rostered:
        assert answer.alternatives == ()
        return
    (own,) = answer.alternatives
    pinned = PINNED + f"\n{agent},2026-06-0{day},{shift}"
    best = make_roster(desk(RULES, QUICK, days=3, cover=COVER, shifts=SHIFTS, pinned=pinned))
    cost = best.outcome.objective - plan.outcome.objective
    assert own.cost == pytest.approx(cost)
    assert sum(own.terms.values()) == pytest.approx(own.cost, abs=0.01)


def test_all_alternatives_are_sorted_and_an_optimal_plan_has_no_cheaper_one(solved) -> None:
    """Protects the page: the cheapest first, forbidden ones last, nothing below zero where the plan is optimal."""
    answer = why(*solved, "ann", "2026-06-02")
    assert {own.shift for own in answer.alternatives} | {answer.rostered} == {"E", "L", "OFF"}
    allowed = [own.cost for own in answer.alternatives if not own.forbidden]
    assert allowed == sorted(allowed)
    assert min(allowed) >= -1e-6


def test_what_forbids_is_told(solved) -> None:
    """Protects the reason: a pin forbids all else, a contract what it does not know."""
    of, plan = solved
    (own,) = why(of, plan, "bob", "2026-06-03", "E").alternatives
    assert [finding.code for finding in own.forbidden] == ["explain_pinned_off"]
    assert all(is_told(finding) for finding in (*own.forbidden, *own.at_once))
    only_early = desk('shifts = ["E"]', QUICK, days=3, cover=COVER, shifts=SHIFTS)
    (own,) = why(only_early, make_roster(only_early), "ann", "2026-06-01", "L").alternatives
    assert [finding.code for finding in own.forbidden] == ["explain_shifts_allowed"]
    assert "does not allow L." in own.forbidden[0].message("en")
    assert "不允许班次 L。" in own.forbidden[0].message("zh")


def test_who_contradicts_himself_is_told_what_else_is_forbidden() -> None:
    """Protects the list: two pins beyond the hours allow no third shift, and none that the contract does not know."""
    pins = "agent,date,shift\nann,2026-06-01,E\nann,2026-06-02,E"
    of = desk('shifts = ["E"]\nmax_paid_h_horizon = 5', QUICK, days=3, shifts=SHIFTS, pinned=pins)
    found = why(of, plan(of, "ann E E"), "ann", "2026-06-03").alternatives
    told = {own.shift: {one.code: one.facts.get("limit") for one in own.forbidden} for own in found}
    assert told["E"]["explain_max_paid_h_horizon"] == "5"
    assert "explain_shifts_allowed" in told["L"]


def test_a_shift_with_nothing_to_do_but_untrained_is_forbidden() -> None:
    """Protects from an improvement that breaks a hard rule: the only queue is learned in the shift that would go."""
    talk = "activity,minutes,window_start,window_end,who,sessions_max,grants_skill\n"
    talk += "talk,60,2026-06-01 08:00,2026-06-01 09:00,bob,1,pre"
    of = desk("", days=1, shifts=SHIFTS, activities=talk)
    (own,) = why(of, plan(of, "bob E", "bob 06-01 E: talk pre pre pre"), "bob", "2026-06-01", "L").alternatives
    assert [finding.code for finding in own.forbidden] == ["duty_untrained"]


def test_what_breaks_at_once_is_told(solved) -> None:
    """Protects the editor: what is wrong if only this day changes, though a better line may exist."""
    of, plan = solved
    late = plan.roster[plan.roster["shift"] == "L"]
    row = late[late["date"] < late["date"].max()].iloc[0]
    (own,) = why(of, plan, row["agent"], row["date"] + pd.Timedelta(days=1), "E").alternatives
    assert "roster_min_rest" in {finding.code for finding in own.at_once}


def test_what_the_desk_does_not_know_is_refused(solved) -> None:
    """Protects against answers about nobody."""
    of, plan = solved
    for agent, day, shift in (("eve", "2026-06-01", "E"), ("ann", "2026-07-01", "E"), ("ann", "2026-06-01", "Z")):
        with pytest.raises(InputError):
            why(of, plan, agent, day, shift)

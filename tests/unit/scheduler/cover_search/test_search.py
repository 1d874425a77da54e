"""The whole search: optimal where all rosters can be tried, legal and repeatable where they can't."""

import time
from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
import pytest

from desk import Desk, Progress, StoppedEarlyError, Termination
from scheduler import audit, make_roster
from scheduler.adapter import Highs
from scheduler.cover_search.bend import Bent
from scheduler.cover_search.branch import branched
from scheduler.cover_search.dive import dive
from scheduler.cover_search.generate import generate
from scheduler.cover_search.master import Column, Limit, Master
from scheduler.cover_search.part import cut
from scheduler.cover_search.priced_limits import priced_bound
from scheduler.cover_search.pricing import Pricing
from scheduler.cover_search.problem import Lines, pasted, read_problem
from scheduler.cover_search.search import Wanted, search
from scheduler.cover_search.settle import Pace, settled
from scheduler.cover_search.start import first_lines
from scheduler.cover_search.suits import suits
from scheduler.cover_search.whole_program import tried_whole
from scheduler.demand import read_demand
from scheduler.facts import read_facts
from scheduler.watch import Watch
from tests.rules.small import FIRST, desk

HEADER = "date,shift,required,under_cost,over_cost\n"
RULES = """min_rest_h = 11
max_consecutive_days = 4
min_consecutive_days = 2
min_consecutive_days_off = 2
max_paid_h_horizon = 60
max_weekends = 1
max_shifts = {L = 4}"""


def cover(days: int, seed: int = 1) -> str:
    """Wishes for heads on every day and shift, from a seed."""
    rng = np.random.default_rng(seed)
    dates = pd.date_range(FIRST, periods=days).strftime("%Y-%m-%d")
    rows = [f"{date},{shift},{rng.integers(0, 4)},100,1" for date in dates for shift in "ELDN"]
    return HEADER + "\n".join(rows)


def crowd(people: int, days: int, rules: str = RULES, settings: str = "", **tables: str) -> Desk:
    """So many people without skills, and a cover that asks for more than they can do."""
    agents = "agent,name,team,contract,cost_per_h\n" + "\n".join(f"p{i},P{i},red,full,0" for i in range(people))
    skills = "agent,queue,proficiency,home\np0,pre,1,1\np1,pre,1,1"
    return desk(rules, settings, days=days, agents=agents, skills=skills, cover=cover(days), **tables)


def nobody(number: int) -> Bent:
    """Nobody's rules contradict each other."""
    raise AssertionError(number)


def test_the_search_finds_the_best_of_all_rosters() -> None:
    """Protects optimality and the bound, of the search and of the whole program: all rosters of two people on four days
    are tried."""
    facts = read_facts(of := crowd(2, 4))
    problem = read_problem(facts, demand := read_demand(of, None))
    found = search(problem, Wanted(0.0, 1, 1, 50), Watch(60), nobody)
    lines = np.array(list(product(range(5), repeat=4)), dtype=np.int16)
    alone = [own for own in lines if np.isfinite(problem.cost(np.array([own, np.full(4, 4, dtype=np.int16)])))]
    best = min(problem.cost(np.array([one, other])) for one in alone for other in alone)
    tried = tried_whole(facts, demand, Highs(), Watch(60))
    assert tried is not None
    for own in (found, tried):
        assert problem.cost(own.lines) == pytest.approx(best) == pytest.approx(own.bound)


def test_a_plan_is_legal_and_its_account_agrees() -> None:
    """Protects the hook: the ordinary product plans such a desk, the audit finds nothing hard, the bound holds."""
    of = crowd(8, 14, settings="[scheduler]\ntime_limit_s = 60\ngap = 0.0\nsteps = 30")
    plan = make_roster(of)
    assert [own for own in audit(of, plan) if own.severity == "error"] == []
    assert plan.outcome.bound <= plan.outcome.objective == pytest.approx(plan.costs["amount"].sum())
    assert plan.outcome.gap < 0.05
    assert plan.outcome.termination in {Termination.OPTIMAL, Termination.TIME}


def test_the_same_seed_and_steps_give_the_same_roster() -> None:
    """Protects reproducibility, with two threads."""
    of = crowd(8, 14, settings="[scheduler]\ntime_limit_s = 900\ngap = 0.0\nsteps = 6\nthreads = 2")
    pd.testing.assert_frame_equal(make_roster(of).roster, make_roster(of).roster)


def test_a_part_keeps_the_rest_legal() -> None:
    """Protects parts: whatever their people do best on some days, the whole stays legal and costs what was said."""
    facts = read_facts(of := crowd(5, 28))
    problem = read_problem(facts, read_demand(of, None))
    lines, stuck = first_lines(problem, Watch(60))
    assert stuck == ()
    for days in (range(0, 14), range(9, 21), range(14, 28)):
        part = cut(problem, lines, (1, 3), days)
        new, stuck = first_lines(part.problem, Watch(60))
        assert stuck == ()
        whole = pasted(lines, part.people, days, new)
        saved = part.problem.cost(lines[np.ix_([1, 3], list(days))]) - part.problem.cost(new)
        assert problem.cost(lines) - problem.cost(whole) == pytest.approx(saved)


def test_priced_limits_bound_what_whole_lines_cost() -> None:
    """Protects the bound of long horizons: below the proven optimum, and not far."""
    facts = read_facts(of := crowd(4, 14))
    problem = read_problem(facts, read_demand(of, None))
    found = search(problem, Wanted(0.0, 1, 1, 50), Watch(60), nobody)
    bound, _ = priced_bound(problem, 1, lambda _: 0.0)
    assert 0.9 * found.bound < bound <= found.bound + 1e-6


def test_the_steps_to_a_bound_fit_into_the_time() -> None:
    """Protects the last, small steps where time is short: with a twelfth of them the bound is nearly the same."""
    facts = read_facts(of := crowd(4, 14))
    problem, parts = read_problem(facts, read_demand(of, None)), iter(np.linspace(0.0, 1.0, 120).tolist())
    assert priced_bound(problem, 1, lambda _: next(parts))[0] > 0.95 * priced_bound(problem, 1, lambda _: 0.0)[0]


def test_limits_on_heads_short_bound_the_rosters_that_keep_them() -> None:
    """Protects the proof by a tree: a split that the best roster keeps leaves the bound, one that none keeps raises it
    beyond every roster."""
    facts = read_facts(of := crowd(3, 14))
    problem, watch = read_problem(facts, read_demand(of, None)), Watch(60)
    found = search(problem, Wanted(0.0, 1, 1, 30), watch, nobody)
    short = int(np.maximum(0, problem.required - problem.heads(found.lines)).sum())
    all_ = np.ones(problem.required.shape, dtype=np.bool_)

    def bound(*limits: Limit) -> float:
        with Pricing(problem, 1, watch) as pricing:
            master = Master(problem, 1e6, limits)
            master.add(Column(number, line, pricing.cost(number, line)) for number, line in enumerate(found.lines))
            return generate(master, pricing, [], watch).bound

    assert bound(Limit(all_, short, is_least=True)) == pytest.approx(found.bound)
    assert bound(Limit(all_, short + 1, is_least=True)) == pytest.approx(found.bound + 100)
    assert bound(Limit(all_, short - 1, is_least=False)) > 10 * found.bound
    with Pricing(problem, 1, watch) as pricing:
        best = problem.cost(found.lines)
        assert branched(problem, pricing, (), best, watch, 0.0)[1] == pytest.approx(best)


def test_a_dive_that_time_cuts_hands_back_a_line_of_everybody() -> None:
    """Protects the time a dive has taken: without it twenty seconds of a hundred were lost."""
    facts, watch = read_facts(of := crowd(3, 14)), Watch(60)
    problem = read_problem(facts, read_demand(of, None))
    lines, _ = first_lines(problem, watch)
    with Pricing(problem, 1, watch) as pricing:
        master = Master(problem, 1e6)
        master.add(Column(number, line, pricing.cost(number, line)) for number, line in enumerate(lines))
        cut_short = dive(master, pricing, master.solve(), watch, np.inf, until_s=watch.left_s())
    assert [column.person for column in cut_short] == [0, 1, 2]


def test_rosters_that_still_gain_in_the_end_harden_on() -> None:
    """Protects desks that ask for more than people can give: prices say little there, and the last sweeps gain most."""
    facts, watch = read_facts(of := crowd(8, 28)), Watch(60)
    problem = read_problem(facts, read_demand(of, None))
    costs: list[float] = []
    lines, _ = first_lines(problem, watch)
    prices, penalties = 0.5 * problem.under, np.zeros((8, len(problem.shifts)))

    def told(roster: Lines) -> bool:
        costs.append(problem.cost(roster))
        return False

    settled(problem, lines, prices, penalties, Pace(3, 0.005), 1, np.random.default_rng(1), watch, told)
    assert len(costs) > 3
    assert min(costs) < min(costs[:3])


def test_where_few_rounds_fit_the_search_goes_on_without_whole_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects the time of small gaps on long horizons: parts are planned without the program's prices."""
    for name in ("_TIGHT", "_FEWEST_ROUNDS"):
        monkeypatch.setattr(f"scheduler.cover_search.search.{name}", 1e9)
    plan = make_roster(of := crowd(8, 14, settings="[scheduler]\ntime_limit_s = 60\ngap = 0.0\nsteps = 30"))
    assert [own for own in audit(of, plan) if own.severity == "error"] == []
    assert plan.outcome.bound <= plan.outcome.objective
    assert plan.outcome.gap < 0.2


def test_a_horizon_too_long_for_one_table_is_planned_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects half years: a legal roster and a bound that says something."""
    monkeypatch.setattr("scheduler.cover_search.start._MOST_CELLS", 10)
    of = crowd(5, 49, settings="[scheduler]\ntime_limit_s = 60\ngap = 0.0\nsteps = 2\nthreads = 2")
    plan = make_roster(of)
    assert [own for own in audit(of, plan) if own.severity == "error"] == []
    assert 0.5 * plan.outcome.objective < plan.outcome.bound <= plan.outcome.objective


@pytest.mark.parametrize(
    ("tables", "broken"),
    [
        (
            {"leave": "agent,date\n" + "\n".join(f"p0,{day:%Y-%m-%d}" for day in pd.date_range(FIRST, periods=13))},
            ["roster_contradiction", "roster_min_paid_h_horizon"],
        ),
        (
            {"pinned": "agent,date,shift\np0,2026-06-02,L\np0,2026-06-03,E"},
            ["roster_contradiction", "roster_min_rest"],
        ),
    ],
)
def test_whose_own_rules_contradict_each_other_is_named_and_the_rest_is_searched(
    tables: dict[str, str], broken: list[str]
) -> None:
    """Protects the desk from one person: as little as must be is broken, by that person alone, and a bound says how
    good the rest is."""
    rules = f"{RULES}\nmin_paid_h_horizon = 24"
    of = crowd(6, 14, rules, "[scheduler]\ntime_limit_s = 60\ngap = 0.0\nsteps = 10", **tables)
    plan = make_roster(of)
    named = [(own.code, own.value) for own in plan.findings if own.severity == "error"]
    assert sorted(named) == [(code, "p0") for code in broken]
    assert plan.outcome.gap < 0.02


def test_a_time_limit_that_ends_at_once_still_gives_everybody_a_line() -> None:
    """Protects the first roster: the end of time counted as a wish to stop, and who had no line yet stayed off."""
    of = crowd(6, 28, f"{RULES}\nmin_paid_h_horizon = 24", "[scheduler]\ntime_limit_s = 0.01")
    plan = make_roster(of)
    assert [own for own in plan.findings if own.severity == "error"] == []
    assert plan.outcome.termination is Termination.TIME


def test_contracts_that_nobody_can_keep_take_no_more_than_the_time() -> None:
    """Protects the limit: looking for the least breach of each of many people overran it tenfold. Rules from day to day
    are kept all the same, and the audit names what is not."""
    of = crowd(6, 28, f"{RULES}\nmin_paid_h_horizon = 500", "[scheduler]\ntime_limit_s = 0.01")
    plan = make_roster(of)
    broken = {own.code for own in plan.findings if own.severity == "error"}
    assert "roster_min_paid_h_horizon" in broken
    assert not broken & {"roster_min_rest", "roster_max_consecutive_days", "roster_min_consecutive_days_off"}
    assert plan.roster["agent"].nunique() == 6


def test_more_shifts_than_a_byte_counts_are_planned() -> None:
    """Protects desks of very many shifts: they ended with an error."""
    shifts = "shift,start,end,paid_h,break_min,break_from,break_to\n"
    codes = ["E", "L", "D", "N", *(f"s{number}" for number in range(130))]
    shifts += "\n".join(f"{code},08:00,16:00,8,0,," for code in codes)
    of = crowd(3, 7, "max_consecutive_days = 5", "[scheduler]\ntime_limit_s = 20\nsteps = 1", shifts=shifts)
    plan = make_roster(of)
    assert plan.outcome.gap < 0.01
    assert [own for own in plan.findings if own.severity == "error"] == []


def test_whoever_wants_it_to_stop_is_heard_at_once() -> None:
    """Protects cancelling: the plan comes soon after the wish, and says how it ended."""
    of = crowd(12, 28, settings="[scheduler]\ntime_limit_s = 100\ngap = 0.0")
    heard: list[float] = []

    def wanted(progress: Progress) -> bool:
        if progress.phase != "scheduler.phase.people":
            heard.append(time.perf_counter())
        return not heard or heard[-1] < heard[0] + 2

    plan = make_roster(of, report=wanted)
    assert plan.outcome.termination is Termination.CANCELLED
    assert time.perf_counter() < heard[-1] + 27


def test_a_stop_before_everybody_has_a_line_keeps_nothing() -> None:
    """Protects an earlier plan from one in which some people were never planned."""
    with pytest.raises(StoppedEarlyError):
        make_roster(crowd(12, 28), report=lambda _: False)


@pytest.mark.parametrize("rule", ["max_paid_h_week = 40", "max_shifts = {E = {limit = 2, price = 5.0}}"])
def test_what_the_automata_do_not_keep_is_left_to_the_general_method(rule: str) -> None:
    """Protects every rule: a desk with one that is not known here does not suit."""
    facts = read_facts(of := crowd(3, 7, rules=rule))
    assert not suits(facts, read_demand(of, None))
    plain = read_facts(of := crowd(3, 7))
    assert suits(plain, read_demand(of, None))
    outside = replace(plain.agents["p0"], span=range(2, 7), pinned={0: "E"})
    assert not suits(replace(plain, agents={**plain.agents, "p0": outside}), read_demand(of, None))

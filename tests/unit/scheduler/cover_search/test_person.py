"""One person compiled: the automata say what the rules' checkers say, and the best line is the solver's."""

from itertools import product

import numpy as np
import pytest

from desk import Desk
from scheduler.adapter import Highs
from scheduler.cover_search.best_line import BestLine
from scheduler.cover_search.corridor import Corridor
from scheduler.cover_search.line_cost import line_cost
from scheduler.cover_search.loose import Loose
from scheduler.cover_search.problem import Problem, read_problem
from scheduler.cover_search.start import is_short
from scheduler.demand import read_demand
from scheduler.facts import Facts, read_facts
from scheduler.roster import Roster
from scheduler.rules import RULES
from scheduler.solo import Solo
from scheduler.wage import wage
from tests.rules.small import before, desk, on_top

COVER = "date,shift,required,under_cost,over_cost\n2026-06-03,E,1,100,1"
WISHES = "agent,date,wish,shift,weight\nann,2026-06-02,on,E,3\nann,2026-06-04,off,,5\nann,2026-06-06,on,,2"
CONTRACTS = {
    "hard": """min_rest_h = 11
max_consecutive_days = 3
min_consecutive_days = 2
min_consecutive_days_off = 2
max_weekends = 0""",
    "priced": """min_rest_h = {limit = 20, price = 2}
max_consecutive_days = {limit = 2, price = 7}
min_consecutive_days = {limit = 3, price = 5}
min_consecutive_days_off = {limit = 2, price = 3}
max_weekends = {limit = 0, price = 11}
max_paid_h_day = {limit = 8, price = 1}""",
    "hours": """min_paid_h_horizon = 16
max_paid_h_horizon = {limit = 24, price = 4}
max_shifts = {E = 2, D = 1}
min_cost_h_horizon = 20
forbidden_successions = [["L", "E"]]""",
}
PASTS = {"none": "", "worked": before("ann E L\nbob E E"), "rested": before("ann E OFF\nbob E OFF")}


def compiled(of: Desk) -> tuple[Facts, Problem]:
    facts = read_facts(of)
    return facts, read_problem(facts, read_demand(of, None))


def small(contract: str, past: str) -> Desk:
    tables = {"cover": COVER, "requests": WISHES} | ({"worked": PASTS[past]} if PASTS[past] else {})
    return desk(CONTRACTS[contract], days=7, **tables)


def checked_cost(facts: Facts, problem: Problem, line: tuple[int, ...]) -> float:
    """What wages and the rules' own checkers say of a line of the first person, inf where a hard rule is broken."""
    agent = next(iter(facts.agents.values()))
    worked = {day: problem.shifts[own] for day, own in enumerate(line) if own < len(problem.shifts)}
    shifts = Roster(facts, {agent.code: worked}).shifts(agent)
    breaches = [breach for rule in RULES for breach in rule.check(facts, agent, shifts)]
    if any(breach.price is None for breach in breaches):
        return np.inf
    own = [facts.shifts[code] for code in worked.values()]
    idle_h = max(0.0, agent.contract.min_cost_h_horizon - sum(shift.paid_h for shift in own))
    wages = sum(wage(agent, shift).total for shift in own) + idle_h * agent.cost_per_h
    return wages + sum(breach.cost for breach in breaches)


@pytest.mark.parametrize("weekend", [("saturday", "sunday"), ("sunday", "monday")])
@pytest.mark.parametrize(("contract", "past"), list(product(CONTRACTS, PASTS)))
def test_a_line_costs_what_the_checkers_say(contract: str, past: str, weekend: tuple[str, str]) -> None:
    """Protects every rule in the automata: lines of all kinds, legal and illegal, history and edges included, and a
    weekend of which the horizon has the end of one and the beginning of the next."""
    facts, problem = compiled(on_top(small(contract, past), weekend=list(weekend)))
    rng = np.random.default_rng(1)
    rests = rng.random((400, 7)) < rng.random((400, 1))
    lines = np.where(rests, len(problem.shifts), rng.integers(0, len(problem.shifts), (400, 7))).astype(np.int16)
    said = [line_cost(problem.people[0], problem.weekend, line) for line in lines]
    assert said == pytest.approx([checked_cost(facts, problem, tuple(line.tolist())) for line in lines])


@pytest.mark.parametrize(("contract", "past"), list(product(CONTRACTS, PASTS)))
def test_the_best_line_is_the_solvers(contract: str, past: str) -> None:
    """Protects the dynamic program: at random prices its line costs what the person's own integer program finds."""
    facts, problem = compiled(small(contract, past))
    agent = next(iter(facts.agents.values()))
    solo, person = Solo(facts, agent, Highs()), BestLine(problem.people[0], problem.weekend)
    rng = np.random.default_rng(2)
    for _ in range(5):
        prices = rng.uniform(0, 120, problem.required.shape)
        worth = {key: float(prices[key[0], problem.shifts.index(key[1])]) for key in solo.line.x}
        found = solo.best(worth, {}, solo.first)
        expected = found.cost - sum(worth[key] for key in found.line.items())
        answer = person.ask(prices)
        assert answer is not None
        assert answer.is_sound
        assert answer.bound == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize(("contract", "past"), list(product(CONTRACTS, PASTS)))
def test_no_line_costs_less_than_where_its_limits_are_priced(contract: str, past: str) -> None:
    """Protects the bound of long horizons, person by person, whatever the prices of limits."""
    _, problem = compiled(small(contract, past))
    person, rng = problem.people[0], np.random.default_rng(2)
    loose, exact = Loose(person, problem.weekend, 480.0), BestLine(person, problem.weekend)
    for _ in range(20):
        prices, times = rng.uniform(0, 20, problem.required.shape), rng.uniform(0, 10, len(problem.shifts))
        best = exact.ask(prices)
        assert best is not None
        weekend = min(person.weekend_price, rng.uniform(0, 9))
        assert loose.ask(prices, rng.uniform(-5, 15), weekend, times).bound <= best.bound + 1e-9


@pytest.mark.parametrize("contract", ["hard", "priced"])
def test_the_best_line_near_another_is_the_best_of_all_of_them(contract: str) -> None:
    """Protects long horizons: of all lines that are never more than three shifts ahead or behind, none is missed."""
    _, problem = compiled(small(contract, "worked"))
    person, weekend, shifts = problem.people[0], problem.weekend, problem.shifts
    lines = np.array(list(product([shifts.index("E"), shifts.index("L"), len(shifts)], repeat=7)), dtype=np.int16)
    lines = lines[[line_cost(person, weekend, line) < np.inf for line in lines]]
    prices = np.random.default_rng(4).uniform(0, 120, problem.required.shape)
    prices[:, [shifts.index("D"), shifts.index("N")]] = -1e6
    worth = np.hstack([prices, np.zeros((7, 1))])[np.arange(7), lines].sum(axis=1)
    costs = np.array([line_cost(person, weekend, line) for line in lines]) - worth
    passed = np.cumsum(np.array([*person.minutes, 0])[lines], axis=1)
    for near in (0, len(lines) // 2, len(lines) - 1):
        within = (np.abs(passed - passed[near]) <= 3 * max(person.minutes)).all(axis=1)
        answer = BestLine(person, weekend, lines[near]).ask(prices)
        assert answer is not None
        assert answer.is_sound
        assert answer.bound == pytest.approx(costs[within].min())


def test_shifts_of_odd_minutes_take_few_states() -> None:
    """Protects desks of odd minutes, where every minute was a state and the search stood still: four weeks fit into a
    table, and lines near one exchange shifts of different lengths within the minutes allowed."""
    shifts = "shift,start,end,paid_h\n" + "\n".join(f"{own},08:00,18:01,{own / 60:.6f}" for own in (437, 480, 601))
    hours = "min_paid_h_horizon = {}\nmax_paid_h_horizon = {}\nmax_consecutive_days = 5"
    month = compiled(desk(hours.format(126, 144), days=28, shifts=shifts, cover=COVER.replace("E", "480")))[1]
    assert is_short(month)
    days = 4
    of = desk(hours.format(25, 25.5), days=days, shifts=shifts, cover=COVER.replace("E", "480"))
    person, weekend = (problem := compiled(of)[1]).people[0], problem.weekend
    lines = np.array(list(product(range(4), repeat=days)), dtype=np.int16)
    lines = lines[[line_cost(person, weekend, line) < np.inf for line in lines]]
    prices = np.random.default_rng(4).uniform(0, 120, problem.required.shape)
    worth = np.hstack([prices, np.zeros((days, 1))])[np.arange(days), lines].sum(axis=1)
    best = min(line_cost(person, weekend, line) - own for line, own in zip(lines, worth, strict=True))
    whole, near = BestLine(person, weekend).ask(prices), BestLine(person, weekend, lines[0]).ask(prices)
    assert whole is not None
    assert near is not None
    assert whole.bound == pytest.approx(best) == pytest.approx(near.bound)
    assert len(Corridor(person, weekend, lines[0])._then[0]) <= 65


def test_a_line_near_another_keeps_the_limits_over_the_horizon() -> None:
    """Protects legality: minutes, times of a shift and weekends, at prices that ask for more than they allow."""
    _, problem = compiled(small("hours", "none"))
    person, rng = problem.people[0], np.random.default_rng(5)
    near = np.full(7, len(problem.shifts), dtype=np.int16)
    near[[1, 3]] = problem.shifts.index("L")
    for _ in range(20):
        answer = BestLine(person, problem.weekend, near).ask(rng.uniform(100, 200, problem.required.shape), tries=9)
        assert answer is not None
        assert answer.is_sound
        assert line_cost(person, problem.weekend, answer.line) < np.inf


def test_listed_lines_are_all_within_the_slack() -> None:
    """Protects the proof: the list holds every legal line within the slack, and no other."""
    _, problem = compiled(small("hard", "none"))
    person, prices = BestLine(problem.people[0], problem.weekend), np.full(problem.required.shape, 60.0)
    worth = {
        line: line_cost(problem.people[0], problem.weekend, np.array(line, dtype=np.int16))
        - 60.0 * sum(own < 4 for own in line)
        for line in product(range(5), repeat=7)
        if sum(own < 4 for own in line) <= 5
    }
    least = min(worth.values())
    listed = person.listed(prices, 50.0, 10_000)
    assert listed is not None
    within = {line for line, own in worth.items() if own <= least + 50.0}
    assert {tuple(line.tolist()) for line in listed} == within


def test_nothing_is_missing_from_a_list_where_limits_are_left_to_penalties(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects proofs: a list reaches as far above the least that is told, though that lies below the best line."""
    _, problem = compiled(small("hours", "none"))
    prices = np.random.default_rng(3).uniform(0, 120, problem.required.shape)
    prices[:, problem.shifts.index("E")] += 200
    exact = BestLine(problem.people[0], problem.weekend)
    monkeypatch.setattr("scheduler.cover_search.best_line._FEW_CELLS", 0)
    loose = BestLine(problem.people[0], problem.weekend)
    below = exact.least(prices) - loose.least(prices)
    wanted, listed = exact.listed(prices, 30.0, 10_000), loose.listed(prices, 30.0 + below, 10_000)
    assert wanted is not None
    assert listed is not None
    assert below > 1
    assert {line.tobytes() for line in listed} == {line.tobytes() for line in wanted}


def test_too_many_lines_are_not_listed() -> None:
    """Protects time and memory."""
    _, problem = compiled(small("hard", "none"))
    prices = np.zeros(problem.required.shape)
    assert BestLine(problem.people[0], problem.weekend).listed(prices, 1e6, 10) is None

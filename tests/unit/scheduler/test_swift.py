"""The compiled search: every change costs what the exact account says, and equal seeds walk equal ways."""

from itertools import product

import numpy as np
import pytest
from numba import njit

from bench.roster_desk import made_desk
from data import sample_path
from desk import Curves, Desk, load_desk
from desk.frames import empty_frame
from scheduler.adapter import Highs, Task
from scheduler.cooling import Budget, Goal
from scheduler.crew import Crew
from scheduler.demand import read_demand
from scheduler.facts import read_facts
from scheduler.judge import roster_breaches
from scheduler.master import build_master
from scheduler.placing import place_activities
from scheduler.solo import Solo
from scheduler.span import Grid
from scheduler.swift import crossing, proposal
from scheduler.swift.best_seat import best_pattern
from scheduler.swift.crossing import cross
from scheduler.swift.late import aftermath, forget
from scheduler.swift.law import read_law
from scheduler.swift.pace import Pace
from scheduler.swift.search import KINDS, Swift, readable
from scheduler.watch import Watch
from tests.rules.small import before, desk

NO_GOAL = Goal(-np.inf, 0.0)


@njit  # type: ignore[untyped-decorator]
def best(desk, plan, person, day, shift):  # type: ignore[no-untyped-def]
    """The kernel's best pattern, which only compiled code can ask for."""
    return best_pattern(desk, plan, person, day, shift)


@njit  # type: ignore[untyped-decorator]
def late_rise(desk, plan, queue, first, stop):  # type: ignore[no-untyped-def]
    """What late work costs more where these intervals of a queue were touched."""
    forget(desk, plan)
    plan.touched[queue, 0], plan.touched[queue, 1] = first, stop
    return aftermath(desk, plan)


@njit  # type: ignore[untyped-decorator]
def proposed(desk, plan, draw):  # type: ignore[no-untyped-def]
    """The changes of a proposal, which only compiled code can draw."""
    return proposal.proposed(desk, plan, draw)


def crew_of(of: object, curves: Curves) -> tuple[Crew, Swift]:
    facts = read_facts(of)
    solos = {code: Solo(facts, agent, Highs()) for code, agent in facts.agents.items()}
    crew = Crew(facts, read_demand(of, curves), Grid(facts), solos)
    place_activities(crew)
    master = build_master(facts, crew.demand, crew.board.grid, {code: own.bend for code, own in solos.items()})
    law = readable(crew, master, Task(master.model))
    assert law is not None
    return crew, Swift(crew, law)


def walked(crew: Crew, swift: Swift, steps: int) -> float:
    swift.search(NO_GOAL, Pace(5.0, steps, once=True), 60.0, np.random.default_rng(1), Watch(60.0))
    return crew.cost


@pytest.fixture(scope="module")
def made() -> tuple[Crew, Swift]:
    """Ten people for a week with two queues, breaks, switches, fairness, wishes and a price on short rests off."""
    return crew_of(*made_desk(10, 7, 60))


def test_the_walk_counts_what_the_account_counts(made: tuple[Crew, Swift]) -> None:
    """Protects exactness: interval costs of the arrays are those of the board, before and after a walk."""
    crew, swift = made
    assert swift.walked.cell.sum() == pytest.approx(crew.board.cost() - crew.board.charges)
    before = crew.cost
    assert walked(crew, swift, 20_000) < before
    assert crew.cost == pytest.approx(crew.measured())
    assert swift.best_cost == pytest.approx(crew.cost)


def many_sided() -> Desk:
    """The people of a sample who can take three queues."""
    whole = load_desk(sample_path("1111"))
    skills = whole.table("skills").groupby("agent")["queue"].nunique()
    able = skills.index[skills == 3][:4]
    parts = {name: whole.table(name) for name in ("shifts", "skills")}
    agents = whole.table("agents")
    return Desk(whole.settings, parts | {"agents": agents[agents["agent"].isin(able)].reset_index(drop=True)})


@pytest.mark.parametrize(("switches", "block_min"), [(0, 120), (1, 60), (2, 90), (2, 150)])
def test_the_best_cuts_are_the_best_of_all_patterns(switches: int, block_min: int) -> None:
    """Protects the seats: breaks and roles found by their cuts are worth what the best of the whole list is."""
    of = many_sided()
    rules = of.settings.rules.model_copy(update={"max_switches": switches, "min_block_min": block_min})
    of = Desk(of.settings.model_copy(update={"rules": rules}), of.tables)
    zone = of.settings.timezone
    _, swift = crew_of(of, Curves(empty_frame("curves", zone), empty_frame("work", zone)))
    plan, layout = swift.walked, swift.layout
    assert layout.roles.max() == 3
    assert layout.sequences.min() > 0
    listed, rng = layout._replace(sequences=np.zeros_like(layout.sequences)), np.random.default_rng(5)
    for _ in range(50):
        plan.cell[:] += rng.normal(0.0, 30.0, plan.cell.shape)
        person, day = int(rng.choice(layout.movable)), int(rng.integers(plan.shift.shape[1]))
        for shift in layout.option[layout.option_at[person, day] : layout.option_at[person, day + 1]]:
            worth = []
            for own in (layout, listed):
                pattern = best(own, plan, person, day, shift)  # type: ignore[no-untyped-call]
                runs = slice(layout.run_at[pattern], layout.run_at[pattern + 1])
                role, first, last = layout.run_role[runs], layout.run_from[runs], layout.run_to[runs]
                saved = plan.cuts.sums[role, last] - plan.cuts.sums[role, first]
                worth.append(saved[role >= 0].sum() - layout.charge[pattern])
            assert worth[0] == pytest.approx(worth[1])


def test_whole_stretches_are_copied_and_turned(made: tuple[Crew, Swift]) -> None:
    """Protects blocks of days: days of another are taken as they are; turned days are the same, later ones first."""
    _, swift = made
    plan, (person, *others) = swift.walked, swift.layout.movable
    for kind in (proposal.COPY, proposal.TURN):
        changes = 0
        for place, first in product(range(len(others)), range(5)):
            days, before = slice(first, first + 3), plan.shift[person].copy()
            draw = np.array([kind, 0, place + 1, first, 0, 1, 0])
            number = proposed(swift.layout, plan, draw)  # type: ignore[no-untyped-call]
            wanted = before.copy()
            wanted[days] = np.roll(before[days], -1) if kind == proposal.TURN else plan.shift[others[place], days]
            before[plan.day[:number]] = plan.new[:number]
            assert number == 0 or (before == wanted).all()
            changes += number
        assert changes > 0


def test_days_of_another_plan_are_taken_with_their_seats() -> None:
    """Protects crossing: to go to a plan costs what it cost, and a graft of its days makes them what they were."""
    crew, swift = crew_of(*made_desk(4, 4, 60))
    rng, kinds = np.random.default_rng(3), np.eye(len(KINDS))[proposal.SET]
    first = swift.state(crew.cost)
    swift.go_to(first)
    cost, _ = swift.walk(np.full(200, 1e4), crew.cost, first, kinds, rng)
    other = swift.state(cost)
    assert (other.shift != first.shift).any()
    swift.go_to(first, [other])
    plan = swift.walked
    number = proposed(swift.layout, plan, np.array([proposal.GRAFT, 0, 0, 1, 0, 1, 0]))  # type: ignore[no-untyped-call]
    grafted = first.shift.copy()
    grafted[plan.who[:number], plan.day[:number]] = plan.new[:number]
    assert (grafted[:, 1:3] == other.shift[:, 1:3]).all()
    assert (np.delete(grafted, [1, 2], axis=1) == np.delete(first.shift, [1, 2], axis=1)).all()
    assert (plan.told[:number] == other.pattern[plan.who[:number], plan.day[:number]]).all()
    swift.go_to(other)
    settled = swift.state(cost)
    again, _ = swift.walk(np.full(2_000, 1e-9), cost, settled, KINDS, rng)
    swift.keep(swift.state(again))
    assert crew.cost == pytest.approx(min(first.cost, again))


def crossed(seed: int) -> tuple[Crew, float, list[float]]:
    """A small crew crossed, what it cost before, and what was told of it meanwhile."""
    crew, swift = crew_of(*made_desk(5, 5, 60))
    before, heard = crew.cost, list[float]()
    watch = Watch(600.0, lambda now: heard.append(now.incumbent or np.inf))
    cross(crew, swift._law, NO_GOAL, Budget(600.0, 120_000), np.random.default_rng(seed), watch)
    cross(crew, swift._law, Goal(crew.cost, 0.0), Budget(600.0), np.random.default_rng(seed), watch)
    return crew, before, heard


def test_crossing_ends_with_the_best_plan_by_its_steps_or_at_the_goal() -> None:
    """Protects the search of small desks: exact, legal, never dearer, the same for the same steps."""
    (crew, before, heard), (again, _, _) = crossed(1), crossed(1)
    assert crew.cost == pytest.approx(crew.measured())
    assert crew.cost == again.cost < before
    assert min(heard) >= crew.cost * (1 - 1e-8)
    assert [own for own in roster_breaches(crew.facts, crew.roster()) if own.price is None] == []


def test_plans_that_are_crossed_are_cheaper_than_one_of_as_many_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects what crossing is for: a single walk of that length ends 8 % dearer, two seeds together."""
    costs = []
    for shortest in (crossing._SHORTEST, np.inf):
        monkeypatch.setattr(crossing, "_SHORTEST", shortest)
        costs.append(sum(crossed(seed)[0].cost for seed in (1, 2)))
    assert costs[0] < 0.98 * costs[1]


def test_hard_rules_are_kept(made: tuple[Crew, Swift]) -> None:
    """Protects the roster: whatever the walk tries, the checkers find nothing hard."""
    crew, swift = made
    walked(crew, swift, 5_000)
    assert [own for own in roster_breaches(crew.facts, crew.roster()) if own.price is None] == []


def test_equal_seeds_walk_equal_ways() -> None:
    """Protects reproducibility: same steps, same plan."""
    plans = []
    for _ in range(2):
        crew, swift = crew_of(*made_desk(6, 7, 60))
        walked(crew, swift, 10_000)
        plans.append((crew.cost, {code: dict(choice.line) for code, choice in crew.choices.items()}))
    assert plans[0] == plans[1]


def test_late_work_and_briefings_cost_what_the_account_says() -> None:
    """Protects the parts that reach beyond one interval: deferrable work, and who misses a briefing."""
    talk = "activity,minutes,window_start,window_end,who,sessions_max\n"
    talk += "talk,60,2026-06-01 08:00,2026-06-02 12:00,red|blue,2"
    of = desk("min_rest_h = 11", "", days=3, activities=talk)
    hours = of.starts[(of.starts.hour >= 8) & (of.starts.hour < 12)]
    work = empty_frame("work", of.settings.timezone)
    rows = {"start": hours, "queue": "pre", "offered": 6.0, "work_h": 1.5, "deadline_h": 4.0, "late_value": 300.0}
    for name, values in rows.items():
        work[name] = values
    crew, swift = crew_of(of, Curves(empty_frame("curves", of.settings.timezone), work))
    walked(crew, swift, 5_000)
    assert swift.best_cost == pytest.approx(crew.cost) == pytest.approx(crew.measured())
    assert_balance_is_kept(swift)


def assert_balance_is_kept(swift: Swift) -> None:
    """The balance of late work that changes kept up to date is the one of the whole horizon anew."""
    plan, layout = swift.walked, swift.layout
    queue = int(np.flatnonzero(layout.has_work)[0])
    assert late_rise(layout, plan, queue, layout.n, 0) == 0.0
    assert late_rise(layout, plan, queue, 0, layout.n) == pytest.approx(0.0, abs=1e-6)
    assert plan.fresh_backlog == pytest.approx(plan.backlog, abs=1e-6)
    assert plan.fresh_relief == pytest.approx(plan.relief, abs=1e-6)
    assert plan.backlog.max() > 0.0


def test_burdens_carried_before_the_horizon_count_in_the_walk() -> None:
    """Protects fairness over time, and that a desk with a past is walked: ann had two nights too many."""
    rules = '[rules]\nfairness_price = 30.0\nunpopular = ["N"]'
    of = desk("min_rest_h = 11", rules, days=2, worked=before("ann N N OFF\nbob E OFF OFF"))
    crew, swift = crew_of(of, Curves(empty_frame("curves", of.settings.timezone), empty_frame("work", "UTC")))
    walked(crew, swift, 5_000)
    assert swift.best_cost == pytest.approx(crew.cost) == pytest.approx(crew.measured()) == 30.0


def test_the_sample_desk_is_walked() -> None:
    """Protects the compiled search: no rule of a desk with all its tables sends it back to the slow one."""
    of = load_desk(sample_path("618"))
    facts = read_facts(of)
    master = build_master(facts, read_demand(of, None), Grid(facts), dict.fromkeys(facts.agents, 0.0))
    read_law(master, Task(master.model), list(facts.agents), ())

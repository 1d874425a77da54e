"""The pieces that the optimiser is made of: patterns of a shift, backlog, curves, bounds, and the searches."""

from itertools import groupby

import numpy as np
import pandas as pd
import pytest

from bench.roster_desk import made_desk
from scheduler.adapter import Highs, Limits, Task
from scheduler.anneal import anneal, answer_while_worth, descend
from scheduler.backlog import Work, run, worth_per_h
from scheduler.bound import lagrangian
from scheduler.cooling import Budget, Goal
from scheduler.crew import Crew
from scheduler.curve import read_curves
from scheduler.demand import read_demand
from scheduler.facts import read_facts
from scheduler.guide import guided
from scheduler.master import Master, build_master
from scheduler.pattern import BREAK, Shape, patterns
from scheduler.reseat import reseat
from scheduler.solo import Solo
from scheduler.span import Grid
from scheduler.watch import Watch
from tests.rules.small import desk

NO_GOAL = Goal(-np.inf, 0.0)


@pytest.fixture
def crew() -> Crew:
    """Eight people for a week on a desk with curves, in their cheapest lines."""
    of, curves = made_desk(8, 7, 60)
    facts = read_facts(of)
    solos = {code: Solo(facts, agent, Highs()) for code, agent in facts.agents.items()}
    return Crew(facts, read_demand(of, curves), Grid(facts), solos)


def master_of(crew: Crew) -> tuple[Master, Task]:
    master = build_master(
        crew.facts, crew.demand, crew.board.grid, {code: own.bend for code, own in crew.solos.items()}
    )
    return master, Task(master.model)


def test_patterns_keep_breaks_blocks_and_switches() -> None:
    """Protects duty: whatever the search picks from the list keeps the rules of a shift."""
    found = patterns(Shape(length=8, break_len=1, breaks=(2, 3), n_roles=2, min_block=2, max_switches=2))
    for roles, switches in zip(found.roles.tolist(), found.switches.tolist(), strict=True):
        assert roles.count(BREAK) == 1
        assert roles.index(BREAK) in (2, 3)
        blocks = [len(list(own)) for _, own in groupby(role for role in roles if role != BREAK)]
        assert len(blocks) == switches + 1 <= 3
        assert all(own >= 2 for own in blocks[:-1])
    assert len({tuple(roles) for roles in found.roles.tolist()}) == len(found.roles)


def test_a_shift_with_too_many_patterns_switches_less_often() -> None:
    """Protects memory: twenty switches in a day of quarter hours are not listed."""
    found = patterns(Shape(length=40, break_len=2, breaks=tuple(range(8, 30)), n_roles=3, min_block=1, max_switches=20))
    assert 0 < len(found.roles) <= 20_000


def test_work_beyond_its_deadline_is_late_once() -> None:
    """Protects deferral: two hours arrive, one fits before the deadline, one is late and paid once."""
    work = Work(np.array([[2.0, 0, 0]]), np.array([[2.0, 0, 0]]), np.full((1, 3), 10.0), np.zeros(3), np.zeros((1, 3)))
    done = run(work, np.array([0.5, 0.5, 1.0]))
    assert done.cost == pytest.approx(10.0)
    assert done.late_h.tolist() == [[0.0, 1.0, 0.0]]
    assert worth_per_h(work, done).tolist() == [10.0, 10.0, 0.0]


def test_a_curve_that_is_not_convex_is_refused_by_name() -> None:
    """Protects the bound: pieces are used steepest first only where the curve is convex."""
    starts = desk().starts[:1]
    points = pd.DataFrame({"start": starts.repeat(3), "queue": "pre", "agents": [0.0, 1, 2], "cost": [10.0, 9, 0]})
    with pytest.raises(ValueError, match="pre"):
        read_curves(points, starts)


def test_a_curve_beyond_those_there_costs_the_same() -> None:
    """Protects neighbourhoods: what stands and what is added cost as much as both together."""
    starts = desk().starts[:1]
    points = pd.DataFrame({"start": starts.repeat(3), "queue": "pre", "agents": [0.0, 1, 3], "cost": [10.0, 4, 0]})
    curve, at = read_curves(points, starts)["pre"], np.array([0])
    for standing in (0.0, 0.5, 1.0, 2.0, 5.0):
        rest = curve.beyond(np.array([standing]))
        for more in (0.0, 0.7, 2.5):
            assert rest.value(np.array([more]), at) == pytest.approx(curve.value(np.array([standing + more]), at))


def test_any_prices_prove_a_bound_below_every_plan(crew: Crew) -> None:
    """Protects the certificate: good prices prove more, bad ones never too much."""
    master, task = master_of(crew)
    watch = Watch(60.0)
    relaxed = Highs().relax(task, Limits(60.0), watch)
    assert relaxed is not None
    descend(crew, np.random.default_rng(1), watch)
    proven = lagrangian(master, task, relaxed.prices, crew.solos, watch)
    random = relaxed.prices * np.random.default_rng(2).uniform(0, 3, len(relaxed.prices))
    assert lagrangian(master, task, random, crew.solos, watch) <= proven <= crew.cost
    assert relaxed.bound <= proven + 1e-6


def test_no_search_makes_a_plan_dearer(crew: Crew) -> None:
    """Protects anytime: after each step the plan costs no more than before, and what the board says it costs."""
    rng, watch = np.random.default_rng(1), Watch(60.0)
    master, task = master_of(crew)
    relaxed = Highs().relax(task, Limits(60.0), watch)
    assert relaxed is not None
    steps = (
        lambda: descend(crew, rng, watch),
        lambda: guided(crew, master, relaxed.values, rng),
        lambda: anneal(crew, NO_GOAL, Budget(10.0, 20), rng, watch),
        lambda: reseat(crew, NO_GOAL, Budget(10.0, 20), rng, watch),
        lambda: answer_while_worth(crew, NO_GOAL, Budget(10.0), rng, watch),
    )
    for step in steps:
        before = crew.cost
        step()
        assert crew.cost <= before + 1e-6
        assert crew.cost == pytest.approx(crew.measured())


def test_best_answers_end_where_they_are_good_enough_or_cost_too_much_time(crew: Crew) -> None:
    """Protects whole lines before the walk: they gain; a goal reached or time over lets one person answer, no more."""
    rng, watch, dear = np.random.default_rng(1), Watch(60.0), crew.cost
    answer_while_worth(crew, Goal(crew.cost, 0.0), Budget(10.0), rng, watch)
    one = crew.cost
    assert not watch.was_cut
    answer_while_worth(crew, NO_GOAL, Budget(0.0), rng, watch)
    two = crew.cost
    assert watch.was_cut
    answer_while_worth(crew, NO_GOAL, Budget(10.0), rng, watch)
    assert crew.cost < two < one < dear


def test_a_search_without_time_leaves_the_plan(crew: Crew) -> None:
    """Protects the time limit: nothing is tried once the time is gone."""
    before = dict(crew.choices)
    anneal(crew, NO_GOAL, Budget(-1.0), np.random.default_rng(1), Watch(60.0))
    assert crew.choices == before

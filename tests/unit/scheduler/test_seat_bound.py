"""The bound of whole lines and whole seats: below every plan at any prices, and above the bound of fractions."""

from dataclasses import replace

import numpy as np
import pytest

from bench.roster_desk import made_desk
from scheduler import make_roster
from scheduler.adapter import Highs, Limits, Relaxed, Task
from scheduler.bound import lagrangian
from scheduler.crew import Crew
from scheduler.demand import read_demand
from scheduler.earlier import begin_from, read_earlier
from scheduler.facts import read_facts
from scheduler.master import Master, build_master
from scheduler.pattern import Shape, lists_all, patterns
from scheduler.seat_bound import SeatBound
from scheduler.solo import Solo
from scheduler.span import Grid
from scheduler.watch import Watch


@pytest.fixture(scope="module")
def parts() -> tuple[Crew, Master, Task]:
    """Five people for three half-hourly days, standing in a plan of a few steps."""
    of, curves = made_desk(5, 3, 30)
    own = of.settings.scheduler.model_copy(update={"time_limit_s": 30.0, "steps": 1})
    of = replace(of, settings=of.settings.model_copy(update={"scheduler": own}))
    facts, grid = read_facts(of), Grid(read_facts(of))
    solos = {code: Solo(facts, agent, Highs()) for code, agent in facts.agents.items()}
    crew = Crew(facts, read_demand(of, curves), grid, solos)
    begin_from(crew, read_earlier(facts, grid, make_roster(of, curves), curves))
    master = build_master(facts, crew.demand, grid, dict.fromkeys(solos, 0.0))
    return crew, master, Task(master.model)


def bound(parts: tuple[Crew, Master, Task], prices: np.ndarray) -> float:
    return SeatBound(*parts).proven(prices, Watch(30.0))


def test_any_prices_prove_less_than_a_plan_costs(parts: tuple[Crew, Master, Task]) -> None:
    """Protects the proof: random prices, and those read from the plan itself, never prove more than it costs."""
    crew, _, task = parts
    rng = np.random.default_rng(1)
    tried = [rng.normal(0.0, 30.0, len(task.program.row_lower)) for _ in range(5)]
    for prices in (*tried, SeatBound(*parts).margins()):
        assert bound(parts, prices) <= crew.cost + 1e-6


def test_the_relaxation_s_prices_prove_more_than_the_relaxation(parts: tuple[Crew, Master, Task]) -> None:
    """Protects its use: whole seats at the relaxation's prices are worth no more than fractions of groups."""
    crew, master, task = parts
    relaxed = Highs().relax(task, Limits(30.0), Watch(30.0))
    assert relaxed is not None
    fractions = lagrangian(master, task, relaxed.prices, crew.solos, Watch(30.0))
    assert fractions - 1e-3 <= bound(parts, relaxed.prices) <= crew.cost


def test_margins_prove_something_where_there_was_no_time_for_a_relaxation(parts: tuple[Crew, Master, Task]) -> None:
    """Protects short runs: the plan's own prices prove a good part of its cost."""
    crew = parts[0]
    assert bound(parts, SeatBound(*parts).margins()) > 0.3 * crew.cost


def test_a_shape_with_too_many_ways_says_so() -> None:
    """Protects the proof where not every way to spend a shift is listed."""
    few, many = Shape(16, 2, (6, 7), 2, 4, 2), Shape(48, 4, tuple(range(12, 32)), 3, 1, 4)
    assert lists_all(few)
    assert patterns(few).switches.max() == 2
    assert not lists_all(many)


def test_fractions_of_lines_prove_nearly_as_much(parts: tuple[Crew, Master, Task]) -> None:
    """Protects the proof of large desks: answers over fractions are below whole ones, and a good part of them."""
    watch, prices = Watch(30.0), SeatBound(*parts).margins()
    fractions = SeatBound(*parts).proven(prices, watch, -1.0)
    assert 0.9 * bound(parts, prices) < fractions <= bound(parts, prices) + 1e-6
    assert watch.was_cut


def test_whoever_cannot_be_asked_in_time_counts_with_every_day_s_best_shift(parts: tuple[Crew, Master, Task]) -> None:
    """Protects the proof of a run that time cut: weaker, never more than everybody's answers."""
    prices = SeatBound(*parts).margins()
    unasked = SeatBound(*parts).proven(prices, Watch(0.0))
    assert 0.0 < unasked <= bound(parts, prices)


def test_a_relaxation_that_time_cut_does_not_spoil_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects runs under load: prices of a half-solved relaxation may prove nonsense; the plan's own then count."""

    def cut(_: Highs, task: Task, *__: object) -> Relaxed:
        return Relaxed(np.zeros(len(task.cost)), np.full(len(task.row_upper), 1e4), -1e9, is_optimal=False)

    monkeypatch.setattr(Highs, "relax", cut)
    monkeypatch.setattr("scheduler.desk_search.search_whole", lambda *given: given[5])
    of, curves = made_desk(5, 3, 30)
    own = of.settings.scheduler.model_copy(update={"time_limit_s": 30.0, "steps": 1})
    plan = make_roster(replace(of, settings=of.settings.model_copy(update={"scheduler": own})), curves)
    assert 0.3 * plan.outcome.objective < plan.outcome.bound < plan.outcome.objective

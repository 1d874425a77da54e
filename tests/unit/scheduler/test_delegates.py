"""Prices of a part of the people, for all: nearly as good as those of everybody, and never a false proof."""

import time
from dataclasses import replace

import numpy as np
import pytest

from bench.roster_desk import made_desk
from scheduler import delegates
from scheduler.adapter import Highs, Limits, Relaxed, Task
from scheduler.crew import Crew
from scheduler.demand import read_demand
from scheduler.facts import read_facts
from scheduler.joint_prices import joint_prices
from scheduler.master import build_master
from scheduler.seat_bound import SeatBound
from scheduler.solo import Solo
from scheduler.span import Grid
from scheduler.watch import Watch

LIMITS = Limits(60.0)


class Cut(Highs):
    """A solver that time stops at one task."""

    def __init__(self, task: Task) -> None:
        super().__init__()
        self._cut = task

    def relax(self, task: Task, limits: Limits, watch: Watch) -> Relaxed | None:
        return None if task is self._cut else super().relax(task, limits, watch)


def test_delegates_prove_nearly_as_much_as_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects large desks: a third of 36 people finds prices that prove within two per cent of what those of everybody
    do, fairness included, where no prices at all prove far less. Where time cut everybody's, five people find some."""
    monkeypatch.setattr(delegates, "_DAYS", 84)
    of, curves = made_desk(36, 7, 60)
    facts, grid = read_facts(of), Grid(read_facts(of))
    crew = Crew(facts, read_demand(of, curves), grid, {c: Solo(facts, a, Highs()) for c, a in facts.agents.items()})
    master = build_master(facts, crew.demand, grid, dict.fromkeys(crew.solos, 0.0))
    task, watch = Task(master.model), Watch(60.0)
    whole = Highs().relax(task, LIMITS, watch)
    part = delegates.delegated_prices(crew, master, task.program, Highs(), LIMITS, watch)
    assert whole is not None
    assert part is not None
    seats = SeatBound(crew, master, task)
    best, found, none = (seats.proven(own, watch) for own in (whole.prices, part, np.zeros(len(part))))
    assert 0.98 * best < found
    assert none < 0.9 * best
    monkeypatch.setattr(delegates, "_DAYS", 6_000)
    relaxed, sooner = joint_prices(crew, master, task, Cut(task), LIMITS, watch, 60.0, 1.0)
    assert relaxed is None
    assert sooner is not None
    assert best > seats.proven(sooner, watch) > 0.9 * best
    watch._began, watch._began_cpu = watch._began - 300.0, time.process_time() - 30.0
    assert watch.slowness() == pytest.approx(10.0, abs=2.0)
    assert joint_prices(crew, master, task, Cut(task), replace(LIMITS, seconds=0.1), watch, 0.5, 1.0) == (None, None)
    assert [delegates.are_needed(crew, task.program, seconds) for seconds in (0.0, 60.0)] == [True, False]

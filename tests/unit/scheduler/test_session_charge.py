"""What briefings take at least, in the bound: more than nothing, never more than in a plan."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from bench.roster_desk import made_desk
from desk import Curves, Desk
from scheduler import make_roster
from scheduler.adapter import Highs, Limits, Task
from scheduler.crew import Crew
from scheduler.demand import read_demand
from scheduler.earlier import begin_from, read_earlier
from scheduler.facts import read_facts
from scheduler.master import build_master
from scheduler.pattern import BREAK, patterns
from scheduler.seat_bound import SeatBound
from scheduler.seating import Seating, shape_of
from scheduler.solo import Solo
from scheduler.span import Grid
from scheduler.watch import Watch

COLUMNS = ["activity", "minutes", "window_start", "window_end", "who", "sessions_max", "grants_skill"]


@pytest.fixture(scope="module")
def made() -> tuple[Desk, Curves]:
    """Five people for three half-hourly days with two briefings in one window."""
    of, curves = made_desk(5, 3, 30)
    window = (of.starts[60], of.starts[96])
    rows = [(name, 60.0, *window, ("T",), 9.0, pd.NA) for name in ("news", "tools")]
    own = of.settings.scheduler.model_copy(update={"time_limit_s": 30.0, "steps": 1})
    settings = of.settings.model_copy(update={"scheduler": own})
    return replace(
        of, settings=settings, tables={**of.tables, "activities": pd.DataFrame(rows, columns=COLUMNS)}
    ), curves


def crew_of(of: Desk, curves: Curves) -> Crew:
    facts, grid = read_facts(of), Grid(read_facts(of))
    solos = {code: Solo(facts, agent, Highs()) for code, agent in facts.agents.items()}
    return Crew(facts, read_demand(of, curves), grid, solos)


def test_briefings_raise_the_bound_and_no_plan_lies_below(made: tuple[Desk, Curves]) -> None:
    """Protects the proof with activities: at any prices below what a plan costs, and above the one without them."""
    of, curves = made
    plan = make_roster(of, curves)
    crew = crew_of(of, curves)
    begin_from(crew, read_earlier(crew.facts, crew.board.grid, plan, curves))
    master = build_master(crew.facts, crew.demand, crew.board.grid, dict.fromkeys(crew.solos, 0.0))
    task, watch, rng = Task(master.model), Watch(60.0), np.random.default_rng(1)
    relaxed = Highs().relax(task, Limits(30.0), watch)
    assert relaxed is not None
    seats = SeatBound(crew, master, task)
    for prices in (relaxed.prices, seats.margins(), rng.normal(0.0, 30.0, len(relaxed.prices))):
        assert seats.proven(prices, watch) <= crew.cost + 1e-6
    with_them = seats.proven(relaxed.prices, watch)
    crew.attendance.activities = []
    assert SeatBound(crew, master, task).proven(relaxed.prices, watch) < with_them


def test_a_session_is_held_where_it_takes_least(made: tuple[Desk, Curves]) -> None:
    """Protects the charge: the best way beside a session is that of all ways and times, the break not in it, and the
    session counts for the blocks on both sides."""
    crew = crew_of(*made)
    agent, activity = crew.facts.agents["A0002"], crew.attendance.activities[0]
    shift, rng = crew.facts.shifts["D1"], np.random.default_rng(2)
    gains = rng.uniform(0.0, 9.0, (crew.demand.n, 2))
    seating = Seating(crew.board, agent, {"D1": [1]})
    shape = shape_of(crew.board, 2, shift, 1)
    ways = patterns(replace(shape, min_block=shape.min_block - 2))
    span = crew.board.grid.span(1, shift)
    inside, best = gains[span.first : span.stop], -np.inf
    for start in (at - span.first for at in activity.within(span) if activity.fits(span, at)):
        for roles, switches in zip(ways.roles, ways.switches.tolist(), strict=True):
            if BREAK not in roles[start : start + 2]:
                at = [t for t in np.flatnonzero(roles != BREAK) if not start <= t < start + 2]
                best = max(best, inside[at, roles[at]].sum() - 3.0 * switches)
    assert seating.with_session(gains, activity) == {(1, "D1"): pytest.approx(best, rel=1e-5)}

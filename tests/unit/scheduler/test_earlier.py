"""A search that begins from an earlier plan: never dearer than it, its lines kept, what the rules forbid mended."""

from dataclasses import replace

import pandas as pd
import pytest

from bench.roster_desk import made_desk
from desk import Curves, Desk, Plan
from desk.frames import empty_frame
from scheduler import audit, make_roster
from scheduler.adapter import Highs
from scheduler.crew import Crew
from scheduler.demand import read_demand
from scheduler.earlier import begin_from, nearest, read_earlier
from scheduler.facts import read_facts
from scheduler.solo import Solo
from scheduler.span import Grid
from tests.rules.small import desk

TALK = "activity,minutes,window_start,window_end,who,sessions_max\ntalk,60,2026-06-01 08:00,2026-06-01 12:00,red|blue,1"
FEW = "[scheduler]\ntime_limit_s = 90\nsteps = 2000\n"
AT_ONCE = "[scheduler]\ntime_limit_s = 0.01\n"


def timed(of: Desk, **given: object) -> Desk:
    own = of.settings.scheduler.model_copy(update=given)
    return replace(of, settings=of.settings.model_copy(update={"scheduler": own}))


def crew_at(of: Desk, curves: Curves | None, plan: Plan) -> Crew:
    facts = read_facts(of)
    grid = Grid(facts)
    crew = Crew(
        facts, read_demand(of, curves), grid, {code: Solo(facts, own, Highs()) for code, own in facts.agents.items()}
    )
    begin_from(crew, read_earlier(facts, grid, plan, curves))
    return crew


def morning(of: Desk, worth: float = 200.0) -> Curves:
    hours = of.starts[(of.starts.hour >= 8) & (of.starts.hour < 12)]
    rows = [(start, "pre", agents, cost) for start in hours for agents, cost in ((0.0, worth), (1.0, 0.0))]
    points = pd.DataFrame(rows, columns=["start", "queue", "agents", "cost"])
    return Curves(points, empty_frame("work", of.settings.timezone))


@pytest.fixture(scope="module")
def made() -> tuple[Desk, Curves, Plan]:
    """Four people for three days, planned by a few steps."""
    of, curves = made_desk(4, 3, 60)
    of = timed(of, time_limit_s=90.0, steps=3_000)
    return of, curves, make_roster(of, curves)


def test_the_search_begins_with_what_the_earlier_plan_costs(made: tuple[Desk, Curves, Plan]) -> None:
    """Protects the start: lines, breaks, roles and switches are taken over to the last interval."""
    of, curves, plan = made
    assert crew_at(of, curves, plan).cost == pytest.approx(plan.outcome.objective)


def test_sessions_are_taken_over() -> None:
    """Protects briefings, on a small desk too: who went where still goes there, and its cost is the account's."""
    of = desk("", FEW, days=2, activities=TALK)
    curves = morning(of, worth=30.0)
    plan = make_roster(of, curves)
    assert "talk" in set(plan.duty["activity"])
    crew = crew_at(of, curves, plan)
    assert crew.cost == pytest.approx(plan.outcome.objective)
    assert crew.attendance.going["talk"]


@pytest.mark.parametrize("seconds", [0.01, 60.0])
def test_never_dearer_than_a_legal_earlier_plan(made: tuple[Desk, Curves, Plan], seconds: float) -> None:
    """Protects the promise, under other curves and with no time to search at all."""
    of, curves, plan = made
    dearer = Curves(curves.points.assign(cost=1.3 * curves.points["cost"]), curves.work)
    facts = read_facts(of)
    before = read_earlier(facts, Grid(facts), plan, dearer).cost
    again = make_roster(timed(of, time_limit_s=seconds, steps=1_000), dearer, start=plan)
    assert again.outcome.objective <= before + 1e-6
    assert audit(of, again) == again.findings
    assert not [own for own in again.findings if own.severity == "error"]


def test_what_the_rules_forbid_is_mended_and_the_rest_kept(made: tuple[Desk, Curves, Plan]) -> None:
    """Protects a start that has become illegal: whoever is on leave now loses that day and little else."""
    of, curves, plan = made
    first = plan.roster.iloc[0]
    leave = pd.DataFrame({"agent": [first["agent"]], "date": [first["date"]], "kind": ["annual"]})
    now = replace(of, tables={**of.tables, "leave": pd.concat([of.table("leave"), leave], ignore_index=True)})
    facts = read_facts(now)
    earlier = read_earlier(facts, Grid(facts), plan, curves)
    assert not earlier.is_legal
    line = earlier.roster.lines[first["agent"]]
    mended = nearest(Solo(facts, facts.agents[first["agent"]], Highs()), line).line
    assert sum(mended.get(day) != line.get(day) for day in range(facts.n_days)) <= 3
    again = make_roster(timed(now, steps=500), curves, start=plan)
    assert not [own for own in again.findings if own.severity == "error"]


def test_a_plan_of_another_desk_is_no_obstacle(made: tuple[Desk, Curves, Plan]) -> None:
    """Protects against strange starts: unknown people, shifts, days and odd rows are passed over."""
    _, _, plan = made
    of = desk("", FEW, days=2)
    again = make_roster(of, morning(of), start=plan)
    assert not [own for own in again.findings if own.severity == "error"]


def test_a_desk_of_headcounts_keeps_the_cheaper_plan() -> None:
    """Protects desks without curves: an earlier plan that is better than what no time finds stays the answer."""
    cover = "date,shift,required,under_cost,over_cost\n2026-06-01,E,2,500,50\n2026-06-02,L,1,500,50"
    of = desk("", "[scheduler]\ntime_limit_s = 3\n", days=2, cover=cover)
    plan = make_roster(of)
    assert make_roster(desk("", AT_ONCE, days=2, cover=cover), start=plan).outcome.objective <= plan.outcome.objective

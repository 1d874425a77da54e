"""Activities in a finished plan: whole or not at all, one at a time, no queue untrained where another is legal."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from bench.roster_desk import made_desk
from desk import Curves, Desk
from scheduler import make_roster
from scheduler.adapter import Highs, Task
from scheduler.anneal import descend
from scheduler.cooling import Goal
from scheduler.crew import Crew
from scheduler.demand import read_demand
from scheduler.facts import read_facts
from scheduler.master import build_master
from scheduler.placing import attend_anew, place_activities
from scheduler.solo import Solo
from scheduler.span import Grid
from scheduler.swift.pace import Pace
from scheduler.swift.search import Swift, readable
from scheduler.watch import Watch
from scheduler.whole_sessions import keep_sessions_whole
from tests.rules.small import FIRST, desk

COLUMNS = ["activity", "minutes", "window_start", "window_end", "who", "sessions_max", "grants_skill"]


def desk_of(seed: int) -> tuple[Desk, Curves]:
    """A dozen people for two days with two briefings in the same hours and a training, some at work since the eve."""
    rng = np.random.default_rng(seed)
    of, curves = made_desk(12, 2, 60, seed)
    flexible = tuple(code for number, code in enumerate(of.table("agents")["agent"]) if number % 4 == 2)
    window = (of.starts[8], of.starts[22])
    rows = [(name, 120.0, *window, ("T",), 1.0, pd.NA) for name in ("news", "tools")]
    rows.append(("course", 60.0, of.starts[9], of.starts[30], flexible, 2.0, "aftersale"))
    codes = of.table("agents")["agent"]
    eve = pd.Timestamp(of.settings.horizon.start) - pd.Timedelta(days=1)
    worked = pd.DataFrame({"agent": codes, "date": eve, "shift": rng.choice(["N1", "L1", "OFF"], len(codes))})
    worked["date"] = worked["date"].astype("datetime64[us]")
    own = of.settings.scheduler.model_copy(update={"time_limit_s": 20.0, "steps": 1, "seed": seed})
    tables = {**of.tables, "worked": worked, "activities": pd.DataFrame(rows, columns=COLUMNS)}
    return replace(of, settings=of.settings.model_copy(update={"scheduler": own}), tables=tables), curves


def with_activity(of: Desk, *row: object) -> Desk:
    return replace(of, tables={**of.tables, "activities": pd.DataFrame([row], columns=COLUMNS)})


def crew_of(of: Desk, curves: Curves | None) -> Crew:
    """Everybody on a good line, before activities."""
    facts = read_facts(of)
    solos = {code: Solo(facts, agent, Highs()) for code, agent in facts.agents.items()}
    crew = Crew(facts, read_demand(of, curves), Grid(facts), solos)
    descend(crew, np.random.default_rng(1), Watch(60.0), most=1)
    return crew


@pytest.mark.parametrize("seed", range(2))
def test_no_plan_breaks_the_rules_of_activities(seed: int) -> None:
    """Protects the plan: no half session, none more than allowed, nobody untrained."""
    plan = make_roster(*desk_of(seed))
    assert [own.code for own in plan.findings if own.severity == "error"] == []
    assert {"news", "tools", "course"} & set(plan.duty["activity"])


def test_the_walk_leaves_nothing_to_repair() -> None:
    """Protects training: nobody counts as trained by a session that the own line leaves out, so what the walk says a
    plan costs is what it costs in the end."""
    of, curves = made_desk(12, 5, 60, seed=2)
    trained = tuple(of.table("agents")["agent"][::2])
    of = with_activity(of, "course", 60.0, of.starts[9], of.starts[14], trained, 1.0, "aftersale")
    crew = crew_of(of, curves)
    place_activities(crew)
    master = build_master(crew.facts, crew.demand, crew.board.grid, dict.fromkeys(crew.solos, 0.0))
    law = readable(crew, master, Task(master.model))
    assert law is not None
    swift = Swift(crew, law)
    swift.search(Goal(-np.inf, 0.0), Pace(200.0, 20_000, once=True), 60.0, np.random.default_rng(1), Watch(60.0))
    found = crew.cost
    keep_sessions_whole(crew)
    assert crew.cost == pytest.approx(found)


def test_a_session_at_a_dear_time_is_moved() -> None:
    """Protects the price of briefings: one held at noon's peak goes to an hour at which its people are missed less; who
    is missed more than the briefing is worth stays away."""
    of, curves = made_desk(12, 2, 60)
    of = with_activity(of, "news", 60.0, of.starts[0], of.starts[47], ("T",), 1.0, pd.NA)
    crew = crew_of(of, curves)
    crew.attendance.sessions["news"] = [13]
    for code in sorted(crew.solos):
        crew.attend_best(code, "news")
    crew.cost = before = crew.measured()
    attend_anew(crew)
    assert crew.cost < before
    assert crew.cost == pytest.approx(crew.measured())
    assert crew.attendance.sessions["news"] != [13]
    there = len(crew.attendance.going["news"])
    crew.attendance.price = 0.01
    crew.cost = crew.measured()
    attend_anew(crew)
    assert len(crew.attendance.going["news"]) < there


def test_a_session_is_held_on_a_day_on_which_nobody_was_to_work() -> None:
    """Protects small teams: on Monday everybody is needed; on Tuesday, when nobody had a shift, two short ones for the
    briefing cost less than who is missed."""
    cover = "start,queue,required,under_cost,over_cost\n" + "\n".join(
        f"2026-06-01 {at:02}:00,pre,2,100,0" for at in (8, 9)
    )
    talk = "activity,minutes,window_start,window_end,who,sessions_max\n"
    talk += "talk,60,2026-06-01 08:00,2026-06-02 10:00,red|blue,1"
    shifts = "shift,start,end,paid_h\nE,08:00,10:00,2"
    of = desk("", "[scheduler]\nsteps = 100", days=2, shifts=shifts, cover=cover, activities=talk)
    plan = make_roster(of)
    assert plan.outcome.objective == pytest.approx(80.0)
    assert {f"{own:%m-%d}" for own in plan.duty.loc[plan.duty["activity"] == "talk", "date"]} == {"06-02"}


def test_training_is_worth_more_than_missing_it_costs() -> None:
    """Protects new people: the hour of training, in which nobody else can be at the queue, costs more than the price of
    a briefing missed; without it the queue stayed empty for good."""
    course = "activity,minutes,window_start,window_end,who,sessions_max,grants_skill\n"
    course += "course,60,2026-06-01 08:00,2026-06-01 12:00,ann,1,after"
    rules = "[rules]\nmin_presence = { after = 1 }\npresence_price = 500"
    shifts = "shift,start,end,paid_h\nE,08:00,16:00,8"
    crew = crew_of(desk("", rules, days=2, shifts=shifts, activities=course), None)
    place_activities(crew)
    assert crew.attendance.sessions["course"] == [8]


def test_training_is_not_put_off_to_the_quietest_hour() -> None:
    """Protects training: a skill is worth more the sooner it is known; the hour at which people are missed least is on
    the second day, and the plan 700 dearer."""
    of, curves = made_desk(8, 5, 60, seed=1)
    trained = tuple(of.table("agents")["agent"])
    crew = crew_of(with_activity(of, "course", 60.0, *of.starts[[0, 96]], trained, 1.0, "aftersale"), curves)
    place_activities(crew)
    assert crew.attendance.sessions["course"][0] < 24
    assert crew.cost == pytest.approx(crew.measured())


@pytest.mark.parametrize("seed", range(2))
def test_nobody_sits_untrained_where_time_ends_first(seed: int) -> None:
    """Protects short runs: where no session could be placed, who is to be trained keeps to the other queues."""
    of, curves = desk_of(seed)
    own = of.settings.scheduler.model_copy(update={"time_limit_s": 0.01, "steps": None})
    made = make_roster(replace(of, settings=of.settings.model_copy(update={"scheduler": own})), curves)
    assert "duty_untrained" not in {finding.code for finding in made.findings}


def test_who_could_only_wait_for_the_training_untrained_stays_off() -> None:
    """Protects the rule: where no session can begin with the shift, nobody sits at the queue until it does."""
    session = f"learn,60,{FIRST} 09:00,{FIRST} 11:00,red,1,pre"
    of = desk(
        settings="[rules]\nmin_presence = { pre = 1 }",
        days=1,
        agents="agent,name,team,contract,cost_per_h\nann,Ann,red,full,10",
        skills="agent,queue,proficiency,home\nann,pre,1,1",
        shifts="shift,start,end,paid_h\nE,08:00,12:00,4",
        activities=f"activity,minutes,window_start,window_end,who,sessions_max,grants_skill\n{session}",
    )
    facts = read_facts(of)
    crew = Crew(facts, read_demand(of, None), Grid(facts), {"ann": Solo(facts, facts.agents["ann"], Highs())})
    held = crew.take("ann")
    crew.send("ann", {"learn": 9})
    crew.insert("ann", held.choice)
    assert crew.board.is_barred("ann")
    keep_sessions_whole(crew)
    assert not crew.choices["ann"].line

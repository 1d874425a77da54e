"""Temps, people on call, deferrable work and breaks: each does what the word promises, on a desk worked out by hand."""

import numpy as np
import pandas as pd
import pytest

from desk import Curves, Desk, Plan
from desk.frames import empty_frame
from scheduler import audit, make_roster
from tests.rules.small import desk, frame

QUICK = "[scheduler]\ntime_limit_s = 2\ngap = 0.0\n"
PRE = "agent,queue,proficiency,home\nann,pre,1,1\nbob,pre,1,1"
SHIFTS = """
shift,start,end,paid_h,break_min,break_from,break_to,kind
E,08:00,12:00,4,60,09:00,11:00,regular
C,12:00,20:00,1,0,,,on_call
"""


def curves(of: Desk, worth: float, hours: range, work: str = "") -> Curves:
    """Each of two agents at pre is worth so much an hour in these hours of each day."""
    rows = [
        (start, "pre", float(agents), worth * (2 - agents))
        for start in of.starts
        for agents in range(3)
        if start.hour in hours
    ]
    points = pd.DataFrame(rows, columns=["start", "queue", "agents", "cost"])
    zone = of.settings.timezone
    return Curves(points, frame("work", work, zone) if work else empty_frame("work", zone))


def lines(plan: Plan) -> dict[tuple[str, int], str]:
    return {(row.agent, row.date.day): row.shift for row in plan.roster.itertuples()}


def test_a_temp_works_while_hired_and_where_cheaper() -> None:
    """Protects temps: hired for two of four days, cheaper than ann, who must rest after two days in a row."""
    agents = (
        "agent,name,team,contract,cost_per_h,from,to\nann,Ann,red,full,12,,\nbob,Bob,temps,full,8,2026-06-02,2026-06-04"
    )
    cover = "date,shift,required,under_cost,over_cost\n" + "\n".join(f"2026-06-0{day},E,1,500,0" for day in range(1, 5))
    of = desk("max_consecutive_days = 2", QUICK, days=4, agents=agents, skills=PRE, shifts=SHIFTS, cover=cover)
    plan = make_roster(of)
    assert lines(plan) == {("ann", 1): "E", ("bob", 2): "E", ("bob", 3): "E", ("ann", 4): "E"}
    assert plan.outcome.objective == pytest.approx(plan.outcome.bound) == pytest.approx(4 * (12 + 8 + 8 + 12))


def test_people_on_call_are_asked_for_by_cover_and_sit_nowhere() -> None:
    """Protects the stand-by: one a day is wanted and paid its hour, its rest counts, and no queue is taken."""
    cover = "date,shift,required,under_cost,over_cost\n2026-06-01,C,1,50,50\n2026-06-02,C,1,50,50"
    of = desk("max_shifts = { C = 1 }", QUICK, days=2, skills=PRE, shifts=SHIFTS, cover=cover)
    plan = make_roster(of)
    assert sorted(lines(plan).values()) == ["C", "C"]
    assert len({agent for agent, _ in lines(plan)}) == 2
    assert plan.duty.empty
    assert plan.outcome.objective == pytest.approx(2 * 10.0)
    assert audit(of, plan) == ()


def test_breaks_are_spread_so_that_somebody_stays() -> None:
    """Protects coverage: two breaks of an hour in a window of two, and never both at once."""
    of = desk("", QUICK, days=1, skills=PRE, shifts=SHIFTS)
    rows = [
        (start, "pre", float(agents), (90.0, 10.0, 0.0)[agents]) for start in of.starts[8:12] for agents in range(3)
    ]
    points = pd.DataFrame(rows, columns=["start", "queue", "agents", "cost"])
    plan = make_roster(of, Curves(points, empty_frame("work", of.settings.timezone)))
    pauses = plan.duty.loc[plan.duty["activity"] == "break", "start"]
    assert len(plan.roster) == len(pauses) == pauses.nunique() == 2


def test_deferrable_work_leaves_the_peak_and_keeps_its_deadline() -> None:
    """Protects the peak: call-backs that come at nine, due by six, are made after noon, none late."""
    settings = QUICK + "[rules]\nmin_block_min = 60\nmax_switches = 2\nswitch_price = 0\n"
    shifts = "shift,start,end,paid_h\nA,08:00,18:00,8"
    of = desk("", settings, days=1, skills=PRE + "\nann,after,1,0\nbob,after,1,0", shifts=shifts)
    work = "start,queue,work_h,deadline_h,late_value\n2026-06-01 09:00,after,4,9,300"
    plan = make_roster(of, curves(of, 100.0, range(8, 13), work))
    hours = {own: set(rows["start"].dt.hour) for own, rows in plan.duty.groupby("activity")}
    assert hours["pre"] >= set(range(8, 13))
    assert min(hours["after"]) >= 13
    assert plan.costs.set_index("term")["amount"]["late_work.after"] == pytest.approx(0.0)


def test_the_slower_takes_the_hour_that_matters_less() -> None:
    """Protects proficiency: of two queues the one worth more gets the faster person."""
    skills = "agent,queue,proficiency,home\nann,pre,1,1\nann,after,1,0\nbob,pre,0.5,1\nbob,after,0.9,0"
    of = desk(
        "",
        QUICK + "[rules]\nmax_switches = 0\n",
        days=1,
        skills=skills,
        shifts="shift,start,end,paid_h\nE,08:00,12:00,4",
    )
    rows = [
        (start, queue, agents, worth * (1.0 - agents))
        for start in of.starts[8:12]
        for queue, worth in (("pre", 90.0), ("after", 60.0))
        for agents in (0.0, 1.0)
    ]
    points = pd.DataFrame(rows, columns=["start", "queue", "agents", "cost"])
    plan = make_roster(of, Curves(points, empty_frame("work", of.settings.timezone)))
    seats = plan.duty.groupby("agent")["activity"].agg(lambda own: set(own))
    assert (seats["ann"], seats["bob"]) == ({"pre"}, {"after"})
    assert np.isclose(plan.outcome.objective, 2 * 40 + 4 * 60 * 0.1)

"""People of whom no legal line was found: a legal one is the answer where there is one after all."""

from itertools import product

import numpy as np
import pandas as pd
import pytest

from scheduler.adapter import Highs
from scheduler.cover_search.bend import bent
from scheduler.cover_search.line_cost import line_cost
from scheduler.cover_search.problem import read_problem
from scheduler.demand import read_demand
from scheduler.facts import read_facts
from scheduler.judge import line_breaches
from scheduler.roster import Roster
from tests.rules.small import FIRST
from tests.unit.scheduler.cover_search.test_search import crowd


@pytest.mark.parametrize("seconds", [10.0, 0.0])
def test_who_may_work_nothing_stays_off(seconds: float) -> None:
    """Protects the hard limit of somebody who would like every day and may work none: no shifts are a legal line."""
    dates = pd.date_range(FIRST, periods=7).strftime("%Y-%m-%d")
    wishes = "agent,date,shift,wish,weight\n" + "\n".join(f"p0,{date},E,on,50" for date in dates)
    facts = read_facts(of := crowd(1, 7, "max_paid_h_horizon = 1", requests=wishes))
    own = bent(facts, "p0", read_problem(facts, read_demand(of, None)).weekend, Highs(), seconds)
    assert np.array_equal(own.line, np.full(7, len(facts.shifts)))
    assert not own.is_bent


def test_whose_runs_must_give_is_planned_within_them() -> None:
    """Protects the work of somebody who breaks a limit once: days were fixed to the cheapest line alone, often to no
    work at all. No line breaks more than the least, and one works all that it may."""
    pinned = "agent,date,shift\np0,2026-06-02,E"
    leave = "agent,date\np0,2026-06-01\np0,2026-06-03"
    rules = 'min_consecutive_days = 2\nmax_consecutive_days = 3\nforbidden_successions = [["L", "E"]]'
    facts = read_facts(of := crowd(1, 7, rules, pinned=pinned, leave=leave))
    problem = read_problem(facts, read_demand(of, None))
    own = bent(facts, "p0", problem.weekend, Highs(), 10.0)
    shifts, agent = [*facts.shifts], facts.agents["p0"]
    lines = np.array(list(product([shifts.index("E"), shifts.index("L"), len(shifts)], repeat=7)), dtype=np.int16)
    legal = [line for line in lines if line_cost(own.person, problem.weekend, line) < np.inf]
    worked = [{day: shifts[own] for day, own in enumerate(line.tolist()) if own < len(shifts)} for line in legal]
    breaches = [[*line_breaches(facts, agent, Roster(facts, {"p0": line}))] for line in worked]
    assert own.is_bent
    assert {sum(own.units for own in each if own.price is None) for each in breaches} == {1}
    assert max(len(line) for line in worked) == 4

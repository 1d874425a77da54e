"""Blocks, switches and break windows at a price: told with their units, paid in the account, broken where that pays."""

from collections.abc import Mapping

import pandas as pd
import pytest

from desk import Curves, Desk
from desk.frames import empty_frame
from scheduler import make_roster
from scheduler.pattern import Shape, lists_all, patterns
from tests.rules.small import before, desk, judged, told

LONG = "shift,start,end,paid_h,break_min,break_from,break_to\nE,08:00,14:00,6,0,,\nB,08:00,14:00,5,60,10:00,12:00"
LONG += "\nN,22:00,06:00,8,0,,"
HARD = "[scheduler]\ntime_limit_s = 2\n[rules]\nmin_block_min = 120\nmax_switches = 1\nswitch_price = 1\n"
PRICED = HARD + "min_block_price = 0.5\nmax_switches_price = 7\nbreak_window_price = 0.25\n"
ANN = "agent,name,team,contract,cost_per_h\nann,Ann,red,full,0"
SKILL = "agent,queue,proficiency,home\nann,pre,1,1\nann,after,1,0"


def of(settings: str, shift: str = "E") -> Desk:
    """One person pinned to one shift."""
    pinned = f"agent,date,shift\nann,2026-06-01,{shift}"
    return desk(settings=settings, days=1, shifts=LONG, agents=ANN, skills=SKILL, pinned=pinned)


def wanted(small: Desk, hours: Mapping[int, str]) -> Curves:
    """Hours in which nobody in a queue costs 100."""
    rows = [
        (start, queue, agents, 100.0 * (1 - agents) * (hours.get(start.hour) == queue))
        for start in small.starts
        for queue in ("pre", "after")
        for agents in (0.0, 1.0)
    ]
    return Curves(
        pd.DataFrame(rows, columns=["start", "queue", "agents", "cost"]), empty_frame("work", "Asia/Shanghai")
    )


def costs(small: Desk, hours: Mapping[int, str]) -> dict[str, float]:
    """The terms of the best plan that cost something; its audit knows no error, and no bound lies above it."""
    plan = make_roster(small, wanted(small, hours))
    assert plan.outcome.bound <= plan.outcome.objective
    assert all(own.severity != "error" for own in plan.findings)
    return {term: cost for term, cost in zip(plan.costs["term"], plan.costs["amount"], strict=True) if cost}


def test_a_priced_limit_warns_and_counts_its_units() -> None:
    """Protects the price: minutes that a block lacks, switches too many, minutes of a break outside its window."""
    hopping = judged(of(PRICED), "ann E", "ann 06-01 E: pre after pre pre pre pre")
    assert {own.code: (own.severity, own.facts["units"]) for own in hopping} == {
        "duty_min_block": ("warning", "60"),
        "duty_max_switches": ("warning", "1"),
    }
    early = judged(of(PRICED, "B"), "ann B", "ann 06-01 B: break pre pre pre pre pre")
    assert [(own.code, own.severity, own.facts["units"]) for own in early] == [("duty_break_window", "warning", "120")]
    assert told(of(HARD, "B"), "ann B", "ann 06-01 B: break pre pre pre pre pre")[0][1] == "error"


def test_what_the_eve_did_is_not_charged() -> None:
    """Protects the account: a priced breach of a shift that began before the horizon is nobody's cost."""
    small = desk(settings=PRICED, shifts=LONG, worked=before("ann N"))
    assert told(small, "", "ann 05-31 N: . . pre after pre after after after") == []


def test_a_plan_breaks_a_priced_limit_where_that_pays() -> None:
    """Protects the optimum: three short blocks for three hours well served, which a hard limit forbids."""
    hopping = {8: "pre", 9: "after", 10: "pre"}
    assert sum(costs(of(HARD), hopping).values()) >= 100.0
    paid = costs(of(PRICED), hopping)
    assert paid == {"switches": 2.0, "min_block": pytest.approx(60.0), "max_switches": pytest.approx(7.0)}


def test_a_break_leaves_its_window_where_that_pays() -> None:
    """Protects the optimum: the break an hour before its window while both hours of it are busy."""
    busy = {10: "pre", 11: "pre"}
    assert costs(of(HARD, "B"), busy) == {"service.pre": pytest.approx(100.0)}
    assert costs(of(PRICED, "B"), busy) == {"break_window": pytest.approx(15.0)}


def test_every_way_is_listed_with_what_it_lacks() -> None:
    """Protects the list: at a price blocks may be as short as an interval and switches as many as fit; the last block
    lacks nothing."""
    shape = Shape(4, 0, (), 2, 3, 1, switch_price=1.0, short_price=10.0, more_price=100.0)
    found = patterns(shape)
    charge = dict(zip(map(tuple, found.roles.tolist()), found.charge.tolist(), strict=True))
    assert len(charge) == 2**4
    assert lists_all(shape)
    assert charge[0, 0, 0, 1] == 1.0
    assert charge[0, 1, 1, 1] == 1.0 + 20.0
    assert charge[0, 1, 0, 0] == 2.0 + 20.0 + 20.0 + 100.0

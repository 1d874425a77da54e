"""What could be offered to volunteers: overtime, on call, and time off that pays."""

import pandas as pd
import pytest

from desk import Curves, Desk
from desk.frames import empty_frame
from desk.tables import table
from scheduler import offers
from scheduler.account import account
from scheduler.duty import read_duty
from scheduler.facts import read_facts
from scheduler.roster import read_roster
from scheduler.span import Grid
from tests.rules.small import desk, plan

SHIFTS = """
shift,start,end,paid_h,kind
E,08:00,12:00,4,regular
O,08:00,18:00,10,overtime
C,18:00,22:00,1,on_call
"""
LINES = "ann E O C\nbob E"
TURNS = """
ann 06-01 E: pre pre pre pre
ann 06-02 O: pre pre pre pre pre pre pre pre pre pre
bob 06-01 E: pre pre pre pre
"""


def own_desk(contract: str = "min_paid_h_horizon = 4") -> Desk:
    return desk(contract, days=3, shifts=SHIFTS)


def curves(of: Desk) -> Curves:
    """One agent at pre is worth 30 an hour, a second 5."""
    steps = {0.0: 40.0, 1.0: 10.0, 2.0: 5.0}
    rows = [(start, "pre", agents, cost) for start in of.starts for agents, cost in steps.items()]
    points = pd.DataFrame(rows, columns=["start", "queue", "agents", "cost"])
    return Curves(points, empty_frame("work", of.settings.timezone))


def total(of: Desk, lines: str, turns: str) -> float:
    own, facts = plan(of, lines, turns), read_facts(of)
    roster = read_roster(facts, own.roster)
    costs = account(facts, roster, read_duty(facts, Grid(facts), roster, own.duty), curves(of))
    return float(costs["amount"].sum())


def test_each_kind_is_offered_with_what_it_saves_and_costs() -> None:
    """Protects the list: overtime at its wage with premium, the call, and the second early shift as time off."""
    of = own_desk()
    found = offers(of, curves(of), plan(of, LINES, TURNS))
    assert list(found.columns) == list(table("offers").columns)
    told = {(own.kind, own.agent): (own.saves, own.costs) for own in found.itertuples()}
    assert told == {
        ("overtime", "ann"): (pytest.approx(300.0), pytest.approx(100 + 10)),
        ("on_call", "ann"): (0.0, pytest.approx(10.0)),
        ("time_off", "ann"): (pytest.approx(40.0), pytest.approx(20.0)),
        ("time_off", "bob"): (pytest.approx(40.0), pytest.approx(20.0)),
    }


def test_the_gain_of_time_off_is_that_of_the_account() -> None:
    """Protects the number: the plan without the shift costs so much less."""
    of = own_desk()
    found = offers(of, curves(of), plan(of, LINES, TURNS)).set_index(["kind", "agent"])["net"]
    less = total(of, "ann E O C", "\n".join(TURNS.strip().splitlines()[:2]))
    assert found["time_off", "bob"] == pytest.approx(total(of, LINES, TURNS) - less)


def test_time_off_that_breaks_a_rule_is_not_offered() -> None:
    """Protects rules other than hours owed: a lone day left over would be too short a run."""
    of = desk("min_consecutive_days = 3", days=5, shifts=SHIFTS)
    assert offers(of, curves(of), plan(of, "ann - E E E -")).empty


def test_a_pinned_shift_is_not_offered_and_an_empty_plan_offers_nothing() -> None:
    """Protects what somebody decided, and desks without anybody at work."""
    pinned = desk(days=3, shifts=SHIFTS, pinned="agent,date,shift\nbob,2026-06-01,E")
    found = offers(pinned, curves(pinned), plan(pinned, LINES, TURNS))
    assert set(found[found["kind"] == "time_off"]["agent"]) == {"ann"}
    assert offers(pinned, None, plan(pinned, "")).empty


def offered(of: Desk, lines: str = LINES, turns: str = TURNS) -> set[str]:
    """Who is offered time off."""
    found = offers(of, curves(of), plan(of, lines, turns))
    return set(found[found["kind"] == "time_off"]["agent"])


def test_time_off_counts_the_rules_and_the_hours_paid_anyhow() -> None:
    """Protects the only lead on duty, and hours that are paid whether worked or not: nothing is saved there."""
    leads = "agent,name,team,contract,cost_per_h,certificates\nann,Ann,red,full,10,\nbob,Bob,red,full,10,lead"
    rules = "[rules]\non_duty = { lead = 1 }\non_duty_price = 50"
    assert offered(desk("", rules, 3, shifts=SHIFTS)) == {"ann", "bob"}
    assert offered(desk("", rules, 3, shifts=SHIFTS, agents=leads)) == {"ann"}
    assert offered(desk("min_cost_h_horizon = 4", days=3, shifts=SHIFTS)) == {"ann"}


def test_nobody_is_offered_time_off_from_a_briefing() -> None:
    """Protects what a shift is for besides the queues: who is trained in it keeps it."""
    talk = "activity,minutes,window_start,window_end,who,sessions_max\ntalk,60,2026-06-01 08:00,2026-06-01 12:00,ann,1"
    turns = TURNS.replace("E: pre pre pre pre\nann", "E: pre talk pre pre\nann", 1)
    assert "ann" not in offered(desk(days=3, shifts=SHIFTS, activities=talk), turns=turns)

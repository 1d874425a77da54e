"""Limits on load and occupancy: agent-hours missing to the limit, priced."""

import pandas as pd
import pytest

from desk import Curves, Desk, Plan
from desk.frames import empty_frame
from scheduler import audit, make_roster
from scheduler.account import account
from scheduler.duty import read_duty
from scheduler.facts import read_facts
from scheduler.roster import read_roster
from scheduler.span import Grid
from tests.rules.small import desk, is_told, plan

SHIFTS = "shift,start,end,paid_h\nE,08:00,12:00,4\nF,10:00,12:00,2"
SKILLS = "agent,queue,proficiency,home\nann,pre,1,1\nbob,pre,0.5,1"
BOTH = "[rules]\noverload_limit = 1.25\noverload_price = 40\noccupancy_limit = 0.8\noccupancy_price = 6\n"
QUICK = "[scheduler]\ntime_limit_s = 2\ngap = 0.0\n"


def own_desk(rules: str = BOTH) -> Desk:
    return desk("", rules + QUICK, days=1, shifts=SHIFTS, skills=SKILLS)


def curves(of: Desk, work: float = 2.5) -> Curves:
    """From 10 to 12 the work of ``work`` agents comes; with two agents 1.8 are busy, with four 2.4; nothing is lost."""
    rows = [
        (start, "pre", agents, 0.0, work / agents if agents else float("inf"), busy / max(agents, 1.0))
        for start in of.starts[10:12]
        for agents, busy in {0.0: 0.0, 1.0: 1.0, 2.0: 1.8, 4.0: 2.4}.items()
    ]
    points = pd.DataFrame(rows, columns=["start", "queue", "agents", "cost", "load", "occupancy"])
    return Curves(points, empty_frame("work", of.settings.timezone))


def charged(of: Desk, own: Plan) -> dict[str, float]:
    facts = read_facts(of)
    roster = read_roster(facts, own.roster)
    costs = account(facts, roster, read_duty(facts, Grid(facts), roster, own.duty), curves(of))
    return dict(zip(costs["term"], costs["amount"], strict=True))


def test_hours_missing_to_the_limits_are_told_and_charged() -> None:
    """Protects the money account: 2 agents keep the load at 1.25, 3 the occupancy at 0.8; 1.5 are there for 2 h."""
    of = own_desk()
    own = plan(of, "ann E\nbob F", "ann 06-01 E: pre pre pre pre\nbob 06-01 F: pre pre")
    found = {finding.code: finding for finding in audit(of, own, curves(of))}
    assert {code: (one.severity, one.facts["value"]) for code, one in found.items()} == {
        "duty_overload": ("warning", "1"),
        "duty_over_occupancy": ("warning", "3"),
    }
    assert all(is_told(finding) for finding in found.values())
    costs = charged(of, own)
    assert costs["overload"] == pytest.approx(0.5 * 2 * 40)
    assert costs["over_occupancy"] == pytest.approx(1.5 * 2 * 6)


def test_within_the_limits_nothing_is_said() -> None:
    """Protects against false alarms: load at the limit exactly; and without a price or curves nothing is judged."""
    of = own_desk("[rules]\noverload_limit = 2.5\noverload_price = 40\n")
    own = plan(of, "ann E", "ann 06-01 E: pre pre pre pre")
    assert audit(of, own, curves(of)) == ()
    assert audit(own_desk(""), own, curves(of)) == ()
    assert audit(own_desk(), own) == ()


def test_the_optimiser_pays_wages_to_keep_the_limit() -> None:
    """Protects the model: dear overload brings both people in, cheap overload nobody; model and checker agree."""
    dear, cheap = own_desk(), own_desk(BOTH.replace("40", "1").replace("price = 6", "price = 1"))
    both, nobody = make_roster(dear, curves(dear)), make_roster(cheap, curves(cheap))
    assert (len(both.roster), len(nobody.roster)) == (2, 0)
    for of, own in ((dear, both), (cheap, nobody)):
        assert own.outcome.objective == pytest.approx(own.outcome.bound)
        assert charged(of, own)["overload"] == pytest.approx(own.costs.set_index("term")["amount"]["overload"])
    assert {"duty_overload", "duty_over_occupancy"} <= {finding.code for finding in nobody.findings}


def test_a_price_without_a_measure_is_refused() -> None:
    """Protects against a limit that silently means nothing: these curves do not say the load."""
    of = own_desk()
    bare = Curves(curves(of).points.drop(columns="load"), curves(of).work)
    with pytest.raises(ValueError, match="no column load"):
        make_roster(of, bare)

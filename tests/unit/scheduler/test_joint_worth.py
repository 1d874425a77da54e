"""What deferrable work makes of a value: the hours of a shift together, as solving again finds."""

import pandas as pd
import pytest

from desk import Curves, Desk
from scheduler import make_roster, marginal_values, offers
from tests.rules.small import desk

AGENTS = "agent,name,team,contract,cost_per_h\nann,Ann,red,full,10\nbob,Bob,blue,full,10"
SKILLS = "agent,queue,proficiency,home\nann,pre,1,1\nbob,pre,1,1"
SHIFTS = "shift,start,end,paid_h\nE,08:00,13:00,5\nL,13:00,18:00,5\nT,11:00,12:00,1"
MORE = ("\nnew,New,red,full,10", "\nnew,pre,1,1")


def of(people: str = "", skills: str = "", pinned: str = "") -> Desk:
    """A day of two people and two long shifts; the short one is nobody's unless pinned."""
    pins = f"agent,date,shift\nann,2026-06-01,E\nbob,2026-06-01,L{pinned}"
    quick = "[scheduler]\ntime_limit_s = 2\ngap = 0.0\n"
    tables = {"agents": AGENTS + people, "skills": SKILLS + skills, "shifts": SHIFTS, "pinned": pins}
    return desk('shifts = ["E", "L"]', quick, days=1, **tables)


def curves(small: Desk) -> Curves:
    """Seven hours of work from 10:00, due at 15:30 to 16:00, 60 an hour where late: two people do six of them."""
    work = pd.DataFrame({"start": small.starts[10:11], "queue": "pre", "work_h": 7.0, "deadline_h": 5.5})
    work = work.assign(late_value=60.0, ageing_value=0.0)
    points = pd.DataFrame({"start": small.starts, "queue": "pre", "agents": 0.0, "cost": 0.0})
    return Curves(points, work)


def test_a_shift_is_worth_the_one_hour_that_is_late() -> None:
    """Protects the advisor: three hours alone would save 180, but one is all that is late; solving again agrees. One
    hour more is worth that hour, an hour less costs one."""
    small = of()
    plan = make_roster(small, curves(small))
    values = marginal_values(small, curves(small), plan)
    more = of(*MORE)
    saved = plan.outcome.objective - make_roster(more, curves(more)).outcome.objective
    assert saved == pytest.approx(10.0)
    agents = values[values["kind"] == "agent"]
    assert agents["value"].tolist() == pytest.approx([60.0, 60.0])
    assert agents["net"].tolist() == pytest.approx([saved, saved])
    hour = of(*MORE, "\nnew,2026-06-01,T")
    helped = plan.outcome.objective - make_roster(hour, curves(hour)).outcome.objective + 10.0
    own = values[values["queue"] == "pre"].set_index("kind")["value"]
    assert own["overtime_h"] == pytest.approx(helped) == pytest.approx(60.0)
    assert own["overload_h"] == pytest.approx(60.0)


def test_time_off_costs_the_hour_of_work_that_becomes_late() -> None:
    """Protects offers: who does three hours may leave where two of them find others."""
    small = of(*MORE, "\nnew,2026-06-01,E")
    plan = make_roster(small, curves(small))
    free = desk('shifts = ["E", "L"]', days=1, agents=AGENTS + MORE[0], skills=SKILLS + MORE[1], shifts=SHIFTS)
    assert offers(free, curves(small), plan).empty
    cheap = offers(free, cheaper(curves(small)), plan).set_index("agent")
    assert cheap[["saves", "costs"]].to_dict("index")["new"] == pytest.approx({"saves": 50.0, "costs": 6.0})


def cheaper(own: Curves) -> Curves:
    """The same work at a tenth of the price."""
    return Curves(own.points, own.work.assign(late_value=6.0))

"""People on call: as many as the absences that they absorb are worth."""

from math import exp

import pandas as pd
import pytest

from desk import Curves, Desk, Plan
from desk.frames import empty_frame
from scheduler import make_roster, offers
from tests.rules.small import desk

PEOPLE = [f"p{number}" for number in range(7)]
AGENTS = "agent,name,team,contract,cost_per_h\n" + "\n".join(f"{name},N,red,full,10" for name in PEOPLE)
SKILLS = "agent,queue,proficiency,home\n" + "\n".join(f"{name},pre,1,1" for name in PEOPLE)
SHIFTS = "shift,start,end,paid_h,kind\nE,08:00,18:00,8,regular\nC,08:00,20:00,2,on_call"
MEAN = 0.1 * 4 * 10 / 12
"""Absences: a tenth of four people in ten of the twelve hours on call."""


def of(rules: str) -> Desk:
    """A day for which four of seven people are wanted."""
    quick = "[scheduler]\ntime_limit_s = 2\ngap = 0.0\n"
    return desk(settings=f"{quick}[rules]\n{rules}", days=1, agents=AGENTS, skills=SKILLS, shifts=SHIFTS)


def curves(small: Desk) -> Curves:
    """From 8 to 18 each of four people saves 100 an hour; one of them missing costs 1,000 a day."""
    hours = [own for own in small.starts if 8 <= own.hour < 18]
    rows = [(start, "pre", agents, 100.0 * (4 - agents)) for start in hours for agents in (0.0, 4.0)]
    points = pd.DataFrame(rows, columns=["start", "queue", "agents", "cost"])
    return Curves(points, empty_frame("work", small.settings.timezone))


def on_call(plan: Plan) -> int:
    return int((plan.roster["shift"] == "C").sum())


def open_absences(people: int, loss: float) -> float:
    """The loss times the mean number of absences beyond ``people``, from the first hundred terms."""
    total, chance = 0.0, exp(-MEAN)
    for number in range(1, 100):
        chance *= MEAN / number
        total += chance * loss * max(0, number - people)
    return total


@pytest.mark.parametrize(
    ("rules", "expected", "loss"),
    [("absence_share = 0.1", 2, 1000.0), ("absence_share = 0.1\ncall_price = 900", 1, 100.0), ("", 0, 0.0)],
)
def test_so_many_are_on_call_as_pay(rules: str, expected: int, loss: float) -> None:
    """Protects the objective: a shift on call costs 20, and is worth the loss it prevents times the chance that it is
    needed, less the price of the call; nothing where nobody is missed. The bound knows it."""
    small = of(rules)
    plan = make_roster(small, curves(small))
    costs = plan.costs.set_index("term")["amount"]
    assert (plan.roster["shift"] == "E").sum() == 4
    assert on_call(plan) == expected
    assert costs.get("absence", 0.0) == pytest.approx(open_absences(expected, loss), abs=1e-3)
    assert plan.outcome.bound == pytest.approx(plan.outcome.objective, rel=1e-6)


def test_an_offer_on_call_says_what_it_absorbs() -> None:
    """Protects offers: the last one on call saves the loss times the chance that both are needed."""
    small = of("absence_share = 0.1")
    plan = make_roster(small, curves(small))
    found = offers(small, curves(small), plan)
    own = found[found["kind"] == "on_call"]
    assert own["saves"].tolist() == pytest.approx([open_absences(1, 1000.0) - open_absences(2, 1000.0)] * 2, abs=1e-3)
    assert own["costs"].tolist() == pytest.approx([20.0, 20.0])

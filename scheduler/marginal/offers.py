"""What could be offered to volunteers: overtime and on-call shifts that the plan counts on, and time off that pays."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from desk import Curves, Desk, Plan
from scheduler.explain.scene import Scene
from scheduler.facts import Agent, Shift
from scheduler.marginal.leaving import Leaving
from scheduler.wage import overtime_h

COLUMNS = ("kind", "agent", "date", "shift", "paid_h", "saves", "costs", "net")


@dataclass(frozen=True, slots=True)
class _Offer:
    kind: str
    agent: str
    day: int
    shift: Shift
    saves: float
    costs: float


def offers(desk: Desk, curves: Curves | None, plan: Plan) -> pd.DataFrame:
    """Table ``offers``, the best first of each kind.

    Returns
    -------
    Rows of kind ``overtime`` (a shift of the plan of kind overtime, or with overtime hours: what queues, headcounts and
    priced rules it saves, and its pay with premium), ``on_call`` (a shift on call: what it absorbs of absences, and its
    pay) and ``time_off`` (a shift that costs more than it saves, which minimum hours keep in the plan: its pay is
    saved, what it brought is the cost). Pay is what the plan pays less without the shift: nothing for hours that are
    paid whether worked or not. Time off is offered only where no hard rule breaks but those on hours owed, and nobody
    misses a briefing. Each stands alone: after one is taken, the others are worth less or more. Currency, h.
    """
    scene = Scene(desk, plan, curves)
    leaving = Leaving(scene)
    found = [
        offer
        for code, line in scene.roster.lines.items()
        for day, shift in sorted(line.items())
        for offer in _of(leaving, scene.facts.agents[code], day, scene.facts.shifts[shift])
    ]
    found.sort(key=lambda own: (own.kind, own.costs - own.saves, own.agent, own.day))
    return _frame(scene, found)


def _of(leaving: Leaving, agent: Agent, day: int, shift: Shift) -> Iterator[_Offer]:
    left = leaving.without(agent, day)
    if shift.kind == "on_call":
        yield _Offer("on_call", agent.code, day, shift, left.lost, left.paid)
    elif shift.kind == "overtime" or overtime_h(agent, shift) > 0:
        yield _Offer("overtime", agent.code, day, shift, left.lost, left.paid)
    elif left.lost < left.paid and left.is_legal and day not in agent.pinned:
        yield _Offer("time_off", agent.code, day, shift, left.paid, left.lost)


def _frame(scene: Scene, found: list[_Offer]) -> pd.DataFrame:
    rows = [
        (own.kind, own.agent, pd.Timestamp(scene.facts.date(own.day)), own.shift.code, own.shift.paid_h, own.saves,
         own.costs, own.saves - own.costs)
        for own in found
    ]  # fmt: skip
    kinds = dict.fromkeys(("kind", "agent", "shift"), "str") | {"date": "datetime64[us]"}
    numbers = dict.fromkeys(("paid_h", "saves", "costs", "net"), "float64")
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(kinds | numbers)

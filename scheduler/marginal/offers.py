"""What could be offered to volunteers: overtime and on-call shifts that the plan counts on, and time off that pays."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from desk import Curves, Desk, Plan
from scheduler.board import Board
from scheduler.explain.scene import Scene
from scheduler.facts import Agent, Shift
from scheduler.judge import line_breaches
from scheduler.marginal.heads import missed
from scheduler.roster import Roster
from scheduler.wage import overtime_h, wage

COLUMNS = ("kind", "agent", "date", "shift", "paid_h", "saves", "costs", "net")
_WAIVED = ("min_paid_h_week", "min_paid_h_horizon", "min_paid_h_day")
"""Who takes time off of one's own will gives up hours that are owed."""


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
    Rows of kind ``overtime`` (a shift of the plan of kind overtime, or with overtime hours: what service it saves, and
    its wage with premium), ``on_call`` (a shift on call: what it absorbs of absences, and its wage) and ``time_off`` (a
    shift that costs more than it saves, which minimum hours keep in the plan: its wage is saved, what service it
    brought is the cost). Time off is offered only where no other hard rule breaks. Each stands alone: after one is
    taken, the others are worth less or more. Currency, h.
    """
    scene = Scene(desk, plan, curves)
    board = scene.board()
    found = [
        offer
        for code, line in scene.roster.lines.items()
        for day, shift in sorted(line.items())
        for offer in _of(scene, board, scene.facts.agents[code], day, scene.facts.shifts[shift])
    ]
    found.sort(key=lambda own: (own.kind, own.costs - own.saves, own.agent, own.day))
    return _frame(scene, found)


def _of(scene: Scene, board: Board, agent: Agent, day: int, shift: Shift) -> Iterator[_Offer]:
    pay = wage(agent, shift).total
    if shift.kind == "on_call":
        yield _Offer("on_call", agent.code, day, shift, missed(scene, board, day, shift.code), pay)
        return
    worth = _worth(board, agent.code, day) + missed(scene, board, day, shift.code)
    if shift.kind == "overtime" or overtime_h(agent, shift) > 0:
        yield _Offer("overtime", agent.code, day, shift, worth, pay)
    elif worth < pay and day not in agent.pinned and _may_leave(scene, agent, day):
        yield _Offer("time_off", agent.code, day, shift, pay, worth)


def _worth(board: Board, code: str, day: int) -> float:
    """What the queues lose where the seat is empty."""
    if day not in board.seats[code]:
        return 0.0
    before, seat = board.cost(), board.seats[code][day]
    board.leave(code, day)
    without = board.cost()
    board.seat(code, day, seat)
    return without - before


def _may_leave(scene: Scene, agent: Agent, day: int) -> bool:
    """Whether the day off breaks no hard rule but those on hours owed."""
    line = dict(scene.roster.lines[agent.code])
    before = _hard(scene, agent, line)
    del line[day]
    return _hard(scene, agent, line) <= before


def _hard(scene: Scene, agent: Agent, line: dict[int, str]) -> set[tuple[str, int | None]]:
    breaches = line_breaches(scene.facts, agent, Roster(scene.facts, {agent.code: line}))
    return {(own.code, own.day) for own in breaches if own.price is None and own.code not in _WAIVED}


def _frame(scene: Scene, found: list[_Offer]) -> pd.DataFrame:
    rows = [
        (own.kind, own.agent, pd.Timestamp(scene.facts.date(own.day)), own.shift.code, own.shift.paid_h, own.saves,
         own.costs, own.saves - own.costs)
        for own in found
    ]  # fmt: skip
    kinds = dict.fromkeys(("kind", "agent", "shift"), "str") | {"date": "datetime64[us]"}
    numbers = dict.fromkeys(("paid_h", "saves", "costs", "net"), "float64")
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(kinds | numbers)

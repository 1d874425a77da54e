"""What one person fewer of each kind would cost a finished plan."""

import numpy as np
import pandas as pd

from desk import Curves, Desk, Plan
from scheduler.board import Board
from scheduler.explain.scene import Scene
from scheduler.facts import Agent
from scheduler.marginal.kind import kinds_of
from scheduler.wage import wage

FEWER_COLUMNS = ("contract", "skills", "agent", "value", "cost", "net")


def fewer(desk: Desk, curves: Curves | None, plan: Plan) -> pd.DataFrame:
    """What it would cost to do without one person of each kind, the one who can best be spared.

    Everybody else keeps shifts and roles, so ``value`` is an upper bound: with a new roster others would fill in.

    Returns
    -------
    One row per kind (contract and set of skills): ``contract, skills, agent``; ``value``: what the queues and the
    presence rules lose without that person; ``cost``: the wages with premiums that are saved; ``net``: value less
    cost, currency. Nothing where nobody works.
    """
    scene = Scene(desk, plan, curves)
    board, rows = scene.board(), []
    before = board.cost()
    for kind in kinds_of(scene.facts.agents.values()):
        told = [
            _without(scene, board, member, before) for member in kind.members if scene.roster.lines.get(member.code)
        ]
        if told:
            rows.append((kind.contract, "|".join(kind.queues), *min(told, key=lambda own: (own[3], own[0]))))
    kinds = dict.fromkeys(("contract", "skills", "agent"), "str")
    return pd.DataFrame(rows, columns=list(FEWER_COLUMNS)).astype(
        kinds | dict.fromkeys(("value", "cost", "net"), "float64")
    )


def _without(scene: Scene, board: Board, agent: Agent, before: float) -> tuple[str, float, float, float]:
    """Code, loss, wages and net of a person who leaves every seat of a board that costs ``before``."""
    seats = {day: seat for day, seat in board.seats[agent.code].items() if day >= 0}
    for day in seats:
        board.leave(agent.code, day)
    lost = board.cost() - before
    for day, seat in seats.items():
        board.seat(agent.code, day, seat)
    line = scene.roster.lines[agent.code].items()
    paid = float(np.sum([wage(agent, scene.facts.shifts[shift]).total for day, shift in line if day >= 0]))
    return agent.code, lost, paid, lost - paid

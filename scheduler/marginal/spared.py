"""What one person fewer of each kind would cost a finished plan."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from scheduler.board import Board
from scheduler.explain.scene import Scene
from scheduler.facts import Agent
from scheduler.marginal.heads import missed
from scheduler.marginal.kind import Kind, kinds_of
from scheduler.wage import wage


@dataclass(frozen=True, slots=True)
class Spared:
    """The one of a kind who can best be spared.

    Parameters
    ----------
    lost : what queues, headcounts and presence rules lose without the person; everybody else keeps shifts and roles,
        so it is an upper bound. paid : the wages with premiums that are saved. Currency over the horizon.
    """

    kind: Kind
    agent: str
    lost: float
    paid: float


def spared(scene: Scene) -> Iterator[Spared]:
    """One for each kind (contract and set of skills) of which anybody works; who could, but has no shift, is spared for
    nothing."""
    board, lines = scene.board(), scene.roster.lines
    before = board.cost()
    for kind in kinds_of(scene.facts.agents.values()):
        if any(lines.get(member.code) for member in kind.members):
            there = [member for member in kind.members if lines.get(member.code) or _could(scene, member)]
            own = [Spared(kind, member.code, *_without(scene, board, member, before)) for member in there]
            yield min(own, key=lambda one: (one.lost - one.paid, one.agent))


def _could(scene: Scene, agent: Agent) -> bool:
    return any(agent.available(day) for day in range(scene.facts.n_days))


def _without(scene: Scene, board: Board, agent: Agent, before: float) -> tuple[float, float]:
    """Loss and wages of a person who leaves every seat of a board that costs ``before``."""
    seats = {day: seat for day, seat in board.seats[agent.code].items() if day >= 0}
    for day in seats:
        board.leave(agent.code, day)
    lost = board.cost() - before
    for day, seat in seats.items():
        board.seat(agent.code, day, seat)
    line = scene.roster.lines.get(agent.code, {}).items()
    lost += sum(missed(scene, board, day, shift) for day, shift in line if day >= 0)
    paid = float(np.sum([wage(agent, scene.facts.shifts[shift]).total for day, shift in line if day >= 0]))
    return lost, paid

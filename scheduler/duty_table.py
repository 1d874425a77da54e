"""The seats of a board as table ``duty``."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from scheduler.board import AWAY, Board, Seat
from scheduler.duty import ON_BREAK
from scheduler.facts import Agent, Facts
from scheduler.pattern import BREAK

_Row = tuple[str, int, str, int, str]


def duty_table(facts: Facts, board: Board, named: Mapping[tuple[str, int], str]) -> pd.DataFrame:
    """One row per agent and interval of a shift from the horizon's start on, ordered by both.

    Parameters
    ----------
    named : (agent, interval) -> name of the activity there.
    """
    rows = [
        row
        for code, agent in facts.agents.items()
        for day, seat in sorted(board.seats[code].items())
        for row in _rows(board, agent, day, seat, named)
    ]
    frame = pd.DataFrame(rows, columns=["agent", "at", "activity", "day", "shift"])
    after = pd.to_timedelta(frame.pop("at").to_numpy(np.float64) * board.grid.interval_h, unit="h")
    frame.insert(1, "start", pd.DatetimeIndex(facts.desk.starts[0] + after))
    first = pd.Timestamp(facts.first)
    frame.insert(3, "date", first + pd.to_timedelta(frame.pop("day").to_numpy(np.int64), unit="D"))
    start = f"datetime64[us, {facts.desk.settings.timezone}]"
    return frame.astype({"agent": "str", "start": start, "activity": "str", "date": "datetime64[us]", "shift": "str"})


def _rows(board: Board, agent: Agent, day: int, seat: Seat, named: Mapping[tuple[str, int], str]) -> Iterator[_Row]:
    names = [*agent.skills]
    span = board.grid.span(day, board.facts.shifts[seat.shift])
    if not names and board.facts.shifts[seat.shift].takes_duty:
        attended = [(at, named[agent.code, at]) for at in span.inside(board.grid.n) if (agent.code, at) in named]
        yield from ((agent.code, at, activity, day, seat.shift) for at, activity in attended)
    first = span.first
    for at, role in enumerate(seat.roles.tolist(), first):
        if at < 0:
            continue
        activity = {BREAK: ON_BREAK, AWAY: named.get((agent.code, at), "")}.get(role)
        yield agent.code, at, names[role] if activity is None else activity, day, seat.shift

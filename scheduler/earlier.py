"""An earlier plan as the place where a search begins: kept where the rules allow it, mended where they do not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import pandas as pd

from desk import Curves, Plan
from scheduler.account import account
from scheduler.activity import Activity
from scheduler.board import AWAY, Board, Roles, Seat
from scheduler.crew import Crew, Held
from scheduler.duty import ON_BREAK, Duty, Turn, read_duty
from scheduler.facts import Facts
from scheduler.judge import duty_breaches, roster_breaches
from scheduler.pattern import BREAK, patterns
from scheduler.roster import Roster, read_roster
from scheduler.seating import shape_of
from scheduler.solo import Choice, Solo
from scheduler.span import Grid

_KEPT = 10.0
"""What a day as it was is worth to a line that has to change, in wages of the dearest shift."""


@dataclass(frozen=True)
class Earlier:
    """An earlier plan as this desk reads it; ``cost`` is what it costs here, inf where it breaks a hard rule."""

    roster: Roster
    duty: Duty
    table: pd.DataFrame
    cost: float

    @property
    def is_legal(self) -> bool:
        """Whether it could be the answer as it is."""
        return bool(np.isfinite(self.cost))


def read_earlier(facts: Facts, grid: Grid, plan: Plan, curves: Curves | None) -> Earlier:
    """The tables of an earlier plan, whatever desk it was made for."""
    roster = read_roster(facts, plan.roster)
    duty = read_duty(facts, grid, roster, plan.duty)
    breaches = (*roster_breaches(facts, roster), *duty_breaches(facts, duty))
    legal = not roster.strays and all(own.price is not None for own in breaches)
    cost = float(account(facts, roster, duty, curves)["amount"].sum()) if legal else np.inf
    return Earlier(roster, duty, plan.duty, cost)


def begin_from(crew: Crew, earlier: Earlier) -> None:
    """Everybody on the earlier line, or on the legal one that keeps most of its days; seats and sessions as they were
    where they are possible, the best ones where not."""
    for activity in crew.attendance.activities:
        crew.attendance.sessions[activity.name] = _sessions(activity, earlier.duty)
    for code in crew.solos:
        crew.take(code)
    held = {code: _held(crew, code, earlier) for code in crew.solos}
    for whole in (True, False):
        for code, own in held.items():
            if (own.choice.line.keys() == own.seats.keys()) == whole:
                crew.complete(code, own)
    crew.cost = crew.measured()


def _held(crew: Crew, code: str, earlier: Earlier) -> Held:
    choice = nearest(crew.solos[code], earlier.roster.lines.get(code, {}))
    turns = [turn for turn in earlier.duty.of(code) if choice.line.get(turn.day) == turn.shift.code]
    sessions = dict(_going(crew, turns))
    crew.send(code, sessions)
    seats = {turn.day: seat for turn in turns if (seat := _seat(crew, turn)) is not None}
    return Held(choice, seats, sessions)


def nearest(solo: Solo, line: Mapping[int, str]) -> Choice:
    """The line itself where the person's rules allow it, else the one that keeps most of its days."""
    try:
        own = solo.choice(line)
    except ValueError:
        own = None
    if own is not None and dict(own.line) == dict(line):
        return own
    kept = _KEPT * (1.0 + solo.dearest)
    on = {key: kept for key in line.items() if key in solo.line.x}
    off = {key: -kept for key in solo.line.x if key[0] not in line}
    return solo.best(on | off, {}, own or solo.first)


def _seat(crew: Crew, turn: Turn) -> Seat | None:
    """The seat of a turn; None where it is no way to spend the shift, or not with the person's sessions."""
    known = [*turn.agent.skills]
    numbers = {ON_BREAK: BREAK} | {queue: number for number, queue in enumerate(known)}
    roles = np.array([numbers.get(own or "", AWAY) for own in turn.activities], dtype=np.int8)
    if not _is_free(crew.board, turn, roles):
        return None
    every = patterns(shape_of(crew.board, len(known), turn.shift, turn.day))
    alike = ((every.roles == roles) | ((every.roles != BREAK) & (roles == AWAY))).all(axis=1)
    return Seat(turn.shift.code, roles, float(every.charge[alike].min())) if alike.any() else None


def _is_free(board: Board, turn: Turn, roles: Roles) -> bool:
    """Whether the person is at the sessions of the plan and nowhere else, and in no queue before the training."""
    at = np.arange(turn.span.first, turn.span.stop)
    inside = (at >= 0) & (at < board.demand.n)
    away = np.zeros(len(at), dtype=np.bool_)
    away[inside] = board.away[turn.agent.code][at[inside]]
    seated = inside & (roles >= 0)
    barred = board.forbidden[turn.agent.code][at[seated], roles[seated]]
    return bool(((roles == AWAY) == away).all()) and not barred.any()


def _going(crew: Crew, turns: list[Turn]) -> Iterator[tuple[str, int]]:
    """The sessions that a person was at, as far as they are held."""
    for turn in turns:
        for name, start in _runs(turn):
            if start in crew.attendance.sessions.get(name, ()):
                yield name, start


def _sessions(activity: Activity, duty: Duty) -> list[int]:
    """The starts at which an activity was held, the best attended first, as many as there may be."""
    starts = [start for turn in duty.turns for name, start in _runs(turn) if name == activity.name]
    possible = range(activity.first, activity.stop - activity.length + 1)
    found = sorted({own for own in starts if own in possible}, key=lambda own: (-starts.count(own), own))
    return sorted(found[: activity.sessions_max])


def _runs(turn: Turn) -> Iterator[tuple[str, int]]:
    """Briefings of a turn, with the interval at which each begins."""
    at = turn.span.first
    for name, run in groupby(turn.activities):
        if name in turn.briefings:
            yield str(name), at
        at += len(list(run))

"""What a person works: their shifts of all plans that are published, by the hour."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import nan

import pandas as pd

from desk import Desk, shifts_of
from desk.grid import at_clock
from planner.rows import rows
from store import PlanVersion, Principal, Store, list_plans, load_desk_version, owner, read_duty, read_roster

OFF = "OFF"
PUBLISHED = "published"
ReadDesk = Callable[[str], Desk]
"""Hash of a desk version -> the desk."""


@dataclass(frozen=True, slots=True)
class Block:
    """An unbroken time in one role: a queue, a break, a briefing."""

    start: pd.Timestamp
    end: pd.Timestamp
    activity: str


@dataclass(frozen=True, slots=True)
class OwnShift:
    """A shift of somebody's.

    Parameters
    ----------
    plan : hash of the plan that it is in.
    date : naive midnight of the day on which it starts.
    start, end : zone-aware; the end is exclusive.
    paid_h : h; NaN where the desk does not know the shift.
    blocks : the roles in order; empty for a shift on call.
    """

    plan: str
    date: pd.Timestamp
    shift: str
    start: pd.Timestamp
    end: pd.Timestamp
    paid_h: float
    blocks: tuple[Block, ...]


def inner_desk(store: Store, key: str) -> Desk:
    """A desk version, read as the program itself: who may not read desks sees no more of it than is handed on."""
    return load_desk_version(store, owner(), key)


def own_shifts(store: Store, principal: Principal, read_desk: ReadDesk | None = None) -> tuple[OwnShift, ...]:
    """The shifts of the agent that the principal is, in order; of two plans for a day the newer one counts.

    Parameters
    ----------
    read_desk : reads a desk version, where somebody keeps it; :func:`inner_desk` by default.
    """
    found: dict[pd.Timestamp, OwnShift] = {}
    taken: set[pd.Timestamp] = set()
    for plan in published(store, principal) if principal.agent is not None else ():
        desk = read_desk(plan.desk) if read_desk else inner_desk(store, plan.desk)
        own = {one.date: one for one in _shifts(store, principal, plan.hash, desk)}
        found |= {day: one for day, one in own.items() if day not in taken}
        taken |= {*desk.dates, *own}
    return tuple(sorted(found.values(), key=lambda one: one.start))


def published(store: Store, principal: Principal) -> tuple[PlanVersion, ...]:
    """The published plans with rows of the principal's, newest first."""
    return tuple(plan for plan in list_plans(store, principal) if plan.status == PUBLISHED)


def shift_on(store: Store, agent: str, plan: str, day: pd.Timestamp, desk: Desk) -> OwnShift | None:
    """The shift of anybody on a day of a published plan (by its hash), read as if they looked themselves."""
    own = Principal(owner().who, "agent", agent=agent)
    found = (one for one in _shifts(store, own, plan, desk) if one.date == day)
    return next(found, None)


def upcoming(shifts: tuple[OwnShift, ...], now: pd.Timestamp) -> tuple[OwnShift, ...]:
    """The shifts that have not ended."""
    return tuple(one for one in shifts if one.end > now)


def _shifts(store: Store, principal: Principal, plan: str, desk: Desk) -> Iterator[OwnShift]:
    roster, duty = read_roster(store, principal, plan), read_duty(store, principal, plan)
    duty = duty[duty["agent"] == principal.agent]
    length, known = pd.Timedelta(minutes=desk.settings.interval_min), shifts_of(desk)
    own = roster[(roster["agent"] == principal.agent) & (roster["shift"] != OFF)]
    for row in rows(own):
        parts = tuple(_blocks(duty[duty["date"] == row.date], length))
        if (shift := known.get(row.shift)) is not None:
            zone = desk.settings.timezone
            start, end = (at_clock(row.date, minute, zone) for minute in (shift.start_min, shift.end_min))
            yield OwnShift(plan, row.date, row.shift, start, end, shift.paid_h, parts)
        elif parts:
            yield OwnShift(plan, row.date, row.shift, parts[0].start, parts[-1].end, nan, parts)


def _blocks(duty: pd.DataFrame, length: pd.Timedelta) -> Iterator[Block]:
    """Runs of equal activity without a gap."""
    last: Block | None = None
    for row in rows(duty.sort_values("start")):
        if last is not None and last.activity == row.activity and last.end == row.start:
            last = Block(last.start, row.start + length, last.activity)
            continue
        if last is not None:
            yield last
        last = Block(row.start, row.start + length, row.activity)
    if last is not None:
        yield last

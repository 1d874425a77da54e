"""Who attended which briefing, and passed its test."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, insert, select

from desk import Finding, InputError
from store.access import allowed, guarded, scope, within
from store.engine import Store
from store.moment import now
from store.plan_rows import teams_of
from store.principal import NotYoursError, Principal
from store.schema import attendance
from store.team import newest_desk
from store.trail import note


@dataclass(frozen=True, slots=True)
class Attended:
    """Whether an agent attended an activity, and passed its test (None: not tested)."""

    agent: str
    activity: str
    attended: bool
    passed: bool | None = None
    at: datetime = field(default_factory=now)


@guarded("attendance.write")
def put_attendance(store: Store, principal: Principal, desk: str, rows: Sequence[Attended]) -> None:
    """Record attendance at a desk; a later record of an agent and activity counts instead of an earlier one.

    Parameters
    ----------
    desk : its name.

    Raises
    ------
    NotYoursError : an agent is not the principal's, or no such desk or agent is there for who may not see all.
    InputError : there is no such desk, nobody of that code at it, or a time without its zone.
    """
    if any(row.at.tzinfo is None for row in rows):
        raise InputError([Finding("attendance_time")])
    with store.writing() as connection:
        key = newest_desk(connection, desk)
        teams = {} if key is None else teams_of(connection, key)
        _refuse_strangers(principal, desk, rows, teams, known=key is not None)
        if not rows or key is None:
            return
        at = note(connection, principal, "attend", "desk", key, after={"rows": len(rows)})
        told = {"desk": desk, "created_at": at, "created_by": principal.who}
        connection.execute(insert(attendance), [told | asdict(row) | {"team": teams[row.agent]} for row in rows])


@guarded("attendance.read")
def read_attendance(store: Store, principal: Principal, desk: str) -> tuple[Attended, ...]:
    """What was last recorded of each agent and activity at a desk, of those whom the principal may see."""
    mine = within(principal, "attendance.read", team=attendance.c.team, agent=attendance.c.agent)
    with store.reading() as connection:
        return _newest(connection, desk, mine)


def _newest(connection: Connection, desk: str, mine: ColumnElement[bool]) -> tuple[Attended, ...]:
    own = attendance.c.desk == desk
    last = select(func.max(attendance.c.id)).where(own).group_by(attendance.c.agent, attendance.c.activity)
    columns = [attendance.c[name] for name in Attended.__slots__]
    query = select(*columns).where(attendance.c.id.in_(last) & mine)
    rows = connection.execute(query.order_by(attendance.c.agent, attendance.c.activity)).mappings()
    return tuple(Attended(**row) for row in rows)


def _refuse_strangers(
    principal: Principal, desk: str, rows: Sequence[Attended], teams: Mapping[str, str], *, known: bool
) -> None:
    unknown = sorted({row.agent for row in rows} - set(teams))
    if scope(principal, "attendance.write") == "all":
        if not known:
            raise InputError([Finding("store_unknown_desk", value=desk)])
        if unknown:
            raise InputError([Finding("request_agent", value=unknown[0])])
    elif unknown or not known:
        raise NotYoursError
    if not all(allowed(principal, "attendance.write", team=teams[row.agent], agent=row.agent) for row in rows):
        raise NotYoursError

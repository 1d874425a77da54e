"""The journal of duty edits: who put what instead of what into which cell; the newest entry of a cell counts."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, func, select, true, tuple_

from store.access import guarded
from store.engine import Store
from store.moment import epoch_us
from store.plan_scope import OpenPlan, reach, whose
from store.principal import Principal
from store.schema import duty_edits, duty_rows, plan_people, plans

Cell = tuple[str, int]
"""Agent, and start in microseconds since 1970 UTC."""
_CHUNK = 200


@dataclass(frozen=True, slots=True)
class Edit:
    """An entry of the journal; ``before`` and ``after`` are activities, None = off; ``date`` and ``shift`` are what the
    cell belongs to after it, None = as planned.
    """

    id: int
    agent: str
    start: datetime
    version: int
    before: str | None
    after: str | None
    who: str
    at: datetime
    why: str
    undoes: int | None
    date: dt.date | None = None
    shift: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What a cell holds now: its activity, its version, who edited it last (blank: the plan's own), and the date and
    the code of the shift that it belongs to (None: of none).
    """

    activity: str | None = None
    version: int = 0
    who: str = ""
    date: str | None = None
    shift: str | None = None

    @property
    def held(self) -> tuple[str | None, str | None, str | None]:
        """What an edit can change."""
        return self.activity, self.date, self.shift


@guarded("duty.read")
def read_edits(store: Store, principal: Principal, plan: str) -> tuple[Edit, ...]:
    """The journal of a plan, oldest first: the entries on people whose duty the principal may see.

    Raises
    ------
    InputError : there is no such plan; NotYoursError for who may see only some people's rows.
    """
    with store.reading() as connection:
        own = reach(connection, principal, "duty.read", plan)
        mine = joined(select(duty_edits)).where((duty_edits.c.plan == own.id) & whose(principal, "duty.read"))
        return tuple(as_edit(row) for row in connection.execute(mine.order_by(duty_edits.c.id)).mappings())


def joined(query: Select[Any]) -> Select[Any]:
    """The journal beside the plan's people and the plan, which say whose it is."""
    same = (plan_people.c.plan == duty_edits.c.plan) & (plan_people.c.agent == duty_edits.c.agent)
    return query.join_from(duty_edits, plan_people, same).join(plans, plans.c.id == duty_edits.c.plan)


def latest(plan: OpenPlan, mine: ColumnElement[bool], until: int | None = None) -> Select[Any]:
    """The newest entry of every edited cell; of those up to an entry of the journal."""
    newer = duty_edits.alias("newer")
    same = (newer.c.plan == duty_edits.c.plan) & (newer.c.agent == duty_edits.c.agent)
    same = same if until is None else same & (newer.c.id <= until)
    top = select(func.max(newer.c.version)).where(same & (newer.c.start_us == duty_edits.c.start_us)).scalar_subquery()
    return joined(select(duty_edits)).where((duty_edits.c.plan == plan.id) & (duty_edits.c.version == top) & mine)


def standing(
    connection: Connection, plan: OpenPlan, cells: Sequence[Cell], before: int | None = None
) -> dict[Cell, Standing]:
    """What the cells hold now, or held before an entry of the journal; an absent one is off and was never edited."""
    found: dict[Cell, Standing] = {}
    older = true() if before is None else duty_edits.c.id < before
    for first in range(0, len(cells), _CHUNK):
        own = cells[first : first + _CHUNK]
        where = (duty_rows.c.plan == plan.id) & tuple_(duty_rows.c.agent, duty_rows.c.start_us).in_(own)
        planned = connection.execute(select(duty_rows).where(where))
        laid = {(row.agent, row.start_us): Standing(row.activity, 0, "", row.date, row.shift) for row in planned}
        found |= laid
        of = tuple_(duty_edits.c.agent, duty_edits.c.start_us).in_(own)
        query = select(duty_edits).where((duty_edits.c.plan == plan.id) & of & older).order_by(duty_edits.c.version)
        for row in connection.execute(query):
            as_planned = laid.get((row.agent, row.start_us), Standing())
            found[row.agent, row.start_us] = Standing(row.after, row.version, row.who, *belonging(row, as_planned))
    return found


def belonging(entry: Any, planned: Standing) -> tuple[str | None, str | None]:
    """Date and shift of a cell after an entry of the journal."""
    return (
        planned.date if entry.date is None else entry.date,
        planned.shift if entry.shift is None else entry.shift,
    )


def as_edit(row: Mapping[Any, Any]) -> Edit:
    """An entry from its row."""
    own = {name: row[name] for name in Edit.__slots__ if name not in ("start", "date")}
    day = None if row["date"] is None else dt.date.fromisoformat(row["date"])
    return Edit(**own, start=moment(row["start_us"]), date=day)


def moment(start_us: int) -> datetime:
    """A cell's start as a moment."""
    return pd.Timestamp(start_us, unit="us", tz=UTC).to_pydatetime()


def cell_of(agent: str, start: datetime) -> Cell:
    """The cell of an agent and a zone-aware start."""
    (number,) = epoch_us(pd.Series([pd.Timestamp(start)]))
    assert number is not None
    return agent, number


def editors(connection: Connection, plan: OpenPlan) -> Iterable[str]:
    """Who edited the plan."""
    return connection.execute(select(duty_edits.c.who).where(duty_edits.c.plan == plan.id).distinct()).scalars()

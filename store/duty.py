"""Roster and duty of a plan as the journal of edits leaves them, row by row, for whom they concern."""

from collections import Counter
from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Select, literal_column, select

from store.access import guarded, scope
from store.desk_version import zone_in
from store.engine import Store
from store.journal import Standing, belonging, latest
from store.moment import from_epoch_us
from store.plan_scope import OpenPlan, reach, whose
from store.principal import Principal
from store.schema import duty_rows, plan_people, plans, roster_rows

Day = tuple[str, str]
"""Agent, and date as year-month-day."""
_ROSTER = ("agent", "date", "shift")
_AS_PLANNED: Any = literal_column("0").label("version")
_DUTY = ("agent", "start_us", "activity", "date", "shift")


@guarded("roster.read")
def read_roster(store: Store, principal: Principal, plan: str, until: int | None = None) -> pd.DataFrame:
    """Table ``roster`` of a plan with all edits of its duty made: the rows that the principal may see. A day whose
    cells were edited has the shift that most of its cells now belong to, and none where no cell is left.

    Parameters
    ----------
    until : with the edits up to this entry of the journal only; 0 = as planned.

    Raises
    ------
    InputError : there is no such plan; NotYoursError for who may see only some people's rows.
    """
    with store.reading() as connection:
        own = reach(connection, principal, "roster.read", plan)
        query = _of(own, principal, "roster.read", roster_rows, _ROSTER)
        planned = {(agent, date): shift for agent, date, shift in connection.execute(query)}
        edits = connection.execute(latest(own, whose(principal, "roster.read"), until)).all()
        found = planned | (_moved(connection, own, principal, planned, edits) if edits else {})
    rows = [(*day, shift) for day, shift in sorted(found.items()) if shift is not None]
    frame = pd.DataFrame(rows, columns=list(_ROSTER), dtype="str")
    return frame.assign(date=pd.to_datetime(frame["date"], format="%Y-%m-%d").astype("datetime64[us]"))


@guarded("duty.read")
def read_duty(store: Store, principal: Principal, plan: str, until: int | None = None) -> pd.DataFrame:
    """Table ``duty`` of a plan with all edits made, and each cell's ``version``: 0 as planned, else how often edited.

    Parameters
    ----------
    until : with the edits up to this entry of the journal only; 0 = as planned.

    Raises
    ------
    InputError : there is no such plan; NotYoursError for who may see only some people's rows.
    """
    with store.reading() as connection:
        own = reach(connection, principal, "duty.read", plan)
        rows = connection.execute(_of(own, principal, "duty.read", duty_rows, _DUTY)).all()
        edits = connection.execute(latest(own, whose(principal, "duty.read"), until)).all()
        zone = zone_in(connection, own.desk)
    return _frame(_as_edited(rows, edits), zone)


def _as_edited(rows: Sequence[Any], edits: Sequence[Any]) -> list[Any]:
    """The cells that are not off, in the order of agents and times, each with its version."""
    versions = {(edit.agent, edit.start_us) for edit in edits}
    own = {(row[0], row[1]): row for row in rows if (row[0], row[1]) in versions} if edits else {}
    cells = [row for row in rows if (row[0], row[1]) not in versions] if edits else list(rows)
    cells += [_edited(own.get((edit.agent, edit.start_us)), edit) for edit in edits if edit.after is not None]
    return sorted(cells, key=itemgetter(0, 1))


def _edited(planned: Any | None, edit: Any) -> tuple[Any, ...]:
    date, shift = belonging(edit, Standing() if planned is None else Standing(date=planned[3], shift=planned[4]))
    return edit.agent, edit.start_us, edit.after, date or "", shift or "", edit.version


def _moved(
    connection: Connection, plan: OpenPlan, principal: Principal, planned: Mapping[Day, str], edits: Sequence[Any]
) -> dict[Day, str | None]:
    """The days that edits touched, each with the shift that it now has."""
    people = duty_rows.c.agent.in_(sorted({edit.agent for edit in edits}))
    rows = connection.execute(_of(plan, principal, "roster.read", duty_rows, _DUTY).where(people)).all()
    laid, zone = {(row[0], row[1]): row for row in rows}, zone_in(connection, plan.desk)
    days = {(row[0], row[3]) for row in rows}
    touched = {
        (edit.agent, laid[edit.agent, edit.start_us][3]) for edit in edits if (edit.agent, edit.start_us) in laid
    }
    touched |= {_day(_edited(laid.get((edit.agent, edit.start_us)), edit), zone) for edit in edits}
    there: dict[Day, list[Any]] = {day: [] for day in touched}
    for cell in _as_edited(rows, edits):
        there.get(_day(cell, zone), []).append(cell)
    return {day: _shift(cells, planned.get(day), day in days) for day, cells in there.items()}


def _day(cell: Sequence[Any], timezone: str) -> Day:
    return cell[0], cell[3] or _local_day(cell[1], timezone)


def _shift(cells: Sequence[Any], planned: str | None, worked: bool) -> str | None:
    """The shift of a day by its cells; where they name none, or there never were any, what was planned."""
    named = Counter(str(cell[4]) for cell in cells if cell[4])
    if named:
        return named.most_common(1)[0][0]
    return None if worked and not cells else planned


def _local_day(start_us: int, timezone: str) -> str:
    return f"{pd.Timestamp(start_us, unit='us', tz='UTC').tz_convert(timezone):%Y-%m-%d}"


def _of(plan: OpenPlan, principal: Principal, action: str, table: Any, names: Sequence[str]) -> Select[Any]:
    """Rows of a table of the plan, those that the principal may reach; ``_DUTY`` ends with the version as planned."""
    columns = [table.c[name] for name in names]
    own = select(*columns, *([_AS_PLANNED] if names is _DUTY else [])).where(table.c.plan == plan.id)
    if scope(principal, action) == "all":
        return own
    mine = (plan_people.c.plan == table.c.plan) & (plan_people.c.agent == table.c.agent)
    return own.join(plan_people, mine).join(plans, plans.c.id == table.c.plan).where(whose(principal, action))


def _frame(rows: Sequence[Any], timezone: str) -> pd.DataFrame:
    names = [*_DUTY, "version"]
    agent, start_us, activity, date, shift, version = zip(*rows, strict=True) if rows else ((),) * len(names)
    start = from_epoch_us(pd.Series(start_us, dtype="int64"), timezone)
    codes, days = pd.factorize(pd.Series(date, dtype="str"))
    told = pd.to_datetime(pd.Series(days), format="%Y-%m-%d", errors="coerce").to_numpy(dtype="datetime64[us]")
    planned = pd.Series(told[codes])
    local: Any = start.dt.tz_localize(None).dt.normalize()
    return pd.DataFrame(
        {
            "agent": pd.Series(agent, dtype="str"),
            "start": start,
            "activity": pd.Series(activity, dtype="str"),
            "date": planned.fillna(local).astype("datetime64[us]"),
            "shift": pd.Series(shift, dtype="str"),
            "version": pd.Series(version, dtype="int64"),
        }
    )

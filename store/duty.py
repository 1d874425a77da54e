"""Roster and duty of a plan as the journal of edits leaves them, row by row, for whom they concern."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Select, select

from store.access import guarded
from store.engine import Store
from store.journal import Cell, Standing, belonging, latest
from store.moment import from_epoch_us
from store.plan_scope import OpenPlan, reach, whose
from store.principal import Principal
from store.schema import desks, duty_rows, plan_people, plans, roster_rows

Day = tuple[str, str]
"""Agent, and date as year-month-day."""
_ROSTER = ("agent", "date", "shift")
_DUTY = ("agent", "start_us", "activity", "date", "shift")


@guarded("roster.read")
def read_roster(store: Store, principal: Principal, plan: str) -> pd.DataFrame:
    """Table ``roster`` of a plan with all edits of its duty made: the rows that the principal may see. A day whose
    cells were edited has the shift that most of its cells now belong to, and none where no cell is left.

    Raises
    ------
    InputError : there is no such plan; NotYoursError for who may see only some people's rows.
    """
    with store.reading() as connection:
        own = reach(connection, principal, "roster.read", plan)
        query = _of(own, principal, "roster.read", roster_rows, _ROSTER)
        planned = {(row.agent, row.date): row.shift for row in connection.execute(query)}
        found = planned | _moved(connection, own, principal, planned)
    rows = [(*day, shift) for day, shift in sorted(found.items()) if shift is not None]
    frame = pd.DataFrame(rows, columns=list(_ROSTER), dtype="str")
    return frame.assign(date=pd.to_datetime(frame["date"], format="%Y-%m-%d").astype("datetime64[us]"))


@guarded("duty.read")
def read_duty(store: Store, principal: Principal, plan: str) -> pd.DataFrame:
    """Table ``duty`` of a plan with all edits made, and each cell's ``version``: 0 as planned, else how often edited.

    Raises
    ------
    InputError : there is no such plan; NotYoursError for who may see only some people's rows.
    """
    with store.reading() as connection:
        own = reach(connection, principal, "duty.read", plan)
        cells = _cells(connection, own, principal, "duty.read")
        zone = _zone(connection, own)
    return _frame([cells[key] for key in sorted(cells) if cells[key][2] is not None], zone)


def _cells(connection: Connection, plan: OpenPlan, principal: Principal, action: str) -> dict[Cell, list[Any]]:
    """Every cell as it stands: agent, start, activity (None = off), date, shift, version."""
    query = _of(plan, principal, action, duty_rows, _DUTY)
    cells = {(row.agent, row.start_us): [*row, 0] for row in connection.execute(query)}
    for edit in connection.execute(latest(plan, whose(principal, action))):
        cells[edit.agent, edit.start_us] = _edited(cells.get((edit.agent, edit.start_us)), edit)
    return cells


def _edited(planned: list[Any] | None, edit: Any) -> list[Any]:
    date, shift = belonging(edit, Standing(date=planned[3], shift=planned[4]) if planned else Standing())
    return [edit.agent, edit.start_us, edit.after, date or "", shift or "", edit.version]


def _moved(
    connection: Connection, plan: OpenPlan, principal: Principal, planned: Mapping[Day, str]
) -> dict[Day, str | None]:
    """The days that edits touched, each with the shift that it now has."""
    edited = [(row.agent, row.start_us) for row in connection.execute(latest(plan, whose(principal, "roster.read")))]
    if not edited:
        return {}
    query = _of(plan, principal, "roster.read", duty_rows, _DUTY)
    laid = {(row.agent, row.start_us): (row.agent, row.date) for row in connection.execute(query)}
    cells, zone = _cells(connection, plan, principal, "roster.read"), _zone(connection, plan)
    day_of = {key: (key[0], cell[3] or _local_day(key[1], zone)) for key, cell in cells.items()}
    touched = {day_of[key] for key in edited} | {laid[key] for key in edited if key in laid}
    own: dict[Day, list[list[Any]]] = {day: [] for day in touched}
    for key in sorted(cells):
        if day_of[key] in touched and cells[key][2] is not None:
            own[day_of[key]].append(cells[key])
    had = set(laid.values())
    return {day: _shift(there, planned.get(day), day in had) for day, there in own.items()}


def _shift(cells: Sequence[list[Any]], planned: str | None, worked: bool) -> str | None:
    """The shift of a day by its cells; where they name none, or there never were any, what was planned."""
    named = Counter(str(cell[4]) for cell in cells if cell[4])
    if named:
        return named.most_common(1)[0][0]
    return None if worked and not cells else planned


def _local_day(start_us: int, timezone: str) -> str:
    return f"{pd.Timestamp(start_us, unit='us', tz='UTC').tz_convert(timezone):%Y-%m-%d}"


def _of(plan: OpenPlan, principal: Principal, action: str, table: Any, names: Sequence[str]) -> Select[Any]:
    mine = (plan_people.c.plan == table.c.plan) & (plan_people.c.agent == table.c.agent)
    joined = select(*(table.c[name] for name in names)).join(plan_people, mine).join(plans, plans.c.id == table.c.plan)
    return joined.where((table.c.plan == plan.id) & whose(principal, action))


def _zone(connection: Connection, plan: OpenPlan) -> str:
    text = connection.execute(select(desks.c.settings).where(desks.c.hash == plan.desk)).scalar_one()
    return str(json.loads(text)["timezone"])


def _frame(rows: list[list[Any]], timezone: str) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=[*_DUTY, "version"])
    start = from_epoch_us(frame["start_us"], timezone)
    planned = pd.to_datetime(frame["date"].astype("str"), format="%Y-%m-%d", errors="coerce")
    local: Any = start.dt.tz_localize(None).dt.normalize()
    return pd.DataFrame(
        {
            "agent": frame["agent"].astype("str"),
            "start": start,
            "activity": frame["activity"].astype("str"),
            "date": planned.fillna(local).astype("datetime64[us]"),
            "shift": frame["shift"].astype("str"),
            "version": frame["version"].astype("int64"),
        }
    )

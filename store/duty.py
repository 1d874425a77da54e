"""Roster and duty of a plan as the journal of edits leaves them, row by row, for whom they concern."""

import json
from collections.abc import Sequence
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Select, select

from store.access import guarded
from store.engine import Store
from store.journal import latest
from store.moment import from_epoch_us
from store.plan_scope import OpenPlan, reach, whose
from store.principal import Principal
from store.schema import desks, duty_rows, plan_people, plans, roster_rows

_DUTY = ("agent", "start_us", "activity", "date", "shift")


@guarded("roster.read")
def read_roster(store: Store, principal: Principal, plan: str) -> pd.DataFrame:
    """Table ``roster`` of a plan: the rows that the principal may see.

    Raises
    ------
    InputError : there is no such plan; NotYoursError for who may see only some people's rows.
    """
    with store.reading() as connection:
        own = reach(connection, principal, "roster.read", plan)
        columns = ("agent", "date", "shift")
        query = _of(own, principal, "roster.read", roster_rows, columns).order_by(
            roster_rows.c.agent, roster_rows.c.date
        )
        rows = connection.execute(query).all()
    frame = pd.DataFrame(rows, columns=list(columns), dtype="str")
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
        query = _of(own, principal, "duty.read", duty_rows, _DUTY)
        cells = {(row.agent, row.start_us): [*row, 0] for row in connection.execute(query)}
        for edit in connection.execute(latest(own, whose(principal, "duty.read"))):
            cells[edit.agent, edit.start_us] = _edited(cells.get((edit.agent, edit.start_us)), edit)
        zone = _zone(connection, own)
    return _frame([cells[key] for key in sorted(cells) if cells[key][2] is not None], zone)


def _edited(planned: list[Any] | None, edit: Any) -> list[Any]:
    date, shift = planned[3:5] if planned else ("", "")
    return [edit.agent, edit.start_us, edit.after, date, shift, edit.version]


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

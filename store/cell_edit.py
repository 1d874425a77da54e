"""What somebody wants in cells of a plan, and whether the plan could hold it at all."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from desk import Finding, InputError
from desk.grid import at_clock
from desk.settings import Settings
from store import blob
from store.desk_version import settings_in
from store.journal import cell_of
from store.plan_scope import OpenPlan
from store.schema import desk_tables, desks, duty_rows
from store.table_text import decode

ON_BREAK = "break"
_LONGEST_SHIFT = timedelta(hours=36)
_US = 10**6


@dataclass(frozen=True, slots=True)
class CellEdit:
    """What somebody wants in a cell.

    Parameters
    ----------
    agent, start : the cell; ``start`` is zone-aware and one of the plan's intervals.
    activity : a queue or another activity; None = off.
    version : the cell's version that the editor saw.
    date, shift : the day and the code of the shift that the cell is to belong to; None = those that it has.
    """

    agent: str
    start: datetime
    activity: str | None
    version: int = 0
    date: dt.date | None = None
    shift: str | None = None


def refuse_naive(edits: Sequence[CellEdit]) -> None:
    """Refuse starts without a time zone.

    Raises
    ------
    InputError
    """
    if naive := [unknown("duty_start", edit) for edit in edits if edit.start.tzinfo is None]:
        raise InputError(naive)


def refuse_unknown(connection: Connection, plan: OpenPlan, edits: Sequence[CellEdit]) -> None:
    """Refuse starts, activities, dates and shifts that are none of the plan's.

    Raises
    ------
    InputError
    """
    settings = settings_of(connection, plan)
    activities = {*settings.queues, ON_BREAK, None, *_known(connection, plan, "activity", "activities")}
    shifts = {None, "", *_known(connection, plan, "shift", "shifts")}
    findings = [unknown("duty_activity", edit) for edit in edits if edit.activity not in activities]
    findings += [unknown("duty_start", edit) for edit in edits if not _on_grid(edit.start, settings)]
    findings += [unknown("duty_shift", edit) for edit in edits if edit.shift not in shifts]
    findings += [unknown("duty_date", edit) for edit in edits if not _of_its_day(edit, settings)]
    if findings:
        raise InputError(findings)


def unknown(code: str, edit: CellEdit) -> Finding:
    """What is wrong with an edit."""
    facts = {"start": edit.start.isoformat(), "shift": edit.shift or "", "date": str(edit.date or "")}
    return Finding(code, column="activity", value=word(edit.activity), facts=facts)


def word(activity: str | None) -> str:
    """An activity as messages write it."""
    return "OFF" if activity is None else activity


def settings_of(connection: Connection, plan: OpenPlan) -> Settings:
    """The settings of the plan's desk."""
    text = connection.execute(select(desks.c.settings).where(desks.c.hash == plan.desk)).scalar_one()
    return settings_in(text, plan.desk)


def _known(connection: Connection, plan: OpenPlan, column: str, table: str) -> Iterator[str]:
    """What the plan's duty holds in a column, and what a table of its desk declares."""
    yield from connection.execute(select(duty_rows.c[column]).where(duty_rows.c.plan == plan.id).distinct()).scalars()
    own = (desk_tables.c.desk == plan.desk) & (desk_tables.c.name == table)
    key = connection.execute(select(desk_tables.c.blob).where(own)).scalar()
    if key is not None:
        yield from decode(table, blob.get(connection, key), "UTC")[column]


def _on_grid(start: datetime, settings: Settings) -> bool:
    """Whether an interval of the horizon, or of a shift that leads beyond it, begins then."""
    first, end = (_midnight_us(day, settings) for day in (settings.horizon.start, settings.horizon.end))
    at = cell_of("", start)[1]
    return first <= at < end + _longest_us() and (at - first) % (settings.interval_min * 60 * _US) == 0


def _of_its_day(edit: CellEdit, settings: Settings) -> bool:
    """Whether a shift of the date that is given can reach the cell."""
    if edit.date is None:
        return True
    first = _midnight_us(edit.date, settings)
    within = settings.horizon.start <= edit.date < settings.horizon.end
    return within and first <= cell_of("", edit.start)[1] < first + _longest_us()


def _longest_us() -> int:
    return _LONGEST_SHIFT // timedelta(microseconds=1)


def _midnight_us(day: Any, settings: Settings) -> int:
    return cell_of("", at_clock(day, 0, settings.timezone))[1]

"""Edits of a plan's duty: different cells never meet, the same cell is won by who saw its newest version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from desk import Finding, InputError
from desk.grid import at_clock
from desk.settings import Settings
from store.access import guarded
from store.engine import Store
from store.journal import Cell, Edit, Standing, as_edit, cell_of, joined, moment, standing
from store.moment import now
from store.plan_scope import FINAL, OpenPlan, reach, refuse_strangers, whose
from store.plan_status import reopen
from store.principal import Principal
from store.schema import desks, duty_edits, duty_rows
from store.trail import note

ON_BREAK = "break"
_LONGEST_SHIFT_S = 36 * 3600


@dataclass(frozen=True, slots=True)
class CellEdit:
    """What somebody wants in a cell.

    Parameters
    ----------
    agent, start : the cell; ``start`` is zone-aware and one of the plan's intervals.
    activity : a queue or another activity; None = off.
    version : the cell's version that the editor saw.
    """

    agent: str
    start: datetime
    activity: str | None
    version: int = 0


@guarded("duty.edit")
def edit_duty(
    store: Store, principal: Principal, plan: str, edits: Sequence[CellEdit], why: str = ""
) -> tuple[Edit, ...]:
    """Put activities into cells: all of them, or none where one of them can't be. It voids the plan's signatures.

    Returns
    -------
    The new entries of the journal; none for a cell that holds the activity already.

    Raises
    ------
    NotYoursError : an agent is not in the plan, or not the principal's to edit.
    InputError : the plan is published; a start or activity is none of the plan's; somebody edited a cell meanwhile: the
        finding names both values and both people.
    """
    if naive := [_unknown("duty_start", edit) for edit in edits if edit.start.tzinfo is None]:
        raise InputError(naive)
    with store.writing() as connection:
        own = editable(connection, principal, plan)
        wanted = {cell_of(edit.agent, edit.start): edit for edit in edits}
        refuse_strangers(connection, principal, "duty.edit", own, sorted({edit.agent for edit in edits}))
        _refuse_unknown(connection, own, edits)
        found = standing(connection, own, list(wanted))
        before = {cell: found.get(cell, Standing()) for cell in wanted}
        late = (cell for cell, edit in wanted.items() if _late(edit, before[cell]))
        if conflicts := [_conflict(wanted[cell], before[cell], principal) for cell in late]:
            raise InputError(conflicts)
        news = {cell: edit.activity for cell, edit in wanted.items() if edit.activity != before[cell].activity}
        return write_edits(connection, principal, own, news, before, why)


@guarded("duty.edit")
def undo_edit(store: Store, principal: Principal, plan: str, why: str = "") -> Edit:
    """Take back one's own last edit that still stands.

    Raises
    ------
    InputError : there is none, somebody edited the same cell after it, or the plan is published.
    """
    with store.writing() as connection:
        own = editable(connection, principal, plan)
        last = _own_last(connection, principal, own)
        if last is None:
            raise InputError([Finding("undo_nothing")])
        cell = cell_of(last.agent, last.start)
        now_there = standing(connection, own, [cell])[cell]
        if now_there.version != last.version:
            raise InputError([_overtaken(last, now_there)])
        (entry,) = write_edits(connection, principal, own, {cell: last.before}, {cell: now_there}, why, last.id)
        return entry


def editable(connection: Connection, principal: Principal, plan: str) -> OpenPlan:
    """The plan, where the principal may edit it now.

    Raises
    ------
    InputError : it is published or archived.
    """
    own = reach(connection, principal, "duty.edit", plan)
    if own.status in FINAL:
        raise InputError([Finding("plan_final", value=own.status)])
    return own


def write_edits(
    connection: Connection,
    principal: Principal,
    plan: OpenPlan,
    news: Mapping[Cell, str | None],
    before: Mapping[Cell, Standing],
    why: str,
    undoes: int | None = None,
) -> tuple[Edit, ...]:
    """Put entries into the journal, and the plan back to a draft without signatures."""
    if not news:
        return ()
    told: dict[str, Any] = {"plan": plan.id, "who": principal.who, "at": now(), "why": why, "undoes": undoes}
    numbers = []
    for (agent, start_us), activity in news.items():
        old = before[agent, start_us]
        cell = {"agent": agent, "start_us": start_us, "version": old.version + 1}
        row = told | cell | {"before": old.activity, "after": activity}
        numbers.append(int(connection.execute(insert(duty_edits).values(row)).inserted_primary_key.id))  # type: ignore[union-attr]
    action = "edit" if undoes is None else "undo"
    note(connection, principal, action, "plan", plan.hash, after={"edits": numbers}, why=why)
    reopen(connection, plan)
    rows = connection.execute(select(duty_edits).where(duty_edits.c.id.in_(numbers)).order_by(duty_edits.c.id))
    return tuple(as_edit(row) for row in rows.mappings())


def _late(edit: CellEdit, before: Standing) -> bool:
    return edit.version != before.version and edit.activity != before.activity


def _conflict(edit: CellEdit, before: Standing, principal: Principal) -> Finding:
    facts: dict[str, Any] = {"agent": edit.agent, "start": edit.start.isoformat(), "yours": _word(edit.activity)}
    facts |= {"theirs": _word(before.activity), "you": principal.who, "who": before.who, "version": before.version}
    return Finding("duty_conflict", column="activity", value=_word(edit.activity), facts=facts)


def _overtaken(last: Edit, there: Standing) -> Finding:
    facts = {"agent": last.agent, "start": moment(cell_of(last.agent, last.start)[1]).isoformat(), "who": there.who}
    return Finding("undo_overtaken", value=_word(there.activity), facts=facts)


def _word(activity: str | None) -> str:
    return "OFF" if activity is None else activity


def _own_last(connection: Connection, principal: Principal, plan: OpenPlan) -> Edit | None:
    """The newest of one's own edits that is neither an undoing nor undone."""
    undone = select(duty_edits.c.undoes).where((duty_edits.c.plan == plan.id) & duty_edits.c.undoes.is_not(None))
    own = (duty_edits.c.plan == plan.id) & (duty_edits.c.who == principal.who) & duty_edits.c.undoes.is_(None)
    mine = joined(select(duty_edits)).where(own & duty_edits.c.id.not_in(undone) & whose(principal, "duty.edit"))
    row = connection.execute(mine.order_by(duty_edits.c.id.desc()).limit(1)).mappings().first()
    return None if row is None else as_edit(row)


def _refuse_unknown(connection: Connection, plan: OpenPlan, edits: Sequence[CellEdit]) -> None:
    text = connection.execute(select(desks.c.settings).where(desks.c.hash == plan.desk)).scalar_one()
    settings = Settings.model_validate_json(text)
    query = select(duty_rows.c.activity).where(duty_rows.c.plan == plan.id).distinct()
    activities = {*settings.queues, ON_BREAK, None, *connection.execute(query).scalars()}
    findings = [_unknown("duty_activity", edit) for edit in edits if edit.activity not in activities]
    findings += [_unknown("duty_start", edit) for edit in edits if not _on_grid(edit.start, settings)]
    if findings:
        raise InputError(findings)


def _unknown(code: str, edit: CellEdit) -> Finding:
    return Finding(code, column="activity", value=_word(edit.activity), facts={"start": edit.start.isoformat()})


def _on_grid(start: datetime, settings: Settings) -> bool:
    """Whether an interval of the horizon, or of a shift that leads beyond it, begins then."""
    first, end = (cell_of("", _midnight(day, settings))[1] for day in (settings.horizon.start, settings.horizon.end))
    at = cell_of("", start)[1]
    return first <= at < end + _LONGEST_SHIFT_S * 10**6 and (at - first) % (settings.interval_min * 60 * 10**6) == 0


def _midnight(day: Any, settings: Settings) -> Any:
    return at_clock(day, 0, settings.timezone)

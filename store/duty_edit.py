"""Edits of a plan's duty: different cells never meet, the same cell is won by who saw its newest version."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, select

from desk import Finding, InputError
from store.access import guarded
from store.cell_edit import CellEdit, refuse_naive, refuse_unknown, settings_of, word
from store.engine import Store
from store.journal import Cell, Edit, Standing, as_edit, cell_of, joined, standing
from store.moment import now
from store.plan_scope import FINAL, OpenPlan, reach, refuse_strangers, whose
from store.plan_status import reopen
from store.principal import Principal
from store.schema import duty_edits
from store.trail import note


@guarded("duty.edit")
def edit_duty(
    store: Store, principal: Principal, plan: str, edits: Sequence[CellEdit], why: str = ""
) -> tuple[Edit, ...]:
    """Put activities into cells: all of them, or none where one of them can't be. It voids the plan's signatures.

    Returns
    -------
    The new entries of the journal; none for a cell that holds all of it already.

    Raises
    ------
    NotYoursError : an agent is not in the plan, or not the principal's to edit.
    InputError : the plan is published; a start, activity, date or shift is none of the plan's; somebody edited a cell
        meanwhile: the finding names both values and both people.
    """
    refuse_naive(edits)
    with store.writing() as connection:
        own = editable(connection, principal, plan)
        refuse_strangers(connection, principal, "duty.edit", own, sorted({edit.agent for edit in edits}))
        entries = put_edits(connection, principal, own, edits, why)
        if entries:
            reopen(connection, own)
        return entries


@guarded("duty.edit")
def undo_edit(
    store: Store, principal: Principal, plan: str, why: str = "", *, entry: int | None = None
) -> tuple[Edit, ...]:
    """Take back one's own last edit that still stands: all cells of the call that brought it, or none.

    Parameters
    ----------
    entry : number of an entry of the edit that is meant; asked again after it was taken back, the same entries come
        again and nothing more is taken back. None = whichever is the last.

    Raises
    ------
    InputError : there is none, another one is the last, somebody edited one of the cells after it, or the plan is
        published.
    """
    with store.writing() as connection:
        own = editable(connection, principal, plan)
        if entry is not None and (done := _undoing(connection, principal, own, entry)):
            return done
        last = {cell_of(one.agent, one.start): one for one in _own_last(connection, principal, own)}
        _refuse_other(last.values(), entry)
        there = standing(connection, own, list(last))
        late = (cell for cell, one in last.items() if there[cell].version != one.version)
        if overtaken := [(last[cell], there[cell]) for cell in late]:
            zone = settings_of(connection, own).timezone
            raise InputError(_overtaken(mine, theirs, zone) for mine, theirs in overtaken)
        was = standing(connection, own, list(last), min(one.id for one in last.values()))
        news = {cell: was.get(cell, Standing()) for cell in last}
        undoes = {cell: one.id for cell, one in last.items()}
        entries = _write(connection, principal, own, news, there, why, undoes)
        reopen(connection, own)
        return entries


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


def put_edits(
    connection: Connection, principal: Principal, plan: OpenPlan, edits: Sequence[CellEdit], why: str
) -> tuple[Edit, ...]:
    """Put edits into the journal of a plan, where nobody came first.

    Raises
    ------
    InputError : what is wanted is none of the plan's, or a cell was edited meanwhile.
    """
    refuse_unknown(connection, plan, edits)
    wanted = {cell_of(edit.agent, edit.start): edit for edit in edits}
    found = standing(connection, plan, list(wanted))
    before = {cell: found.get(cell, Standing()) for cell in wanted}
    news = {cell: _after(edit, before[cell]) for cell, edit in wanted.items()}
    news = {cell: after for cell, after in news.items() if after.held != before[cell].held}
    late = (cell for cell in news if wanted[cell].version != before[cell].version)
    if conflicts := [(wanted[cell], before[cell]) for cell in late]:
        zone = settings_of(connection, plan).timezone
        raise InputError(_conflict(mine, theirs, principal, zone) for mine, theirs in conflicts)
    return _write(connection, principal, plan, news, before, why)


def _after(edit: CellEdit, before: Standing) -> Standing:
    """What the cell is to hold."""
    day = before.date if edit.date is None else edit.date.isoformat()
    return replace(before, activity=edit.activity, date=day, shift=before.shift if edit.shift is None else edit.shift)


def _write(
    connection: Connection,
    principal: Principal,
    plan: OpenPlan,
    news: Mapping[Cell, Standing],
    before: Mapping[Cell, Standing],
    why: str,
    undoes: Mapping[Cell, int] | None = None,
) -> tuple[Edit, ...]:
    """Put entries into the journal, all of one moment, and tell the trail."""
    if not news:
        return ()
    told: dict[str, Any] = {"plan": plan.id, "who": principal.who, "at": now(), "why": why}
    numbers = []
    for cell, after in news.items():
        old, (agent, start_us) = before[cell], cell
        row = told | {"agent": agent, "start_us": start_us, "version": old.version + 1}
        row |= {"before": old.activity, "after": after.activity, "date": after.date, "shift": after.shift}
        made = connection.execute(insert(duty_edits).values(row | {"undoes": (undoes or {}).get(cell)}))
        numbers.append(int(made.inserted_primary_key.id))  # type: ignore[union-attr]
    action = "edit" if undoes is None else "undo"
    note(connection, principal, action, "plan", plan.hash, after={"edits": numbers}, why=why)
    rows = connection.execute(select(duty_edits).where(duty_edits.c.id.in_(numbers)).order_by(duty_edits.c.id))
    return tuple(as_edit(row) for row in rows.mappings())


def _conflict(edit: CellEdit, before: Standing, principal: Principal, zone: str) -> Finding:
    facts: dict[str, Any] = {"agent": edit.agent, "start": _clock(edit.start, zone), "yours": word(edit.activity)}
    facts |= {"theirs": word(before.activity), "you": principal.who, "who": before.who, "version": before.version}
    return Finding("duty_conflict", column="activity", value=word(edit.activity), facts=facts)


def _overtaken(last: Edit, there: Standing, zone: str) -> Finding:
    facts = {"agent": last.agent, "start": _clock(last.start, zone), "who": there.who}
    return Finding("undo_overtaken", value=word(there.activity), facts=facts)


def _clock(start: datetime, zone: str) -> str:
    """A time as the desk's clock shows it."""
    return f"{start.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def _refuse_other(last: Collection[Edit], entry: int | None) -> None:
    if not last:
        raise InputError([Finding("undo_nothing")])
    if entry is not None and entry not in {one.id for one in last}:
        raise InputError([Finding("undo_not_last", value=str(entry), facts={"last": max(one.id for one in last)})])


def _undoing(connection: Connection, principal: Principal, plan: OpenPlan, entry: int) -> tuple[Edit, ...]:
    """The entries of the call that took one's own entry back; none where it was not."""
    mine = joined(select(duty_edits)).where(whose(principal, "duty.edit"))
    mine = mine.where((duty_edits.c.plan == plan.id) & (duty_edits.c.who == principal.who))
    row = connection.execute(mine.where(duty_edits.c.undoes == entry)).mappings().first()
    if row is None:
        return ()
    same = mine.where((duty_edits.c.at == row["at"]) & duty_edits.c.undoes.is_not(None)).order_by(duty_edits.c.id)
    return tuple(as_edit(one) for one in connection.execute(same).mappings())


def _own_last(connection: Connection, principal: Principal, plan: OpenPlan) -> tuple[Edit, ...]:
    """The newest of one's own edits that is neither an undoing nor undone, with what came in the same call."""
    undone = select(duty_edits.c.undoes).where((duty_edits.c.plan == plan.id) & duty_edits.c.undoes.is_not(None))
    own = (duty_edits.c.plan == plan.id) & (duty_edits.c.who == principal.who) & duty_edits.c.undoes.is_(None)
    mine = joined(select(duty_edits)).where(own & duty_edits.c.id.not_in(undone) & whose(principal, "duty.edit"))
    row = connection.execute(mine.order_by(duty_edits.c.id.desc()).limit(1)).mappings().first()
    if row is None:
        return ()
    same = mine.where(duty_edits.c.at == row["at"]).order_by(duty_edits.c.id)
    return tuple(as_edit(one) for one in connection.execute(same).mappings())

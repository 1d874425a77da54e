"""An edited workbook of a stored plan: every cell that it changes goes into the journal, over nobody's edit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from desk import Finding, InputError
from planner.edited.accept import edited_duty
from planner.edited.differ import changes
from planner.edited.sheet import Book, Edited, read_book, said_by
from planner.editing.cells import with_cells
from planner.editing.newly_broken import newly_broken
from planner.editing.save import save_edit
from planner.editing.wanted import Standing
from planner.kept import load_standing, read_kept
from planner.output.book.duty_sheet import plan_stamp
from planner.planned import Planned
from planner.rows import rows
from store import (
    CellEdit,
    Edit,
    Principal,
    Store,
    read_duty,
    read_edits,
    read_roster,
)

Cell = tuple[str, pd.Timestamp]


@dataclass(frozen=True)
class BookEdits:
    """What an edited book changes.

    Parameters
    ----------
    planned : the state of the plan that the book was made from.
    edited : what the book says.
    rows : kind, agent, when, before, after: its differences.
    edits : the same as cells; each with the version that the book was made from.
    """

    planned: Planned
    edited: Edited
    rows: pd.DataFrame
    edits: tuple[CellEdit, ...]


def accept_into_store(
    store: Store, principal: Principal, plan: str, book: Path, why: str, lang: str = "en"
) -> tuple[Edit, ...]:
    """Put every cell that an edited book changes into the journal of the stored plan it was made from; each hard rule
    that this breaks is reported as an error of the plan, in ``lang``.

    The book may be older than the newest edits: whatever it leaves as it was stays as others edited it since.

    Returns
    -------
    The new entries of the journal.

    Raises
    ------
    InputError : the book can't be trusted, is of another plan, or holds what the desk has not; the plan is published;
        somebody edited one of the cells since the book was made: each is told with both values, and nothing is taken.
    """
    edits = book_edits(store, principal, plan, book).edits
    planned = load_standing(store, principal, plan)
    after = with_cells(Standing(planned.plan.roster, planned.plan.duty, {}), edits)
    return save_edit(store, principal, plan, edits, why, newly_broken(planned, after), lang)


def book_edits(store: Store, principal: Principal, plan: str, book: Path) -> BookEdits:
    """What an edited book of a stored plan changes, seen from the state that it was made from.

    Raises
    ------
    InputError : the book can't be trusted, is of another plan, or holds what the desk or the plan's hours have not.
    """
    given = read_book(book)
    planned = read_kept(store, principal, plan)
    journal = read_edits(store, principal, plan)
    until, base = _made_from(store, principal, plan, planned, journal, given)
    edited = said_by(given, base)
    found = changes(base, edited)
    duty = edited_duty(base.desk, base.plan.duty, edited, found)
    _refuse_without_hours(base.plan.duty, duty, found)
    versions = {(one.agent, pd.Timestamp(one.start)): one.version for one in journal if one.id <= until}
    before, after = (own[own["agent"].isin(found["agent"])] for own in (base.plan.duty, duty))
    return BookEdits(base, edited, found, tuple(_cells(before, after, versions)))


def _made_from(
    store: Store, principal: Principal, plan: str, planned: Planned, journal: Sequence[Edit], book: Book
) -> tuple[int, Planned]:
    """The number of the last edit that the book knows of, and the plan as it stood then."""
    if book.stamps == {plan_stamp(planned.plan)}:
        return 0, planned
    calls = {(one.who, one.at): one.id for one in journal}
    for until in (*sorted(calls.values(), reverse=True), 0):
        duty = read_duty(store, principal, plan, until).drop(columns="version")
        state = replace(planned.plan, roster=read_roster(store, principal, plan, until), duty=duty)
        if book.stamps == {plan_stamp(state)}:
            return until, replace(planned, plan=state)
    raise InputError([*book.faults, Finding("import_other_plan", file=book.name)])


def _cells(before: pd.DataFrame, after: pd.DataFrame, versions: dict[Cell, int]) -> Iterator[CellEdit]:
    """Every cell that differs."""
    old, new = _by_cell(before), _by_cell(after)
    for cell in sorted(old.keys() | new.keys()):
        if old.get(cell) != new.get(cell):
            agent, start = cell
            told = (start.to_pydatetime(), *_held(new.get(cell)))
            yield CellEdit(agent, told[0], told[1], versions.get(cell, 0), *told[2:])


def _held(cell: Any) -> tuple[Any, ...]:
    return (None, None, None) if cell is None else (cell[0], cell[1].date(), cell[2])


def _by_cell(duty: pd.DataFrame) -> dict[Cell, tuple[str, pd.Timestamp, str]]:
    found: dict[Cell, tuple[str, pd.Timestamp, str]] = {}
    for own in rows(duty[duty["activity"].notna()]):
        cell = own.agent, own.start.tz_convert("UTC")
        if cell in found:
            facts = {"agent": own.agent, "start": f"{own.start:%Y-%m-%d %H:%M}"}
            raise InputError([Finding("import_overlap", value=own.shift, facts=facts)])
        found[cell] = own.activity, own.date, own.shift
    return found


def _refuse_without_hours(before: pd.DataFrame, after: pd.DataFrame, found: pd.DataFrame) -> None:
    """Refuse what can't be said by cells: a shift without hours, for nobody's queue or on call."""
    worked = [set(zip(duty["agent"], duty["date"].dt.strftime("%Y-%m-%d"), strict=True)) for duty in (before, after)]
    lost = [
        Finding("import_no_hours", value=own.after or own.before, facts={"agent": own.agent, "date": own.when})
        for own in rows(found[found["kind"] == "shift"])
        if (own.agent, own.when) not in worked[bool(own.after)]
    ]
    if lost:
        raise InputError(lost)

"""Reads the roster and the roles out of a workbook that `peakdesk plan` wrote and somebody edited."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desk import InputError
from desk.load.excel_cell import is_error, written
from desk.load.ledger import Ledger
from desk.load.workbook import Grid, all_grids
from planner.output.book.duty_sheet import DUTY_MARK, activities, duty_starts, plan_stamp
from planner.output.book.duty_sheet import HEAD_ROW as DUTY_HEAD
from planner.output.book.week import FIRST_DAY, HEAD_ROW, MARK_ROW, WEEK_MARK
from planner.planned import Planned

_OFF = ("", "·", "×", "OFF")
Cell = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Edited:
    """What the book says.

    Parameters
    ----------
    shifts : (agent, date as YYYY-MM-DD) -> code of the shift, empty for none.
    roles : (agent, start as the book writes it) -> activity, empty for none.
    """

    shifts: dict[Cell, str]
    roles: dict[Cell, str]


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook that `peakdesk plan` wrote.

    Parameters
    ----------
    name : of the file.
    weeks, duties : its sheets of shifts and of roles, by their titles.
    stamps : of the states of plans that the sheets were made from: one, unless somebody put two books together.
    """

    name: str
    weeks: dict[str, Grid]
    duties: dict[str, Grid]
    stamps: frozenset[str]


def read_edited(path: Path, planned: Planned) -> Edited:
    """The roster and roles of an edited book of this plan.

    Raises
    ------
    InputError : the book can't be trusted, is of another plan or an older state of it, or holds what the desk has not;
        every finding names sheet, row and column.
    """
    return said_by(read_book(path), planned)


def read_book(path: Path) -> Book:
    """The sheets of a book that are a plan's.

    Raises
    ------
    InputError : the book can't be trusted, or is none of a plan.
    """
    ledger = Ledger()
    grids = all_grids(path, ledger)
    weeks = {title: grid for title, grid in grids.items() if _mark(grid, MARK_ROW).startswith(WEEK_MARK)}
    duties = {title: grid for title, grid in grids.items() if _mark(grid, 0).startswith(DUTY_MARK)}
    if grids and not weeks:
        ledger.add("import_no_weeks", path.name)
    if ledger.broken:
        raise InputError(ledger.findings)
    marks = [_mark(grid, MARK_ROW) for grid in weeks.values()] + [_mark(grid, 0) for grid in duties.values()]
    return Book(path.name, weeks, duties, frozenset(mark.rpartition(":")[2] for mark in marks))


def said_by(book: Book, planned: Planned) -> Edited:
    """What a book says of the state of a plan that it was made from.

    Raises
    ------
    InputError : it was made from another plan or state, or holds what the desk has not.
    """
    ledger = Ledger()
    if book.stamps != {plan_stamp(planned.plan)}:
        ledger.add("import_other_plan", book.name)
        raise InputError(ledger.findings)
    found = Edited(_shifts(book.weeks, planned, ledger), _roles(book.duties, planned, ledger))
    if ledger.broken:
        raise InputError(ledger.findings)
    return found


def _mark(grid: Grid, row: int) -> str:
    return written(grid[row][0]) if len(grid) > row and grid[row] else ""


def _shifts(weeks: dict[str, Grid], planned: Planned, ledger: Ledger) -> dict[Cell, str]:
    known, agents = set(planned.desk.table("shifts")["shift"]), set(planned.desk.table("agents")["agent"])
    days = {f"{day:%Y-%m-%d}" for day in planned.desk.dates}
    found: dict[Cell, str] = {}
    for title, grid in weeks.items():
        dates = [written(cell) for cell in grid[MARK_ROW][FIRST_DAY:]]
        for row, agent, cells in _people(grid):
            place: dict[str, Any] = {"file": title, "row": row}
            if agent not in agents:
                ledger.add("import_unknown_agent", value=agent, **place)
                continue
            for column, (date, cell) in enumerate(zip(dates, cells, strict=False), start=FIRST_DAY + 1):
                code = "" if cell in _OFF else cell
                if date in days and (code and code not in known):
                    ledger.add("import_unknown_shift", value=code, column=letters(column), **place)
                if date in days and found.setdefault((agent, date), code) != code:
                    ledger.add("import_twice", value=agent, column=letters(column), **place)
    _refuse_missing({(agent, day) for agent in agents for day in days}, found, ledger)
    return found


def _people(grid: Grid) -> Iterator[tuple[int, str, list[str]]]:
    """Row, agent and cells, down to the first row without an agent."""
    for row, cells in enumerate(grid[HEAD_ROW + 1 :], start=HEAD_ROW + 2):
        agent = written(cells[0]).strip() if cells else ""
        if not agent:
            return
        yield row, agent, [written(cell).strip() for cell in cells[FIRST_DAY:]]


def _roles(duties: dict[str, Grid], planned: Planned, ledger: Ledger) -> dict[Cell, str]:
    duty, known = planned.plan.duty, set(activities(planned.desk)) | set(planned.plan.duty["activity"].dropna())
    asked = set(zip(duty["agent"], duty_starts(duty), strict=True)) if duties else set()
    found: dict[Cell, str] = {}
    for title, grid in duties.items():
        for row, cells in enumerate(grid[DUTY_HEAD + 1 :], start=DUTY_HEAD + 2):
            agent, start, role = (written(cell).strip() for cell in (*cells, None, None, None)[:3])
            place: dict[str, Any] = {"file": title, "row": row}
            if not (agent or start or role):
                continue
            if (agent, start) not in asked:
                ledger.add("import_unknown_row", value=f"{agent} {start}", **place)
            elif (role and role not in known) or is_error(role):
                ledger.add("import_unknown_role", value=role, **place)
            elif found.setdefault((agent, start), role) != role:
                ledger.add("import_twice", value=agent, **place)
    _refuse_missing(asked, found, ledger)
    return found


def _refuse_missing(asked: set[Cell], found: dict[Cell, str], ledger: Ledger) -> None:
    missing = sorted(asked - found.keys())
    if missing and not ledger.broken:
        ledger.add("import_missing", "", value=" ".join(missing[0]), count=len(missing))


def letters(column: int) -> str:
    """A column as a spreadsheet names it, 1 = A."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name

"""Reads the roster and the roles out of a workbook that `peakdesk plan` wrote and somebody edited."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desk import Finding, InputError
from desk.load.book_layout import layouts
from desk.load.excel_cell import is_error, letters, written
from desk.load.ledger import Ledger
from desk.load.workbook import Grid, all_grids, by_letter
from planner.output.book.duty_sheet import DUTY_MARK, activities, duty_starts, plan_stamp, role_codes
from planner.output.book.duty_sheet import HEAD_ROW as DUTY_HEAD
from planner.output.book.duty_sheet import MARK_ROW as DUTY_ROW
from planner.output.book.week import FIRST_DAY, HEAD_ROW, MARK_ROW, WEEK_MARK
from planner.planned import Planned

_OFF = ("", "·", "×", "OFF")
_MOST_ABOVE = 20
"""Rows that somebody may put above a sheet's own."""
Cell = tuple[str, str]
Area = tuple[int, int, int, int]


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
class Page:
    """A sheet of a plan.

    Parameters
    ----------
    grid : its rows, the mark where we write it.
    above : rows that somebody put above it; negative where they took some away.
    stamp : of the state of the plan that it was made from.
    merged : merged areas: first row, first column, last row, last column; 1 = the first of the sheet.
    """

    grid: Grid
    above: int
    stamp: str
    merged: tuple[Area, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook that `peakdesk plan` wrote.

    Parameters
    ----------
    name : of the file.
    weeks, duties : its sheets of shifts and of roles, by their titles.
    stamps : of the states of plans that the sheets were made from: one, unless somebody put two books together.
    faults : what is wrong with single cells, to be told with the rest.
    """

    name: str
    weeks: dict[str, Page]
    duties: dict[str, Page]
    stamps: frozenset[str]
    faults: tuple[Finding, ...] = ()


def read_edited(path: str | Path, planned: Planned) -> Edited:
    """The roster and roles of an edited book of this plan.

    Raises
    ------
    InputError : the book can't be trusted, is of another plan or an older state of it, or holds what the desk has not;
        every finding names sheet, row and column.
    """
    return said_by(read_book(Path(path)), planned)


def read_book(path: Path) -> Book:
    """The sheets of a book that are a plan's.

    Raises
    ------
    InputError : the book can't be read, or is none of a plan.
    """
    ledger = Ledger()
    grids = all_grids(path, ledger, by_letter)
    merged = {title: tuple(own.merged) for title, own in layouts(path, grids.keys()).items()} if grids else {}
    weeks, duties = (
        {title: page for title, grid in grids.items() if (page := _page(grid, mark, row, merged[title]))}
        for mark, row in ((WEEK_MARK, MARK_ROW), (DUTY_MARK, DUTY_ROW))
    )
    if grids and not weeks:
        ledger.add("import_no_weeks", path.name)
    if not weeks:
        raise InputError(ledger.findings)
    stamps = frozenset(page.stamp for page in (*weeks.values(), *duties.values()))
    return Book(path.name, weeks, duties, stamps, ledger.findings)


def _page(grid: Grid, mark: str, row: int, merged: tuple[Area, ...]) -> Page | None:
    """The sheet with its mark in ``row``, wherever rows above have moved it to; None where it has none."""
    for place in range(min(len(grid), row + _MOST_ABOVE)):
        if (words := _mark(grid, place)).startswith(mark):
            above = place - row
            moved = grid[above:] if above >= 0 else [()] * -above + list(grid)
            return Page(moved, above, words.rpartition(":")[2], merged)
    return None


def said_by(book: Book, planned: Planned) -> Edited:
    """What a book says of the state of a plan that it was made from.

    Raises
    ------
    InputError : it was made from another plan or state, or holds what the desk has not: all of it is told.
    """
    if book.stamps != {plan_stamp(planned.plan)}:
        raise InputError([*book.faults, Finding("import_other_plan", file=book.name)])
    noted = _Noted()
    found = Edited(_shifts(book.weeks, planned, noted), _roles(book.duties, planned, noted))
    faults = (*book.faults, *noted.findings())
    if not faults:
        _refuse_missing(found, book, planned, noted)
    if faults := faults or noted.findings():
        raise InputError(faults)
    return found


class _Noted:
    """Faults by kind and sheet, so that a column lost is told by its first rows and their number."""

    def __init__(self) -> None:
        self._found: dict[Cell, list[dict[str, Any]]] = defaultdict(list)

    def add(self, code: str, sheet: str, **one: Any) -> None:
        """Note one; ``one`` is what :meth:`Ledger.add` takes."""
        self._found[code, sheet].append(one)

    def findings(self) -> tuple[Finding, ...]:
        """The first few of each kind in each sheet, and how many more there are."""
        ledger = Ledger()
        for (code, sheet), found in self._found.items():
            ledger.several(code, sheet, found)
        return ledger.findings


def _mark(grid: Grid, row: int) -> str:
    return written(grid[row][0]) if len(grid) > row and grid[row] else ""


def _shifts(weeks: dict[str, Page], planned: Planned, noted: _Noted) -> dict[Cell, str]:
    known, agents = set(planned.desk.table("shifts")["shift"]), set(planned.desk.table("agents")["agent"])
    days = {f"{day:%Y-%m-%d}" for day in planned.desk.dates}
    found: dict[Cell, str] = {}
    for title, page in weeks.items():
        dates, people = [written(cell) for cell in page.grid[MARK_ROW][FIRST_DAY:]], list(_people(page, agents))
        _refuse_merged(
            title, page, [row for row, *_ in people], {1, *range(FIRST_DAY + 1, FIRST_DAY + 1 + len(dates))}, noted
        )
        for row, agent, cells in people:
            if agent not in agents:
                noted.add("import_unknown_agent", title, row=row, column="A", value=agent)
                continue
            for column, (date, cell) in enumerate(zip(dates, cells, strict=False), start=FIRST_DAY + 1):
                code = "" if cell in _OFF else cell
                if date in days and (code and code not in known):
                    noted.add("import_unknown_shift", title, row=row, column=letters(column), value=code)
                if date in days and found.setdefault((agent, date), code) != code:
                    noted.add("import_twice", title, row=row, column=letters(column), value=agent)
    return found


def _people(page: Page, agents: set[str]) -> Iterator[tuple[int, str, list[str]]]:
    """Row, agent and cells, down to the first row without an agent of the desk below an empty one: what stands there
    are the sums.
    """
    apart = False
    for row, cells in enumerate(page.grid[HEAD_ROW + 1 :], start=HEAD_ROW + 2 + page.above):
        agent = written(cells[0]).strip() if cells else ""
        if apart and agent and agent not in agents:
            return
        apart = apart or not agent
        if agent:
            yield row, agent, [written(cell).strip() for cell in cells[FIRST_DAY:]]


def _refuse_merged(title: str, page: Page, rows: list[int], columns: set[int], noted: _Noted) -> None:
    """Note merged cells that hide others of these rows and columns: these read as blank."""
    first, last = min(rows, default=1), max(rows, default=0)
    for top, left, bottom, right in page.merged:
        tall, wide = min(bottom, last) - max(top, first) + 1, sum(left <= own <= right for own in columns)
        if tall > 0 and tall * wide > 1:
            area = f"{letters(left)}{top}:{letters(right)}{bottom}"
            noted.add("merged_cells", title, row=top, column=letters(left), value=area)


def _roles(duties: dict[str, Page], planned: Planned, noted: _Noted) -> dict[Cell, str]:
    known = {*activities(planned.desk), *planned.plan.duty["activity"].dropna()}
    codes = role_codes(planned.desk)
    asked = _hours(planned) if duties else set()
    found: dict[Cell, str] = {}
    for title, page in duties.items():
        own = page.grid[DUTY_HEAD + 1 :]
        first = DUTY_HEAD + 2 + page.above
        _refuse_merged(title, page, [first, first + len(own) - 1], {1, 2, 3}, noted)
        for row, cells in enumerate(own, start=first):
            agent, start, shown = (written(cell).strip() for cell in (*cells, None, None, None)[:3])
            role = shown if shown in known else codes.get(shown, shown)
            if not (agent or start or role):
                continue
            if (agent, start) not in asked:
                noted.add("import_unknown_row", title, row=row, value=f"{agent} {start}".strip())
            elif (role and role not in known) or is_error(role):
                noted.add("import_unknown_role", title, row=row, column="C", value=role)
            elif found.setdefault((agent, start), role) != role:
                noted.add("import_twice", title, row=row, column="C", value=agent)
    return found


def _hours(planned: Planned) -> set[Cell]:
    """Agent and start of every row of duty."""
    return set(zip(planned.plan.duty["agent"], duty_starts(planned.plan.duty), strict=True))


def _refuse_missing(found: Edited, book: Book, planned: Planned, noted: _Noted) -> None:
    """Note days and hours of the plan that the book has not: where nothing else is wrong, since a fault hides rows."""
    days = [f"{day:%Y-%m-%d}" for day in planned.desk.dates]
    shifts = {(agent, day) for agent in planned.desk.table("agents")["agent"] for day in days}
    for asked, told in ((shifts, found.shifts), (_hours(planned) if book.duties else set(), found.roles)):
        if missing := sorted(asked - told.keys()):
            noted.add("import_missing", "", value=" ".join(missing[0]), count=len(missing))

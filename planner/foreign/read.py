"""A file of another system as it is written: its sheets, the row of its titles, its cells as text."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from desk import Finding, InputError
from desk.load.excel_cell import written
from desk.load.file_text import file_text
from desk.load.ledger import Ledger
from desk.load.workbook import all_grids

_DELIMITERS = ",;\t|"
_LOOKED_AT = 20
_WORDS = ("total", "totals", "grand total", "sum", "summe", "gesamt", "average", "mean", "durchschnitt")
_SUMS = (
    "合计",
    "总计",
    "小计",
    "汇总",
    "总和",
    "平均",
    "均值",
    *_WORDS,
    *map(str.capitalize, _WORDS),
    *map(str.title, _WORDS),
    *map(str.upper, _WORDS),
)
"""What a cell of a row of sums or means says."""
_OF_GROUP = re.compile(rf"(.+?)\s*(?:{'|'.join(sorted(_SUMS, key=len, reverse=True))})")
_GUARDED = re.compile(r"=\"(.*)\"|['`](?=[\d=+@-])(.*)", re.DOTALL)
_FEWEST_COLUMNS = 3
_IN_NUMBERS = re.compile(r"(?<=\d)\s*(?:[年月日时点分秒元ThZ]|[ap]\.?m\.?|uhr)|[上下]午", re.I)
Cells = list[list[str]]


@dataclass(frozen=True)
class Foreign:
    """What stands in a file.

    Parameters
    ----------
    sheets : titles of a workbook's sheets; one without a name for a text file. sheet : the one that was read.
    header_row : the row that the titles stand in, as a spreadsheet counts.
    frame : texts under their titles; blank cells are empty. Its index is the row that a spreadsheet shows.
    sums : row -> the word by which it is told to be one of sums; these are not in the frame.
    remarks : row -> the text of a row below the table; these are not in the frame either.
    """

    file: str
    sheets: tuple[str, ...]
    sheet: str
    header_row: int
    frame: pd.DataFrame
    sums: Mapping[int, str] = field(default_factory=dict)
    remarks: Mapping[int, str] = field(default_factory=dict)


def read_foreign(path: Path, *, sheet: str | None = None, header_row: int | None = None) -> Foreign:
    """Read CSV (any of , ; tab |) or a sheet of a workbook.

    Parameters
    ----------
    header_row : where the titles stand; None: of the first and fullest rows the first with the most words.

    Raises
    ------
    InputError : it is no such file, is empty, or can't be trusted.
    """
    ledger = Ledger()
    grids = _grids(path, ledger)
    if ledger.broken or not grids:
        if not ledger.broken:
            ledger.add("empty_file", path.name)
        raise InputError(ledger.findings)
    chosen = sheet if sheet in grids else max(grids, key=lambda title: len(grids[title]))
    cells = grids[chosen]
    row = header_row or _header_row(cells)
    frame = _frame(cells, row)
    if frame.empty:
        raise InputError([Finding("empty_file", file=path.name)])
    remarks = _remarks(frame)
    table = frame.drop(list(remarks))
    sums = _sums(table)
    return Foreign(path.name, tuple(grids), chosen, row, table.drop(list(sums)), sums, remarks)


def _sums(frame: pd.DataFrame) -> dict[int, str]:
    """Row -> word, of rows that a cell calls sums; a column that does so in every row names a group."""
    found: dict[int, str] = {}
    blank = frame == ""
    for place in range(frame.shape[1]):
        cells = frame.iloc[:, place]
        leftmost = blank.iloc[:, :place].all(axis=1) & blank.any(axis=1)
        says = cells.isin(_SUMS) | (leftmost & _of_groups(cells))
        if says.any() and not (says | (cells == "")).all():
            found |= dict(cells[says])
    return dict(sorted(found.items()))


def _of_groups(cells: "pd.Series[str]") -> "pd.Series[bool]":
    """Cells that name a sum of what other cells of the column name: ``2026-06-01 Total`` below ``2026-06-01``."""
    known = set(cells)
    found = {cell: _OF_GROUP.fullmatch(cell) for cell in known}
    return cells.isin([cell for cell, own in found.items() if own and own[1].strip() in known])


def _remarks(frame: pd.DataFrame) -> dict[int, str]:
    """Row -> its text, of the last rows of a table with nothing but one cell: who exported it, and when."""
    filled = (frame != "").sum(axis=1)
    below = filled[::-1].le(1).cummin()[::-1]
    if frame.shape[1] < _FEWEST_COLUMNS or below.all():
        return {}
    return {int(row): max(cells, key=len) for row, *cells in frame[below].itertuples(name=None)}


def _grids(path: Path, ledger: Ledger) -> dict[str, Cells]:
    if path.suffix.lower() == ".xlsx":
        return {
            title: [[written(cell) for cell in row] for row in grid] for title, grid in all_grids(path, ledger).items()
        }
    try:
        raw = file_text(path, ledger)
    except (OSError, ValueError) as error:
        ledger.add("unreadable_path", path.name, reason=getattr(error, "strerror", None) or type(error).__name__)
        return {}
    return {} if raw is None else {"": _rows(raw.decode("utf-8"))}


def _rows(content: str) -> Cells:
    first = content[: 1 << 16].splitlines()[:_LOOKED_AT]
    delimiter = max(_DELIMITERS, key=lambda mark: sum(line.count(mark) for line in first))
    return [[_unguarded(cell.strip()) for cell in row] for row in csv.reader(io.StringIO(content), delimiter=delimiter)]


def _unguarded(cell: str) -> str:
    """The text of a cell that was written so that no spreadsheet makes a number of it: ``="0012"``, ``'0012``."""
    found = _GUARDED.fullmatch(cell)
    return cell if found is None else found[1] or found[2] or ""


def _header_row(cells: Cells) -> int:
    """Of the first rows with the most cells, one more or less, the first with the most words: what stands above are
    captions, and a column of row numbers has no title.
    """
    filled = [sum(1 for cell in row if cell.strip()) for row in cells[:_LOOKED_AT]]
    words = [sum(map(_is_word, row)) for row in cells[:_LOOKED_AT]]
    wide = [place for place, count in enumerate(filled) if count >= max(filled) - 1]
    return max(wide, key=words.__getitem__, default=0) + 1


def _is_word(cell: str) -> bool:
    """Whether the cell holds letters that are no part of a date, a clock or an amount of money."""
    return re.search(r"[^\W\d_]", _IN_NUMBERS.sub("", cell)) is not None


def _frame(cells: Cells, header_row: int) -> pd.DataFrame:
    titles = _titles(cells[header_row - 1] if len(cells) >= header_row else [])
    rows = {
        place: [*(cell.strip() for cell in row), *[""] * len(titles)][: len(titles)]
        for place, row in enumerate(cells[header_row:], start=header_row + 1)
        if any(cell.strip() for cell in row)
    }
    return pd.DataFrame(list(rows.values()), index=list(rows), columns=titles, dtype="str")


def _titles(row: Sequence[str]) -> list[str]:
    """Unique titles; a column without one is named by its place."""
    found: list[str] = []
    for place, title in enumerate(row, start=1):
        name = title.strip() or f"#{place}"
        found.append(name if name not in found else f"{name} #{place}")
    return found

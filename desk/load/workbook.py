"""One .xlsx workbook with a sheet per table; sheet ``desk.toml`` holds the settings line by line in column A."""

import warnings
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from desk.load.archive import refuse_archive, sheets_with_formulas
from desk.load.book_layout import check_layouts
from desk.load.csv_text import WIDEST
from desk.load.excel_cell import is_error, letters, written
from desk.load.header import HEADER_SOUGHT, alike, listed, refuse_caption
from desk.load.ledger import KEPT_ALIKE, Ledger
from desk.load.sheet import Sheet, sheet_of, texts
from desk.tables import INPUT_TABLES

SETTINGS_SHEET = "desk.toml"
HELP_SHEET = "help"
MOST_ROWS = 1_048_576
MOST_CELLS = 20_000_000
Grid = list[tuple[Any, ...]]
Named = Callable[[Grid, int], str]


def read_workbook(path: Path, ledger: Ledger) -> tuple[str | None, str, dict[str, Sheet]]:
    """Text of the settings, where it stands, and the sheets."""
    place = f"{path.name}/{SETTINGS_SHEET}"
    if refuse_archive(path, ledger):
        return None, place, {}
    try:
        grids = _grids(path, ledger)
        settings = _settings(path, grids.pop(SETTINGS_SHEET, None), ledger)
        sheets = {name: _sheet(name, path, grid, ledger) for name, grid in grids.items()}
    except Exception as error:
        ledger.add("broken_workbook", path.name, reason=f"{type(error).__name__}: {error}")
        return None, place, {}
    return settings, place, {name: sheet for name, sheet in sheets.items() if sheet is not None}


def read_settings(path: Path) -> str:
    """The text of the settings alone; empty where the workbook can't be trusted or has none."""
    if refuse_archive(path, Ledger()):
        return ""
    try:
        _, grids = _values(path, [SETTINGS_SHEET], computed=True)
    except Exception:
        return ""
    return "\n".join(written(row[0]) for row in next(iter(grids.values()), ()) if row)


def by_title(grid: Grid, place: int) -> str:
    """A column by its title in row 1, without one by its letter."""
    return (written(grid[0][place]) if grid and place < len(grid[0]) else "") or letters(place + 1)


def by_letter(grid: Grid, place: int) -> str:
    """A column of a sheet whose row 1 is no header."""
    return letters(place + 1)


def all_grids(path: Path, ledger: Ledger, named: Named = by_title) -> dict[str, Grid]:
    """Cached values of every sheet by its title, row by row; nothing, with findings, where they can't be trusted.

    ``named`` says how findings name a column.
    """
    if not path.is_file():
        ledger.add("not_a_file" if path.exists() else "no_such_file", path.name)
        return {}
    if refuse_archive(path, ledger):
        return {}
    try:
        titles, _ = _values(path, (), computed=True)
        _, grids = _values(path, titles, computed=True)
        _refuse_large(path, grids, ledger)
        _refuse_formulas(path, grids, ledger, named)
    except Exception as error:
        ledger.add("broken_workbook", path.name, reason=f"{type(error).__name__}: {error}")
        return {}
    return grids


def read_sheet(name: str, path: Path, ledger: Ledger) -> Sheet | None:
    """The sheet of table ``name`` of a workbook: the one of that title, or the only one."""
    grids = all_grids(path, ledger)
    title = name if name in grids else next(iter(grids)) if len(grids) == 1 else None
    if title is None:
        if grids:
            ledger.add("sheet_unclear", path.name, value=name, count=len(grids))
        return None
    check_layouts(path, {title: grids[title]}, ledger)
    return _sheet(name, path, grids[title], ledger, title)


def _grids(path: Path, ledger: Ledger) -> dict[str, Grid]:
    """Cached values of the sheets that we know, row by row."""
    titles, grids = _values(path, [*INPUT_TABLES, SETTINGS_SHEET], computed=True)
    _warn_of_others(path, [title for title in titles if title not in grids and title != HELP_SHEET], ledger)
    _refuse_large(path, grids, ledger)
    _refuse_formulas(path, grids, ledger)
    check_layouts(path, {title: grid for title, grid in grids.items() if title != SETTINGS_SHEET}, ledger)
    return {_meant(title): grid for title, grid in grids.items()}


def _meant(title: str) -> str:
    """The table of this title, as a spreadsheet knows sheets: capitals and spaces around it do not matter."""
    return title.strip().casefold()


def _warn_of_others(path: Path, titles: list[str], ledger: Ledger) -> None:
    known = [*INPUT_TABLES, SETTINGS_SHEET]
    meant = {title: alike(title, known) for title in titles}
    for title in filter(meant.get, titles):
        ledger.add("unknown_sheet", f"{path.name}/{title}", severity="warning", known=meant[title])
    if foreign := [title for title in titles if not meant[title]]:
        facts: dict[str, Any] = {"count": len(foreign), "names": listed(foreign, KEPT_ALIKE), "known": listed(known)}
        ledger.add("foreign_sheets", path.name, severity="warning", **facts)


def _refuse_large(path: Path, grids: dict[str, Grid], ledger: Ledger) -> None:
    """Take out the sheets that have more rows, columns or cells than any table of a desk."""
    for title, grid in list(grids.items()):
        width = max(map(len, grid), default=0)
        if len(grid) > MOST_ROWS or width > WIDEST or len(grid) * width > MOST_CELLS:
            facts: dict[str, Any] = {"rows": f"{MOST_ROWS:,}", "columns": f"{WIDEST:,}", "cells": f"{MOST_CELLS:,}"}
            ledger.add("sheet_too_large", f"{path.name}/{title}", **facts)
            del grids[title]


def _values(path: Path, wanted: Iterable[str], *, computed: bool) -> tuple[list[str], dict[str, Grid]]:
    """Titles of sheets with cells, and the cells of those wanted: values as last computed, or formulas as written."""
    from openpyxl import load_workbook

    with path.open("rb") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(file, read_only=True, data_only=computed, keep_links=False)
        titles = [sheet.title for sheet in book.worksheets]
        grids = {title: _rows(book[title]) for title in _chosen(titles, frozenset(wanted))}
        return titles, grids


def _chosen(titles: Sequence[str], wanted: Collection[str]) -> list[str]:
    """The titles that are wanted, and where none is exactly so the first that is meant."""
    first = {_meant(title): title for title in reversed(titles)} | {title: title for title in titles}
    return [title for title in titles if title in wanted or (_meant(title) in wanted and first[_meant(title)] == title)]


def _rows(sheet: Any) -> Grid:
    """The rows, as far as a table of a desk can have them and a bit beyond, so that it shows."""
    sheet.reset_dimensions()
    found: Grid = []
    cells = 0
    for row in islice(sheet.iter_rows(values_only=True), MOST_ROWS + 1):
        found.append(tuple(row[: WIDEST + 1]))
        cells += len(row)
        if cells > MOST_CELLS or len(row) > WIDEST:
            break
    return found


def _refuse_formulas(path: Path, grids: dict[str, Grid], ledger: Ledger, named: Named = by_title) -> None:
    """Note formulas whose value the workbook does not hold: it was never opened in a spreadsheet."""
    titles = sheets_with_formulas(path) & grids.keys()
    if not titles:
        return
    _, formulas = _values(path, titles, computed=False)
    for title in sorted(titles):
        pairs = zip(formulas[title], grids[title], strict=False)
        bare = [(row, place) for row, pair in enumerate(pairs, start=1) for place in _bare(*pair)]
        blank = _computed_blank(path, title) if bare else frozenset()
        bare = [cell for cell in bare if cell not in blank]
        found = [{"row": row, "column": named(grids[title], place)} for row, place in bare]
        ledger.several("formula_without_value", f"{path.name}/{title}", found)


def _computed_blank(path: Path, title: str) -> frozenset[tuple[int, int]]:
    """Row and place of the cells whose formula came to a text without a letter, as ``=IF(A2="","",A2)`` does."""
    from openpyxl import load_workbook

    with path.open("rb") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sheet = load_workbook(file, read_only=True, data_only=True, keep_links=False)[title]
        sheet.reset_dimensions()
        rows = enumerate(islice(sheet.iter_rows(), MOST_ROWS + 1), start=1)
        return frozenset((row, place) for row, cells in rows for place, cell in enumerate(cells) if _blank(cell))


def _blank(cell: Any) -> bool:
    return cell.value is None and cell.data_type == "str"


def _bare(formulas: tuple[Any, ...], values: tuple[Any, ...]) -> list[int]:
    padded = values + (None,) * (len(formulas) - len(values))
    return [place for place, cell in enumerate(formulas) if _is_formula(cell) and padded[place] is None]


def _is_formula(cell: object) -> bool:
    return (isinstance(cell, str) and cell.startswith("=")) or type(cell).__name__ in (
        "ArrayFormula",
        "DataTableFormula",
    )


def _settings(path: Path, grid: Grid | None, ledger: Ledger) -> str | None:
    if grid is None:
        ledger.add("no_settings_sheet", path.name)
        return None
    rows = enumerate(grid, start=1)
    beside = [(row, cells) for row, cells in rows if any(cell is not None for cell in cells[1:])]
    found = [{"row": row, "value": written(cells[1])} for row, cells in beside]
    ledger.several("settings_beside", f"{path.name}/{SETTINGS_SHEET}", found)
    return "\n".join(written(cells[0]) if cells else "" for cells in grid)


def _sheet(name: str, path: Path, grid: Grid, ledger: Ledger, title: str = "") -> Sheet | None:
    file = f"{path.name}/{title or name}"
    width = max((len(row) for row in grid), default=0)
    if refuse_caption(name, file, (_written(row) for row in grid[:HEADER_SOUGHT]), ledger):
        return None
    if not width or all(cell is None for cell in grid[0]):
        ledger.add("empty_file" if not width else "blank_header", file)
        return None
    square = [row + (None,) * (width - len(row)) for row in grid]
    columns: list[tuple[Any, ...]] = list(zip(*square[1:], strict=True)) or [()] * width
    header = [written(cell).strip() for cell in square[0]]
    _refuse_errors(file, header, columns, ledger)
    cells = [texts(pa.array(_written(column), type=pa.large_string())) for column in columns]
    as_text = [np.array([isinstance(cell, str) for cell in column], dtype=bool) for column in columns]
    return sheet_of(name, file, header, cells, np.arange(2, len(square) + 1), as_text)


def _written(column: Iterable[Any]) -> list[str]:
    return [written(cell) for cell in column]


def _refuse_errors(file: str, header: list[str], columns: list[tuple[Any, ...]], ledger: Ledger) -> None:
    for title, column in zip(header, columns, strict=True):
        found = [
            {"row": row, "column": title, "value": cell} for row, cell in enumerate(column, start=2) if is_error(cell)
        ]
        ledger.several("excel_error", file, found)

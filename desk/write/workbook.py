"""A desk as one .xlsx workbook."""

from pathlib import Path
from typing import Any

import pandas as pd

from desk.errors import Finding, InputError
from desk.nouns import Desk
from desk.tables import Column, table
from desk.write.book import LAST_ROW, WITH_TIMES, add_settings_sheet, add_table_sheet, new_book
from desk.write.cell_text import column_text, has_ambiguous_times
from desk.write.toml_text import settings_toml


def write_workbook(desk: Desk, path: str | Path) -> None:
    """Write settings and every table that the desk has into one workbook.

    Parameters
    ----------
    path : the .xlsx file; it is replaced where it exists.

    Raises
    ------
    InputError : where a table has more rows than a sheet can hold.
    """
    long = [name for name, frame in desk.tables.items() if len(frame) > LAST_ROW]
    if long:
        raise InputError(Finding("too_many_rows", file=name, facts={"limit": LAST_ROW}) for name in long)
    with new_book(Path(path), **WITH_TIMES) as book:
        add_settings_sheet(book, settings_toml(desk.settings))
        for name, frame in desk.tables.items():
            _write_table(book, frame, name)


def _write_table(book: Any, frame: pd.DataFrame, name: str) -> None:
    declared = table(name)
    extra = tuple(str(column) for column in frame if column not in declared.columns)
    sheet = add_table_sheet(book, declared, extra)
    offsets = has_ambiguous_times(frame)
    for place, column in enumerate(frame):
        _write_column(sheet, place, frame[column], declared.columns.get(str(column)), offsets=offsets)


def _write_column(sheet: Any, place: int, cells: "pd.Series[Any]", column: Column | None, *, offsets: bool) -> None:
    kind = column.kind if column else "float"
    if kind in ("int", "float", "bool"):
        for row, cell in enumerate(cells, start=1):
            if pd.notna(cell):
                sheet.write_number(row, place, float(cell))
    elif kind == "date" or (kind == "time" and not offsets and _whole_seconds(cells)):
        naive = cells.dt.tz_localize(None) if kind == "time" else cells
        for row, cell in enumerate(naive, start=1):
            if pd.notna(cell):
                sheet.write_datetime(row, place, cell.to_pydatetime())
    else:
        for row, word in enumerate(column_text(cells, column, offsets=offsets), start=1):
            if word:
                sheet.write_string(row, place, word)


def _whole_seconds(times: "pd.Series[pd.Timestamp]") -> bool:
    return bool((times.dropna() == times.dropna().dt.floor("s")).all())

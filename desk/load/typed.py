"""Sheets of texts to frames with the declared columns and types."""

from typing import Any

import numpy as np
import pandas as pd

from desk.frames import dtype_of
from desk.load.ledger import Ledger
from desk.load.numbers import read_number
from desk.load.sheet import Sheet
from desk.load.times import read_date, read_time
from desk.load.words import read_bool, read_choice, read_clock, read_list, read_text
from desk.tables import Column, Table, table


def typed_frame(sheet: Sheet, timezone: str, ledger: Ledger) -> pd.DataFrame:
    """All declared columns of the sheet, plus welcome extra ones; the index holds spreadsheet row numbers."""
    declared = table(sheet.name)
    columns = {column.name: _series(column, sheet, timezone, ledger) for column in declared.columns.values()}
    for name in extra_columns(declared, sheet):
        columns[name] = read_number(Column(name, "float", empty=True), sheet, ledger)
    return pd.DataFrame(columns).set_axis(pd.Index(sheet.rows), axis=0)


def extra_columns(declared: Table, sheet: Sheet) -> list[str]:
    """Undeclared columns of a table that welcomes them."""
    return [name for name in sheet.cells if name and name not in declared.columns] if declared.extra else []


def _series(column: Column, sheet: Sheet, timezone: str, ledger: Ledger) -> "pd.Series[Any]":
    if column.name not in sheet.cells:
        found: pd.Series[Any] = _absent(column, len(sheet.rows), timezone)
    else:
        found = _read(column, sheet, timezone, ledger)
        _refuse_blanks(column, sheet, ledger)
    if column.default is not None:
        found = found.fillna(column.default)
    return found if column.kind == "list" else found.astype(_dtype(column, timezone, found))


def _dtype(column: Column, timezone: str, found: "pd.Series[Any]") -> Any:
    """The declared dtype; a bool column with a hole (a finding already) stays nullable."""
    wanted = dtype_of(column, timezone)
    return "boolean" if wanted == "bool" and found.isna().any() else wanted


def _absent(column: Column, rows: int, timezone: str) -> "pd.Series[Any]":
    if column.kind == "list":
        return pd.Series([()] * rows, dtype="object")
    dtype = "boolean" if column.kind == "bool" else dtype_of(column, timezone)
    return pd.Series([None] * rows, dtype="object").astype(dtype)


def _read(column: Column, sheet: Sheet, timezone: str, ledger: Ledger) -> "pd.Series[Any]":
    match column.kind:
        case "int" | "float":
            return read_number(column, sheet, ledger)
        case "time":
            return read_time(column, sheet, timezone, ledger)
        case "date":
            return read_date(column, sheet, ledger)
        case "clock":
            return read_clock(column, sheet, ledger)
        case "choice":
            return read_choice(column, sheet, ledger)
        case "bool":
            return read_bool(column, sheet, ledger)
        case "list":
            return read_list(column, sheet)
        case _:
            return read_text(column, sheet)


def _refuse_blanks(column: Column, sheet: Sheet, ledger: Ledger) -> None:
    if column.empty or column.default is not None:
        return
    ledger.rows("blank_cell", sheet, column.name, np.asarray(sheet.cells[column.name] == ""))

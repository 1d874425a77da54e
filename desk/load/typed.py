"""Sheets of texts to frames with the declared columns and types."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import pandas as pd

from desk.frames import dtype_of
from desk.load.header import extra_columns
from desk.load.ledger import Ledger
from desk.load.numbers import read_number
from desk.load.sheet import Sheet
from desk.load.times import Forms, read_date, read_time, refuse_mixed_columns, time_forms
from desk.load.unsafe import IN_NAME, IN_TEXT
from desk.load.words import read_bool, read_choice, read_clock, read_id, read_list, read_text
from desk.tables import Column, table

LONGEST_TEXT = 2000


def typed_frame(sheet: Sheet, timezone: str, ledger: Ledger) -> pd.DataFrame:
    """All declared columns of the sheet, plus welcome extra ones; row for row the sheet's."""
    forms = time_forms(sheet)
    reader = _Reader(sheet, forms, timezone, ledger)
    columns = {column.name: reader.series(column) for column in table(sheet.name).columns.values()}
    for name in extra_columns(sheet):
        columns[name] = read_number(Column(name, "float", empty=True), sheet, ledger)
    refuse_mixed_columns(sheet, forms, timezone, ledger)
    return pd.DataFrame(columns)


def typed_or_told(sheet: Sheet, timezone: str, ledger: Ledger) -> pd.DataFrame | None:
    """The sheet's frame; None where a parser tripped over something, which is told and not thrown."""
    try:
        return typed_frame(sheet, timezone, ledger)
    except Exception as error:
        ledger.add("unreadable_table", sheet.file, reason=f"{type(error).__name__}: {error}")
        return None


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the columns of one sheet."""

    sheet: Sheet
    forms: Mapping[str, Forms]
    timezone: str
    ledger: Ledger

    def series(self, column: Column) -> "pd.Series[Any]":
        if column.name not in self.sheet.cells:
            found = _absent(column, len(self.sheet.rows), self.timezone)
        else:
            found = self._read(column)
            self._refuse_blanks(column)
            self._refuse_long(column)
            self._refuse_unsafe(column)
        if column.default is not None:
            found = found.fillna(column.default)
        return found if column.kind == "list" else found.astype(_dtype(column, self.timezone, found))

    def _read(self, column: Column) -> "pd.Series[Any]":
        sheet, ledger = self.sheet, self.ledger
        match column.kind:
            case "int" | "float":
                return read_number(column, sheet, ledger)
            case "time":
                return read_time(column, sheet, self.forms[column.name], self.timezone, ledger)
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
            case "id":
                return read_id(column, sheet, ledger)
            case "text":
                return read_text(column, sheet)

    def _refuse_blanks(self, column: Column) -> None:
        if not column.empty and column.default is None:
            blank = np.asarray(self.sheet.text[column.name] == "", dtype=bool)
            self.ledger.rows("blank_cell", self.sheet, column.name, blank)

    def _refuse_long(self, column: Column) -> None:
        """A text that a spreadsheet's cell can't hold would be lost in the workbook."""
        if column.kind in ("id", "text", "list"):
            long = np.asarray(self.sheet.text[column.name].str.len() > LONGEST_TEXT, dtype=bool)
            self.ledger.rows("text_too_long", self.sheet, column.name, long, facts={"most": LONGEST_TEXT})

    def _refuse_unsafe(self, column: Column) -> None:
        """Letters that nobody sees would make two names look alike, or act where the text is shown."""
        if column.kind in ("id", "text", "list"):
            letters = IN_TEXT if column.kind == "text" else IN_NAME
            cells = self.sheet.cells[column.name]
            unsafe = np.asarray(cells.str.contains(letters, regex=True), dtype=bool)
            self.ledger.rows("unsafe_text", self.sheet, column.name, unsafe)


def _dtype(column: Column, timezone: str, found: "pd.Series[Any]") -> Any:
    """The declared dtype; a bool column with a hole (a finding already) stays nullable."""
    wanted = dtype_of(column, timezone)
    return "boolean" if wanted == "bool" and found.isna().any() else wanted


def _absent(column: Column, rows: int, timezone: str) -> "pd.Series[Any]":
    if column.kind == "list":
        return pd.Series([()] * rows, dtype="object")
    dtype = "boolean" if column.kind == "bool" else dtype_of(column, timezone)
    blank: pd.Series[Any] = pd.Series(None, index=pd.RangeIndex(rows), dtype=cast("Any", dtype))
    return blank

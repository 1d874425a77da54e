"""Cells that hold numbers: plain digits only, whole where the column counts something."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from desk.load.ledger import Ledger
from desk.load.sheet import Sheet
from desk.tables import Column

_FLOAT = r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_INT = r"[+-]?[0-9]+(?:\.[0-9]*)?"
_CLOCK = r"\s*[0-9]{1,3}[:：][0-9]{2}(?:[:：][0-9]{2}(?:\.[0-9]+)?)?\s*"
_NOT_FINITE = r"(?i)[+-]?(?:nan|inf|infinity)"
_LARGEST = 2.0**53
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


def read_number(column: Column, sheet: Sheet, ledger: Ledger) -> "pd.Series[float]":
    """Floats, NaN where the cell is blank or can't be read; what is wrong goes to the ledger."""
    cells = sheet.cells[column.name]
    filled = (sheet.text[column.name] != "").to_numpy(dtype=bool)
    plain = _matches(cells, _INT if column.kind == "int" else _FLOAT) & ~_text_cells(column.name, sheet)
    never = _matches(cells, _NOT_FINITE)
    ledger.rows("not_finite", sheet, column.name, never)
    clock = _matches(cells, _CLOCK) if column.unit == "s" else never & False
    ledger.rows("length_as_clock", sheet, column.name, clock)
    ledger.rows("number_as_text", sheet, column.name, filled & ~plain & ~never & ~clock)
    values = _cast(cells, plain)
    if column.kind == "int":
        ledger.rows("fractional_count", sheet, column.name, plain & (values != np.floor(values)))
    _check_range(column, sheet, values, ledger)
    return pd.Series(values, index=cells.index)


def _matches(cells: "pd.Series[str]", pattern: str) -> Mask:
    return np.asarray(cells.str.fullmatch(pattern), dtype=bool)


def _text_cells(column: str, sheet: Sheet) -> Mask:
    """Cells that a workbook holds as text though they may look like numbers."""
    return sheet.as_text.get(column, np.zeros(len(sheet.rows), dtype=bool))


def _cast(cells: "pd.Series[str]", plain: Mask) -> Floats:
    values = np.full(len(cells), np.nan)
    written: Any = pa.array(cells[plain])
    values[plain] = pc.cast(pc.utf8_ltrim(written, characters="+"), pa.float64()).to_numpy(zero_copy_only=False)
    return values + 0.0


def _check_range(column: Column, sheet: Sheet, values: Floats, ledger: Ledger) -> None:
    low = -_LARGEST if column.min is None else column.min
    high = _LARGEST if column.max is None else column.max
    negative = (values < low) & (low == 0)
    ledger.rows("negative_number", sheet, column.name, negative)
    ledger.rows("too_small", sheet, column.name, (values < low) & ~negative, facts={"limit": f"{low:g}"})
    ledger.rows("too_large", sheet, column.name, values > high, facts={"limit": f"{high:g}"})

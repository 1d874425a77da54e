"""Cells that hold numbers: plain digits only, whole where the column counts something."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from desk.load.ledger import Ledger
from desk.load.sheet import Sheet
from desk.tables import Column

_FLOAT = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_INT = r"[+-]?\d+(?:\.0*)?"
_NOT_FINITE = r"(?i)[+-]?(?:nan|inf|infinity)"
_LARGEST_WHOLE = 2.0**53


def read_number(column: Column, sheet: Sheet, ledger: Ledger) -> "pd.Series[float]":
    """Floats, NaN where the cell is blank or could not be read; what is wrong goes to the ledger."""
    cells = sheet.cells[column.name]
    blank = (cells == "").to_numpy()
    plain = cells.str.fullmatch(_FLOAT).to_numpy(dtype=bool) & ~_text_cells(column, sheet)
    never = cells.str.fullmatch(_NOT_FINITE).to_numpy(dtype=bool)
    ledger.rows("not_finite", sheet, column.name, never)
    ledger.rows("number_as_text", sheet, column.name, ~(blank | plain | never))
    values = np.full(len(cells), np.nan)
    values[plain] = cells[plain].astype("float64")
    _check_whole(column, sheet, values, plain, ledger)
    _check_range(column, sheet, values, ledger)
    return pd.Series(values, index=cells.index)


def _text_cells(column: Column, sheet: Sheet) -> npt.NDArray[np.bool_]:
    """Cells that a workbook holds as text though they look like numbers."""
    none = np.zeros(len(sheet.rows), dtype=bool)
    return sheet.as_text.get(column.name, none)


def _check_whole(
    column: Column, sheet: Sheet, values: npt.NDArray[np.float64], plain: npt.NDArray[np.bool_], ledger: Ledger
) -> None:
    if column.kind != "int":
        return
    written_whole = sheet.cells[column.name].str.fullmatch(_INT).to_numpy(dtype=bool)
    fraction = plain & (values != np.floor(values))
    ledger.rows("fractional_count", sheet, column.name, fraction)
    ledger.rows("number_as_text", sheet, column.name, plain & ~fraction & ~written_whole)


def _check_range(column: Column, sheet: Sheet, values: npt.NDArray[np.float64], ledger: Ledger) -> None:
    low = -np.inf if column.min is None else column.min
    high = _LARGEST_WHOLE if column.max is None else column.max
    negative = (values < low) & (low == 0)
    ledger.rows("negative_number", sheet, column.name, negative)
    ledger.rows("too_small", sheet, column.name, (values < low) & ~negative, facts={"limit": f"{low:g}"})
    ledger.rows("too_large", sheet, column.name, values > high, facts={"limit": f"{high:g}"})

"""Cells that hold names, choices, yes or no, lists and clock times."""

from typing import Any

import numpy as np
import pandas as pd

from desk.load.ledger import Ledger
from desk.load.sheet import Sheet
from desk.tables import Column

_CLOCK = r"(\d{1,2}):(\d{2})(?::00)?(\+1)?"
_BOOL = {"1": True, "0": False, "true": True, "false": False}


def read_text(column: Column, sheet: Sheet) -> "pd.Series[str]":
    """Texts, NA where blank."""
    cells = sheet.cells[column.name]
    return cells.mask(cells == "")


def read_choice(column: Column, sheet: Sheet, ledger: Ledger) -> "pd.Series[str]":
    """One of the declared choices."""
    texts = read_text(column, sheet)
    wrong = (texts.notna() & ~texts.isin(column.choices)).to_numpy(dtype=bool)
    ledger.rows("unknown_choice", sheet, column.name, wrong, facts={"choices": ", ".join(column.choices)})
    return texts


def read_bool(column: Column, sheet: Sheet, ledger: Ledger) -> "pd.Series[bool]":
    """True, False or NA."""
    cells = sheet.cells[column.name]
    found = cells.str.lower().map(_BOOL).astype("boolean")
    ledger.rows("not_a_bool", sheet, column.name, (found.isna() & (cells != "")).to_numpy(dtype=bool))
    return found


def read_list(column: Column, sheet: Sheet) -> "pd.Series[Any]":
    """Tuples of names; an empty one where blank."""
    cells = sheet.cells[column.name]
    split = {text: _names(text) for text in cells.unique()}
    return pd.Series([split[text] for text in cells], index=cells.index, dtype="object")


def read_clock(column: Column, sheet: Sheet, ledger: Ledger) -> "pd.Series[float]":
    """Minutes since midnight, NaN where blank; 24:00 and +1 reach into the next day."""
    cells = sheet.cells[column.name]
    parts = cells.str.extract(f"^{_CLOCK}$")
    hour, minute = parts[0].astype("float64"), parts[1].astype("float64")
    minutes = hour * 60 + minute
    good = (minute < 60) & (minutes <= 24 * 60)
    ledger.rows("not_a_clock", sheet, column.name, (~good & (cells != "")).to_numpy(dtype=bool))
    return (minutes + 1440 * parts[2].notna()).where(good, np.nan)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split("|") if name.strip())

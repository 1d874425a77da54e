"""Cells that hold names, choices, yes or no, lists and clock times."""

from typing import Any

import numpy as np
import pandas as pd

from desk.formula import unguarded
from desk.load.ledger import Ledger
from desk.load.sheet import Sheet
from desk.tables import Column

LIST_MARK = "|"
_CLOCK = r"^([0-9]{1,2})[:：]([0-9]{2})(?:[:：]00)?(\+1)?$"
_BOOL = {"1": True, "0": False, "true": True, "false": False}
_DAY_MIN = 1440


def read_text(column: Column, sheet: Sheet) -> "pd.Series[str]":
    """Texts, NA where blank; the quote that a CSV puts before what a spreadsheet would compute is taken off."""
    cells = sheet.text[column.name]
    if not sheet.as_text and np.asarray(cells.str.startswith("'"), dtype=bool).any():
        cells = unguarded(cells)
    return cells.mask(cells == "")


def read_id(column: Column, sheet: Sheet, ledger: Ledger) -> "pd.Series[str]":
    """Names that other tables may list, so without the mark that separates a list's names."""
    names = read_text(column, sheet)
    marked = np.asarray(sheet.cells[column.name].str.contains(LIST_MARK, regex=False), dtype=bool)
    ledger.rows("bar_in_name", sheet, column.name, marked)
    return names


def read_choice(column: Column, sheet: Sheet, ledger: Ledger) -> "pd.Series[str]":
    """One of the declared choices, NA where blank."""
    words = read_text(column, sheet)
    wrong = np.asarray(words.notna() & ~words.isin(column.choices), dtype=bool)
    ledger.rows("unknown_choice", sheet, column.name, wrong, facts={"choices": ", ".join(column.choices)})
    return words


def read_bool(column: Column, sheet: Sheet, ledger: Ledger) -> "pd.Series[bool]":
    """True, False or NA where blank."""
    cells = sheet.text[column.name]
    codes, words = pd.factorize(cells)
    known = pd.array([_BOOL.get(str(word).lower(), pd.NA) for word in words], dtype="boolean")
    found = pd.Series(known[codes], index=cells.index)
    ledger.rows("not_a_bool", sheet, column.name, np.asarray(found.isna() & (cells != ""), dtype=bool))
    return found


def read_list(column: Column, sheet: Sheet) -> "pd.Series[Any]":
    """Tuples of names; an empty one where blank."""
    cells = read_text(column, sheet).fillna("")
    split = {text: _names(text) for text in cells.unique()}
    return pd.Series([split[text] for text in cells], index=cells.index, dtype="object")


def read_clock(column: Column, sheet: Sheet, ledger: Ledger) -> "pd.Series[float]":
    """Minutes since midnight, NaN where blank; 24:00 is midnight and +1 means the next day."""
    cells = sheet.text[column.name]
    parts = cells.str.extract(_CLOCK)
    hour, minute = parts[0].astype("float64"), parts[1].astype("float64")
    minutes = hour * 60 + minute
    good = (minute < 60) & (minutes <= _DAY_MIN)
    ledger.rows("not_a_clock", sheet, column.name, np.asarray(~good & (cells != ""), dtype=bool))
    return (minutes + _DAY_MIN * parts[2].notna()).where(good, np.nan)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(LIST_MARK) if name.strip())

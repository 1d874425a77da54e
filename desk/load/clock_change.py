"""Local times to moments: a clock change skips some and brings others twice."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from desk.load.ledger import Ledger
from desk.load.sheet import Sheet
from desk.tables import Column, table

Mask = npt.NDArray[np.bool_]


def localised(
    column: Column, sheet: Sheet, local: "pd.Series[pd.Timestamp]", timezone: str, ledger: Ledger
) -> "pd.Series[pd.Timestamp]":
    """Naive local times in the zone ``timezone``; NaT where a time does not exist.

    A time that comes twice and stands in two rows of the same key is read as the first and the second, in the
    rows' order; alone it is refused.
    """
    first = local.dt.tz_localize(timezone, ambiguous=np.ones(len(local), dtype=bool), nonexistent="NaT")
    skipped = (local.notna() & first.isna()).to_numpy()
    ledger.rows("nonexistent_time", sheet, column.name, skipped)
    second = local.dt.tz_localize(timezone, ambiguous=np.zeros(len(local), dtype=bool), nonexistent="NaT")
    twice = (first.notna() & (first != second)).to_numpy()
    if not twice.any():
        return first
    pair, later = _pairs(column, sheet, twice)
    ledger.rows("ambiguous_time", sheet, column.name, twice & ~pair)
    return first.where(~(pair & later), second)


def _pairs(column: Column, sheet: Sheet, twice: Mask) -> tuple[Mask, Mask]:
    """Which of the cells come exactly twice under their key, and which of them are the second."""
    pair, later = np.zeros(len(twice), dtype=bool), np.zeros(len(twice), dtype=bool)
    key = [name for name in table(sheet.name).key if name in sheet.cells]
    if column.name in key:
        own = pd.DataFrame({name: sheet.text[name][twice] for name in key})
        groups = own.groupby(key, sort=False)[column.name]
        pair[twice] = (groups.transform("size") == 2).to_numpy()
        later[twice] = (groups.cumcount() == 1).to_numpy()
    return pair, later

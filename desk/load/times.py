"""Cells that hold moments and days: ISO dates, the desk's zone, and what a clock change does to them."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from desk.load.ledger import Ledger
from desk.load.sheet import Sheet
from desk.tables import Column, table

_DAY = r"\d{4}(?:-\d{2}-\d{2}|/\d{1,2}/\d{1,2})"
_CLOCK = r"[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?"
_OFFSET = r"(?:Z|[+-]\d{2}:?\d{2})"
_AMBIGUOUS_DAY = r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}(?:\D.*)?"
_EARLIEST, _LATEST = pd.Timestamp("1970-01-01"), pd.Timestamp("2200-01-01")
Mask = npt.NDArray[np.bool_]


def read_date(column: Column, sheet: Sheet, ledger: Ledger) -> "pd.Series[pd.Timestamp]":
    """Naive midnights, NaT where blank or unreadable."""
    cells = sheet.cells[column.name]
    midnight = cells.str.replace(r"[ T]00:00(:00(\.0+)?)?$", "", regex=True)
    good = midnight.str.fullmatch(_DAY).to_numpy(dtype=bool)
    days = _parsed(midnight, good)
    _refuse_form(column, sheet, good, days, ledger)
    _refuse_two_forms(column, sheet, good, ledger)
    return days


def read_time(column: Column, sheet: Sheet, timezone: str, ledger: Ledger) -> "pd.Series[pd.Timestamp]":
    """Zone-aware times, NaT where blank or unreadable."""
    cells = sheet.cells[column.name]
    naive = cells.str.fullmatch(f"{_DAY}(?:{_CLOCK})?").to_numpy(dtype=bool)
    offset = cells.str.fullmatch(f"{_DAY}{_CLOCK}{_OFFSET}").to_numpy(dtype=bool)
    local = _parsed(cells, naive)
    fixed = _parsed(cells, offset, utc=True).dt.tz_convert(timezone)
    _refuse_form(column, sheet, naive | offset, local.fillna(fixed.dt.tz_localize(None)), ledger)
    _refuse_two_forms(column, sheet, naive | offset, ledger)
    _refuse_mixture(column, sheet, naive, offset, fixed, ledger)
    return _localised(column, sheet, local, timezone, ledger).fillna(fixed)


def _parsed(cells: "pd.Series[str]", good: Mask, *, utc: bool = False) -> "pd.Series[pd.Timestamp]":
    """The moments of the cells that ``good`` marks; NaT elsewhere and where there is no such day."""
    iso = cells.where(pd.Series(good, index=cells.index)).str.replace("/", "-")
    single = iso.str.contains(r"-\d-|-\d\b|[ T]\d:", regex=True).fillna(False).to_numpy(dtype=bool)
    if single.any():
        iso = _padded(iso)
    parsed = pd.to_datetime(iso, format="ISO8601", errors="coerce", utc=utc)
    return pd.Series(parsed).astype("datetime64[us, UTC]" if utc else "datetime64[us]")


def _padded(iso: "pd.Series[str]") -> "pd.Series[str]":
    for pattern in (r"-(\d)(-)", r"-(\d)([ T]|$)"):
        iso = iso.str.replace(pattern, r"-0\1\2", regex=True)
    return iso.str.replace(r"([ T])(\d):", r"\g<1>0\2:", regex=True)


def _refuse_form(column: Column, sheet: Sheet, good: Mask, found: "pd.Series[pd.Timestamp]", ledger: Ledger) -> None:
    cells = sheet.cells[column.name]
    wrong = ~good & (cells != "").to_numpy()
    swapped = wrong & cells.str.fullmatch(_AMBIGUOUS_DAY).to_numpy(dtype=bool)
    ledger.rows("ambiguous_date", sheet, column.name, swapped)
    ledger.rows("not_a_date" if column.kind == "date" else "not_a_time", sheet, column.name, wrong & ~swapped)
    missing = good & found.isna().to_numpy()
    outside = ((found < _EARLIEST) | (found >= _LATEST)).to_numpy(dtype=bool)
    ledger.rows("no_such_day", sheet, column.name, missing | outside)


def _refuse_two_forms(column: Column, sheet: Sheet, good: Mask, ledger: Ledger) -> None:
    slashed = sheet.cells[column.name].str.contains("/", regex=False).to_numpy(dtype=bool) & good
    fewer = slashed if 2 * slashed.sum() <= good.sum() else good & ~slashed
    if slashed.any() and (good & ~slashed).any():
        ledger.rows("two_date_forms", sheet, column.name, fewer)


def _refuse_mixture(
    column: Column, sheet: Sheet, naive: Mask, offset: Mask, fixed: "pd.Series[Any]", ledger: Ledger
) -> None:
    """Some rows with an offset and some without, or offsets that differ and are not the desk's own."""
    if naive.any() and offset.any():
        fewer = naive if naive.sum() < offset.sum() else offset
        ledger.rows("mixed_zones", sheet, column.name, fewer)
    written = sheet.cells[column.name].where(pd.Series(offset)).str.extract(f"({_OFFSET})$", expand=False)
    if written.nunique() > 1:
        minutes = _minutes(written)
        own = (fixed.dt.tz_localize(None) - fixed.dt.tz_convert("UTC").dt.tz_localize(None)) / pd.Timedelta(minutes=1)
        ledger.rows("foreign_offset", sheet, column.name, offset & (minutes != own).to_numpy(dtype=bool))


def _minutes(offsets: "pd.Series[str]") -> "pd.Series[float]":
    """Minutes east of UTC of offsets such as +08:00 or Z."""
    parts = offsets.str.replace("Z", "+0000").str.replace(":", "").astype("float64")
    whole: pd.Series[float] = np.trunc(parts / 100) * 60 + np.fmod(parts, 100)
    return whole


def _localised(
    column: Column, sheet: Sheet, local: "pd.Series[pd.Timestamp]", timezone: str, ledger: Ledger
) -> "pd.Series[pd.Timestamp]":
    first = local.dt.tz_localize(timezone, ambiguous=np.ones(len(local), dtype=bool), nonexistent="NaT")
    ledger.rows("nonexistent_time", sheet, column.name, (local.notna() & first.isna()).to_numpy())
    second = local.dt.tz_localize(timezone, ambiguous=np.zeros(len(local), dtype=bool), nonexistent="NaT")
    twice = (first != second).to_numpy(dtype=bool) & first.notna().to_numpy()
    if not twice.any():
        return first
    pair, later = _pairs(column, sheet, twice)
    ledger.rows("ambiguous_time", sheet, column.name, twice & ~pair)
    return first.where(~(pair & later), second)


def _pairs(column: Column, sheet: Sheet, twice: Mask) -> tuple[Mask, Mask]:
    """Which ambiguous cells come exactly twice under their key, and which of them are the second."""
    key = table(sheet.name).key
    if column.name not in key:
        none = np.zeros(len(twice), dtype=bool)
        return none, none
    own = pd.DataFrame({name: sheet.cells[name][twice] for name in key if name in sheet.cells})
    groups = own.groupby(list(own.columns), sort=False)[column.name]
    pair, later = np.zeros(len(twice), dtype=bool), np.zeros(len(twice), dtype=bool)
    pair[twice] = (groups.transform("size") == 2).to_numpy()
    later[twice] = (groups.cumcount() == 1).to_numpy()
    return pair, later

"""Cells that hold moments and days, the year first, in the desk's zone unless they carry an offset."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from desk.load.clock_change import localised
from desk.load.ledger import Ledger
from desk.load.serial import day_of
from desk.load.sheet import Sheet
from desk.tables import Column, table

_PLAIN = r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[ T][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?)?"
_DAY = r"[0-9]{4}(?:-[0-9]{2}-[0-9]{2}|/[0-9]{1,2}/[0-9]{1,2})"
_CLOCK = r"[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"
_OFFSET = r"(?:Z|[+-](?:0[0-9]|1[0-4]):?[0-5][0-9])"
_SWAPPED_DAY = r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2,4}(?:[^0-9].*)?"
_MIDNIGHT = r"[ T]00:00(:00(\.0+)?)?$"
_CHINESE_DAY = r"^([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日[ T]?(?=[0-9]|$)"
_EARLIEST, _LATEST = pd.Timestamp("1970-01-01"), pd.Timestamp("2200-01-01")
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Forms:
    """How the cells of a time column are written: ``plain`` where all are zero-padded ISO without offset."""

    naive: Mask
    offset: Mask
    plain: bool


def read_date(column: Column, sheet: Sheet, ledger: Ledger) -> "pd.Series[pd.Timestamp]":
    """Naive midnights, NaT where blank or unreadable."""
    cells = _ascii(sheet.text[column.name]).str.replace(_MIDNIGHT, "", regex=True)
    good = _matches(cells, _DAY)
    days = _parsed(cells, good)
    _refuse_form(column, sheet, good, days, ledger)
    _refuse_two_forms(column, sheet, good, ledger)
    return days


def read_time(column: Column, sheet: Sheet, forms: Forms, timezone: str, ledger: Ledger) -> "pd.Series[pd.Timestamp]":
    """Zone-aware times, NaT where blank or unreadable."""
    naive, offset = forms.naive, forms.offset
    cells = sheet.text[column.name] if forms.plain else _ascii(sheet.text[column.name])
    local = _parsed(cells, naive, plain=forms.plain)
    if not offset.any():
        _refuse_form(column, sheet, naive, local, ledger)
        _refuse_two_forms(column, sheet, naive, ledger)
        return localised(column, sheet, local, timezone, ledger)
    fixed = _parsed(cells, offset, utc=True).dt.tz_convert(timezone)
    _refuse_form(column, sheet, naive | offset, local.fillna(fixed.dt.tz_localize(None)), ledger)
    _refuse_two_forms(column, sheet, naive | offset, ledger)
    if naive.any() and (strange := offset & ~told_apart(cells, offset, timezone)).any():
        ledger.rows("mixed_zones", sheet, column.name, naive if naive.sum() < strange.sum() else strange)
    _refuse_foreign(column, sheet, offset, fixed, ledger)
    return localised(column, sheet, local, timezone, ledger).fillna(fixed)


def time_forms(sheet: Sheet) -> dict[str, Forms]:
    """How the cells of each time column of the sheet are written."""
    columns = [column.name for column in table(sheet.name).columns.values() if column.kind == "time"]
    return {name: _forms(sheet.text[name]) for name in columns if name in sheet.text}


def told_apart(cells: "pd.Series[str]", offset: Mask, timezone: str) -> Mask:
    """Which of the cells that ``offset`` marks need theirs: local times that come twice, with an offset of the zone."""
    if not offset.any():
        return offset
    local = _parsed(cells.str.replace(f"{_OFFSET}$", "", regex=True), offset)
    first, second = (
        local.dt.tz_localize(timezone, ambiguous=np.full(len(local), one), nonexistent="NaT") for one in (True, False)
    )
    moment = _parsed(cells, offset, utc=True)
    apart: Mask = np.asarray((first != second) & ((moment == first) | (moment == second)), dtype=bool)
    return offset & apart


def refuse_mixed_columns(sheet: Sheet, forms: Mapping[str, Forms], timezone: str, ledger: Ledger) -> None:
    """Note a time column that carries offsets, where none is needed, in a table where another one does not."""
    fixed = {name: own.offset for name, own in forms.items() if own.offset.any()}
    naive = [name for name, own in forms.items() if own.naive.any()]
    if not naive or set(fixed) & set(naive):
        return
    for name, offset in fixed.items():
        if (offset & ~told_apart(_ascii(sheet.text[name]), offset, timezone)).any():
            ledger.add("mixed_zone_columns", sheet.file, column=name, other=naive[0])
            return


def moment_of(words: str) -> pd.Timestamp | None:
    """The moment or day that words outside a table name, by the rules of its cells, so that no month is guessed.

    Returns
    -------
    Naive, or in UTC where the words carry an offset; None where they are no date that begins with the year.
    """
    cells = _ascii(pd.Series([words.strip()], dtype="str"))
    forms = _forms(cells)
    found = _parsed(cells, forms.naive | forms.offset, utc=bool(forms.offset[0]), plain=forms.plain).iloc[0]
    return None if pd.isna(found) else found


def _forms(cells: "pd.Series[str]") -> Forms:
    naive = _matches(cells, _PLAIN)
    if (naive | (cells == "").to_numpy(dtype=bool)).all():
        return Forms(naive, np.zeros(len(cells), dtype=bool), plain=True)
    cells = _ascii(cells)
    return Forms(_matches(cells, f"{_DAY}(?:{_CLOCK})?"), _matches(cells, f"{_DAY}{_CLOCK}{_OFFSET}"), plain=False)


def _ascii(cells: "pd.Series[str]") -> "pd.Series[str]":
    """2026年6月5日 as 2026/6/5, and colons of full width as ordinary ones: neither can be taken for anything else."""
    days = cells.str.replace(_CHINESE_DAY, r"\1/\2/\3 ", regex=True).str.rstrip()
    return days.str.replace("：", ":", regex=False)


def _matches(cells: "pd.Series[str]", pattern: str) -> Mask:
    return np.asarray(cells.str.fullmatch(pattern), dtype=bool)


def _parsed(
    cells: "pd.Series[str]", good: Mask, *, utc: bool = False, plain: bool = False
) -> "pd.Series[pd.Timestamp]":
    """The moments of the cells that ``good`` marks; NaT elsewhere and where there is no such day."""
    iso = cells.where(pd.Series(good, index=cells.index))
    parsed = pd.to_datetime(iso if plain else _padded(iso), format="ISO8601", errors="coerce", utc=utc)
    return parsed.astype("datetime64[us, UTC]" if utc else "datetime64[us]")


def _padded(iso: "pd.Series[str]") -> "pd.Series[str]":
    """ISO with dashes and two digits for month, day and hour."""
    iso = iso.str.replace("/", "-", regex=False)
    for pattern in (r"-([0-9])(-)", r"-([0-9])([ T]|$)"):
        iso = iso.str.replace(pattern, r"-0\1\2", regex=True)
    return iso.str.replace(r"([ T])([0-9]):", r"\g<1>0\2:", regex=True)


def _refuse_form(column: Column, sheet: Sheet, good: Mask, found: "pd.Series[pd.Timestamp]", ledger: Ledger) -> None:
    cells = sheet.text[column.name]
    wrong = ~good & (cells != "").to_numpy(dtype=bool)
    if wrong.any():
        swapped = wrong & _matches(cells, _SWAPPED_DAY)
        counted = wrong & (cells.where(wrong, "").map(day_of) != "").to_numpy(dtype=bool)
        ledger.rows("ambiguous_date", sheet, column.name, swapped)
        ledger.rows("counted_day", sheet, column.name, counted, facts=lambda row: {"day": day_of(cells.iloc[row])})
        other = wrong & ~swapped & ~counted
        ledger.rows("not_a_date" if column.kind == "date" else "not_a_time", sheet, column.name, other)
    missing = good & found.isna().to_numpy()
    outside = ((found < _EARLIEST) | (found >= _LATEST)).to_numpy(dtype=bool)
    ledger.rows("no_such_day", sheet, column.name, missing | outside)


def _refuse_two_forms(column: Column, sheet: Sheet, good: Mask, ledger: Ledger) -> None:
    slashed = np.asarray(sheet.cells[column.name].str.contains("/", regex=False), dtype=bool) & good
    dashed = good & ~slashed
    if slashed.any() and dashed.any():
        ledger.rows("two_date_forms", sheet, column.name, slashed if slashed.sum() <= dashed.sum() else dashed)


def _refuse_foreign(
    column: Column, sheet: Sheet, offset: Mask, fixed: "pd.Series[pd.Timestamp]", ledger: Ledger
) -> None:
    """Offsets that differ within a column must be the desk's own at their time: the two sides of a clock change."""
    written = sheet.text[column.name].where(pd.Series(offset)).str.extract(f"({_OFFSET})$", expand=False)
    if written.nunique() < 2:
        return
    zone_min = (fixed.dt.tz_localize(None) - fixed.dt.tz_convert("UTC").dt.tz_localize(None)) / pd.Timedelta(minutes=1)
    ledger.rows("foreign_offset", sheet, column.name, offset & (_minutes(written) != zone_min).to_numpy(dtype=bool))


def _minutes(offsets: "pd.Series[str]") -> "pd.Series[float]":
    """Minutes east of UTC of offsets such as +08:00 or Z."""
    parts = offsets.str.replace("Z", "+0000", regex=False).str.replace(":", "", regex=False).astype("float64")
    size = parts.abs()
    return (size // 100 * 60 + size % 100) * parts.ge(0).map({True: 1.0, False: -1.0})

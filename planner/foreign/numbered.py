"""Days and clocks that other systems write as numbers: a spreadsheet's days, a machine's seconds, parts of a day."""

import re
from datetime import UTC, datetime, timedelta

import pandas as pd

from desk.load.serial import day_of

_SECONDS = re.compile(r"1[0-8]\d{8}")
"""Since 1970, in UTC, from 2001 to 2030; a thousand times as many are thousandths."""
_THOUSANDTHS = re.compile(r"1[0-8]\d{11}")
_PART = re.compile(r"0?\.\d+(?:e-\d+)?|\d\.\d+e-\d+|0", re.I)
_MINUTES_A_DAY = 1440


def numbered(cells: "pd.Series[str]") -> dict[str, str]:
    """Number -> moment, where all cells of a column are numbers that tell one; empty otherwise."""
    filled = [cell for cell in cells.unique() if cell]
    for read in (day_of, _epoch):
        found = {cell: moment for cell in filled if (moment := read(cell))}
        if filled and len(found) == len(filled):
            return found
    return {}


def parts_of_day(cells: "pd.Series[str]") -> dict[str, str]:
    """Number -> clock, where all cells of a column are parts of a day (0.375 is 09:00); empty otherwise."""
    filled = [cell for cell in cells.unique() if cell]
    if not any("." in cell for cell in filled) or not all(map(_PART.fullmatch, filled)):
        return {}
    minutes = {cell: round(float(cell) * _MINUTES_A_DAY) for cell in filled}
    return {cell: f"{own // 60:02d}:{own % 60:02d}" for cell, own in minutes.items()}


def _epoch(cell: str) -> str:
    thousandths = _THOUSANDTHS.fullmatch(cell) is not None
    if not thousandths and not _SECONDS.fullmatch(cell):
        return ""
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=int(cell) * (1 if thousandths else 1000))
    return f"{moment:%Y-%m-%d %H:%M:%S}+00:00"

"""Days and hours as other systems write them; which of two numbers is the month is never guessed."""

import re

import pandas as pd

ORDERS = ("year", "day", "month")
"""What stands first in a date: the year, the day, or the month."""
_PARTS = re.compile(r"^\s*(\d{1,4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,4})\s*日?(.*)$", re.DOTALL)
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(\D.*)?$", re.DOTALL)
_CLOCK = re.compile(r"(\d{1,2})(?:[:：时点h](\d{1,2}))?(?:[:：分](\d{1,2}))?")
_LAST_MONTH, _LAST_HOUR = 12, 23


def order_of(cells: "pd.Series[str]") -> str | None:
    """What stands first in the dates of these cells; None where they can be read in more than one way."""
    found = [match.groups() for match in map(_PARTS.match, cells.unique()) if match]
    if not found:
        return "year"
    if all(len(first) == len("2026") for first, *_ in found):
        return "year"
    if any(int(first) > _LAST_MONTH for first, *_ in found):
        return "day"
    return "month" if any(int(second) > _LAST_MONTH for _, second, *_ in found) else None


def iso_moment(cell: str, order: str) -> str:
    """The cell as year-month-day and clock; as it is where it is no date of this order, for the reader to refuse."""
    compact, parted = _COMPACT.match(cell.strip()), _PARTS.match(cell)
    if compact:
        year, month, day, rest = compact.groups()
    elif parted and order == "year":
        year, month, day, rest = parted.groups()
    elif parted:
        first, second, year, rest = parted.groups()
        day, month = (first, second) if order == "day" else (second, first)
    else:
        return cell
    said = f"{int(year):04d}-{int(month):02d}-{int(day):02d}"
    clock = (rest or "").strip(" T")
    return f"{said} {clock}" if clock else said


def iso_clock(cell: str) -> str:
    """The beginning of an hour as a clock: ``9``, ``9:30``, ``09:00-10:00``, ``9点``; as it is where it is none."""
    match = _CLOCK.search(cell)
    if match is None or int(match[1]) > _LAST_HOUR:
        return cell
    return f"{int(match[1]):02d}:{int(match[2] or 0):02d}"


def latest_day(cells: "pd.Series[str]", order: str) -> pd.Timestamp | None:
    """The last day among the cells; None where none of them is a date of this order."""
    days = pd.to_datetime([iso_moment(cell, order)[:10] for cell in cells.unique()], format="%Y-%m-%d", errors="coerce")
    return None if days.isna().all() else days.max()

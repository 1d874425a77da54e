"""Days and hours as other systems write them; which of two numbers is the month is never guessed."""

import re
from unicodedata import normalize

import pandas as pd

from planner.foreign.day_words import in_figures
from planner.foreign.eras import common_era
from planner.foreign.numbered import numbered, parts_of_day

ORDERS = ("year", "day", "month")
"""What stands first in a date: the year, the day, or the month."""
_PARTS = re.compile(r"^\s*(\d{1,4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,4})\s*日?(.*)$", re.DOTALL)
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(\D.*)?$", re.DOTALL)
_DIGITS_ALONE = re.compile(r"((?:19|20)\d{6})(\d{2})(\d{2})?(\d{2})?")
_SPAN = re.compile(r"^(\S+T\S+)/\S+T\S+$")
_DASHED = re.compile(r"^(.*\d:\d{2})-(\d{2}:\d{2})$")
_MOST_OFFSETS = 2
"""In one zone, summer and winter: clocks after a dash that differ more are the ends of spans."""
_PARTS_OF_DAY = {
    "凌晨": (0, 7), "早上": (4, 12), "上午": (0, 12), "am": (0, 12), "中午": (11, 15),
    "下午": (12, 24), "pm": (12, 24), "晚上": (17, 24),
}  # fmt: skip
"""What is said beside a clock of twelve hours -> from which hour until before which it is said."""
_PART = r"凌晨|早上|上午|中午|下午|晚上|[ap]\.?m\.?"
_CLOCK = re.compile(
    rf"({_PART})?\s*(\d{{1,2}})(?:[:时点h](\d{{1,2}}))?(?:[:分](\d{{1,2}}))?\s*(?:[时点分秒h]|uhr)?\s*({_PART})?", re.I
)
_OFFSET = re.compile(r"\d[+-]\d{2}:?\d{2}$")
_UNTIL = re.compile(r"[-~–—至到]|\bto\b|\bbis\b", re.I)
_DIGITS = re.compile(r"\d{4}")
_MIDNIGHT = ("24", "24:00", "24:00:00", "24点", "24时", "24h")
_CLOCK_PARTS = 3
_LAST_MONTH, _LAST_DAY, _HALF_DAY, _HOURS = 12, 31, 12, 24
_CENTURY = 2000
"""Of a year of two digits."""


def orders_of(cells: "pd.Series[str]") -> tuple[str, ...]:
    """What may stand first in the dates of these cells."""
    found = [match.groups() for cell in cells.unique() if (match := _PARTS.match(in_figures(common_era(cell))))]
    if all(len(first) == len("2026") for first, *_ in found):
        return ORDERS[:1]
    short = all(max(len(first), len(third)) <= len("26") for first, _, third, _ in found)
    months = {at: all(1 <= int(parts[at]) <= _LAST_MONTH for parts in found) for at in (0, 1)}
    days = {at: all(1 <= int(parts[at]) <= _LAST_DAY for parts in found) for at in (0, 1, 2)}
    able = {"year": short and months[1] and days[2], "day": days[0] and months[1], "month": months[0] and days[1]}
    return tuple(order for order in ORDERS if able[order]) or ORDERS[1:]


def iso_moment(cell: str, order: str) -> str:
    """The cell as year-month-day and clock; as it is where it is no date of this order, for the reader to refuse."""
    plain = in_figures(common_era(cell))
    if alone := _DIGITS_ALONE.fullmatch(plain.strip()):
        plain = f"{alone[1]} {':'.join([*filter(None, alone.groups()[1:]), '00'][:_CLOCK_PARTS])}"
    compact, parted = _COMPACT.match(plain.strip()), _PARTS.match(plain)
    if compact:
        year, month, day, rest = compact.groups()
    elif parted and order == "year" and len(parted[3]) <= len("26"):
        year, month, day, rest = parted.groups()
    elif parted and order != "year":
        first, second, year, rest = parted.groups()
        day, month = (first, second) if order == "day" else (second, first)
    else:
        return cell
    century = _CENTURY if len(year) == len("26") else 0
    said = f"{century + int(year):04d}-{int(month):02d}-{int(day):02d}"
    clock = (rest or "").strip(" T")
    return f"{said} {clock if _OFFSET.search(clock) else iso_clock(clock)}" if clock else said


def iso_moments(cells: "pd.Series[str]", order: str) -> "pd.Series[str]":
    """Each cell by :func:`iso_moment`, as far as a column tells what a cell alone does not: numbers that are days or
    seconds, and clocks after a dash that are the ends of spans and no offsets.
    """
    known = numbered(cells)
    whole = {cell: _SPAN.sub(r"\1", cell.strip()) for cell in cells.unique()}
    dashed = {cell: found for cell, own in whole.items() if (found := _DASHED.match(own))}
    if len({found[2] for found in dashed.values()}) > _MOST_OFFSETS:
        whole |= {cell: found[1] for cell, found in dashed.items()}
    return cells.map({cell: known.get(cell) or iso_moment(own, order) for cell, own in whole.items()})


def iso_clocks(cells: "pd.Series[str]") -> "pd.Series[str]":
    """Each cell by :func:`iso_clock`; in a column of parts of a day 0.375 is 09:00."""
    known = parts_of_day(cells)
    return cells.map({cell: known.get(cell) or iso_clock(cell) for cell in cells.unique()})


def iso_clock(cell: str) -> str:
    """The beginning of an hour as a clock: ``9``, ``9:30``, ``0930``, ``09:00-10:00``, ``9点``, ``3 PM``; as it is
    where it is none, or where only its end says which half of the day is meant.
    """
    begin, *end = (part.strip() for part in _UNTIL.split(_plain(cell)))
    if all(_DIGITS.fullmatch(part) for part in (begin, *end)):
        begin = f"{begin[:2]}:{begin[2:]}"
    late = any(re.search(_PART, part, re.I) for part in end) and not re.search(_PART, begin, re.I)
    return cell if late else _clock(begin) or cell


def _plain(cell: str) -> str:
    """The cell with ordinary digits, colons and slashes for those of full width."""
    return normalize("NFKC", cell)


def _clock(words: str) -> str | None:
    """A clock of 24 hours; None where the words are none, or name an hour that this part of the day has not."""
    found = _CLOCK.fullmatch(words)
    if found is None or (found[1] and found[5]):
        return None
    hour = _of_24(int(found[2]), (found[1] or found[5] or "").lower().replace(".", ""))
    if hour is None:
        return f"{_HOURS}:00" if words.strip() in _MIDNIGHT else None
    return f"{hour:02d}:{int(found[3] or 0):02d}" + (f":{int(found[4]):02d}" if found[4] else "")


def _of_24(hour: int, said: str) -> int | None:
    """The hour of the day; None where it is none: twelve in the evening is of one day, or of the next."""
    first, last = _PARTS_OF_DAY.get(said, (0, _HOURS))
    both = (hour % _HALF_DAY, hour % _HALF_DAY + _HALF_DAY) if said and hour <= _HALF_DAY else (hour,)
    return next((one for one in both if first <= one < last), None)


def latest_day(cells: "pd.Series[str]", order: str) -> pd.Timestamp | None:
    """The last day among the cells; None where none of them is a date of this order."""
    days = pd.to_datetime(iso_moments(cells, order).str[:10], format="%Y-%m-%d", errors="coerce")
    return None if days.isna().all() else days.max()

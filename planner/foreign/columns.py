"""The columns of a foreign file as ours: which title is meant by each, and its cells in our own form."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from desk.tables import table
from planner.foreign.day_spans import UNTIL
from planner.foreign.figures import plain_flags, plain_numbers
from planner.foreign.hours_across import COUNT, HOUR, hours_across, unfolded
from planner.foreign.hours_said import Hours, begun, reach_24
from planner.foreign.lengths import after, scaled, with_units
from planner.foreign.meant import CLOCK, DATE
from planner.foreign.moments import iso_clocks, iso_moments
from planner.foreign.read import Foreign
from planner.foreign.title_zone import on_clock, zone_of

_TIMES = ("time", "date")
_NUMBERS = ("int", "float")
_AFTER = {"assigned", "first_reply", "closed"}
"""Moments of a contact that other systems tell as a length from its arrival."""
_NO_HOUR = "—"
"""Of a day without its hour, which is no midnight: mostly a sum."""
_DAY = r"\d{4}-\d\d-\d\d"


@dataclass(frozen=True)
class Given:
    """What was said of a file.

    Parameters
    ----------
    columns : our column -> its title; None where the file has none. ``date`` and ``clock`` together make ``start``.
    fixed : our column -> the value of all rows, where the file has no such column.
    order : what stands first in a date: ``year``, ``day`` or ``month``.
    values : our column -> what stands there -> what is meant, such as the names of queues.
    hours : of hours 1 to 24, what each says: its begin or its end; nothing where that was not asked.
    add_up : whether rows of one time and queue are parts of one number.
    """

    columns: Mapping[str, str | None]
    fixed: Mapping[str, str] = field(default_factory=dict)
    order: str = "year"
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    hours: Hours = ""
    add_up: bool = False


def own_columns(rows: pd.DataFrame, name: str, given: Given, typed: bool) -> pd.DataFrame:
    """The columns of table ``name`` as texts in our own form, as far as each can be read.

    Parameters
    ----------
    typed : whether the file is a workbook, in which numbers are numbers.
    """
    kinds = {column.name: column.kind for column in table(name).columns.values()}
    titles = {column: title for column, title in given.columns.items() if title in rows.columns}
    if hours_across_titles(rows) and "offered" in kinds:
        titles |= {CLOCK: HOUR, "offered": COUNT}
    own = {column: rows[title] for column, title in titles.items() if title is not None}
    own |= {column: pd.Series(value, index=rows.index) for column, value in given.fixed.items() if column not in own}
    for column in own.keys() & given.values.keys():
        own[column] = own[column].replace(dict(given.values[column]))
    numbers: dict[str, pd.Series[str]] = {}
    for column in own:
        kind = kinds.get(column, "time" if column in (DATE, UNTIL) else "" if column == CLOCK else "float")
        if kind in _TIMES and column not in _AFTER:
            own[column] = _moments(own[column], given.order, titles.get(column) or "", kind)
        elif kind == "bool":
            own[column] = plain_flags(own[column])
        elif kind in _NUMBERS:
            numbers[column] = own[column]
    own |= _numbers(name, numbers, titles, typed=typed)
    for column in own.keys() & _AFTER:
        moved = after(own["arrived"], own[column], titles.get(column) or "") if "arrived" in own else own[column]
        own[column] = _moments(moved, given.order, titles.get(column) or "", "time")
    own = _with_start(own, "start" in kinds, given.order, given.hours)
    if "start" in own:
        own["start"] = on_clock(own["start"], zone_of(titles.get(CLOCK) or titles.get(DATE) or ""))
    return pd.DataFrame(own, index=rows.index)


def _moments(cells: "pd.Series[str]", order: str, title: str, kind: str) -> "pd.Series[str]":
    """A column of moments in our form, on the clock that its title names."""
    moments = iso_moments(cells, order)
    return on_clock(moments, zone_of(title)) if kind == "time" else moments


def _numbers(
    name: str, cells: "dict[str, pd.Series[str]]", titles: Mapping[str, str | None], *, typed: bool
) -> "dict[str, pd.Series[str]]":
    """Plain numbers, lengths of time among them in seconds."""
    lengths = {column.name for column in table(name).columns.values() if column.unit == "s"} & cells.keys()
    counts = {column.name for column in table(name).columns.values() if column.kind == "int"} & cells.keys()
    told = {column: with_units(cells[column]) for column in lengths}
    plain = plain_numbers(cells | told, typed=typed, counts=counts)
    return plain | {
        column: scaled(plain[column], told[column] != cells[column], titles.get(column) or "") for column in lengths
    }


def hours_across_titles(rows: pd.DataFrame) -> bool:
    """Whether the rows were a sheet with its hours across."""
    return HOUR in rows.columns and COUNT in rows.columns and not hours_across(rows)


def _with_start(
    own: dict[str, "pd.Series[str]"], has_start: bool, order: str, hours: Hours
) -> dict[str, "pd.Series[str]"]:
    """A day and an hour apart become one moment; an hour that has its day with it is one."""
    clock = own.pop(CLOCK, None)
    day = own.pop(DATE) if has_start and DATE in own else None
    if not has_start:
        return own
    begins = day if day is not None else own.get("start")
    if clock is not None:
        whole = iso_moments(clock, order)
        if whole.str.match(_DAY).all():
            begins = whole
        elif begins is not None:
            begins = begins.mask((begins == "") & (clock != "")).ffill().fillna("")
            clocks = iso_clocks(clock).mask((clock == "") & (begins != ""), _NO_HOUR)
            begins = begins.str.replace(r"\s.*$", "", regex=True) + " " + clocks
    if begins is None:
        return own
    return {"start": begun(begins, hours), **{key: cells for key, cells in own.items() if key != "start"}}


def hours_to_ask(foreign: Foreign, columns: Mapping[str, str | None], order: str) -> bool:
    """Whether the hours go from 1 to 24, so that it has to be said whether each tells its begin or its end."""
    rows = unfolded(foreign.frame)
    titles = {column: columns.get(column) for column in ("start", DATE, CLOCK)}
    if hours_across_titles(rows):
        titles[CLOCK] = HOUR
    own = {column: rows[title] for column, title in titles.items() if title in rows}
    own |= {column: iso_moments(own[column], order) for column in ("start", DATE) if column in own}
    started = _with_start(own, True, order, "")
    return "start" in started and reach_24(started["start"].unique())

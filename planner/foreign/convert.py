"""A foreign file as a table of a desk, by what was said of its columns; judged as if it had come in our own form."""

import csv
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from desk import Desk, Finding
from desk.load import load_table
from desk.load.ledger import Ledger
from desk.load.single import judge_table
from desk.tables import table
from planner.foreign.day_spans import UNTIL, by_day
from planner.foreign.figures import plain_flags, plain_numbers, plain_seconds
from planner.foreign.hours_across import COUNT, HOUR, hours_across, unfolded
from planner.foreign.meant import CLOCK, DATE
from planner.foreign.moments import iso_clock, iso_moment
from planner.foreign.people import by_code
from planner.foreign.read import Foreign

_TIMES = ("time", "date")
_NUMBERS = ("int", "float")
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
    """

    columns: Mapping[str, str | None]
    fixed: Mapping[str, str] = field(default_factory=dict)
    order: str = "year"
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def converted(desk: Desk, name: str, foreign: Foreign, given: Given) -> tuple[pd.DataFrame | None, tuple[Finding, ...]]:
    """The rows as table ``name`` of the desk, None where they are refused; and everything that was found, by the rows
    and titles of the foreign file.
    """
    rows = unfolded(foreign.frame)
    columns, named = by_code(desk, name, _columns(rows, name, given, typed=bool(foreign.sheet)))
    own = by_day(columns)
    with tempfile.TemporaryDirectory(prefix="peakdesk-") as folder:
        file = Path(folder) / f"{name}.csv"
        with file.open("w", encoding="utf-8", newline="") as sink:
            writer = csv.writer(sink)
            writer.writerow(own.columns)
            writer.writerows(own.to_numpy().tolist())
        frame, findings = judge_table(desk, name, file, () if desk.has("agents") else ("agents",))
    told = (*_left_out(foreign), *_days_above(foreign, given), *_placed(named, foreign, own, given))
    return frame, (*told, *_placed(findings, foreign, own, given))


def whole_table(desk: Desk, name: str, news: pd.DataFrame) -> pd.DataFrame:
    """Table ``name`` of the desk with new rows: of two with the same key the new one stays.

    Parameters
    ----------
    news : at least the columns that the table must have.

    Raises
    ------
    InputError : the new rows would be refused in a file.
    """
    with tempfile.TemporaryDirectory(prefix="peakdesk-") as folder:
        file = Path(folder) / f"{name}.csv"
        news.to_csv(file, index=False)
        whole = load_table(desk, name, file)
    before = desk.table(name)
    if before.empty:
        return whole
    return pd.concat([before, whole]).drop_duplicates(list(table(name).key), keep="last").reset_index(drop=True)


def _columns(rows: pd.DataFrame, name: str, given: Given, typed: bool) -> pd.DataFrame:
    kinds = {column.name: column.kind for column in table(name).columns.values()}
    titles = {column: title for column, title in given.columns.items() if title in rows.columns}
    if hours_across_titles(rows) and "offered" in kinds:
        titles |= {CLOCK: HOUR, "offered": COUNT}
    own = {column: rows[title] for column, title in titles.items() if title is not None}
    own |= {column: pd.Series(value, index=rows.index) for column, value in given.fixed.items() if column not in own}
    for column in own.keys() & given.values.keys():
        own[column] = own[column].replace(dict(given.values[column]))
    seconds = {column.name for column in table(name).columns.values() if column.unit == "s"}
    numbers: dict[str, pd.Series[str]] = {}
    for column in own:
        kind = kinds.get(column, "time" if column in (DATE, UNTIL) else "" if column == CLOCK else "float")
        if kind in _TIMES:
            own[column] = _each(own[column], lambda cell: iso_moment(cell, given.order))
        elif kind == "bool":
            own[column] = plain_flags(own[column])
        elif kind in _NUMBERS:
            numbers[column] = _each(own[column], plain_seconds) if column in seconds else own[column]
    own |= plain_numbers(numbers, typed=typed)
    return pd.DataFrame(_with_start(own, "start" in kinds, given.order), index=rows.index)


def hours_across_titles(rows: pd.DataFrame) -> bool:
    """Whether the rows were a sheet with its hours across."""
    return HOUR in rows.columns and COUNT in rows.columns and not hours_across(rows)


def _with_start(own: dict[str, "pd.Series[str]"], has_start: bool, order: str) -> dict[str, "pd.Series[str]"]:
    """A day and an hour apart become one moment; an hour that has its day with it is one."""
    clock = own.pop(CLOCK, None)
    day = own.pop(DATE) if has_start and DATE in own else None
    if not has_start:
        return own
    begins = day if day is not None else own.get("start")
    if clock is not None and begins is not None:
        begins = begins.mask((begins == "") & (clock != "")).ffill().fillna("")
        whole = _each(clock, lambda cell: iso_moment(cell, order))
        hours = begins.str.replace(r"\s.*$", "", regex=True) + " " + _each(clock, iso_clock)
        begins = whole if whole.str.match(_DAY).all() else hours
    return own if begins is None else {"start": begins, **{key: cells for key, cells in own.items() if key != "start"}}


def _each(cells: "pd.Series[str]", change: "object") -> "pd.Series[str]":
    return cells.map({cell: change(cell) for cell in cells.unique()})  # type: ignore[operator]


def _left_out(foreign: Foreign) -> Iterable[Finding]:
    """The rows of sums that were not read."""
    ledger, found = Ledger(), [{"row": row, "value": word} for row, word in foreign.sums.items()]
    ledger.several("sum_row", _place(foreign), found, severity="note")
    return ledger.findings


def _days_above(foreign: Foreign, given: Given) -> Iterable[Finding]:
    """Hours without a day, which are of the day above: merged cells, and tables that name each group once."""
    day, clock = given.columns.get(DATE), given.columns.get(CLOCK)
    if day is None or clock is None or not {day, clock} <= set(foreign.frame):
        return
    blank = foreign.frame[(foreign.frame[day] == "") & (foreign.frame[clock] != "")]
    if len(blank):
        facts = {"count": len(blank)}
        yield Finding("day_above", "warning", _place(foreign), int(blank.index[0]), day, facts=facts)


def _place(foreign: Foreign) -> str:
    return f"{foreign.file}/{foreign.sheet}" if foreign.sheet else foreign.file


def _placed(findings: Iterable[Finding], foreign: Foreign, rows: pd.DataFrame, given: Given) -> Iterable[Finding]:
    """The findings where the foreign file has what they are about."""
    place = _place(foreign)
    for finding in findings:
        row = finding.row
        if row is not None:
            row = foreign.header_row if row < 2 else int(rows.index[row - 2])
        title = given.columns.get(finding.column or "") or finding.column
        yield replace(finding, file=place, row=row, column=title)

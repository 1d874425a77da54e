"""A foreign file as a table of a desk, by what was said of its columns; judged as if it had come in our own form."""

import csv
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pandas as pd

from desk import Desk, Finding
from desk.load import load_table
from desk.load.ledger import Ledger
from desk.load.single import judge_table
from desk.tables import table
from planner.foreign.columns import Given, own_columns
from planner.foreign.day_spans import UNTIL, by_day
from planner.foreign.eras import of_other_eras
from planner.foreign.hours_across import unfolded
from planner.foreign.lengths import unit_of
from planner.foreign.meant import CLOCK, DATE
from planner.foreign.numbered import numbered
from planner.foreign.parts import added_up, copies, first_of_each, parts, shown
from planner.foreign.people import by_code
from planner.foreign.read import Foreign
from planner.foreign.title_zone import zone_of

_MOMENTS = ("start", "arrived", "assigned", "first_reply", "closed", "from", "to")


def converted(desk: Desk, name: str, foreign: Foreign, given: Given) -> tuple[pd.DataFrame | None, tuple[Finding, ...]]:
    """The rows as table ``name`` of the desk, None where they are refused; and everything that was found, by the rows
    and titles of the foreign file.
    """
    rows = unfolded(foreign.frame)
    columns, named = by_code(desk, name, own_columns(rows, name, given, typed=bool(foreign.sheet)))
    own, joined = _joined(by_day(columns), name, rows, foreign, given)
    with tempfile.TemporaryDirectory(prefix="peakdesk-") as folder:
        file = Path(folder) / f"{name}.csv"
        with file.open("w", encoding="utf-8", newline="") as sink:
            writer = csv.writer(sink)
            writer.writerow(own.columns)
            writer.writerows(own.to_numpy().tolist())
        frame, findings = judge_table(desk, name, file, () if desk.has("agents") else ("agents",))
    told = (
        *_left_out(foreign),
        *_days_above(foreign, given),
        *_counted_days(foreign, rows, given),
        *_zones_named(foreign, name, given),
        *joined,
    )
    everything = (*told, *_placed((*named, *findings), foreign, own, given))
    return None if any(finding.severity == "error" for finding in joined) else frame, everything


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


def _joined(
    own: pd.DataFrame, name: str, rows: pd.DataFrame, foreign: Foreign, given: Given
) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """The rows with parts of one number added up, as far as that was said; else without all but the first of them,
    which is refused.
    """
    shared, apart = parts(name, own, rows, given.columns)
    if not shared.any():
        return own, ()
    whole = (added_up if given.add_up else first_of_each)(name, own, shared)
    count, copied = int(shared.sum()), copies(name, own, shared)
    keys = len(whole) - (len(own) - count - copied)
    facts = {"count": count, "titles": shown(apart), "whole": keys, "copies": copied}
    row, place = int(own.index[shared][0]), _place(foreign)
    if given.add_up and len(whole) < len(own):
        return whole, (Finding("parts_added", "note", place, row, facts=facts),)
    return whole, () if given.add_up else (Finding("rows_of_parts", "error", place, row, apart[0], facts=facts),)


def _zones_named(foreign: Foreign, name: str, given: Given) -> Iterable[Finding]:
    """Titles that name the zone of their moments."""
    for column, title in given.columns.items():
        kind = table(name).columns[column].kind if column in table(name).columns else "time"
        if title in foreign.frame and kind == "time" and (zone := zone_of(title or "")):
            yield Finding("zone_named", "note", _place(foreign), foreign.header_row, title or "", facts={"zone": zone})


def _counted_days(foreign: Foreign, rows: pd.DataFrame, given: Given) -> Iterable[Finding]:
    """Columns of moments that are numbers, or whose years are of another era, with what one of them was taken for."""
    titles = {given.columns.get(column) for column in (*_MOMENTS, CLOCK, DATE, UNTIL)}
    for title in (str(own) for own in rows if own in titles and not unit_of(str(own))):
        for code, known in (("counted_days", numbered(rows[title])), ("other_era", of_other_eras(rows[title]))):
            for cell, moment in [*known.items()][:1]:
                row = int(rows.index[rows[title] == cell][0])
                yield Finding(code, "note", _place(foreign), row, title, cell, {"moment": moment})


def _left_out(foreign: Foreign) -> Iterable[Finding]:
    """The rows of sums, and remarks below the table, that were not read."""
    ledger = Ledger()
    for code, rows in (("sum_row", foreign.sums), ("remark_row", foreign.remarks)):
        found = [{"row": row, "value": word} for row, word in rows.items()]
        ledger.several(code, _place(foreign), found, severity="note")
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

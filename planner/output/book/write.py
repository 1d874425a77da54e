"""Puts the workbook together."""

from pathlib import Path
from typing import Any

import pandas as pd

from desk.i18n import text
from desk.week import DAYS, week_starts
from desk.write.book import new_book
from planner.output.book.coverage import coverage_rows
from planner.output.book.duty_sheet import MOST_DUTY_ROWS, plan_stamp, write_duty
from planner.output.book.legend import write_findings, write_legend
from planner.output.book.style import Styles, shift_colours
from planner.output.book.week import grid_of, write_week
from planner.planned import Planned


def write_book(planned: Planned, path: Path, *, lang: str) -> None:
    """Write ``roster.xlsx``; every cell of text is a string, so that none can act as a formula or a link."""
    with new_book(path) as book:
        book.set_properties({"title": planned.desk.settings.name, "created": planned.made_at})
        styles = Styles(book, shift_colours(planned.desk.table("shifts")))
        _write_weeks(book, styles, planned, lang)
        if 0 < len(planned.plan.duty) <= MOST_DUTY_ROWS:
            duty = book.add_worksheet(text("planner.book.duty", lang))
            write_duty(duty, styles, planned.desk, planned.plan.duty, lang, plan_stamp(planned.plan))
        write_legend(book.add_worksheet(text("planner.book.legend", lang)), styles, planned.desk, lang)
        if planned.findings:
            sheet = book.add_worksheet(text("planner.book.findings", lang))
            write_findings(sheet, styles, planned.findings, lang)


def _write_weeks(book: Any, styles: Styles, planned: Planned, lang: str) -> None:
    stamp = plan_stamp(planned.plan)
    grid = grid_of(planned.desk, planned.plan, coverage_rows(planned.desk, planned.plan), lang, stamp)
    dates = planned.desk.dates
    starts = week_starts(dates, planned.desk.settings.week_begins)
    for start in starts.unique():
        days, middle = dates[starts == start], start + pd.Timedelta(days=DAYS // 2)
        sheet = book.add_worksheet(text("planner.book.week", lang, week=middle.isocalendar().week, first=days[0]))
        write_week(sheet, styles, grid, days)

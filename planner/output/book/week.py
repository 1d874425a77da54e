"""One sheet: the people and days of a calendar week, with what the days cover."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from desk import Desk, Plan
from desk.i18n import text
from desk.natural import natural_rank
from desk.week import is_weekend
from planner.output.book.coverage import CoverageRow
from planner.output.book.style import Styles
from planner.phase import phases_by_day

HEAD_ROW = 3
MARK_ROW = 1
FIRST_DAY = 3
WEEK_MARK = "peakdesk:week:"


@dataclass(frozen=True, slots=True)
class Grid:
    """What all weeks share.

    Parameters
    ----------
    cells : shift codes, indexed by agent, one column a day; blank = off.
    leave : pairs (agent, day).
    horizon_h : paid hours of the whole plan by agent.
    stamp : of the plan's roster and duty.
    """

    desk: Desk
    cells: pd.DataFrame
    leave: frozenset[tuple[str, pd.Timestamp]]
    paid_h: "pd.Series[float]"
    coverage: list[CoverageRow]
    lang: str
    stamp: str

    @property
    def horizon_h(self) -> "pd.Series[float]":
        """Paid hours of the whole plan by agent."""
        return self.hours(self.cells)

    def hours(self, cells: pd.DataFrame) -> "pd.Series[float]":
        """Paid hours by agent."""
        paid = cells.apply(lambda column: column.map(self.paid_h))
        sums: pd.Series[float] = paid.fillna(0.0).sum(axis=1)
        return sums


def grid_of(desk: Desk, plan: Plan, coverage: list[CoverageRow], lang: str, stamp: str) -> Grid:
    """The roster as a grid of agents and days."""
    agents = desk.table("agents").sort_values("agent", key=natural_rank)
    shifts, leave = desk.table("shifts"), desk.table("leave")
    worked = plan.roster[plan.roster["shift"].isin(shifts["shift"])]
    cells = worked.pivot(index="agent", columns="date", values="shift")
    cells = cells.reindex(index=agents["agent"], columns=desk.dates).astype("object").fillna("")
    away = frozenset(zip(leave["agent"], leave["date"], strict=True))
    return Grid(desk, cells, away, shifts.set_index("shift")["paid_h"], coverage, lang, stamp)


def write_week(sheet: Any, styles: Styles, grid: Grid, days: pd.DatetimeIndex) -> None:
    """Fill ``sheet`` with the week whose days within the horizon are ``days``."""
    sheet.write_string(0, 0, _title(grid, days), styles["title"])
    _write_mark(sheet, grid, days)
    _write_head(sheet, styles, grid, days)
    _write_people(sheet, styles, grid, days)
    _write_coverage(sheet, styles, grid, days)
    _lay_out(sheet, len(days))


def _title(grid: Grid, days: pd.DatetimeIndex) -> str:
    return text("planner.book.week_title", grid.lang, desk=grid.desk.settings.name, first=days[0], last=days[-1])


def _write_mark(sheet: Any, grid: Grid, days: pd.DatetimeIndex) -> None:
    """A hidden row that says to the reader of an edited book what stands below, and of which plan."""
    sheet.write_string(MARK_ROW, 0, f"{WEEK_MARK}{grid.stamp}")
    for column, day in enumerate(days, start=FIRST_DAY):
        sheet.write_string(MARK_ROW, column, f"{day:%Y-%m-%d}")
    sheet.set_row(MARK_ROW, None, None, {"hidden": True})


def _write_head(sheet: Any, styles: Styles, grid: Grid, days: pd.DatetimeIndex) -> None:
    for column, key in enumerate(("agent", "name", "team")):
        sheet.write_string(HEAD_ROW, column, text(f"planner.book.{key}", grid.lang), styles["head"])
    phases = phases_by_day(grid.desk)
    for column, day in enumerate(days, start=FIRST_DAY):
        title = text(
            "planner.book.day", grid.lang, day=day, weekday=text(f"planner.weekday.{day.weekday()}", grid.lang)
        )
        style = "weekend" if is_weekend(day, grid.desk.settings.weekend) else "head"
        sheet.write_string(HEAD_ROW, column, title, styles[style])
        sheet.write_string(HEAD_ROW - 1, column, "\n".join(phases.get(day, ())), styles["phase"])
    for offset, key in enumerate(("week_h", "horizon_h")):
        sheet.write_string(
            HEAD_ROW, FIRST_DAY + len(days) + offset, text(f"planner.book.{key}", grid.lang), styles["head"]
        )


def _write_people(sheet: Any, styles: Styles, grid: Grid, days: pd.DatetimeIndex) -> None:
    agents = grid.desk.table("agents").set_index("agent")
    own = grid.cells[days]
    week_h, horizon_h = grid.hours(own), grid.horizon_h
    for row, agent in enumerate(own.index, start=HEAD_ROW + 1):
        for column, words in enumerate((agent, agents.at[agent, "name"], agents.at[agent, "team"])):
            sheet.write_string(row, column, str(words), styles["words"])
        for column, day in enumerate(days, start=FIRST_DAY):
            _write_cell(sheet, styles, row, column, str(own.at[agent, day]), (agent, day) in grid.leave)
        sheet.write_number(row, FIRST_DAY + len(days), week_h[agent], styles["hours"])
        sheet.write_number(row, FIRST_DAY + len(days) + 1, horizon_h[agent], styles["hours"])


def _write_cell(sheet: Any, styles: Styles, row: int, column: int, code: str, on_leave: bool) -> None:
    if code:
        sheet.write_string(row, column, code, styles[f"shift {code}"])
    else:
        sheet.write_string(row, column, "×" if on_leave else "·", styles["leave"] if on_leave else styles["off"])


def _write_coverage(sheet: Any, styles: Styles, grid: Grid, days: pd.DatetimeIndex) -> None:
    first = HEAD_ROW + 2 + len(grid.cells)
    for row, line in enumerate(grid.coverage, start=first):
        words = text(f"planner.book.coverage.{line.key}", grid.lang, queue=line.queue)
        sheet.merge_range(row, 0, row, FIRST_DAY - 1, "", styles["label"])
        sheet.write_string(row, 0, words, styles["label"])
        for column, day in enumerate(days, start=FIRST_DAY):
            style = styles["short"] if day in line.short else styles["total"]
            sheet.write_number(row, column, float(line.values.get(day, 0.0)), style)


def _lay_out(sheet: Any, days: int) -> None:
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 1, 16)
    sheet.set_column(2, 2, 14)
    sheet.set_column(FIRST_DAY, FIRST_DAY + days - 1, 11)
    sheet.set_column(FIRST_DAY + days, FIRST_DAY + days + 1, 10)
    sheet.set_row(HEAD_ROW, 32)
    sheet.set_row(HEAD_ROW - 1, 26)
    sheet.freeze_panes(HEAD_ROW + 1, FIRST_DAY)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROW - 1, HEAD_ROW)

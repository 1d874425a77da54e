"""The sheets beside the weeks: what the codes mean, and what was found."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from desk import Desk, Finding
from desk.i18n import text
from desk.tables import table
from desk.write.cell_text import clock_text
from planner.output.book.style import Styles

_COLUMNS = ("shift", "start", "end", "paid_h", "break_min", "kind")
_FOUND = ("severity", "message", "cure", "file", "row", "column", "value")


def write_legend(sheet: Any, styles: Styles, desk: Desk, lang: str) -> None:
    """One row a shift: code in its colour, times, paid hours, break, kind; then the marks of a day without one."""
    declared = table("shifts").columns
    for column, name in enumerate(_COLUMNS):
        sheet.write_string(0, column, declared[name].title(lang), styles["head"])
    shifts = desk.table("shifts").sort_values(["start", "end", "shift"])
    for row, shift in enumerate(shifts.to_dict("records"), start=1):
        sheet.write_string(row, 0, str(shift["shift"]), styles[f"shift {shift['shift']}"])
        for column, name in enumerate(_COLUMNS[1:], start=1):
            _write(sheet, row, column, _cell(name, shift[name], lang), styles["words"])
    for row, (mark, style) in enumerate((("·", styles["off"]), ("×", styles["leave"])), start=len(shifts) + 2):
        sheet.write_string(row, 0, mark, style)
        sheet.write_string(
            row, 1, text(f"planner.book.mark.{'off' if mark == '·' else 'leave'}", lang), styles["words"]
        )
    sheet.set_column(0, len(_COLUMNS) - 1, 13)


def write_findings(sheet: Any, styles: Styles, findings: Sequence[Finding], lang: str) -> None:
    """One row a finding."""
    declared = table("findings").columns
    for column, name in enumerate(_FOUND):
        sheet.write_string(0, column, declared[name].title(lang), styles["head"])
    for row, finding in enumerate(findings, start=1):
        record = finding.record(lang)
        severity = text(f"planner.severity_word.{finding.severity}", lang)
        for column, name in enumerate(_FOUND):
            _write(sheet, row, column, severity if name == "severity" else record[name], styles["wrapped"])
    sheet.set_column(0, 0, 10)
    sheet.set_column(1, 2, 60)
    sheet.set_column(3, len(_FOUND) - 1, 16)
    sheet.freeze_panes(1, 0)


def _cell(name: str, value: Any, lang: str) -> str | float | None:
    """Clock times as texts: a shift may end on the next day, which no spreadsheet's time says."""
    if pd.isna(value):
        return None
    if name in ("start", "end"):
        return clock_text(float(value))
    return value if isinstance(value, float) else text(f"planner.book.kind.{value}", lang)


def _write(sheet: Any, row: int, column: int, cell: str | float | None, style: Any) -> None:
    """A number as a number, so that it can be summed; anything else as a text."""
    if isinstance(cell, int | float):
        sheet.write_number(row, column, cell, style)
    else:
        sheet.write_string(row, column, cell or "", style)

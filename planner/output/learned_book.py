"""Writes what a log teaches into a desk that is one workbook: two sheets change, the others stay."""

import warnings
import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desk import Finding, InputError
from desk.load.archive import sheets_with_formulas
from desk.load.excel_cell import written
from desk.tables import INPUT_TABLES
from desk.write.whole import write_whole
from planner.output.learned import changed_settings, checked, proficiency_of
from planner.output.table_file import write_table
from planner.output.write import told_if_unwritable

if TYPE_CHECKING:
    from staffing.learn import Learned

SETTINGS, SKILLS = "desk.toml", "skills"
LOST_PARTS = ("xl/charts/", "xl/media/", "xl/chartsheets/")


def evidence_beside(book: Path) -> Path:
    """Where the estimates of a workbook are written."""
    return book.with_name(f"{book.stem}-learned.csv")


def write_learned_book(book: Path, learned: "Learned") -> None:
    """Put the estimates beside the workbook, then change its sheets ``desk.toml`` and ``skills``, both or none.

    Raises
    ------
    InputError : the workbook can't be written, or holds what writing it anew would lose.
    """
    from openpyxl import load_workbook

    refuse_losses(book)
    with told_if_unwritable(book), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        content = load_workbook(book, rich_text=True)
        change_settings(content[SETTINGS], learned)
        if not learned.proficiency.empty:
            change_skills(content[SKILLS], learned)
        write_table(learned.estimates, "estimates", evidence_beside(book))
        target = BytesIO()
        content.save(target)
        write_whole(book, target.getvalue())


def refuse_losses(book: Path) -> None:
    """Refuse a workbook with charts, pictures or, in the desk's own sheets, formulas: they would not outlive it."""
    with zipfile.ZipFile(book) as archive:
        drawn = sorted(name for name in archive.namelist() if name.startswith(LOST_PARTS))
    formulas = sorted(sheets_with_formulas(book) & {*INPUT_TABLES, SETTINGS})
    if drawn or formulas:
        place = f"{book.name}/{formulas[0]}" if formulas else book.name
        raise InputError([Finding("learn_would_lose", file=place, value=(formulas or drawn)[0])])


def change_settings(sheet: Any, learned: "Learned") -> None:
    """The lines of the settings in column A, with the new values."""
    lines = [written(row[0]) for row in sheet.iter_rows(max_col=1, values_only=True)]
    changed = checked(changed_settings("\n".join(lines) + "\n", learned.settings)).splitlines()
    for row in range(1, max(len(lines), len(changed)) + 1):
        new = changed[row - 1] if row <= len(changed) else ""
        if row > len(lines) or new != lines[row - 1]:
            sheet.cell(row=row, column=1).value = new or None


def change_skills(sheet: Any, learned: "Learned") -> None:
    """The cells of the proficiencies that are known better now."""
    head = [written(cell.value).strip() for cell in sheet[1]]
    agent, queue, proficiency = (head.index(name) for name in ("agent", "queue", "proficiency"))
    new = proficiency_of(learned)
    for row in sheet.iter_rows(min_row=2):
        key = written(row[agent].value).strip(), written(row[queue].value).strip()
        if key in new:
            row[proficiency].value = new[key]

"""What of a workbook's looks changes what its cells say."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import Workbook, load_workbook

from desk import load_desk, write_workbook
from desk.load.ledger import Ledger
from desk.load.workbook import all_grids

from .small import core_desk, findings_of, the_one


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A small desk as a workbook."""
    path = tmp_path / "desk.xlsx"
    write_workbook(load_desk(core_desk(tmp_path / "given")), path)
    return path


def edited(book: Path, edit: Callable[[Workbook], None]) -> Path:
    """The workbook after an edit by openpyxl, which computes nothing."""
    opened = load_workbook(book)
    edit(opened)
    opened.save(book)
    return book


def with_part(book: Path, name: str, content: bytes) -> Path:
    """The workbook with one part replaced."""
    with zipfile.ZipFile(book) as given:
        parts = {own: given.read(own) for own in given.namelist()} | {name: content}
    with zipfile.ZipFile(book, "w") as changed:
        for own, bytes_ in parts.items():
            changed.writestr(own, bytes_)
    return book


def test_merged_cells_of_a_table_are_refused(book: Path) -> None:
    """One team written over its people in merged cells was the team of the first alone. Beside a table they may be."""

    def merged(*areas: str) -> Callable[[Workbook], None]:
        return lambda opened: [opened["agents"].merge_cells(area) for area in areas] and None

    load_desk(edited(book, merged("P2:Q9", "A30:A32")))
    finding = the_one(findings_of(edited(book, merged("C2:C3"))), "merged_cells")
    assert (finding.file, finding.row, finding.column) == ("desk.xlsx/agents", 2, "team")
    assert "C2:C3 are merged" in finding.message("en")
    assert "C2:C3 已合并" in finding.message("zh")


def test_hidden_rows_are_read_and_told(book: Path) -> None:
    """Who hid those that left by a filter was not told that they are planned."""

    def hide(opened: Workbook) -> None:
        for row in (3, 40):
            opened["agents"].row_dimensions[row].hidden = True

    desk = load_desk(edited(book, hide))
    finding = the_one(desk.findings, "hidden_rows")
    assert (finding.severity, finding.facts) == ("note", {"count": 1, "first": 3})
    assert len(desk.table("agents")) == load_workbook(book)["agents"].max_row - 1
    assert "the first is row 3" in finding.message("en")
    assert "第 3 行" in finding.message("zh")


def test_a_formula_that_came_to_nothing_is_a_blank_cell(book: Path) -> None:
    """=IF(X2="","",X2) was told to have never been computed, though the spreadsheet had saved its empty text."""
    sheet = f"xl/worksheets/sheet{load_workbook(book).sheetnames.index('agents') + 1}.xml"
    with zipfile.ZipFile(book) as given:
        parts = {name: given.read(name) for name in given.namelist()}
    cell = re.search(rb'<c r="C2"[^>]*>.*?</c>', parts[sheet])
    assert cell
    computed = b'<c r="C2" t="str"><f>IF(X2="","",X2)</f><v></v></c>'
    parts[sheet] = parts[sheet].replace(cell[0], computed)
    with_part(book, sheet, parts[sheet])
    assert {own.code for own in findings_of(book)} == {"blank_cell"}
    never = parts[sheet].replace(computed, b'<c r="C2"><f>1+1</f><v></v></c>')
    assert "formula_without_value" in {own.code for own in findings_of(with_part(book, sheet, never))}


def test_a_chart_on_a_sheet_of_its_own_is_passed_over(tmp_path: Path) -> None:
    """A workbook of another system with one was told to be damaged."""
    path, ledger = tmp_path / "report.xlsx", Ledger()
    with xlsxwriter.Workbook(path) as made:
        made.add_worksheet("Data").write_row(0, 0, [1, 2])
        chart = made.add_chart({"type": "column"})
        chart.add_series({"values": "=Data!$A$1:$B$1"})
        made.add_chartsheet("Picture").set_chart(chart)
    assert all_grids(path, ledger) == {"Data": [(1, 2)]}
    assert not ledger.findings

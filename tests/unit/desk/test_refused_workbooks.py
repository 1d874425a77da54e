"""Workbooks that can't be trusted or understood, each refused by name before it can do harm."""

import shutil
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from desk import load_desk, write_workbook
from desk.load import archive
from desk.load.excel_cell import written

from .small import core_desk, findings_of, the_one


@pytest.fixture(scope="module")
def written_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small desk as a workbook, written once."""
    folder = tmp_path_factory.mktemp("book")
    write_workbook(load_desk(core_desk(folder / "given")), folder / "desk.xlsx")
    return folder / "desk.xlsx"


@pytest.fixture
def book(written_book: Path, tmp_path: Path) -> Path:
    """A copy of the workbook, to be spoilt."""
    return Path(shutil.copy(written_book, tmp_path))


def edited(book: Path, edit: Callable[[Workbook], None]) -> Path:
    """The workbook after an edit by openpyxl, which computes nothing."""
    opened = load_workbook(book)
    edit(opened)
    opened.save(book)
    return book


def set_cell(sheet: str, cell: str, value: object) -> Callable[[Workbook], None]:
    def edit(opened: Workbook) -> None:
        opened[sheet][cell] = value

    return edit


CELLS = [
    # (code, sheet, cell, value, row, column, English, Chinese)
    ("number_as_text", "history", "C2", "12", 2, "offered", "“12” is not written as a plain number", "“12”不是纯数字"),
    ("formula_without_value", "agents", "E2", "=10+20", 2, "cost_per_h", "never computed", "公式从未计算过"),
    ("excel_error", "agents", "B3", "#REF!", 3, "name", "shows the error #REF!", "显示错误 #REF!"),
    ("fractional_count", "history", "C2", 3.5, 2, "offered", "“3.5” is not whole", "“3.5”不是整数"),
    ("not_a_date", "leave", "B2", "20260602", 2, "date", "“20260602” is not a date", "“20260602”不是日期"),
    ("ambiguous_date", "leave", "B2", "02/06/2026", 2, "date", "begin with the year", "年份写在最前"),
    ("not_a_bool", "skills", "D2", "yes", 2, "home", "neither 1 nor 0", "既不是 1 也不是 0"),
    ("settings_beside", "desk.toml", "B1", "note", 1, "", "beside column A", "A 列之外"),
]


@pytest.mark.parametrize(("code", "sheet", "cell", "value", "row", "column", "english", "chinese"), CELLS)
def test_a_wrong_cell_of_a_sheet_is_named(
    book: Path, code: str, sheet: str, cell: str, value: object, row: int, column: str, english: str, chinese: str
) -> None:
    """Cells of a workbook are as strictly read as those of a CSV, and named by sheet and row."""
    finding = the_one(findings_of(edited(book, set_cell(sheet, cell, value))), code)
    assert (finding.file, finding.row, finding.column) == (f"desk.xlsx/{sheet}", row, column)
    assert english in finding.message("en")
    assert chinese in finding.message("zh")
    assert finding.cure("en") != finding.cure("zh")


def test_a_workbook_without_settings(book: Path) -> None:
    """The settings sheet can't be left out."""
    finding = the_one(findings_of(edited(book, lambda opened: opened.remove(opened["desk.toml"]))), "no_settings_sheet")
    assert "no sheet desk.toml" in finding.message("en")
    assert "没有名为 desk.toml 的工作表" in finding.message("zh")


def test_an_unknown_sheet_is_a_warning(book: Path) -> None:
    """A sheet with notes is allowed, and said to be left out."""
    desk = load_desk(edited(book, lambda opened: opened.create_sheet("Contract")))
    finding = the_one(desk.findings, "unknown_sheet")
    assert (finding.severity, finding.file) == ("warning", "desk.xlsx/Contract")
    assert "not read" in finding.message("en")
    assert "未读取" in finding.message("zh")


def test_capitals_and_spaces_of_a_sheets_title_do_not_matter(book: Path) -> None:
    """A sheet Leave was left out with a warning, and people on leave were planned; beside leave it is another one."""

    def renamed(opened: Workbook) -> None:
        opened["leave"].title, opened["shifts"].title = "Leave ", " SHIFTS"

    rows = len(load_desk(book).table("leave"))
    desk = load_desk(edited(book, renamed))
    assert not {own.code for own in desk.findings} & {"unknown_sheet", "foreign_sheets"}
    assert len(desk.table("leave")) == rows > 0
    desk = load_desk(edited(book, lambda opened: opened.create_sheet("Leave")))
    assert the_one(desk.findings, "unknown_sheet").file == "desk.xlsx/Leave"


def test_sheets_unlike_any_table_are_one_finding(book: Path) -> None:
    """A book with other things in it gave a line for each, with a list of every table."""

    def crowded(opened: Workbook) -> None:
        for number in range(7):
            opened.create_sheet(f"第{number}周")

    finding = the_one(load_desk(edited(book, crowded)).findings, "foreign_sheets")
    assert (finding.severity, finding.file) == ("warning", "desk.xlsx")
    assert "not read (7): 第0周, 第1周" in finding.message("en")
    assert "共 7 张" in finding.message("zh")


def test_a_caption_above_the_names_of_the_columns_is_told(book: Path) -> None:
    """It is one finding, not a column missing for each name."""

    def captioned(opened: Workbook) -> None:
        opened["leave"].insert_rows(1, 2)
        opened["leave"]["A1"] = "Leave, summer"

    (finding,) = findings_of(edited(book, captioned))
    assert (finding.code, finding.file, finding.row) == ("header_below", "desk.xlsx/leave", 3)


def test_an_empty_sheet_is_refused(book: Path) -> None:
    """A sheet without a header says nothing."""

    def empty(opened: Workbook) -> None:
        opened.remove(opened["leave"])
        opened.create_sheet("leave")

    assert the_one(findings_of(edited(book, empty)), "empty_file").file == "desk.xlsx/leave"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    """A small file that would unpack to gigabytes must not be opened."""
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (64 << 20))
    (finding,) = findings_of(bomb)
    assert finding.code == "zip_bomb"
    assert "unpack to 64 MB" in finding.message("en")
    assert "解压后将达 64 MB" in finding.message("zh")


def test_an_archive_of_too_many_parts_is_refused(tmp_path: Path) -> None:
    """Thousands of entries are no workbook either."""
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w") as packed:
        for number in range(archive.MOST_ENTRIES + 1):
            packed.writestr(f"{number}", b"")
    assert [finding.code for finding in findings_of(bomb)] == ["zip_bomb"]


def test_xml_entities_are_refused(book: Path, tmp_path: Path) -> None:
    """Entities can read files or swell to gigabytes; no spreadsheet writes them."""
    evil = tmp_path / "evil.xlsx"
    with zipfile.ZipFile(book) as given, zipfile.ZipFile(evil, "w") as taken:
        for entry in given.infolist():
            content = given.read(entry)
            if entry.filename == "xl/workbook.xml":
                content = content.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a "b">]>', 1)
            taken.writestr(entry, content)
    (finding,) = findings_of(evil)
    assert (finding.code, finding.value) == ("xml_entities", "xl/workbook.xml")
    assert "declares XML entities" in finding.message("en")
    assert "声明了 XML 实体" in finding.message("zh")


BROKEN = {
    "text": b"agent,date\n",
    "nothing": b"",
    "cut": b"PK\x03\x04" + b"\x14\x00" * 20,
    "random": bytes(range(256)) * 20,
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_workbook_is_refused(tmp_path: Path, name: str) -> None:
    """A file that is only named .xlsx is a finding, not a traceback."""
    path = tmp_path / "desk.xlsx"
    path.write_bytes(BROKEN[name])
    (finding,) = findings_of(path)
    assert finding.code == "broken_workbook"
    assert "damaged or not an .xlsx" in finding.message("en")
    assert "已损坏或不是 .xlsx" in finding.message("zh")


def test_old_and_locked_workbooks_are_refused(tmp_path: Path) -> None:
    """The format of .xls, which password-protected workbooks use too, is said by name."""
    path = tmp_path / "desk.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512)
    (finding,) = findings_of(path)
    assert finding.code == "old_workbook"
    assert "locked by a password" in finding.message("en")
    assert "设有密码" in finding.message("zh")


def test_a_workbook_too_large_is_refused(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit on bytes holds for workbooks too."""
    monkeypatch.setattr(archive, "LARGEST_BOOK_BYTES", 1)
    assert [finding.code for finding in findings_of(book)] == ["file_too_large"]


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet3.xml", "xl/styles.xml", "[Content_Types].xml"]
)
@pytest.mark.parametrize("damage", [b"", b"<", b"<a><b></a>", b"\xff\xfe\x00"])
def test_damaged_parts_become_findings(book: Path, tmp_path: Path, part: str, damage: bytes) -> None:
    """However the inside of a workbook is damaged, the answer is a finding."""
    broken = tmp_path / "broken.xlsx"
    with zipfile.ZipFile(book) as given, zipfile.ZipFile(broken, "w") as taken:
        for entry in given.infolist():
            taken.writestr(entry.filename, damage if entry.filename == part else given.read(entry))
    assert all(finding.line("zh") for finding in findings_of(broken))


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (None, ""),
        (True, "1"),
        (12.0, "12"),
        (0.1, "0.1"),
        (date(2026, 6, 1), "2026-06-01"),
        (datetime.fromisoformat("2026-06-01"), "2026-06-01"),
        (datetime.fromisoformat("2026-06-01 20:30"), "2026-06-01 20:30:00"),
        (datetime.fromisoformat("2026-06-01 20:30:00.250"), "2026-06-01 20:30:00.250000"),
        (datetime.fromisoformat("2026-06-01 23:59:59.993"), "2026-06-02"),
        (datetime.fromisoformat("2026-06-01 20:30:00.004"), "2026-06-01 20:30:00"),
        (time(9, 30), "09:30:00"),
        (time(9, 29, 59, 999000), "09:30:00"),
        (time(23, 59, 59, 999000), "24:00"),
        (timedelta(days=1), "24:00"),
        (timedelta(hours=9, minutes=30), "09:30"),
    ],
)
def test_cells_are_written_as_a_csv_would(cell: object, shown: str) -> None:
    """Date, clock and number cells mean what they show; sums of hours row after row drift by milliseconds."""
    assert written(cell) == shown


def test_date_and_clock_cells_are_read(book: Path) -> None:
    """What Excel makes of a typed date or time is understood without formatting as text."""

    def retype(opened: Workbook) -> None:
        opened["shifts"]["B2"] = time(9, 0)
        opened["shifts"]["C2"] = time(18, 0)
        opened["leave"]["B2"] = date(2026, 6, 2)
        opened["agents"]["E2"] = 30

    assert load_desk(edited(book, retype)).findings == ()

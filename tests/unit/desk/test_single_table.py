"""One table for a desk that was read before, from a CSV file or a workbook."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from desk import load_desk
from desk.i18n import LANGUAGES
from desk.load import judge_table
from tests.views.tiny_plan import write_desk

HEAD = ("contact", "queue", "arrived", "agent")
ROW = ("K1", "pre_sale", "2026-06-17 09:00:00", "A1")


def book(path: Path, sheets: dict[str, tuple[tuple[str, ...], ...]]) -> Path:
    """A workbook of these sheets."""
    made = Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


@pytest.mark.parametrize("sheets", [{"Sheet1": (HEAD, ROW)}, {"contacts": (HEAD, ROW), "notes": (("x",),)}])
def test_a_log_is_read_from_a_workbook(tmp_path: Path, sheets: dict[str, tuple[tuple[str, ...], ...]]) -> None:
    """The sheet of its name, or the only one."""
    desk = load_desk(write_desk(tmp_path / "desk"))
    frame, findings = judge_table(desk, "contacts", book(tmp_path / "log.xlsx", sheets))
    assert frame is not None
    assert frame["contact"].tolist() == ["K1"]
    assert findings == ()


def test_a_workbook_that_is_unclear_or_wrong_is_told(tmp_path: Path) -> None:
    """Sheet, row and column, in both languages."""
    desk = load_desk(write_desk(tmp_path / "desk"))
    unclear = book(tmp_path / "two.xlsx", {"a": (HEAD, ROW), "b": (HEAD, ROW)})
    wrong = book(tmp_path / "wrong.xlsx", {"Log": (HEAD, ("K1", "nowhere", ROW[2], "A1"))})
    for path, code in ((unclear, "sheet_unclear"), (wrong, "unknown_queue")):
        frame, findings = judge_table(desk, "contacts", path)
        assert frame is None
        assert code in [own.code for own in findings]
        assert all(own.line(lang) for own in findings for lang in LANGUAGES)
    assert [(own.file, own.row, own.column) for own in findings if own.severity == "error"] == [
        ("wrong.xlsx/Log", 2, "queue")
    ]

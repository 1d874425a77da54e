"""Warnings, and the refusals of last resort that no ordinary file brings about."""

from pathlib import Path

import pytest

from desk import Finding, load_desk, require
from desk.errors import InputError
from desk.load import source as source_room
from desk.load import typed
from desk.load.csv_text import parse_csv
from desk.load.ledger import Ledger
from desk.load.setting_finding import note_setting

from .small import SETTINGS, changed, findings_of, make_desk, the_one

AGENTS_LEFT = "agent,name,team,contract,cost_per_h,to\nA1,a,T1,full,30,2026-06-04\nA2,b,T1,full,30,\nB1,c,T2,part,25,\n"
WARNINGS = [
    # (code, table, old, new, row, English, Chinese)
    ("override_off_interval", "overrides", "2026-06-02,", "2026-06-02 10:40,", 2, "whole intervals", "整个时段"),
    ("offered_while_closed", "history", "pre,,0", "pre,9,0", 3, "closed, yet 9 inquiries", "关闭，却写有 9 次进线"),
    (
        "window_without_break",
        "shifts",
        "8,0,,,",
        "8,0,00:00,02:00,",
        3,
        "window but no break",
        "有休息窗口，却没有休息",
    ),
]


@pytest.mark.parametrize(("code", "table", "old", "new", "row", "english", "chinese"), WARNINGS)
def test_an_oddity_is_a_warning(
    tmp_path: Path, code: str, table: str, old: str, new: str, row: int, english: str, chinese: str
) -> None:
    """What is odd but clear is read, and pointed out."""
    finding = next(
        one for one in load_desk(make_desk(tmp_path, **changed(table, old, new))).findings if one.code == code
    )
    assert (finding.file, finding.row, finding.severity) == (f"{table}.csv", row, "warning")
    assert english in finding.message("en")
    assert chinese in finding.message("zh")


@pytest.mark.parametrize(
    ("visits", "told"),
    [("12.345 9.876 870", True), ("12.345 9.876 1200", False), ("12.345 9.87", False), ("0.125 0.375", False)],
)
def test_points_that_may_separate_thousands_are_told(tmp_path: Path, visits: str, told: bool) -> None:
    """A German export's 12.345 visits were read as a dozen, without a word; decimals of any other form are decimals."""
    rows = [f"2026-05-0{day},actual,{cell}\n" for day, cell in enumerate(visits.split(), start=1)]
    desk = load_desk(make_desk(tmp_path, drivers="start,basis,visits\n" + "".join(rows)))
    found = [one for one in desk.findings if one.code == "thousands_point"]
    assert [(one.row, one.column, one.value) for one in found] == [(2, "visits", "12.345")] * told
    assert all("thousands" in one.message("en") and "千位分隔符" in one.message("zh") for one in found)


def test_nobody_is_pinned_after_leaving(tmp_path: Path) -> None:
    """The day named in `to` is the first on which the agent is gone."""
    finding = the_one(findings_of(make_desk(tmp_path, agents=AGENTS_LEFT)), "pinned_absent")
    assert (finding.file, finding.row) == ("pinned.csv", 2)
    assert "not employed on 2026-06-04" in finding.message("en")
    assert "在 2026-06-04 不在职" in finding.message("zh")


def test_a_file_that_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file held by another program, or without permission, is named with the system's reason."""

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "agents.csv")

    monkeypatch.setattr(source_room, "read_folder", refuse)
    (finding,) = findings_of(make_desk(tmp_path))
    assert (finding.code, finding.file) == ("unreadable_path", "agents.csv")
    assert "can't be opened: Permission denied" in finding.message("en")
    assert "无法打开" in finding.message("zh")


def test_a_csv_that_the_parser_gives_up_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """The parser's own complaint is handed on in one line."""
    from pyarrow import ArrowInvalid

    def refuse(*_: object) -> None:
        raise ArrowInvalid("bad block\nat 0x7f")

    monkeypatch.setattr("desk.load.csv_text._read", refuse)
    ledger = Ledger()
    assert parse_csv("leave", "leave.csv", b"agent,date\n", ledger) is None
    (finding,) = ledger.findings
    assert finding.message("en") == "It can't be read as CSV: bad block."
    assert finding.message("zh") == "无法按 CSV 读取：bad block。"


def test_whatever_a_parser_trips_over_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even a fault of ours in reading a table reaches the user as a finding that names the table."""

    def trip(*_: object) -> None:
        raise OverflowError("too big")

    monkeypatch.setattr(typed, "typed_frame", trip)
    finding = findings_of(make_desk(tmp_path, only=("leave",)))[0]
    assert (finding.code, finding.file) == ("unreadable_table", "leave.csv")
    assert "can't be read: OverflowError: too big" in finding.message("en")
    assert "无法读取此表" in finding.message("zh")


@pytest.mark.parametrize(
    ("kind", "code", "english", "chinese"),
    [
        ("a_rule_of_tomorrow", "wrong_setting", "can't be used: it is odd", "无法使用：it is odd"),
        ("bool_type", "setting_not_yes_no", "neither true nor false", "既不是 true 也不是 false"),
    ],
)
def test_complaints_about_settings_that_have_no_words_of_their_own(
    kind: str, code: str, english: str, chinese: str
) -> None:
    """A rule that a stage adds to its settings is told in general words until it gets its own."""
    ledger = Ledger()
    complaint = {"type": kind, "loc": ("rules", "max_switches"), "msg": "it is odd", "input": 7}
    note_setting(complaint, SETTINGS, "desk.toml", ledger)
    (finding,) = ledger.findings
    assert (finding.code, finding.column, finding.value) == (code, "rules.max_switches", "7")
    assert english in finding.message("en")
    assert chinese in finding.message("zh")


def test_a_stage_asks_for_its_tables_in_both_languages(tmp_path: Path) -> None:
    """What a stage lacks is said with the way to get it."""
    with pytest.raises(InputError) as refused:
        require(load_desk(make_desk(tmp_path, only=("agents", "shifts"))), "history")
    (finding,) = refused.value.findings
    assert finding == Finding("table_needed", file="history", facts={"table": "history"})
    assert "table history is needed" in finding.message("en")
    assert "此处需要 history 表" in finding.message("zh")

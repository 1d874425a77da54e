"""Tables survive being written and read, and no cell acts as a formula."""

from pathlib import Path

import pandas as pd
import pytest

from desk.formula import guarded, unguarded
from planner.output.table_file import read_frame, read_table, write_frame, write_table

HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "\x00x", "'=1", "''=1", "'plain", "plain", "中文", ""]


def test_every_hostile_text_is_guarded_and_comes_back() -> None:
    """A cell that a spreadsheet would calculate begins with an apostrophe, and reading removes exactly that."""
    texts = pd.Series(HOSTILE)
    safe = guarded(texts)
    assert not safe.str.match(r"^[=+\-@\t\r\n\x00]").any()
    assert unguarded(safe).tolist() == HOSTILE


def test_negative_numbers_are_not_texts(tmp_path: Path) -> None:
    """Only text columns are guarded: -1.5 stays a number."""
    write_frame(pd.DataFrame({"n": [-1.5], "t": ["-1.5"]}), tmp_path / "x.csv", {})
    assert (tmp_path / "x.csv").read_text() == "n,t\n-1.5,'-1.5\n"


def test_letters_beyond_ascii_are_shown_by_spreadsheets(tmp_path: Path) -> None:
    """Excel in China reads UTF-8 without a BOM as GBK; figures alone need none, and both come back."""
    for words, mark in (("presale", b""), ("售前", b"\xef\xbb\xbf")):
        frame = pd.DataFrame({"queue": [words], "mean": [1.5]})
        write_frame(frame, tmp_path / "x.csv", {})
        assert (tmp_path / "x.csv").read_bytes().startswith(mark + b"queue")
        pd.testing.assert_frame_equal(read_frame(tmp_path / "x.csv", {}, "UTC"), frame)


def test_round_trip_through_a_clock_change(tmp_path: Path) -> None:
    """Times carry their offset, so the hour that comes twice stays two hours."""
    starts = pd.date_range("2026-10-25", periods=25, freq="h", tz="Europe/Berlin", unit="us")
    frame = pd.DataFrame({"start": starts, "queue": "q", "mean": 1.0})
    write_table(frame, "forecast", tmp_path / "forecast.csv")
    pd.testing.assert_frame_equal(read_table(tmp_path / "forecast.csv", "forecast", "Europe/Berlin"), frame)


def test_blank_flags_and_ids_stay_blank(tmp_path: Path) -> None:
    """Unknown is neither false nor an empty id."""
    start = pd.Timestamp("2026-03-02 10:00", tz="Asia/Shanghai").as_unit("us")
    rows = {"contact": ["1", "2"], "arrived": [start, start], "agent": ["a", None]}
    frame = pd.DataFrame(rows).assign(abandoned=pd.array([True, None], dtype="boolean"))
    write_table(frame, "contacts", tmp_path / "contacts.csv")
    back = read_table(tmp_path / "contacts.csv", "contacts", "Asia/Shanghai")
    assert back["agent"].isna().tolist() == [False, True]
    assert back["abandoned"].isna().tolist() == [False, True]


@pytest.mark.parametrize("frame", [pd.DataFrame(), pd.DataFrame(columns=["agent", "date", "shift"])])
def test_an_empty_table_comes_back_with_its_columns(tmp_path: Path, frame: pd.DataFrame) -> None:
    """No rows is not the same as no table."""
    write_table(frame, "roster", tmp_path / "roster.csv")
    assert list(read_table(tmp_path / "roster.csv", "roster", "UTC").columns) == ["agent", "date", "shift"]


def test_undeclared_columns_are_numbers_where_all_are(tmp_path: Path) -> None:
    """The forecaster's own tables keep their numbers and flags."""
    frame = pd.DataFrame({"a": [0.5, None], "b": ["x", "1"], "c": [True, False]})
    write_frame(frame, tmp_path / "x.csv", {})
    back = read_frame(tmp_path / "x.csv", {}, "UTC")
    pd.testing.assert_frame_equal(back, frame)

"""Rows given twice: folded where equal, the latest where they say when they were recorded, else refused by name."""

from pathlib import Path

import pandas as pd
import pytest

from desk import InputError, load_desk
from desk.load import load_table
from desk.write.folder import write_folder
from tests.unit.desk.small import TABLES, changed, make_desk

ROWS = TABLES["history"].strip().splitlines()
NOTHING_BEFORE = TABLES["superseded"].strip().splitlines()[0] + "\n"


def _history(*more: str, recorded: bool = False) -> dict[str, str]:
    head, *rows = ROWS
    if recorded:
        head, rows = f"{head},recorded_at", [f"{row},2026-05-03" for row in rows]
    return {"history": "\n".join([head, *rows, *more, ""])}


def test_equal_rows_count_once_and_are_told(tmp_path: Path) -> None:
    """Protects the sum: a file that was pasted twice says nothing twice."""
    desk = load_desk(make_desk(tmp_path, **_history(ROWS[1], ROWS[3])))
    assert desk.table("history").duplicated(["start", "queue"]).sum() == 0
    [told] = [finding for finding in desk.findings if finding.code == "repeated_rows"]
    assert (told.severity, told.row, told.facts["count"]) == ("note", 8, 2)
    assert "8" in told.message("zh")


def test_unequal_rows_without_a_time_are_refused(tmp_path: Path) -> None:
    """Protects against guessing which of two counts is right: file, row, column, and the cure."""
    with pytest.raises(InputError) as refused:
        load_desk(make_desk(tmp_path, **_history("2026-05-01 00:00,pre,9,1")))
    [found] = refused.value.findings
    assert (found.code, found.file, found.row, found.column) == ("duplicate_key", "history.csv", 8, "start")
    assert "recorded_at" in found.cure("en")
    assert "recorded_at" in found.cure("zh")


def test_the_latest_recorded_counts_and_the_earlier_are_kept(tmp_path: Path) -> None:
    """Protects late corrections: the last value, the earlier ones in their own table, and both on the way back."""
    more = ["2026-05-01 00:00,pre,9,1,2026-05-05", "2026-05-01 00:00,pre,7,1,2026-05-04"]
    desk = load_desk(make_desk(tmp_path / "a", **_history(*more, recorded=True), superseded=NOTHING_BEFORE))
    row = desk.table("history").query("queue == 'pre'").iloc[0]
    assert row["offered"] == 9
    assert desk.table("superseded")["offered"].tolist() == [3, 7]
    [told] = [finding for finding in desk.findings if finding.code == "corrected_rows"]
    assert told.facts["count"] == 2
    write_folder(desk, tmp_path / "b")
    assert load_desk(tmp_path / "b").content_hash == desk.content_hash


@pytest.mark.parametrize("second", ["2026-05-01 00:00,pre,9,1,", "2026-05-01 00:00,pre,9,1,2026-05-03"])
def test_a_tie_or_a_blank_is_refused(tmp_path: Path, second: str) -> None:
    """Protects against taking one of two that are recorded at once, or at no time."""
    with pytest.raises(InputError) as refused:
        load_desk(make_desk(tmp_path, **_history(second, recorded=True)))
    assert [found.code for found in refused.value.findings] == ["duplicate_key"]


def test_actuals_are_read_alike(tmp_path: Path) -> None:
    """Protects the review: a table that comes later is folded by the same rule."""
    desk = load_desk(make_desk(tmp_path))
    file = tmp_path / "came.csv"
    file.write_text(_history(ROWS[1])["history"], encoding="utf-8")
    assert len(load_table(desk, "history", file)) == len(ROWS) - 1


def test_a_verdict_names_a_queue_or_a_driver(tmp_path: Path) -> None:
    """Protects the analyst's word from a slip of the pen."""
    with pytest.raises(InputError) as refused:
        load_desk(make_desk(tmp_path, **changed("verdicts", "visits,", "visit,")))
    assert [(found.code, found.value) for found in refused.value.findings] == [("unknown_queue", "visit")]


def test_a_forecast_of_the_past_sees_what_was_known_then(tmp_path: Path) -> None:
    """Protects back-tests: a count corrected later stands as it stood at the origin."""
    from forecast.known import history_known

    more = ["2026-05-01 00:00,pre,9,1,2026-05-05", "2026-05-01 00:00,pre,7,1,2026-05-04"]
    desk = load_desk(make_desk(tmp_path, **_history(*more, recorded=True), superseded=NOTHING_BEFORE))
    seen = {}
    for day in ("2026-05-02", "2026-05-04", "2026-05-06"):
        known = history_known(desk, pd.Timestamp(day, tz=desk.settings.timezone))
        seen[day] = known.query("queue == 'pre'")["offered"].iloc[0]
    assert seen == {"2026-05-02": 3, "2026-05-04": 7, "2026-05-06": 9}


def test_a_plan_of_the_past_is_the_plan_as_it_stood(tmp_path: Path) -> None:
    """Protects the trust in plans: a plan corrected after the day is judged, and back-tested, as it stood before."""
    from forecast.known import drivers_beforehand, drivers_known

    rows = ["start,basis,visits,recorded_at", "2026-05-01,actual,1000,", "2026-05-01,plan,990,2026-05-02"]
    rows += ["2026-05-01,plan,1200,2026-04-28", "2026-05-01,plan,1100,2026-04-20"]
    blank = "start,basis,visits,recorded_at\n"
    desk = load_desk(make_desk(tmp_path, drivers="\n".join([*rows, ""]), superseded_drivers=blank))
    assert sorted(desk.table("superseded_drivers")["visits"]) == [1100, 1200]
    assert desk.table("drivers").query("basis == 'plan'")["visits"].tolist() == [990]
    zone, seen = desk.settings.timezone, {}
    for day in ("2026-04-25", "2026-04-30", "2026-05-03"):
        known = drivers_known(desk, pd.Timestamp(day, tz=zone))
        seen[day] = known.query("basis == 'plan'")["visits"].iloc[0]
    assert seen == {"2026-04-25": 1100, "2026-04-30": 1200, "2026-05-03": 990}
    beforehand = drivers_beforehand(desk, pd.Timedelta(days=7))
    assert beforehand.query("basis == 'plan'")["visits"].tolist() == [1100]
    assert beforehand.query("basis == 'actual'")["visits"].tolist() == [1000]

"""Each refusal of a file, a header, or of what rows and tables say together."""

from pathlib import Path

import pytest

from desk import load_desk

from .small import SETTINGS, TABLES, changed, core_desk, findings_of, make_desk, the_one

HEADERS = [
    (
        "no_extra_column",
        "drivers",
        ",visits\n2026-05-01,actual,1000\n2026-05-01,plan,1200.5",
        "\n2026-05-01,actual",
        "",
        "names no figures",
        "没有任何数值列",
    ),
    ("unknown_column", "leave", "agent,date", "agent,date,knd", "knd", "no column “knd”", "没有“knd”列"),
    ("missing_column", "leave", "agent,date", "agent,day", "date", "“date” is missing", "缺少“date”列"),
    (
        "duplicate_column",
        "leave",
        "agent,date\nA1",
        "agent,date,date\nA1,2026-06-02",
        "date",
        "stands 2 times",
        "出现了 2 次",
    ),
    (
        "unnamed_column",
        "leave",
        "agent,date\nA1",
        "agent,,date\nA1,x",
        "",
        "Column number 2",
        "第 2 列有内容却没有列名",
    ),
]
ROWS = [
    # (code, table, old, new, row, column, English, Chinese)
    (
        "gap",
        "history",
        "2026-05-01 01:00,pre,,0\n",
        "",
        3,
        "start",
        "1 interval of the queue “pre” is missing",
        "缺少 1 个时段",
    ),
    (
        "gap",
        "history",
        "2026-05-01 09:00,after,4,1\n",
        "",
        6,
        "start",
        "of the queue “after”",
        "队列“after”缺少 1 个时段",
    ),
    (
        "off_grid",
        "history",
        "2026-05-01 02:00,pre,5,1",
        "2026-05-01 02:00,pre,5,1\n2026-05-01 02:20,pre,5,1",
        5,
        "start",
        "grid of 60 minutes",
        "60 分钟网格",
    ),
    (
        "overlapping_phases",
        "promotions",
        "peak,2026-06-10",
        "peak,2026-06-02",
        3,
        "start",
        "phase in row 2 of the promotion “618”",
        "第 2 行的阶段尚未结束",
    ),
    (
        "ends_before_start",
        "promotions",
        "2026-06-12",
        "2026-06-09",
        3,
        "end",
        "not after “start”",
        "不晚于同一行的“start”",
    ),
    ("ends_before_start", "overrides", "06-02,2026-06-03", "06-02,2026-06-02", 2, "end", "not after “start”", "不晚于"),
    ("negative_override", "overrides", "1.2", "-1.2", 2, "value", "forecast negative", "预测为负"),
    (
        "shift_ends_before_start",
        "shifts",
        "09:00,18:00",
        "17:00,09:00",
        2,
        "end",
        "lasts 16 hours, which does not fit 8",
        "班次长 16 小时，与付薪 8 小时不符",
    ),
    (
        "shift_ends_before_start",
        "shifts",
        "22:00,06:00,8",
        "22:00,21:00,8",
        3,
        "end",
        "lasts 23 hours",
        "班次长 23 小时",
    ),
    (
        "paid_above_length",
        "shifts",
        "14:00,4",
        "14:00,5",
        4,
        "paid_h",
        "5 hours are paid, but the shift lasts only 4",
        "付薪 5 小时，而班次只有 4 小时",
    ),
    ("shift_too_long", "shifts", "09:00,18:00,8", "00:00,18:00,8", 2, "end", "longer than 16 hours", "超过 16 小时"),
    ("start_next_day", "shifts", "22:00,06:00", "24:00,06:00", 3, "start", "not on the day", "不在班次所属的那一天"),
    ("off_is_reserved", "shifts", "S,10:00", "OFF,10:00", 4, "shift", "reserved for a day off", "保留用于表示休息"),
    (
        "break_outside_shift",
        "shifts",
        "11:00,14:00",
        "08:00,14:00",
        2,
        "break_from",
        "reaches beyond the shift",
        "超出了班次",
    ),
    (
        "break_window_small",
        "shifts",
        "60,11:00,14:00",
        "120,11:00,12:00",
        2,
        "break_min",
        "window of 60 minutes has no room for a break of 120",
        "60 分钟的窗口放不下 120 分钟的休息",
    ),
    (
        "off_interval",
        "shifts",
        "09:00,18:00,8,60",
        "09:00,18:00,8,45",
        2,
        "break_min",
        "“45” is not a whole number of intervals of 60",
        "“45”不是 60 分钟时段的整数倍",
    ),
    (
        "off_interval",
        "shifts",
        "S,10:00",
        "S,09:30",
        4,
        "start",
        "“09:30” is not a whole number",
        "“09:30”不是 60 分钟",
    ),
    ("off_interval", "cover", "09:00,pre", "09:15,pre", 3, "start", "“2026-06-01 09:15” is not", "不是 60 分钟时段"),
    (
        "off_interval",
        "activities",
        "Briefing,60",
        "Briefing,90",
        2,
        "minutes",
        "“90” is not a whole number",
        "“90”不是 60 分钟",
    ),
    (
        "window_too_small",
        "activities",
        "Briefing,60,2026-06-05 08:00",
        "Briefing,60,2026-06-05 19:30",
        2,
        "window_end",
        "shorter than the activity",
        "比活动时长还短",
    ),
    (
        "pinned_on_leave",
        "pinned",
        "A1,2026-06-04",
        "A1,2026-06-02",
        2,
        "date",
        "on leave on 2026-06-02",
        "在 2026-06-02 休假",
    ),
    (
        "pinned_not_allowed",
        "pinned",
        "A1,2026-06-04,M",
        "B1,2026-06-04,M",
        2,
        "shift",
        "does not allow the shift “M”",
        "不允许上班次“M”",
    ),
    ("worked_in_horizon", "worked", "2026-05-31", "2026-06-01", 2, "date", "not before the horizon", "不在排班期之前"),
    (
        "cover_of_no_kind",
        "cover",
        "2026-06-01,M,,",
        "2026-06-01,,,",
        2,
        "date",
        "either date and shift, or start and queue",
        "日期与班次，或开始时间与队列",
    ),
    (
        "out_of_order",
        "contacts",
        "00:10:30",
        "00:09:30",
        2,
        "first_reply",
        "lies before “assigned”",
        "早于同一咨询的“assigned”",
    ),
    ("out_of_order", "contacts", "00:25", "00:15", 3, "closed", "lies before “arrived”", "早于同一咨询的“arrived”"),
]


@pytest.mark.parametrize(("code", "table", "old", "new", "column", "english", "chinese"), HEADERS)
def test_a_wrong_header_is_named(
    tmp_path: Path, code: str, table: str, old: str, new: str, column: str, english: str, chinese: str
) -> None:
    """Row 1 is refused column by column: nothing is guessed from a name that is nearly right."""
    finding = the_one(findings_of(core_desk(tmp_path, **changed(table, old, new))), code)
    assert (finding.file, finding.row, finding.column) == (f"{table}.csv", 1, column)
    assert english in finding.message("en")
    assert chinese in finding.message("zh")


@pytest.mark.parametrize(("code", "table", "old", "new", "row", "column", "english", "chinese"), ROWS)
def test_a_contradiction_is_named(
    tmp_path: Path, code: str, table: str, old: str, new: str, row: int, column: str, english: str, chinese: str
) -> None:
    """Rows that can't be meant so are named with their place, and with a cure, in both languages."""
    finding = the_one(findings_of(core_desk(tmp_path, **changed(table, old, new))), code)
    assert (finding.file, finding.row, finding.column, finding.severity) == (f"{table}.csv", row, column, "error")
    assert english in finding.message("en")
    assert chinese in finding.message("zh")
    assert finding.cure("en") != finding.cure("zh")


def test_a_known_column_is_suggested(tmp_path: Path) -> None:
    """A misspelt column is answered with the column that was probably meant, as is one that other systems title so."""
    folder = core_desk(tmp_path, **changed("history", "start", "统计日期"))
    assert "是否应为 start？" in the_one(findings_of(folder), "unknown_column").cure("zh")
    for written in ("cost_h", "每小时成本", "Cost per hour", "时薪", "Stundenlohn"):
        folder = core_desk(tmp_path, **changed("agents", "cost_per_h", written))
        finding = the_one(findings_of(folder), "unknown_column")
        assert "Did you mean cost_per_h?" in finding.cure("en")
        assert "是否应为 cost_per_h？" in finding.cure("zh")


def test_all_findings_are_raised_at_once(tmp_path: Path) -> None:
    """A planner mends everything in one go, so everything is told in one go: settings, files, cells and tables."""
    folder = core_desk(
        tmp_path,
        SETTINGS.replace("interval_min = 60", "interval_min = 60\nintervall = 30"),
        **changed("history", "pre,3,1", "pre,-3,1"),
        **changed("agents", "full,30", "full,cheap"),
        **changed("promotions", "peak,2026-06-10", "peak,2026-06-02"),
        **changed("leave", "A1,", "A7,"),
    )
    codes = {finding.code for finding in findings_of(folder)}
    assert codes == {"unknown_setting", "negative_number", "number_as_text", "overlapping_phases", "unknown_agent"}


def test_a_thousand_alike_are_told_as_a_few_and_their_number(tmp_path: Path) -> None:
    """A broken column does not bury the other findings."""
    rows = "".join(f"C{number},pre,2026-05-01,nobody\n" for number in range(1000))
    findings = findings_of(core_desk(tmp_path, contacts="contact,queue,arrived,agent\n" + rows))
    assert [finding.code for finding in findings] == ["unknown_agent"] * 5 + ["and_more"]
    assert "995 more rows" in findings[-1].message("en")
    assert "另有 995 行" in findings[-1].message("zh")


def test_a_text_that_no_cell_can_hold_is_refused(tmp_path: Path) -> None:
    """What a workbook would cut short is not taken: nothing is lost silently."""
    (finding,) = findings_of(core_desk(tmp_path, **changed("overrides", "live stream", "long " * 500)))
    assert (finding.code, finding.file, finding.row, finding.column) == ("text_too_long", "overrides.csv", 2, "reason")
    assert "2000" in finding.message("en")
    assert "2000" in finding.message("zh")


def test_a_broken_table_is_blamed_alone(tmp_path: Path) -> None:
    """Names are not judged against a table that could not be read: one mistake, not thousands."""
    folder = core_desk(tmp_path, agents="", contacts="contact,queue,arrived,agent\nC1,pre,2026-05-01,A1\n")
    assert {finding.file for finding in findings_of(folder)} == {"agents.csv"}


def test_a_table_that_is_not_there_is_told_once(tmp_path: Path) -> None:
    """Where a whole table is missing, each column that names it says so once."""
    folder = core_desk(tmp_path)
    (folder / "agents.csv").unlink()
    found = [finding for finding in findings_of(folder) if finding.file == "leave.csv"]
    assert [(finding.code, finding.column) for finding in found] == [("missing_table", "agent")]
    assert "no such table" in found[0].message("en")
    assert "agents.csv" in found[0].cure("en")
    assert "没有这张表" in found[0].message("zh")


@pytest.mark.parametrize("table", ["agents", "history", "contacts", "shifts"])
def test_an_empty_table_is_refused(tmp_path: Path, table: str) -> None:
    """A header without rows is not zeros: it is refused where the table must say something."""
    header = TABLES[table].strip().splitlines()[0] + "\n"
    finding = next(one for one in findings_of(core_desk(tmp_path, **{table: header})) if one.code == "empty_table")
    assert finding.file == f"{table}.csv"
    assert "no rows" in finding.message("en")
    assert "没有数据行" in finding.message("zh")


def test_an_empty_list_of_leave_is_welcome(tmp_path: Path) -> None:
    """A header without rows says that nobody is on leave; a file of 0 bytes says nothing and is refused."""
    desk = load_desk(core_desk(tmp_path / "header", leave="agent,date\n"))
    assert desk.table("leave").empty
    assert the_one(findings_of(core_desk(tmp_path / "nothing", leave="")), "empty_file").file == "leave.csv"


def test_a_blank_break_window_is_not_blamed_for_the_clock_of_its_shift(tmp_path: Path) -> None:
    """Of a shift off the grid its start and end are named, not what was filled in for a blank."""
    shifts = "shift,start,end,paid_h,break_min,break_from,break_to\nS,09:30,18:30,8,60,,\n"
    found = [own for own in findings_of(core_desk(tmp_path, shifts=shifts)) if own.code == "off_interval"]
    assert [own.column for own in found if own.file == "shifts.csv"] == ["start", "end"]


def test_who_is_meant_names_teams_before_people(tmp_path: Path) -> None:
    """Of a desk with many people only their codes were listed."""
    folder = make_desk(tmp_path)
    rows = (folder / "activities.csv").read_text(encoding="utf-8").replace("T1|B1", "everybody")
    (folder / "activities.csv").write_text(rows, encoding="utf-8")
    assert the_one(findings_of(folder), "unknown_who").facts["known"].startswith("T1, T2, A1")

"""Each refusal of a cell, row or column: where it points and what it says in both languages."""

from pathlib import Path

import pytest

from .small import changed, core_desk, findings_of

CONTACT = "C1,pre,2026-05-01 00:10:00,2026-05-01 00:10:05,2026-05-01 00:10:30,2026-05-01 00:15,A1,"
CASES = [
    # (code, table, old, new, row, column, English, Chinese)
    (
        "number_as_text",
        "history",
        "pre,3,1",
        'pre,"1,200",1',
        2,
        "offered",
        "“1,200” is not written as",
        "“1,200”不是纯数字",
    ),
    ("number_as_text", "history", "pre,3,1", "pre,12 ,1", 2, "offered", "“12 ” is not written as", "“12 ”不是纯数字"),
    ("number_as_text", "history", "pre,3,1", "pre,１２,1", 2, "offered", "“１２” is not", "“１２”不是纯数字"),
    ("number_as_text", "history", "pre,3,1", "pre,1.2e3,1", 2, "offered", "“1.2e3” is not", "“1.2e3”不是纯数字"),
    ("number_as_text", "agents", "full,30", "full,¥30", 2, "cost_per_h", "“¥30” is not", "“¥30”不是纯数字"),
    (
        "length_as_clock",
        "contacts",
        f"rating\n{CONTACT}5",
        f"average_reply_s\n{CONTACT}05:12",
        2,
        "average_reply_s",
        "“05:12” is no number of seconds",
        "分不清是时分还是分秒",
    ),
    (
        "not_finite",
        "agents",
        "full,30",
        "full,NaN",
        2,
        "cost_per_h",
        "“NaN” is not a number",
        "“NaN”不是可用于计算的数字",
    ),
    ("not_finite", "drivers", "1000", "-inf", 2, "visits", "“-inf” is not a number", "“-inf”不是可用于计算的数字"),
    ("fractional_count", "history", "pre,3,1", "pre,3.5,1", 2, "offered", "“3.5” is not whole", "“3.5”不是整数"),
    ("negative_number", "history", "pre,3,1", "pre,-3,1", 2, "offered", "“-3” is negative", "“-3”为负数"),
    ("too_small", "skills", "pre,1,1", "pre,0.01,1", 2, "proficiency", "below 0.05", "小于 0.05"),
    ("too_large", "contacts", "A1,5", "A1,6", 2, "rating", "“6” is above 5", "“6”大于 5"),
    ("too_large", "drivers", "1000", "1e300", 2, "visits", "“1e300” is above", "“1e300”大于"),
    ("blank_cell", "agents", "A2,李雷", ",李雷", 3, "agent", "blank", "为空"),
    ("blank_count", "history", "pre,3,1", "pre,,1", 2, "offered", "blank though the interval was open", "计数却为空"),
    (
        "ambiguous_date",
        "leave",
        "2026-06-02",
        "02/06/2026",
        2,
        "date",
        "“02/06/2026” does not begin with the year",
        "没有把年份写在最前",
    ),
    ("counted_day", "leave", "2026-06-02", "46175", 2, "date", "is 2026-06-02 as a spreadsheet", "即 2026-06-02"),
    (
        "ambiguous_date",
        "history",
        "2026-05-01 00:00",
        "1/5/26 0:00",
        2,
        "start",
        "“1/5/26 0:00” does not begin",
        "日与月可能混淆",
    ),
    ("not_a_date", "leave", "2026-06-02", "20260602", 2, "date", "“20260602” is not a date", "“20260602”不是日期"),
    ("not_a_date", "leave", "2026-06-02", "6月2日", 2, "date", "“6月2日” is not a date", "“6月2日”不是日期"),
    (
        "not_a_time",
        "promotions",
        "2026-06-03",
        "soon",
        2,
        "end",
        "“soon” is not a date with a time",
        "“soon”不是日期时间",
    ),
    (
        "no_such_day",
        "leave",
        "2026-06-02",
        "2026-02-30",
        2,
        "date",
        "“2026-02-30” is not a time of the calendar",
        "“2026-02-30”不是",
    ),
    ("no_such_day", "promotions", "2026-06-03", "2026-06-03 25:00", 2, "end", "25:00", "25:00"),
    ("no_such_day", "leave", "2026-06-02", "0001-01-01", 2, "date", "1970 and 2199", "1970 至 2199"),
    ("two_date_forms", "promotions", "2026-06-12", "2026/6/12", 3, "end", "another form", "写法与该列多数日期不同"),
    (
        "mixed_zones",
        "promotions",
        "2026-06-12",
        "2026-06-12 00:00+08:00",
        3,
        "end",
        "carry an offset",
        "有的时间带时差",
    ),
    (
        "unknown_choice",
        "requests",
        "off,,50",
        "maybe,,50",
        2,
        "wish",
        "“maybe” is not one of on, off",
        "“maybe”不在可选值 on, off",
    ),
    ("not_a_bool", "skills", "pre,1,1", "pre,1,yes", 2, "home", "“yes” is neither 1 nor 0", "“yes”既不是 1 也不是 0"),
    ("not_a_clock", "shifts", "09:00,18:00", "9h,18:00", 2, "start", "“9h” is not a clock time", "“9h”不是时刻"),
    ("not_a_clock", "shifts", "09:00,18:00", "09:00,25:00", 2, "end", "“25:00” is not a clock time", "“25:00”不是时刻"),
    ("bar_in_name", "agents", "A2,", "A|2,", 3, "agent", "holds the mark |", "含有用来分隔列表的符号 |"),
    (
        "duplicate_key",
        "skills",
        "A2,after",
        "A1,pre",
        3,
        "agent",
        "same agent, queue as row 2",
        "agent, queue 与第 2 行相同",
    ),
    (
        "duplicate_key",
        "history",
        "01:00,pre,,0",
        "00:00,pre,4,1",
        3,
        "start",
        "same start, queue as row 2",
        "与第 2 行相同",
    ),
    (
        "unknown_queue",
        "skills",
        "A1,pre",
        "A1,prae",
        2,
        "queue",
        "“prae” is not a queue",
        "“prae”不是 desk.toml 中的队列",
    ),
    (
        "unknown_contract",
        "agents",
        "T2,part",
        "T2,perm",
        4,
        "contract",
        "“perm” is not a contract",
        "“perm”不是 desk.toml 中的合同类型",
    ),
    ("unknown_contract", "shifts", "part|full", "part|ful", 4, "contracts", "“ful” is not a contract", "“ful”不是"),
    ("unknown_agent", "leave", "A1,", "A9,", 2, "agent", "“A9” is not in the agents table", "“A9”不在 agents 表中"),
    ("unknown_shift", "pinned", "04,M", "04,X", 2, "shift", "“X” is not in the shifts table", "“X”不在 shifts 表中"),
    (
        "unknown_who",
        "activities",
        "T1|B1",
        "T1|T9",
        2,
        "who",
        "“T9” is neither a team nor an agent",
        "“T9”既不是 agents 表中的小组",
    ),
]


@pytest.mark.parametrize(("code", "table", "old", "new", "row", "column", "english", "chinese"), CASES)
def test_a_wrong_cell_is_named(
    tmp_path: Path, code: str, table: str, old: str, new: str, row: int, column: str, english: str, chinese: str
) -> None:
    """A wrong cell is named with its file, row, column and value, and with a cure, in both languages."""
    findings = [one for one in findings_of(core_desk(tmp_path, **changed(table, old, new))) if one.code == code]
    assert findings, findings_of(tmp_path)
    (finding,) = findings
    assert (finding.file, finding.row, finding.column, finding.severity) == (f"{table}.csv", row, column, "error")
    assert english in finding.message("en")
    assert chinese in finding.message("zh")
    assert finding.cure("en") != finding.cure("zh")

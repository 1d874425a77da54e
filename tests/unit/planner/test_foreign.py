"""Files of other systems as tables of a desk."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from desk import Desk, InputError
from planner.desk_change import changed_desk
from planner.foreign import (
    Given,
    converted,
    counted,
    fresh_desk,
    hours_to_ask,
    latest_day,
    meant,
    orders_of,
    read_foreign,
    unfolded,
    whole_table,
)
from planner.foreign.figures import plain_numbers, plain_seconds
from planner.foreign.hours_across import hours_across
from planner.foreign.hours_said import begun
from planner.foreign.moments import iso_clock, iso_moment, iso_moments

ZONE = "Asia/Shanghai"


@pytest.fixture
def fresh() -> Desk:
    queues = {"presale": ("live", 300.0), "aftersale": ("deferrable", 400.0)}
    return fresh_desk("New", ZONE, date(2026, 7, 1), date(2026, 7, 8), queues, "zh")  # type: ignore[arg-type]


def _written(path: Path, lines: list[str], encoding: str = "utf-8") -> Path:
    path.write_bytes("\n".join(lines).encode(encoding))
    return path


def test_an_export_in_gbk_with_a_caption_and_hours_apart_is_understood(tmp_path: Path, fresh: Desk) -> None:
    """Captions above the titles, an old encoding, days first, hours in words: each is what exports really look like."""
    lines = [
        "客服进线报表,,,",
        "统计日期,小时,技能组,咨询量",
        *(f"{day}.06.2026,{hour}点,售前,{day * hour}" for day in (12, 13) for hour in range(24)),
    ]
    foreign = read_foreign(_written(tmp_path / "a.csv", lines, "gbk"))
    columns = meant(list(foreign.frame.columns), "history")
    assert (foreign.header_row, columns["date"], columns["clock"]) == (2, "统计日期", "小时")
    (order,) = orders_of(foreign.frame["统计日期"])
    assert order == "day"
    assert latest_day(foreign.frame["统计日期"], "day") == pd.Timestamp("2026-06-13")
    frame, findings = converted(
        fresh, "history", foreign, Given(columns, order="day", values={"queue": {"售前": "presale"}})
    )
    assert frame is not None, findings
    row = frame.set_index("start").loc[pd.Timestamp("2026-06-13 09:00", tz=ZONE)]
    assert (row["queue"], row["offered"]) == ("presale", 13 * 9)


def test_which_number_is_the_month_is_never_guessed() -> None:
    """03/04 may be two days: the user is asked, and 13/04 answers for itself."""
    assert orders_of(pd.Series(["03/04/2026", "05/06/2026"])) == ("day", "month")
    assert orders_of(pd.Series(["03/04/2026", "13/06/2026"])) == ("day",)
    assert orders_of(pd.Series(["03/04/2026", "03/16/2026"])) == ("month",)
    assert orders_of(pd.Series(["2026/3/4", "20260305 09:00"])) == ("year",)


def test_a_year_of_two_digits_is_of_this_century() -> None:
    """As a spreadsheet in American saves its days; whether the year or the day comes first is asked."""
    assert orders_of(pd.Series(["6/13/26 8:00", "6/9/26 8:00"])) == ("month",)
    assert orders_of(pd.Series(["13/06/26"])) == ("year", "day")
    assert iso_moment("6/13/26 8:00 AM", "month") == "2026-06-13 08:00"
    assert iso_moment("26/06/13", "year") == "2026-06-13"


@pytest.mark.parametrize(
    ("cell", "iso"),
    [
        ("01-Jun-2026", "2026-06-01"),
        ("Jun 1, 2026 3:05 PM", "2026-06-01 15:05"),
        ("1-Dez-26", "2026-12-01"),
        ("2026年6月1日 星期一 9:00", "2026-06-01 09:00"),
        ("2026-06-01（周一）", "2026-06-01"),
        ("Monday, 1 June 2026", "2026-06-01"),
        ("1 Mayor 2026", "1 Mayor 2026"),
        ("第23周", "第23周"),
        ("2026-06-01 00:00~00:59", "2026-06-01 00:00"),
        ("20260601093015", "2026-06-01 09:30:15"),
    ],
)
def test_months_and_weekdays_by_name_are_read(cell: str, iso: str) -> None:
    """A month by its name can be no day: nothing is asked."""
    assert orders_of(pd.Series([cell])) == ("year",)
    assert iso_moment(cell, "year") == iso


@pytest.mark.parametrize(
    ("cells", "moments"),
    [
        ("46174 46174.375 46174.0416666667", "2026-06-01|2026-06-01 09:00:00|2026-06-01 01:00:00"),
        ("1780272000 1780275600", "2026-06-01 00:00:00+00:00|2026-06-01 01:00:00+00:00"),
        ("1780272000000", "2026-06-01 00:00:00+00:00"),
        ("46174 12", "46174|12"),
        ("2026-06-01T08:00Z/2026-06-01T08:30Z", "2026-06-01 08:00Z"),
        (
            "2026-06-01T09:00-10:00 2026-06-01T10:00-11:00 2026-06-01T11:00-12:00",
            "2026-06-01 09:00|2026-06-01 10:00|2026-06-01 11:00",
        ),
        ("2026-06-01T09:00-05:00 2026-12-01T09:00-06:00", "2026-06-01 09:00-05:00|2026-12-01 09:00-06:00"),
    ],
)
def test_a_column_tells_what_its_moments_are(cells: str, moments: str) -> None:
    """Days of a spreadsheet, seconds of a machine, spans; of two clocks after a dash, as summer and winter have them,
    each is an offset."""
    assert iso_moments(pd.Series(cells.split()), "year").tolist() == moments.split("|")


def test_hours_from_1_to_24_are_asked_for(tmp_path: Path, fresh: Desk) -> None:
    """Hour 24 is the last of its day, or the first of the next; unsaid it is refused."""
    across = ["日期," + ",".join(map(str, range(1, 25))), "2026-06-01" + ",3" * 24]
    below = ["日期,小时,进线量", *(f"2026-06-01,{hour},3" for hour in range(1, 25))]
    for lines in (across, below):
        foreign = read_foreign(_written(tmp_path / "a.csv", lines))
        columns = meant(list(unfolded(foreign.frame)), "history")
        given = Given(columns, fixed={"queue": "presale"})
        assert hours_to_ask(foreign, columns, "year")
        for hours, first in (("end", "2026-06-01 00:00"), ("begin", "2026-06-01 01:00")):
            frame, findings = converted(fresh, "history", foreign, replace(given, hours=hours))  # type: ignore[arg-type]
            assert frame is not None, findings
            assert frame["start"].tolist() == list(pd.date_range(first, periods=24, freq="h", tz=ZONE))
        assert [own.code for own in converted(fresh, "history", foreign, given)[1]] == ["no_such_day"]
    few = pd.Series(["2026-06-01 01:00", "2026-06-01 24:00"])
    assert begun(few, "end").tolist() == ["2026-06-01 00:00", "2026-06-01 23:00"]
    assert begun(few.str.replace("1:00", "0:30"), "end").tolist()[1] == "2026-06-01 23:30"


def test_rows_that_are_parts_of_a_number_are_added_up_where_that_is_said(tmp_path: Path, fresh: Desk) -> None:
    """Two skills that are one queue, or a row for each agent: where their numbers were the same, one of them was left
    out as a copy."""
    lines = ["日期,小时,技能组,进线量,AHT"] + [
        f"2026-06-01,{hour},{group}" for hour, group in enumerate(["x,3,90"] * 2)
    ]
    lines += ["2026-06-01,0,y,3,90", "2026-06-01,1,y,1,190", "2026-06-01,1,y,1,190"]
    foreign = read_foreign(_written(tmp_path / "a.csv", lines))
    given = Given(meant(list(foreign.frame), "history"), values={"queue": {"x": "presale", "y": "presale"}})
    frame, findings = converted(fresh, "history", foreign, given)
    assert frame is None
    assert [(own.code, own.row, own.column) for own in findings if own.severity == "error"] == [
        ("rows_of_parts", 2, "技能组")
    ]
    for lang in ("en", "zh"):
        assert "技能组" in findings[0].line(lang)
    frame, _ = converted(fresh, "history", foreign, replace(given, add_up=True))
    assert frame is not None
    assert (frame["offered"].tolist(), frame["aht_s"].tolist()) == ([6, 4], [90, 115])


def test_lengths_and_zones_that_titles_name_are_heeded(tmp_path: Path, fresh: Desk) -> None:
    """Platforms tell how long the first reply took, in minutes or hours, and moments on the clock of Greenwich."""
    titles = "id,Created at (UTC),Group,Assignee,First reply time in minutes,Resolution time (in hrs)"
    foreign = read_foreign(_written(tmp_path / "a.csv", [titles, "1,2026-06-01 09:00,presale,amy,2.5,00:10:00"]))
    columns = meant(list(foreign.frame), "contacts") | {"closed": "Resolution time (in hrs)"}
    frame, (told,) = converted(fresh, "contacts", foreign, Given(columns))
    assert frame is not None
    assert [f"{frame[own][0]:%H:%M:%S}" for own in ("arrived", "first_reply", "closed")] == [
        "17:00:00", "17:02:30", "17:10:00",
    ]  # fmt: skip
    assert (told.code, told.severity, told.facts["zone"]) == ("zone_named", "note", "UTC")
    history = ["日期,Hour (GMT+9),队列,进线量,平均处理时长(分)", '2026-06-01,0.375,presale,3,"1,004.5"']
    foreign = read_foreign(_written(tmp_path / "b.csv", history))
    frame, _ = converted(fresh, "history", foreign, Given(meant(list(foreign.frame), "history")))
    assert frame is not None
    assert (frame["start"][0], frame["aht_s"][0]) == (pd.Timestamp("2026-06-01 08:00", tz=ZONE), 60270)


def test_a_day_and_a_time_apart_are_one_moment(tmp_path: Path, fresh: Desk) -> None:
    """Beside a day what may be a moment is its hour, unless it has its day with it; lengths of time are seconds, and a
    row of sums is told and left out."""
    for titles, first, second in (
        ("Date,Time", "2026-06-01,0:00", "2026-06-01,1:00"),
        ("日期,时段", "2026年6月1日,00:00-00:59", "2026年6月1日,01:00-01:59"),
        ("Date,Start time", "6/13/26,6/13/26 12:00 AM", "6/13/26,6/13/26 1:00 AM"),
    ):
        lines = [f"{titles},queue,calls,aht", f"{first},presale,3,0:04:35", f"{second},presale,4,5分", "合计,,,7,"]
        foreign = read_foreign(_written(tmp_path / "f.csv", lines))
        columns = meant(list(foreign.frame.columns), "history")
        (order,) = orders_of(foreign.frame[columns["date"]])
        frame, (told,) = converted(fresh, "history", foreign, Given(columns, order=order))
        assert frame is not None
        assert [own.hour for own in frame["start"]] == [0, 1]
        assert frame["aht_s"].tolist() == [275, 300]
        assert (told.code, told.severity, told.row) == ("sum_row", "note", 4)


def test_sums_of_groups_are_left_out_and_a_group_of_that_name_stays(tmp_path: Path) -> None:
    """A line for all queues beside those of each would double the inquiries."""
    lines = ["date,hour,queue,calls", "2026-06-01,0,pre,3", "2026-06-01,0,after,4", "2026-06-01,0,Total,7", "合计,,,7"]
    foreign = read_foreign(_written(tmp_path / "g.csv", lines))
    assert (foreign.sums, len(foreign.frame)) == ({4: "Total", 5: "合计"}, 2)
    pivot = [
        "日期,小时,进线量",
        "2026-06-01,9,3",
        ",10,4",
        "2026-06-01 汇总,,7",
        "平均,,3.5",
        "导出人：王,,",
        "共 2 行,,",
    ]
    foreign = read_foreign(_written(tmp_path / "p.csv", pivot))
    assert (foreign.sums, len(foreign.frame)) == ({4: "2026-06-01 汇总", 5: "平均"}, 2)
    assert foreign.remarks == {6: "导出人：王", 7: "共 2 行"}
    alone = ["date,hour,queue,calls", "2026-06-01,0,Total,7", "2026-06-01,1,Total,8"]
    assert len(read_foreign(_written(tmp_path / "h.csv", alone)).frame) == 2


@pytest.mark.parametrize("cell", ["4:35", "n/a", "", "240"])
def test_what_is_no_length_for_sure_stays(cell: str) -> None:
    """4:35 may be minutes or hours."""
    assert plain_seconds(cell) == cell


def test_hours_across_become_rows(tmp_path: Path, fresh: Desk) -> None:
    """A sheet with a column an hour, semicolons between, and no queue at all."""
    head = ";".join(f"{hour:02d}:00-{hour + 1:02d}:00" for hour in range(24))
    lines = [
        f"Date;{head}",
        *(f"2026-06-{day:02d};" + ";".join(str(day * hour) for hour in range(24)) for day in (1, 2)),
    ]
    foreign = read_foreign(_written(tmp_path / "wide.csv", lines))
    columns = meant(list(unfolded(foreign.frame).columns), "history")
    frame, findings = converted(fresh, "history", foreign, Given(columns, fixed={"queue": "presale"}))
    assert frame is not None, findings
    assert len(frame) == 48
    assert frame["offered"].sum() == 3 * sum(range(24))


@pytest.mark.parametrize(
    ("cell", "clock"),
    [("3 PM", "15:00"), ("下午3点", "15:00"), ("12:30 am", "00:30"), ("中午12:30", "12:30"), ("晚上8:15", "20:15")]
    + [("下午15:00", "15:00"), ("０９：３０", "09:30"), ("0930", "09:30"), ("9 Uhr bis 10 Uhr", "09:00")]
    + [(cell, cell) for cell in ("12-1 PM", "晚上12点", "上午15:00", "25", "am 3 pm", "2026-06-13")],
)
def test_a_clock_of_twelve_hours_has_its_half_of_the_day(cell: str, clock: str) -> None:
    """Three in the afternoon was three at night; where the half can't be told the cell stays, to be refused."""
    assert iso_clock(cell) == clock
    assert iso_moment(f"2026年6月13日 {cell}", "year") in (f"2026-06-13 {clock}", f"2026-06-13 {cell}")


def test_a_moment_of_a_spreadsheet_in_chinese_is_read() -> None:
    """Full-width digits and halves of the day stand in one cell with the date."""
    assert iso_moment("2026年11月1日 下午 3:05:12", "year") == "2026-11-01 15:05:12"
    assert iso_moment("２０２６／１１／０１　９：０５", "year") == "2026-11-01 09:05"
    assert orders_of(pd.Series(["１３．０６．２０２６"])) == ("day",)


@pytest.mark.parametrize(
    ("titles", "hours"),
    [
        (range(24), 24),
        (range(1, 25), 24),
        ([f"{hour:02d}:00" for hour in range(1, 25)], 24),
        (range(1, 32), 0),
        (range(2003, 2015), 0),
        ([f"{hour} {half}" for half in ("AM", "PM") for hour in (12, *range(1, 12))], 24),
    ],
)
def test_columns_that_may_be_no_hours_are_not_taken_for_them(titles: Sequence[object], hours: int) -> None:
    """1 to 24 are hours, of which is asked what they tell; 1 to 31 are days of a month."""
    assert len(hours_across(pd.DataFrame(columns=["日期", *map(str, titles)]))) == hours


@pytest.mark.parametrize(
    ("cells", "plain"),
    [
        ("１２８ ¥1,299.00 12,345", "128 1299.00 12345"),
        ("19,50 1.299,00 12.345", "19.50 1299.00 12345"),
        ("12.5 1,299 7", "12.5 1299 7"),
        ("1,299 12.345 30元", "1,299 12.345 30"),
        ("12,5 12.5", "12,5 12.5"),
        ("19,50 n/a 5%", "19.50 n/a 5%"),
        ("1'234,5 1’299 12,5", "1234.5 1299 12.5"),
    ],
)
def test_numbers_are_read_as_their_column_is_written(cells: str, plain: str) -> None:
    """A comma or a point of which no cell tells what it parts stays as it is, as does what is no number."""
    assert plain_numbers({"n": pd.Series(cells.split())})["n"].tolist() == plain.split()


def test_a_column_that_tells_nothing_is_read_as_its_file() -> None:
    """12.345 visits beside 1.234,50 of sales are thousands; beside columns that contradict each other they stay."""
    visits, sales, rates = (pd.Series(cells.split()) for cells in ("12.345 9.876", "1.234,50 980", "0.5 1"))
    read = plain_numbers({"visits": visits, "sales": sales})
    assert (read["visits"].tolist(), read["sales"].tolist()) == (["12345", "9876"], ["1234.50", "980"])
    assert plain_numbers({"visits": visits, "sales": sales, "rates": rates})["visits"].tolist() == visits.tolist()
    assert plain_numbers({"n": pd.Series(["1\u202f234", "2 000"])})["n"].tolist() == ["1234", "2000"]
    book = plain_numbers({"visits": visits, "sales": sales, "mixed": pd.Series(["12.345", "19,50"])}, typed=True)
    assert [book[name].tolist() for name in book] == [visits.tolist(), ["1234.50", "980"], ["12.345", "19,50"]]


@pytest.mark.parametrize(
    ("cells", "plain"),
    [
        ("1.234 987", "1234 987"),
        ("1,234 987", "1234 987"),
        ("1.000 987", "1.000 987"),
        ("1.234 2,345", "1.234 2,345"),
        ("1.234 98x", "1.234 98x"),
        ("1,23,456 9,876", "123456 9876"),
    ],
)
def test_whole_numbers_have_thousands_and_no_decimals(cells: str, plain: str) -> None:
    """Of 1.234 calls it was asked for a whole number, of 1,234 for digits only; of 1.000 nothing tells which."""
    assert plain_numbers({"n": pd.Series(cells.split())}, counts=("n",))["n"].tolist() == plain.split()


def test_years_of_other_eras_are_read_and_told(fresh: Desk, tmp_path: Path) -> None:
    """A town hall of Taiwan writes 115/06/01 under 日期 and 進線量: a day of 2001, and no title was understood."""
    lines = ["日期,時段,技能組,進線量", "115/06/01,08:00,presale,3", "115/06/01,09:00,presale,5"]
    foreign = read_foreign(_written(tmp_path / "a.csv", lines))
    columns = meant(list(foreign.frame), "history")
    frame, (told,) = converted(fresh, "history", foreign, Given(columns, order=orders_of(foreign.frame["日期"])[0]))
    assert frame is not None
    assert list(frame["start"].dt.strftime("%Y-%m-%d %H")) == ["2026-06-01 08", "2026-06-01 09"]
    assert (told.code, told.severity, told.row, told.column) == ("other_era", "note", 2, "日期")
    assert "115/06/01 is taken for 2026/06/01" in told.message("en")
    assert "115/06/01 按 2026/06/01 理解" in told.message("zh")


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("1150601", "2026-06-01"),
        ("民國115年6月1日 9:30", "2026-06-01 09:30"),
        ("令和8年6月1日", "2026-06-01"),
        ("2569-06-01 08:00", "2026-06-01 08:00"),
        ("1/6/2569", "1/6/2569"),
        ("2500", "2500"),
        ("115.5", "115.5"),
    ],
)
def test_years_are_those_of_the_common_era(cell: str, read: str) -> None:
    """Years of the Republic of China, of Reiwa and of Buddha; what is no date, or has its year last, is as it was."""
    assert iso_moment(cell, "year") == read
    assert orders_of(pd.Series(["115/06/01"])) == ("year",)
    assert orders_of(pd.Series(["13/06/2569"])) == ("day",)


def test_an_export_says_yes_and_no_in_words(fresh: Desk, tmp_path: Path) -> None:
    """A contact log in Chinese was refused cell by cell: 是, full-width ratings, money with its sign."""
    lines = [
        "会话编号,技能组,进线时间,客服账号,是否流失,订单金额,评分",
        'S1,presale,2026年6月3日 下午 3:05:12,,是,"¥1,299.00",５',
    ]
    foreign = read_foreign(_written(tmp_path / "a.csv", lines))
    given = Given({own: title for own, title in meant(list(foreign.frame), "contacts").items() if own != "agent"})
    frame, findings = converted(fresh, "contacts", foreign, replace(given, fixed={"agent": ""}))
    assert frame is not None, findings
    assert (frame["abandoned"][0], frame["order_value"][0], frame["rating"][0]) == (True, 1299.0, 5)


def test_a_day_said_once_for_its_hours_is_told(fresh: Desk, tmp_path: Path) -> None:
    """Merged cells, and tables that name each group once; a dash is no number."""
    lines = [
        "日期,小时,队列,进线量,平均接待时长",
        "2026-06-01,22,presale,3,-",
        ",23,presale,4,--",
        "2026-06-02,0,presale,5,60",
    ]
    foreign = read_foreign(_written(tmp_path / "a.csv", lines))
    frame, (told,) = converted(fresh, "history", foreign, Given(meant(list(foreign.frame), "history")))
    assert frame is not None
    assert [f"{own:%d %H}" for own in frame["start"]] == ["01 22", "01 23", "02 00"]
    assert frame["aht_s"].isna().tolist() == [True, True, False]
    assert (told.code, told.severity, told.row, told.column) == ("day_above", "warning", 3, "日期")


def test_a_day_without_its_hour_is_no_midnight(fresh: Desk, tmp_path: Path) -> None:
    """The sum of a day stood at 0:00 of a desk that opens at nine; cells guarded against spreadsheets are read."""
    titles, first = '日期,小时,"进线量\n(次)"', '="2026-06-01",9,\'3'
    lines = [titles, first, "2026-06-01,10,4", "2026-06-01,,7", "导出人：王,,"]
    foreign = read_foreign(_written(tmp_path / "a.csv", lines))
    given = Given(meant(list(foreign.frame), "history"), fixed={"queue": "presale"})
    frame, findings = converted(fresh, "history", foreign, given)
    assert frame is None
    assert [(own.code, own.value) for own in findings] == [("remark_row", "导出人：王"), ("not_a_time", "2026-06-01 —")]
    assert "说明行" in findings[0].line("zh")
    assert "remark" in findings[0].line("en")
    frame, _ = converted(fresh, "history", replace(foreign, frame=foreign.frame.iloc[:2]), given)
    assert frame is not None
    assert frame["offered"].tolist() == [3, 4]


def test_leave_as_a_span_is_a_row_a_day(fresh: Desk, tmp_path: Path) -> None:
    """The last day is one of leave; what is no span is refused with both of its days, where it stands. Spreadsheets
    save a day as its midnight."""
    lines = ["工号,开始日期,结束日期", "a1,2026年7月2日,2026/7/4 0:00", "a1,2026/7/9,", "a1,2026-07-20,2026-07-18"]
    foreign = read_foreign(_written(tmp_path / "a.csv", lines))
    given = Given(meant(list(foreign.frame), "leave"))
    frame, (told,) = converted(fresh, "leave", foreign, given)
    assert frame is None
    assert (told.code, told.row, told.value) == ("not_a_date", 4, "2026-07-20 – 2026-07-18")
    foreign = replace(foreign, frame=foreign.frame.iloc[:2])
    frame, told_of = converted(fresh, "leave", foreign, given)
    assert frame is not None, told_of
    assert frame["date"].dt.day.tolist() == [2, 3, 4, 9]


def test_a_new_desk_may_begin_with_a_log(fresh: Desk, tmp_path: Path) -> None:
    """It knows nobody yet: the people of its log are no strangers. A desk with people asks who they are."""
    log = _written(tmp_path / "a.csv", ["contact,queue,arrived,agent", "1,presale,2026-06-01 09:00,amy"])
    foreign = read_foreign(log)
    given = Given(meant(list(foreign.frame), "contacts"))
    frame, findings = converted(fresh, "contacts", foreign, given)
    assert frame is not None, findings
    agents = pd.DataFrame({"agent": ["bob"], "name": "Bob", "team": "t", "contract": "c", "cost_per_h": 1.0})
    staffed = replace(fresh, tables={**fresh.tables, "agents": agents})
    assert [own.code for own in converted(staffed, "contacts", foreign, given)[1]] == ["unknown_agent"]


def test_people_called_by_name_are_found_where_one_alone_has_it(fresh: Desk, tmp_path: Path) -> None:
    """Leave lists and chat platforms name people, not codes; of two of one name none is guessed."""
    agents = pd.DataFrame({"agent": ["a1", "a2", "a3"], "name": ["王芳", "李雷", "李雷"], "team": "t", "contract": "c"})
    staffed = replace(fresh, tables={**fresh.tables, "agents": agents.assign(cost_per_h=1.0)})
    foreign = read_foreign(_written(tmp_path / "a.csv", ["姓名,日期", "王芳,2026-07-02", "a2,2026-07-02"]))
    given = Given(meant(list(foreign.frame), "leave"))
    frame, (told,) = converted(staffed, "leave", foreign, given)
    assert frame is not None
    assert frame["agent"].tolist() == ["a1", "a2"]
    assert (told.code, told.severity, told.facts["count"]) == ("people_by_name", "note", 1)
    twice = replace(foreign, frame=foreign.frame.replace("a2", "李雷"))
    assert [own.code for own in converted(staffed, "leave", twice, given)[1]] == ["people_by_name", "unknown_agent"]


def test_a_finding_names_the_row_and_title_of_the_foreign_file(tmp_path: Path, fresh: Desk) -> None:
    """Whoever must mend the file finds the place in it, not in what we made of it."""
    lines = ["report", "", "ds,skill group,calls", "2026-06-01 00:00,presale,4", "2026-06-01 01:00,presale,many"]
    foreign = read_foreign(_written(tmp_path / "b.csv", lines))
    frame, findings = converted(fresh, "history", foreign, Given(meant(list(foreign.frame.columns), "history")))
    assert frame is None
    [finding] = [own for own in findings if own.severity == "error"]
    assert (finding.file, finding.row, finding.column, finding.value) == ("b.csv", 5, "calls", "many")


def test_a_workbook_has_its_fullest_sheet_chosen(tmp_path: Path) -> None:
    """A cover sheet is not what somebody exported the book for."""
    with pd.ExcelWriter(tmp_path / "c.xlsx") as book:
        pd.DataFrame({"note": ["cover"]}).to_excel(book, sheet_name="cover", index=False)
        pd.DataFrame({"日期": ["2026-06-01"] * 3, "订单数": [1, 2, 3]}).to_excel(book, sheet_name="data", index=False)
    foreign = read_foreign(tmp_path / "c.xlsx")
    assert (foreign.sheet, foreign.sheets, len(foreign.frame)) == ("data", ("cover", "data"), 3)
    assert meant(list(foreign.frame.columns), "drivers")["orders"] == "订单数"


@pytest.mark.parametrize(
    ("content", "row"),
    [
        (",date,queue,calls\n0,2026-06-01,pre,3\n1,2026-06-02,pre,4\n", 1),
        ("进线统计表,,\n日期,技能组,进线量\n2026年6月1日,售前,3\n", 2),
        ("日期,0,1,2\n2026-06-01,3,4,5\n", 1),
        ("工号,姓名,小组\nK1,王芳,甲\n", 1),
    ],
)
def test_titles_are_the_row_with_the_most_words(tmp_path: Path, content: str, row: int) -> None:
    """A column of row numbers without a title (as data frames are saved) makes no row of data the titles."""
    (tmp_path / "e.csv").write_text(content, encoding="utf-8")
    assert read_foreign(tmp_path / "e.csv").header_row == row


@pytest.mark.parametrize("content", [b"", b"\n\n", b"only,a,header\n"])
def test_a_file_without_rows_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    """Nothing is not zero inquiries."""
    (tmp_path / "d.csv").write_bytes(content)
    with pytest.raises(InputError) as refused:
        read_foreign(tmp_path / "d.csv")
    assert refused.value.findings[0].file == "d.csv"


def test_a_log_is_counted_by_whole_days(fresh: Desk) -> None:
    """The part of a day on which a log begins or ends is no day; an hour without a contact is a zero."""
    arrived = pd.to_datetime(["2026-06-01 15:10", "2026-06-02 00:05", "2026-06-02 09:59", "2026-06-03 11:00"])
    log = pd.DataFrame({"arrived": arrived.tz_localize(ZONE), "queue": ["presale", "presale", "aftersale", "presale"]})
    history = counted(log, 60)
    assert len(history) == 48
    assert history["start"].min() == pd.Timestamp("2026-06-02", tz=ZONE)
    assert history["offered"].sum() == 2


def test_a_log_is_counted_through_clock_changes_by_the_hours_of_its_days() -> None:
    """The hour that comes twice is two intervals, a log that ends before a short day adds no day of zeros, and a desk
    that is closed at night has whole days too."""
    zone = "Europe/Berlin"
    utc = ["2026-10-24 22:10", "2026-10-25 00:30", "2026-10-25 01:30", "2026-10-26 22:59"]
    night = pd.to_datetime(utc, utc=True).tz_convert(zone)
    both = counted(pd.DataFrame({"arrived": night, "queue": "q"}), 60)
    assert both["offered"].tolist()[2:4] == [1, 1]
    days = pd.date_range("2026-03-24 09:10", "2026-03-28 09:10", freq="D", tz=zone)
    open_ = pd.concat([pd.Series(days), pd.Series(days + pd.Timedelta(hours=12))], ignore_index=True)
    found = counted(pd.DataFrame({"arrived": open_, "queue": "q"}), 60)
    assert (len(found), found["offered"].sum()) == (5 * 24, 10)
    assert len(counted(pd.DataFrame({"arrived": open_.drop(9), "queue": "q"}), 60)) == 4 * 24


def test_new_rows_take_the_place_of_old_ones_in_the_desk(fresh: Desk) -> None:
    """A corrected export is brought in again without a mess, and the desk still loads."""
    starts = pd.date_range("2026-06-01", periods=24, freq="h", tz=ZONE, unit="us")
    first = pd.DataFrame({"start": starts, "queue": "presale", "offered": 1.0})
    desk = changed_desk(fresh, {"history": whole_table(fresh, "history", first)})
    again = whole_table(desk, "history", first.head(2).assign(offered=5.0))
    changed = changed_desk(desk, {"history": again})
    assert changed.table("history")["offered"].sum() == 22 + 10
    assert changed.content_hash != desk.content_hash
    assert changed_desk(changed).content_hash == changed.content_hash


def test_a_fresh_desk_with_nonsense_is_refused() -> None:
    """A zone that does not exist is told with its cure."""
    with pytest.raises(InputError):
        fresh_desk("New", "Moon/Crater", date(2026, 7, 1), date(2026, 7, 8), {"q": ("live", 300.0)}, "en")


@pytest.mark.parametrize(
    ("name", "titles", "untold"),
    [
        ("contacts", "服务单号,受理人,客户账号,接入时间,首次回复时间,结束时间,满意度评分,技能组名称,放弃标识", []),
        (
            "contacts",
            "会话编号,坐席工号,访客ID,排队开始时间,首次应答时间,会话结束时间,排队放弃,技能组名称,渠道",
            ["渠道"],
        ),
        ("contacts", "Contact Id,Agent,Queue,Initiation Timestamp,Disconnect Timestamp,Channel", ["Channel"]),
        ("contacts", "Protocolo,Atendente,Fila,Data Início,Data Atendimento,Data Fim,Nota,Abandonada", []),
        ("history", "日付,時間帯,窓口,着信数,応答数,放棄数", []),
        ("agents", "Matrícula,Nome,Equipe,Contrato,Custo hora,Admissão", []),
        ("agents", "Employee ID,Employee Name,Team,Contract,Hourly Rate,Hire Date,Termination Date", []),
    ],
)
def test_titles_of_other_systems_are_understood(name: str, titles: str, untold: list[str]) -> None:
    """Nobody need choose each column by hand; a channel is no queue where a skill group stands beside it."""
    own = titles.split(",")
    assert [title for title in own if title not in meant(own, name).values()] == untold

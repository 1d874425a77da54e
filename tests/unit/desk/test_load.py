import json
from pathlib import Path

import pandas as pd
import pytest

from desk import InputError, load_desk, require
from desk.frames import dtype_of
from desk.tables import INPUT_TABLES, table

from .small import SETTINGS, TABLES, make_desk


def test_a_sound_desk_has_no_findings(tmp_path: Path) -> None:
    """A desk without a fault must not be nagged about."""
    assert load_desk(make_desk(tmp_path)).findings == ()


def test_every_table_has_its_declared_columns_and_types(tmp_path: Path) -> None:
    """The other rooms rely on every declared column being there with its declared type."""
    desk = load_desk(make_desk(tmp_path))
    assert set(desk.tables) == set(INPUT_TABLES)
    for name, frame in desk.tables.items():
        declared = table(name).columns
        assert list(frame.columns)[: len(declared)] == list(declared)
        wrong = {
            c.name: frame[c.name].dtype
            for c in declared.values()
            if frame[c.name].dtype != dtype_of(c, "Asia/Shanghai")
        }
        assert not wrong, name


def test_defaults_fill_absent_columns_and_blank_cells(tmp_path: Path) -> None:
    """An optional column that is not given means its declared default, in every row."""
    desk = load_desk(make_desk(tmp_path))
    assert desk.table("history")["observed"].tolist() == [True] * 6
    assert desk.table("promotions")["intensity"].tolist() == [1.0, 1.0]
    assert desk.table("shifts")["kind"].tolist() == ["regular"] * 3
    assert desk.table("shifts").set_index("shift")["break_min"].to_dict() == {"M": 60, "N": 0, "S": 0}


def test_rows_are_sorted_by_key_whatever_their_order_in_the_file(tmp_path: Path) -> None:
    """The same content gives the same frames, so that a plan does not depend on the order of rows."""
    header, *rows = TABLES["agents"].strip().splitlines()
    turned = "\n".join([header, *reversed(rows)]) + "\n"
    one, other = load_desk(make_desk(tmp_path / "a")), load_desk(make_desk(tmp_path / "b", agents=turned))
    assert other.table("agents")["agent"].tolist() == ["A1", "A2", "B1"]
    assert one.content_hash == other.content_hash


def test_times_are_in_the_zone_of_the_desk(tmp_path: Path) -> None:
    """A time with an offset is the same moment as the local time that it stands for."""
    history = "start,queue,offered\n2026-05-01T00:00:00Z,pre,3\n2026-05-01T01:00:00Z,pre,4\n"
    desk = load_desk(make_desk(tmp_path, only=("agents", "shifts"), history=history))
    assert desk.table("history")["start"][0] == pd.Timestamp("2026-05-01 08:00", tz="Asia/Shanghai")


def test_a_night_shift_ends_on_the_next_day(tmp_path: Path) -> None:
    """Clock columns lie on one axis of minutes, so that nobody has to think of midnight again."""
    shifts = load_desk(make_desk(tmp_path)).table("shifts").set_index("shift")
    assert shifts.loc["N", ["start", "end"]].tolist() == [1320, 1800]
    assert shifts.loc["M", ["break_from", "break_to"]].tolist() == [660, 840]
    assert pd.isna(shifts.loc["N", "break_from"])


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("22:00,06:00+1", (1320, 1800)),
        ("22：00,06：00+1", (1320, 1800)),
        ("16:00,24:00", (960, 1440)),
        ("16:00,00:00", (960, 1440)),
    ],
)
def test_ends_after_midnight_can_be_written_in_three_ways(
    tmp_path: Path, written: str, minutes: tuple[int, int]
) -> None:
    """24:00, +1 and an end before the start all mean what a planner means by them."""
    text = f"shift,start,end,paid_h\nX,{written},8\n"
    settings = SETTINGS.replace('shifts = ["S"]', "")
    shifts = load_desk(make_desk(tmp_path, settings, only=(), shifts=text)).table("shifts")
    assert (shifts["start"][0], shifts["end"][0]) == minutes


def test_blank_break_window_of_a_night_shift_lies_in_the_shift(tmp_path: Path) -> None:
    """Without a stated window the break lies two hours inside the shift, also beyond midnight."""
    text = (
        "shift,start,end,paid_h,break_min,break_from,break_to\nX,20:00,05:00,8,60,,\nY,20:00,05:00,8,60,01:00,03:00\n"
    )
    settings = SETTINGS.replace('shifts = ["S"]', "")
    shifts = load_desk(make_desk(tmp_path, settings, only=(), shifts=text)).table("shifts")
    assert shifts[["break_from", "break_to"]].to_numpy().tolist() == [[1320, 1620], [1500, 1620]]


def test_a_pure_rostering_desk_loads_and_says_what_it_lacks(tmp_path: Path) -> None:
    """A desk without history is sound; a stage that needs the history gets a finding that names it."""
    desk = load_desk(make_desk(tmp_path, only=("agents", "skills", "shifts", "cover")))
    require(desk, "agents", "shifts")
    with pytest.raises(InputError) as refused:
        require(desk, "agents", "history")
    assert [finding.file for finding in refused.value.findings] == ["history"]
    assert "history.csv" in refused.value.findings[0].cure("zh")


def test_extra_driver_columns_are_numbers(tmp_path: Path) -> None:
    """Drivers are free columns, kept under their own names."""
    drivers = load_desk(make_desk(tmp_path)).table("drivers")
    assert drivers["visits"].tolist() == [1000.0, 1200.5]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_chinese_is_read_in_the_encodings_that_spreadsheets_write(tmp_path: Path, encoding: str) -> None:
    """The same names come out of UTF-8 with and without BOM and of GBK."""
    folder = make_desk(tmp_path)
    (folder / "agents.csv").write_bytes(TABLES["agents"].lstrip().encode(encoding))
    assert load_desk(folder).table("agents")["name"].tolist() == ["王芳", "李雷", "Zoe"]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_newlines_of_every_system_are_read(tmp_path: Path, newline: str) -> None:
    """Windows, Unix and old Macintosh files hold the same rows."""
    folder = make_desk(tmp_path)
    (folder / "leave.csv").write_bytes(TABLES["leave"].strip().replace("\n", newline).encode())
    assert len(load_desk(folder).table("leave")) == 1


def test_blank_rows_and_columns_of_a_spreadsheet_are_passed_over(tmp_path: Path) -> None:
    """Excel leaves trailing commas and rows of commas behind; they say nothing."""
    text = "agent,date,,\nA1,2026-06-02,,\n,,,\nA2,2026-06-03,,\n,,,\n"
    leave = load_desk(make_desk(tmp_path, leave=text)).table("leave")
    assert leave["agent"].tolist() == ["A1", "A2"]


def test_quoted_cells_may_hold_commas_and_newlines(tmp_path: Path) -> None:
    """A quoted name with a line break is one cell."""
    text = 'agent,name,team,contract,cost_per_h\nA1,"Wang, Fang\nof T1",T1,full,30\n'
    desk = load_desk(make_desk(tmp_path, only=("shifts",), agents=text))
    assert desk.table("agents")["name"][0] == "Wang, Fang\nof T1"


@pytest.mark.parametrize("written", ["2026-06-02", "2026/06/02", "2026/6/2", "2026-06-02 00:00:00", "2026年6月2日"])
def test_dates_with_the_year_first_are_read(tmp_path: Path, written: str) -> None:
    """ISO dates and the form that Chinese Excel writes mean one day only."""
    leave = load_desk(make_desk(tmp_path, leave=f"agent,date\nA1,{written}\n")).table("leave")
    assert leave["date"][0] == pd.Timestamp("2026-06-02")


def test_times_as_chinese_keyboards_write_them(tmp_path: Path) -> None:
    """年, 月, 日 and colons of full width can be taken for nothing else."""
    rows = "P,a,2026年6月1日 20：00,2026年6月3日9:30\nP,b,2026-06-04,2026-06-05 08：00\n"
    found = load_desk(make_desk(tmp_path, promotions=f"promotion,phase,start,end\n{rows}")).table("promotions")
    assert [f"{own:%m-%d %H:%M}" for own in (*found["start"], *found["end"])] == [
        "06-01 20:00", "06-04 00:00", "06-03 09:30", "06-05 08:00",
    ]  # fmt: skip


def test_the_hour_that_comes_twice_is_read_in_order(tmp_path: Path) -> None:
    """At the end of summer time a complete history has two rows of the same local hour: the first and the second."""
    hours = ["01:00", "02:00", "02:00", "03:00"]
    history = "start,queue,offered\n" + "".join(f"2025-10-26 {hour},pre,1\n" for hour in hours)
    settings = SETTINGS.replace("Asia/Shanghai", "Europe/Paris")
    starts = load_desk(make_desk(tmp_path, settings, only=("shifts",), history=history)).table("history")["start"]
    assert starts.diff().dropna().unique().tolist() == [pd.Timedelta("1h")]


def test_a_history_through_both_clock_changes_has_no_gap(tmp_path: Path) -> None:
    """Days of 23 and 25 hours are complete as they are."""
    starts = pd.date_range("2025-03-29", "2025-10-28", freq="h", tz="Europe/Paris")
    history = pd.DataFrame({"start": starts.strftime("%Y-%m-%d %H:%M"), "queue": "pre", "offered": 1})
    settings = SETTINGS.replace("Asia/Shanghai", "Europe/Paris")
    folder = make_desk(tmp_path, settings, only=("shifts",), history=history.to_csv(index=False))
    assert len(load_desk(folder).table("history")) == len(starts)


def test_closed_hours_need_no_rows(tmp_path: Path) -> None:
    """Outside the opening hours of a queue nothing is missing."""
    history = "start,queue,offered\n2026-05-01 08:00,after,1\n2026-05-01 09:00,after,1\n2026-05-02 08:00,after,1\n"
    assert len(load_desk(make_desk(tmp_path, history=history)).table("history")) == 3


def test_inquiries_outside_the_hours_are_told(tmp_path: Path) -> None:
    """Nothing is learned from them: an hour that begins before the opening is within, a sum of the day is not."""
    opened = SETTINGS.replace("[queues.after]", 'hours = "02:30-04:00"\n[queues.after]').replace(
        "interval_min = 60", "interval_min = 30"
    )
    rows = "start,queue,offered\n2026-05-01,pre,9\n" + "".join(
        f"2026-05-0{day} 0{hour}:00,pre,5\n" for day in (1, 2) for hour in (2, 3)
    )
    found = load_desk(make_desk(tmp_path, opened, history=rows)).findings
    (told,) = (own for own in found if own.code == "offered_outside_hours")
    assert (told.severity, told.row, told.value, told.facts["count"]) == ("warning", 2, "2026-05-01", 1)
    assert "outside these hours" in told.message("en")
    assert "营业时间以外" in told.message("zh")


def test_warnings_do_not_stop_the_work(tmp_path: Path) -> None:
    """What only needs eyes is carried by the desk instead of being raised."""
    folder = make_desk(tmp_path, skills="agent,queue,proficiency,home\nA1,pre,1,1\nA2,after,1,1\n")
    (folder / "extra.csv").write_text("a,b\n1,2\n")
    codes = {finding.code: finding.severity for finding in load_desk(folder).findings}
    assert codes == {"unknown_file": "warning", "agent_without_skill": "warning"}


def test_what_lies_outside_the_horizon_is_said(tmp_path: Path) -> None:
    """A wish, a headcount, a briefing or an override for another month changes nothing, so it is pointed out."""
    desk = load_desk(
        make_desk(
            tmp_path,
            overrides=TABLES["overrides"].replace("2026-06-02,2026-06-03", "2026-07-02,2026-07-03"),
            requests=TABLES["requests"].replace("A2,2026-06-03", "A2,2026-07-03"),
            cover=TABLES["cover"].replace("2026-06-01", "2026-07-01"),
            activities=TABLES["activities"].replace("2026-06-05", "2026-07-05"),
        )
    )
    said = {(one.file, one.row, one.column) for one in desk.findings if one.code == "outside_horizon"}
    assert said == {
        ("overrides.csv", 2, "start"),
        ("requests.csv", 3, "date"),
        ("cover.csv", 2, "date"),
        ("cover.csv", 3, "start"),
        ("activities.csv", 2, "window_start"),
    }
    assert "在排班期之外" in desk.findings[0].message("zh")


def test_a_finding_is_a_row_of_a_table(tmp_path: Path) -> None:
    """Findings are exported, so every value of their record is a plain one."""
    folder = make_desk(tmp_path)
    (folder / "extra.csv").write_text("a\n")
    records = [finding.record("zh") for finding in load_desk(folder).findings]
    assert json.loads(json.dumps(records)) == records


def test_people_who_cannot_be_rostered_are_warned_of(tmp_path: Path) -> None:
    """Nobody is left out silently: no skill, no queue, not employed, too much leave for the contract."""
    agents = "agent,name,team,contract,cost_per_h,to\nA1,a,T1,full,30,\nA2,b,T1,full,30,2026-05-01\n"
    leave = "agent,date\n" + "".join(f"A1,2026-06-{day:02d}\n" for day in range(1, 13))
    desk = load_desk(
        make_desk(
            tmp_path, only=("shifts",), agents=agents, leave=leave, skills="agent,queue,proficiency,home\nA1,pre,1,1\n"
        )
    )
    said = {(one.code, one.row): one for one in desk.findings}
    assert set(said) >= {
        ("agent_without_skill", 3),
        ("agent_absent", 3),
        ("agent_short_of_days", 2),
    }
    assert any(code == "queue_without_agents" for code, _ in said)
    away = said["nobody_available", None]
    assert away.message("en").endswith(
        "12 of the days to plan: all of the 2 people are on leave or not employed (2026-06-01–2026-06-12)."
    )
    assert (away.file, "2026-06-01–2026-06-12" in away.message("zh")) == ("leave.csv", True)
    assert "2 days free for work, which gives at most 16" in said["agent_short_of_days", 2].message("en")
    assert all(one.severity == "warning" and one.message("zh") for one in desk.findings)

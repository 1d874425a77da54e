"""Times that can't be placed: clock changes, mixed zones, a grid of another step."""

from pathlib import Path

from desk import load_desk

from .small import SETTINGS, core_desk, findings_of, make_desk, the_one


def test_times_of_a_clock_change_are_refused(tmp_path: Path) -> None:
    """A local time that is skipped, or that comes twice and stands alone, can't be placed."""
    settings = SETTINGS.replace("Asia/Shanghai", "Europe/Paris")
    promotions = "promotion,phase,start,end\nP,a,2025-03-30 02:30,2025-04-01\nP,b,2025-10-26 02:30,2025-10-27\n"
    findings = findings_of(make_desk(tmp_path, settings, only=("shifts",), promotions=promotions))
    wrong = [(one.code, one.row) for one in findings if one.severity == "error"]
    assert wrong == [("nonexistent_time", 2), ("ambiguous_time", 3)]
    assert "does not exist" in findings[0].message("en")
    assert "不存在" in findings[0].message("zh")
    assert "with it, such as 2026-10-25 02:30+02:00" in findings[1].cure("en")
    assert "出现两次" in findings[1].message("zh")


def test_an_hour_missing_from_the_night_of_the_change_is_refused(tmp_path: Path) -> None:
    """One row for the hour that comes twice could be either: it is not chosen silently."""
    history = "start,queue,offered\n" + "".join(f"2025-10-26 0{hour}:00,pre,1\n" for hour in (1, 2, 3))
    settings = SETTINGS.replace("Asia/Shanghai", "Europe/Paris")
    findings = findings_of(make_desk(tmp_path, settings, only=("shifts",), history=history))
    assert ("ambiguous_time", 3) in [(one.code, one.row) for one in findings]


def test_offsets_of_two_places_are_refused(tmp_path: Path) -> None:
    """Times exported from two systems in two zones must not be mixed into one column."""
    promotions = (
        "promotion,phase,start,end\n"
        "P,a,2026-06-01 00:00+08:00,2026-06-02 00:00+08:00\n"
        "P,b,2026-06-03 00:00+00:00,2026-06-04 00:00+08:00\n"
    )
    finding = the_one(findings_of(core_desk(tmp_path, promotions=promotions)), "foreign_offset")
    assert (finding.row, finding.column) == (3, "start")
    assert "timezone does not have at that time" in finding.message("en")
    assert "与客服台时区当时的时差不符" in finding.message("zh")


def test_offsets_in_one_column_only_are_refused(tmp_path: Path) -> None:
    """A table whose columns use different clocks is a mixture too."""
    promotions = "promotion,phase,start,end\nP,a,2026-06-01 00:00+08:00,2026-06-02\n"
    finding = the_one(findings_of(core_desk(tmp_path, promotions=promotions)), "mixed_zone_columns")
    assert "“end” don't" in finding.message("en")
    assert "而“end”列不带" in finding.message("zh")


def test_an_hour_that_comes_twice_may_have_its_offset_alone(tmp_path: Path) -> None:
    """What the cure asks for is read: one time told apart makes no mixture of a table without offsets."""
    settings = SETTINGS.replace("Asia/Shanghai", "Europe/Paris")
    hours = ["00:00", "01:00", "02:00+02:00", "02:00+01:00", "03:00"]
    history = "start,queue,offered\n" + "".join(f"2025-10-26 {hour},pre,1\n" for hour in hours)
    promotions = "promotion,phase,start,end\nP,a,2025-10-26 02:30+01:00,2025-10-27\n"
    desk = load_desk(make_desk(tmp_path, settings, only=("shifts",), history=history, promotions=promotions))
    assert desk.table("history")["start"].diff().dropna().dt.total_seconds().tolist() == [3600.0] * 4
    assert f"{desk.table('promotions')['start'][0]:%H:%M%z}" == "02:30+0100"
    wrong = history.replace("02:00+01:00", "02:00+05:00")
    codes = {own.code for own in findings_of(make_desk(tmp_path, settings, only=("shifts",), history=wrong))}
    assert "mixed_zones" in codes


def test_both_offsets_of_the_desks_own_zone_are_welcome(tmp_path: Path) -> None:
    """Summer and winter time of one zone have two offsets, and both are right."""
    settings = SETTINGS.replace("Asia/Shanghai", "Europe/Paris")
    history = "start,queue,offered\n2025-10-26 02:00+02:00,pre,1\n2025-10-26 02:00+01:00,pre,1\n"
    assert len(load_desk(make_desk(tmp_path, settings, only=("shifts",), history=history)).table("history")) == 2


def test_a_history_that_fits_no_grid_is_refused(tmp_path: Path) -> None:
    """Rows every 20 minutes are none of the steps that a history may have."""
    history = "start,queue,offered\n2026-05-01 00:00,pre,1\n2026-05-01 00:20,pre,1\n2026-05-01 00:40,pre,1\n"
    finding = the_one(findings_of(core_desk(tmp_path, history=history)), "history_step")
    assert "20 minutes apart; with this interval_min they may be 5, 15, 30, 60" in finding.message("en")
    assert "各行相隔 20 分钟" in finding.message("zh")


def test_a_history_finer_than_the_desk_is_welcome(tmp_path: Path) -> None:
    """Quarters of an hour on an hourly desk say how arrivals are spread within the hour."""
    times = [f"2026-05-01 {minute // 60:02d}:{minute % 60:02d}" for minute in range(480, 600, 15)]
    history = "start,queue,offered\n" + "".join(f"{time},pre,1\n" for time in times)
    assert len(load_desk(core_desk(tmp_path, history=history)).table("history")) == 8

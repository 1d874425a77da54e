"""Each refusal of desk.toml: the setting, its line, and what is said in both languages."""

from pathlib import Path

import pytest

from desk import load_desk

from .small import SETTINGS, changed, core_desk, findings_of, make_desk, the_one

CASES = [
    # (code, old, new, setting, English, Chinese)
    (
        "unknown_setting",
        "interval_min = 60",
        "interval_min = 60\ncurency = 1",
        "curency",
        "no setting “curency”",
        "没有“curency”",
    ),
    (
        "unknown_setting",
        "patience_s",
        "patiense_s",
        "queues.pre.patiense_s",
        "no setting",
        "没有“queues.pre.patiense_s”",
    ),
    ("missing_setting", 'timezone = "Asia/Shanghai"', "", "timezone", "“timezone” is missing", "缺少设置“timezone”"),
    ("missing_setting", "aht_s = [400]", "", "queues.after.aht_s", "is missing", "缺少设置"),
    (
        "setting_choice",
        "interval_min = 60",
        "interval_min = 20",
        "interval_min",
        "“20” is not one of 15, 30 or 60",
        "“20”不在可选值",
    ),
    (
        "setting_not_whole_number",
        "[queues.pre]",
        "[rules]\nmax_switches = 1.5\n[queues.pre]",
        "rules.max_switches",
        "“1.5” is not a whole number",
        "“1.5”不是整数",
    ),
    (
        "setting_not_number",
        "patience_s = 120",
        'patience_s = "2 min"',
        "queues.pre.patience_s",
        "“2 min” is not a number",
        "“2 min”不是数字",
    ),
    ("setting_not_text", 'timezone = "Asia/Shanghai"', "timezone = 8", "timezone", "“8” is not a text", "“8”不是文字"),
    (
        "setting_not_date",
        "end = 2026-06-15",
        'end = "15 June"',
        "horizon.end",
        "“15 June” is not a date",
        "“15 June”不是日期",
    ),
    ("setting_not_list", "aht_s = [400]", "aht_s = 400", "queues.after.aht_s", "“400” is not a list", "“400”不是列表"),
    (
        "setting_not_section",
        "[horizon]\nstart = 2026-06-01\nend = 2026-06-15",
        'horizon = "June"',
        "horizon",
        "where a section is wanted",
        "此处应为一个小节",
    ),
    (
        "setting_not_finite",
        "patience_s = 120",
        "patience_s = inf",
        "queues.pre.patience_s",
        "not a finite number",
        "不是有限的数",
    ),
    ("setting_gt", "aht_s = [400]", "aht_s = [0]", "queues.after.aht_s.0", "“0” is not above 0", "“0”不大于 0"),
    (
        "setting_ge",
        "max_paid_h_week = 48",
        "max_paid_h_week = -1",
        "contracts.full.max_paid_h_week.limit",
        "below 0",
        "小于 0",
    ),
    (
        "setting_lt",
        "share_lost = 0.41",
        "share_lost = 1.0",
        "queues.after.patience.share_lost",
        "not below 1",
        "不小于 1",
    ),
    (
        "setting_le",
        "[queues.pre]",
        "[queues.pre]\ntarget = { share = 80, within_s = 30 }",
        "queues.pre.target.share",
        "“80” is above 1",
        "“80”大于 1",
    ),
    ("setting_min_length", "aht_s = [400]", "aht_s = []", "queues.after.aht_s", "at least 1", "至少需要 1 个"),
    ("setting_max_length", "aht_s = [400]", f"aht_s = {[400] * 21}", "queues.after.aht_s", "at most 20", "最多 20 个"),
    (
        "patience_twice",
        "patience_s = 120",
        "patience_s = 120\npatience = { wait_s = 1, share_lost = 0.5 }",
        "queues.pre",
        "more than one of patience_s",
        "同时设置了",
    ),
    (
        "patience_curve_bent",
        "patience_s = 120",
        "patience_curve = { wait_s = [30.0, 20.0], share_lost = [0.1, 0.2] }",
        "queues.pre.patience_curve",
        "must be of equal length and rise",
        "必须等长且递增",
    ),
    (
        "shares_not_one",
        "patience_s = 120",
        "patience_s = 120\nopening = { shares = [0.5, 0.4] }",
        "queues.pre.opening",
        "add up to 0.9",
        "合计为 0.9",
    ),
    (
        "deferrable_only",
        "patience_s = 120",
        "patience_s = 120\ndaily_quota = 30",
        "queues.pre",
        "belong to deferrable queues only",
        "只用于可延后的队列",
    ),
    (
        "live_only",
        "aht_s = [400]",
        'kind = "deferrable"\ndeadline_h = 4\naht_s = [400]\naht_by_hour = [' + "1.1, " * 24 + "]",
        "queues.after",
        "belong to live queues only",
        "只用于实时队列",
    ),
    (
        "overflow_circle",
        "patience_s = 120",
        'patience_s = 120\noverflow_to = "pre"',
        "queues.pre.overflow_to",
        "Overflow runs in a circle: pre → pre",
        "溢出形成环路：pre → pre",
    ),
    (
        "deadline_missing",
        "aht_s = [400]",
        'kind = "deferrable"\naht_s = [400]',
        "queues.after",
        "needs deadline_h",
        "需要 deadline_h",
    ),
    (
        "lost_on_deferrable",
        "aht_s = [400]",
        'kind = "deferrable"\ndeadline_h = 4\nlost_value = 2\naht_s = [400]',
        "queues.after",
        "done late, not lost",
        "只会逾期，不会流失",
    ),
    (
        "deadline_on_live",
        "aht_s = [400]",
        "deadline_h = 4\naht_s = [400]",
        "queues.after",
        "deferrable queues only",
        "只用于可延后的队列",
    ),
    (
        "patience_missing",
        "patience_s = 120",
        "",
        "queues.pre",
        "does not say how long its customers wait",
        "没有说明顾客能等多久",
    ),
    ("wrong_hours", "08:00-10:00", "8-10", "queues.after.hours", "“8-10” is not a span", "“8-10”不是营业时间段"),
    (
        "hours_off_grid",
        "08:00-10:00",
        "08:30-10:00",
        "queues.after.hours",
        "not whole intervals of 60",
        "不是 60 分钟时段",
    ),
    ("unknown_timezone", "Asia/Shanghai", "Beijing", "timezone", "“Beijing” is not a timezone", "“Beijing”不是时区"),
    (
        "horizon_ends_first",
        "end = 2026-06-15",
        "end = 2026-06-01",
        "horizon.end",
        "not after its start",
        "不晚于开始日",
    ),
    ("horizon_too_long", "end = 2026-06-15", "end = 2028-06-15", "horizon.end", "longer than 370 days", "超过 370 天"),
    (
        "reserved_name",
        "[contracts.full]",
        "[queues.break]\naht_s = [1]\npatience_s = 1\n[contracts.full]",
        "queues.break",
        "can't be a name",
        "不能用作名称",
    ),
    (
        "unknown_shift",
        'shifts = ["S"]',
        'shifts = ["S", "Z"]',
        "contracts.part.shifts",
        "“Z” is not in the shifts table",
        "“Z”不在 shifts 表中",
    ),
    (
        "unknown_queue",
        "[queues.pre]",
        "[rules]\nmin_presence = { pr = 1 }\n[queues.pre]",
        "rules.min_presence",
        "“pr” is not a queue",
        "“pr”不是",
    ),
    (
        "unknown_country",
        "[queues.pre]",
        '[forecast]\ncountry = "XX"\n[queues.pre]',
        "forecast.country",
        "“XX” is not a country",
        "“XX”不是此处已知节假日的国家代码",
    ),
    (
        "min_above_max",
        "max_paid_h_week = 48",
        "max_paid_h_week = 48\nmin_paid_h_week = 50",
        "contracts.full.min_paid_h_week",
        "min_paid_h_week is above max_paid_h_week",
        "min_paid_h_week 大于 max_paid_h_week",
    ),
    (
        "min_out_of_reach",
        "max_paid_h_week = 48",
        "max_paid_h_week = 48\nmin_paid_h_day = 9",
        "contracts.full.min_paid_h_day",
        "asks for 9 hours",
        "要求 9 小时",
    ),
    (
        "min_out_of_reach",
        "min_paid_h_horizon = 40",
        "min_paid_h_horizon = 97",
        "contracts.full.min_paid_h_horizon",
        "allow 96 at most",
        "最多允许 96 小时",
    ),
    (
        "min_out_of_reach",
        'shifts = ["S"]',
        'shifts = ["S"]\nmin_paid_h_week = 29',
        "contracts.part.min_paid_h_week",
        "allow 28 at most",
        "最多允许 28 小时",
    ),
    (
        "shifts_too_long",
        'shifts = ["S"]',
        'shifts = ["S"]\nmax_paid_h_day = 3',
        "contracts.part.max_paid_h_day",
        "longer than max_paid_h_day",
        "都超过 max_paid_h_day",
    ),
    (
        "contract_without_shift",
        'shifts = ["S"]',
        'shifts = ["M"]',
        "contracts.part",
        "No shift is open",
        "没有班次适用于合同“part”",
    ),
]


@pytest.mark.parametrize(("code", "old", "new", "setting", "english", "chinese"), CASES)
def test_a_wrong_setting_is_named(
    tmp_path: Path, code: str, old: str, new: str, setting: str, english: str, chinese: str
) -> None:
    """A wrong setting is named by its path and its line, with a cure, in both languages."""
    assert old in SETTINGS
    settings = SETTINGS.replace(old, new, 1)
    finding = the_one(findings_of(core_desk(tmp_path, settings)), code)
    assert (finding.file, finding.column, finding.severity) == ("desk.toml", setting, "error")
    assert english in finding.message("en")
    assert chinese in finding.message("zh")
    assert finding.cure("en") != finding.cure("zh")
    if code not in ("missing_setting",):
        line = settings.splitlines()[(finding.row or 0) - 1]
        assert any(part in line for part in setting.split("."))


def test_the_setting_that_was_meant_is_suggested(tmp_path: Path) -> None:
    """A misspelt key is answered with the nearest key of its own section."""
    settings = SETTINGS.replace("patience_s", "patiense_s")
    finding = the_one(findings_of(core_desk(tmp_path, settings)), "unknown_setting")
    assert "Did you mean patience_s?" in finding.cure("en")
    assert "是否应为 patience_s？" in finding.cure("zh")


def test_the_cure_of_a_list_shows_one_of_its_kind(tmp_path: Path) -> None:
    """Where names are wanted no numbers are shown."""
    levels = '[[forecast.expected_levels]]\nqueue = "after"\na_day = 5.0\nlike = "pre"\n'
    found = the_one(findings_of(core_desk(tmp_path, SETTINGS + levels)), "setting_not_list")
    assert '["presale", "aftersale"]' in found.cure("en")
    other = SETTINGS.replace("aht_s = [400]", "aht_s = 400")
    assert "[240, 300]" in the_one(findings_of(core_desk(tmp_path / "other", other)), "setting_not_list").cure("zh")


def test_broken_toml_is_refused_at_its_line(tmp_path: Path) -> None:
    """Typographic quotes from a word processor are shown where they stand, and the tables are checked all the same."""
    settings = SETTINGS.replace('"Asia/Shanghai"', "“Asia/Shanghai”")
    findings = findings_of(core_desk(tmp_path, settings, **changed("leave", "2026-06-02", "02/06/2026")))
    finding = the_one(findings, "broken_toml")
    assert (finding.row, finding.value) == (3, "timezone = “Asia/Shanghai”")
    assert "straight double quotes" in finding.cure("en")
    assert "半角双引号" in finding.cure("zh")
    assert the_one(findings, "ambiguous_date").row == 2


def test_a_wrong_setting_does_not_hide_the_tables(tmp_path: Path) -> None:
    """With a misspelt key the grid, the contracts and the shifts are still checked against the other settings."""
    settings = SETTINGS.replace("patience_s", "patiense_s")
    gap = changed("history", "2026-05-01 01:00,pre,,0\n", "")
    codes = {finding.code for finding in findings_of(core_desk(tmp_path, settings, **gap))}
    assert codes == {"unknown_setting", "patience_missing", "gap"}


def test_a_priced_minimum_may_lie_out_of_reach(tmp_path: Path) -> None:
    """What has a price may be broken at that price, so it is the optimiser's business and no fault."""
    settings = SETTINGS.replace("min_paid_h_horizon = 40", "min_paid_h_horizon = { limit = 200, price = 9.0 }")
    assert load_desk(core_desk(tmp_path, settings)).findings == ()


@pytest.mark.parametrize(
    ("written", "meant"), [("Seoul", "Asia/Seoul"), ("new york", "America/New_York"), ("asia/shangai", "Asia/Shanghai")]
)
def test_the_timezone_that_was_meant_is_suggested(tmp_path: Path, written: str, meant: str) -> None:
    """A city is a usual way to say it; nothing is said of holidays before the zone is known."""
    (finding,) = findings_of(core_desk(tmp_path, SETTINGS.replace("Asia/Shanghai", written)))
    assert finding.code == "unknown_timezone"
    assert all(meant in finding.cure(lang) for lang in ("en", "zh"))


def test_hours_that_can_not_be_read_are_no_gaps(tmp_path: Path) -> None:
    """One typing error in hours made a gap of every night of the history."""
    (finding,) = findings_of(core_desk(tmp_path, SETTINGS.replace("08:00-10:00", "8-10")))
    assert finding.code == "wrong_hours"


def test_a_year_without_published_holidays_is_said(tmp_path: Path) -> None:
    """The holidays of a year that no notice covers yet are a warning, not a guess."""
    settings = SETTINGS.replace("2026-06-01", "2031-06-02").replace("2026-06-15", "2031-06-16")
    desk = load_desk(make_desk(tmp_path, settings, only=("agents", "skills", "shifts")))
    finding = the_one(desk.findings, "no_holiday_schedule")
    assert (finding.severity, finding.facts["years"]) == ("warning", "2031")
    assert "CN in 2031 are not published" in finding.message("en")
    assert "CN 2031 年的节假日安排尚未公布" in finding.message("zh")


def test_years_without_published_holidays_are_one_finding(tmp_path: Path) -> None:
    """A typing error in the end of the horizon gave a warning for each of 26 years."""
    settings = SETTINGS.replace("2026-06-15", "2052-06-15")
    findings = findings_of(make_desk(tmp_path, settings, only=("agents", "skills", "shifts")))
    assert [finding.code for finding in findings if finding.column == "horizon.end"] == ["horizon_too_long"]
    assert the_one(findings, "no_holiday_schedule").facts["years"] == "2027–2052"


def test_a_horizon_inside_the_history_is_said(tmp_path: Path) -> None:
    """Days that are known already are planned rarely, and by mistake often."""
    settings = SETTINGS.replace("2026-06-01", "2026-05-02").replace("2026-06-15", "2026-05-16")
    desk = load_desk(make_desk(tmp_path, settings, only=("history", "agents", "skills", "shifts")))
    finding = the_one(desk.findings, "history_in_horizon")
    assert (finding.severity, finding.row, finding.value) == ("warning", 7, "2026-05-02 08:00")
    assert "1 of its rows lie" in finding.message("en")
    assert "自 2026-05-02 开始" in finding.message("zh")


def test_a_horizon_before_the_history_is_refused(tmp_path: Path) -> None:
    """Where a template keeps its horizon and gets later data: an internal error, or days counted backwards."""
    settings = SETTINGS.replace("2026-06-01", "2026-04-27").replace("2026-06-15", "2026-05-16")
    finding = the_one(findings_of(make_desk(tmp_path, settings)), "horizon_before_history")
    assert (finding.severity, finding.facts["since"]) == ("error", "2026-05-01")
    assert "begins on 2026-04-27, before the history" in finding.message("en")
    assert "自 2026-04-27 开始，早于" in finding.message("zh")
    assert "[horizon]" in finding.cure("en")
    assert "[horizon]" in finding.cure("zh")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "latin-1"])
def test_settings_in_another_encoding_are_cured_by_a_text_editor(tmp_path: Path, encoding: str) -> None:
    """The cure of a table's encoding speaks of CSV, which no settings are."""
    folder = core_desk(tmp_path)
    (folder / "desk.toml").write_bytes(SETTINGS.replace("Small", "Smäll café").encode(encoding))
    finding = the_one(findings_of(folder), "settings_not_utf8")
    assert finding.file == "desk.toml"
    assert "text editor" in finding.cure("en")
    assert "CSV" not in finding.line("en") + finding.line("zh")


def test_a_queue_whose_inquiries_cost_nothing_is_said(tmp_path: Path) -> None:
    """Where money decides, a price that was forgotten leaves a queue without people; headcounts need none."""
    desk = load_desk(make_desk(tmp_path / "money", only=("agents", "skills", "shifts")))
    finding = desk.findings[0]
    assert (finding.code, finding.severity, finding.column) == ("nothing_lost", "warning", "queues.pre")
    assert "lost_value is 0" in finding.message("en")
    unused = SETTINGS.replace("aht_s = [400]", "aht_s = [1]")
    heads = load_desk(make_desk(tmp_path / "heads", unused, only=("agents", "skills", "shifts", "cover")))
    assert heads.findings == ()


@pytest.mark.parametrize(
    ("usual", "stated", "code", "chinese"),
    [
        ("aht_s = [400]", "aht_s = [40000]", "handle_time_odd", "40000 秒"),
        ("aht_s = [400]", "aht_s = [7]", "handle_time_odd", "写 300"),
        ("patience_s = 120", "patience_s = 2", "patience_odd", "2 秒"),
    ],
)
def test_minutes_and_thousandths_are_no_seconds(
    tmp_path: Path, usual: str, stated: str, code: str, chinese: str
) -> None:
    """A handle time of 7 seconds needs nobody, one of half a day everybody: both were planned without a word."""
    finding = the_one(load_desk(core_desk(tmp_path, SETTINGS.replace(usual, stated))).findings, code)
    assert (finding.severity, finding.column.partition(".")[0]) == ("warning", "queues")
    assert "is hardly meant" in finding.message("en")
    assert chinese in finding.line("zh")


def test_patience_of_what_may_wait_is_said_to_count_for_nothing(tmp_path: Path) -> None:
    """Neither curves nor simulation let anybody leave a deferrable queue; a setting without effect is told."""
    waits = SETTINGS.replace("aht_s = [400]", 'kind = "deferrable"\ndeadline_h = 4\nlate_value = 2\naht_s = [400]')
    found = [own for own in load_desk(core_desk(tmp_path, waits)).findings if own.code == "patience_unused"]
    assert [(own.severity, own.column) for own in found] == [("warning", "queues.after")]
    assert "never lost" in found[0].message("en")
    assert "不会流失" in found[0].message("zh")


def test_contacts_at_once_that_slow_each_other_too_much_are_said(tmp_path: Path) -> None:
    """The time of both contacts together, stated for one, halves the desk; four and five minutes are in order."""
    together = SETTINGS.replace("aht_s = [240, 300]", "aht_s = [240, 500]")
    found = [own for own in load_desk(core_desk(tmp_path, together)).findings if own.code == "parallel_slower"]
    assert [(own.severity, own.column) for own in found] == [("warning", "queues.pre.aht_s")]
    assert "with 2 contacts at once" in found[0].message("en")
    assert "同时处理 2 个会话" in found[0].message("zh")
    fine = load_desk(core_desk(tmp_path / "fine"))
    assert all(own.code != "parallel_slower" for own in fine.findings)


def test_what_may_wait_is_in_time_within_its_deadline(tmp_path: Path) -> None:
    """A deferrable queue without a target is not held to the 60 s of a chat."""
    waits = SETTINGS.replace("aht_s = [400]", 'kind = "deferrable"\ndeadline_h = 4\nlate_value = 2\naht_s = [400]')
    own = load_desk(core_desk(tmp_path, waits.replace("patience = {", "# {"))).settings.queues
    assert (own["after"].target.within_s, own["pre"].target.within_s) == (4 * 3600.0, 60.0)
    half = waits.replace("aht_s", "target = { share = 0.9 }\naht_s")
    found = load_desk(core_desk(tmp_path / "half", half)).settings.queues.values()
    assert {own.target.share for own in found} == {0.9}
    assert sorted(own.target.within_s for own in found) == [60.0, 4 * 3600.0]


@pytest.mark.parametrize(
    ("zone", "country", "said"),
    [
        ("America/New_York", "US", False),
        ("Asia/Shanghai", "CN", False),
        ("US/Eastern", "US", False),
        ("PRC", "CN", False),
        ("Iceland", "none", True),
        ("UTC", "none", True),
    ],
)
def test_public_holidays_are_those_of_the_timezone(tmp_path: Path, zone: str, country: str, said: bool) -> None:
    """A desk abroad is not forecast with China's holidays; where nobody can know whose they are, it is said."""
    desk = load_desk(make_desk(tmp_path, SETTINGS.replace("Asia/Shanghai", zone), only=("agents", "skills", "shifts")))
    assert desk.settings.country == country
    assert any(one.code == "zone_without_country" for one in desk.findings) is said
    told = [one for one in desk.findings if one.code == "currency_assumed"]
    assert bool(told) is (country == "US")
    assert all("CNY" in one.line(lang) and one.cure(lang) for one in told for lang in ("en", "zh"))

"""What the rules ask of the days before the horizon is told where a desk does not say it."""

from pathlib import Path

from desk import load_desk

from .small import SETTINGS, make_desk


def test_rules_that_find_nothing_before_the_horizon_say_so(tmp_path: Path) -> None:
    """Protects rest, days off and hours at the horizon's start, which bind nobody where nothing is known: a week
    without its Monday, a day off left out of table worked, and a horizon without a full week."""
    text = SETTINGS.replace("2026-06-01", "2026-06-03").replace("2026-06-15", "2026-06-09")
    text = text.replace("max_paid_h_week = 48", "max_paid_h_week = 48\nmin_paid_h_week = 20\nmax_consecutive_days = 4")
    worked = "agent,date,shift\nA1,2026-05-29,M\nA1,2026-05-30,OFF\nA1,2026-06-02,M\nA2,2026-06-02,OFF\n"
    people = ("A1,a,T1,full,30,", "A2,b,T1,full,30,", "A3,c,T1,full,30,2026-06-03")
    agents = "\n".join(("agent,name,team,contract,cost_per_h,from", *people))
    folder = make_desk(tmp_path, settings=text, only=("shifts",), agents=agents, worked=worked)
    said = {one.code: one for one in load_desk(folder).findings}
    assert {code: said[code].severity for code in ("worked_left_out", "worked_untold", "no_full_week")} == {
        "worked_left_out": "warning",
        "worked_untold": "note",
        "no_full_week": "note",
    }
    assert "(2026-05-31–2026-06-01); people concerned: 1." in said["worked_left_out"].message("en")
    assert "2026-05-30–2026-06-01" in said["worked_untold"].message("zh")
    assert "max_consecutive_days, max_paid_h_week" in said["worked_untold"].message("en")


def test_weeks_and_weekends_of_elsewhere(tmp_path: Path) -> None:
    """Protects desks of the Gulf, whose weekend nobody stated, from limits that go by Saturday and Sunday unsaid; and
    a horizon from Sunday to Saturday, which is a full week where weeks begin on Sunday."""
    week = SETTINGS.replace("2026-06-01", "2026-06-07").replace("2026-06-15", "2026-06-14")
    week = week.replace("max_paid_h_week = 48", "min_paid_h_week = 20").replace("Asia/Shanghai", "Asia/Riyadh")
    said = {}
    for number, top in enumerate(("", 'week_begins = "sunday"\nweekend = ["friday", "saturday"]\n')):
        folder = make_desk(tmp_path / str(number), settings=top + week, only=("shifts",))
        told = (own for own in load_desk(folder).findings if own.code in ("no_full_week", "weekend_elsewhere"))
        said[number] = {own.code: [own.message(lang) for lang in ("en", "zh")] for own in told}
    assert set(said[0]) == {"no_full_week", "weekend_elsewhere"}
    assert said[1] == {}
    assert all("monday" in words for words in said[0]["no_full_week"])
    assert all("SA" in words for words in said[0]["weekend_elsewhere"])


def test_a_night_that_the_clock_shortens_is_told(tmp_path: Path) -> None:
    """Protects the hour of rest that is missing in one night of the year; elsewhere and in autumn nothing is said."""
    berlin = SETTINGS.replace("Asia/Shanghai", "Europe/Berlin").replace(
        "max_paid_h_week", "min_rest_h = 11\nmax_paid_h_week"
    )
    for month, told in ((3, ["2026-03-29"]), (10, [])):
        text = berlin.replace("2026-06-01", f"2026-{month:02}-23").replace("2026-06-15", f"2026-{month:02}-31")
        found = load_desk(make_desk(tmp_path / str(month), settings=text, only=("shifts",))).findings
        nights = [own for own in found if own.code == "rest_by_the_clock"]
        assert [own.facts["date"] for own in nights] == told
        assert all("60" in own.message(lang) for own in nights for lang in ("en", "zh"))

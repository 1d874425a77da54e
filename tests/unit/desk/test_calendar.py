import pandas as pd
import pytest

from desk import day_kind
from desk.calendar import has_calendar, published_years


def kinds(days: list[str], country: str) -> list[tuple[str, bool, bool, bool]]:
    frame = day_kind(pd.DatetimeIndex(days), country)
    return list(frame[["holiday", "is_workday", "is_makeup", "published"]].itertuples(index=False, name=None))


def test_chinese_holidays_and_make_up_workdays() -> None:
    """A Saturday worked in exchange (调休) is a workday, and a weekday of the holiday is none."""
    assert kinds(["2026-02-13", "2026-02-14", "2026-02-17", "2026-02-21"], "CN") == [
        ("", True, False, True),
        ("", True, True, True),
        ("Spring Festival", False, False, True),
        ("Spring Festival", False, False, True),
    ]


def test_an_unpublished_year_is_not_guessed() -> None:
    """Before the State Council's notice nobody knows the holidays; 1 January is then a day like any other."""
    assert kinds(["2031-01-01", "2031-01-04"], "CN") == [("", True, False, False), ("", False, False, False)]
    assert published_years("CN", {2025, 2031}) == {2025}


def test_other_countries() -> None:
    """Holidays by name, and weekends that are not Saturday and Sunday everywhere."""
    assert kinds(["2026-07-14", "2026-07-15"], "FR") == [("National Day", False, False, True), ("", True, False, True)]
    assert [kind[1] for kind in kinds(["2026-01-02", "2026-01-03", "2026-01-04"], "sa")] == [False, False, True]
    assert kinds(["2026-01-10"], "HU") == [("", True, True, True)]


def test_estimated_and_unannounced_years_are_unpublished() -> None:
    """Feasts that follow the moon are announced late, make-up workdays year by year: estimates don't count."""
    assert published_years("SA", {2030}) == set()
    assert published_years("HU", {2026, 2028}) == {2026}


def test_no_calendar() -> None:
    """A desk that follows no public holidays knows weekends only."""
    assert kinds(["2026-01-01", "2026-01-03"], "none") == [("", True, False, True), ("", False, False, True)]


def test_zone_aware_days_keep_their_local_date() -> None:
    """The local day decides, not the day in UTC."""
    days = pd.date_range("2026-02-17", periods=1, tz="Asia/Shanghai")
    assert day_kind(days, "CN")["date"][0] == pd.Timestamp("2026-02-17")


@pytest.mark.parametrize(("country", "known"), [("CN", True), ("fr", True), ("none", True), ("XX", False)])
def test_countries_without_a_calendar_are_known_as_such(country: str, known: bool) -> None:
    """A mistyped country must be refused, not silently have no holidays."""
    assert has_calendar(country) is known
    if not known:
        with pytest.raises(ValueError, match=country):
            day_kind(pd.DatetimeIndex(["2026-01-01"]), country)

"""Days that differ month by month or fortnight by fortnight."""

import numpy as np
import pandas as pd
import pytest

from forecast import fit
from forecast.regular import regular_days
from forecast.series import queue_series
from forecast.setting import setting_of
from forecast.shut import ended_weekdays, shut_days, shut_holidays, shut_since, shut_weekdays
from tests.unit.forecast.small import desk_of, drawn, history, starts, usual

TIMES = starts("2024-06-01", 240)
DAYS = TIMES.tz_localize(None).normalize()


def _total(lifted: np.ndarray, date: str) -> tuple[float, list[str]]:
    """What is forecast of a day over what is usual, where ``lifted`` days saw twice as many; and what is told."""
    rows = history(TIMES, drawn(usual(TIMES) * np.where(lifted, 2.0, 1.0), day_sd=0.05))
    made = fit(desk_of(rows, days=25)).predict(paths=200)
    own = made.starts.tz_localize(None).normalize() == pd.Timestamp(date)
    told = [str(finding.facts["coming"]) for finding in made.findings if finding.code == "regular_days"]
    return float(made.paths[:, own, 0].sum(axis=1).mean() / usual(made.starts)[own].sum()), told


@pytest.mark.parametrize(
    ("lifted", "date"),
    [
        pytest.param(DAYS.day == 10, "2025-02-10", id="the 10th"),
        pytest.param((DAYS.day_of_week == 4) & ((DAYS - DAYS[0]).days % 14 < 7), "2025-02-14", id="every other Friday"),
        pytest.param((DAYS.day_of_week == 2) & (DAYS >= "2025-01-01"), "2025-02-05", id="Wednesdays of late"),
    ],
)
def test_a_day_that_differs_regularly_is_foreseen_and_told(lifted: np.ndarray, date: str) -> None:
    """Protects members' days and pay days that lie within a month: half of the desk was missing on each."""
    lift, told = _total(lifted, date)
    assert lift == pytest.approx(2.0, rel=0.12)
    assert any(date in own for own in told)


def test_chance_makes_no_regular_days() -> None:
    """Protects plain desks from days that only seem to differ."""
    lift, told = _total(DAYS.day == 99, "2025-02-10")
    assert lift == pytest.approx(1.0, rel=0.12)
    assert not told


def test_workdays_and_weekdays_of_a_month_are_counted_as_people_do() -> None:
    """Protects against a day off by one: the first and last workday, the second Tuesday, the last Friday."""
    days = regular_days(pd.Timestamp("2025-05-01"), pd.Timestamp("2025-06-30"), "CN")
    all_days = pd.date_range("2025-05-01", "2025-06-30")
    told = {("workday", 1): "06 03", ("workday", -1): "06 30", ("weekday", 8): "06 10", ("weekday", -5): "06 27"}
    for key, day in told.items():
        assert f"{all_days[days[key]][-1]:%m %d}" == day


def test_a_desk_shut_at_christmas_alone_is_shut_at_the_next() -> None:
    """Protects a desk that keeps other holidays: a full Christmas was forecast, for most holidays were open."""
    times = starts("2024-09-01", 480, zone="Europe/London")
    closed = np.asarray((times.month == 12) & (times.day == 25))
    known = np.asarray(times < pd.Timestamp("2025-12-22", tz=times.tz))
    rows = history(times, np.where(closed, np.nan, drawn(usual(times))), open=~closed)[known]
    made = fit(desk_of(rows, forecast={"country": "GB"})).predict(paths=50)
    totals = made.paths[:, :, 0].mean(axis=0).reshape(7, 24).sum(axis=1)
    assert totals[3] == 0
    assert (np.delete(totals, 3) > 100).all()
    [told] = [own for own in made.findings if own.code == "shut_holidays"]
    assert told.facts == {"queue": "q", "past": "2024-12-25", "coming": "2025-12-25"}
    assert all("2025-12-25" in told.message(lang) and told.cure(lang) for lang in ("en", "zh"))


def test_a_holiday_without_rows_was_shut_but_not_one_that_was_not_observed() -> None:
    """Protects desks whose history has no row of a shut day: a full Christmas was forecast; and those that lost a
    fortnight with a holiday in it, or say that it was not counted: nothing is told of the next one."""
    times = starts("2024-09-01", 476, zone="Europe/London")
    christmas = np.asarray((times.month == 12) & (times.day == 25))
    fortnight = np.asarray((times >= "2024-12-18") & (times < "2025-01-01"))
    whole = history(times, usual(times))
    for rows, shut in (
        (whole[~christmas], True),
        (whole[~fortnight], False),
        (whole.assign(observed=~christmas), False),
    ):
        desk = desk_of(rows, days=14, forecast={"country": "GB"})
        series = queue_series(desk, "q")
        assert series is not None
        setting = setting_of(desk, series, pd.Timestamp("2026-01-03"))
        found = setting.days[shut_holidays(setting)]
        assert [f"{day:%Y-%m-%d}" for day in found[found >= "2025-12-21"]] == (["2025-12-25"] if shut else [])


def test_days_of_a_long_holiday_of_which_some_were_shut_are_told() -> None:
    """Protects a desk that shuts for the first days of Spring Festival: the next ones were forecast without a word."""
    times = starts("2025-01-01", 408)
    closed = np.asarray((times >= "2025-01-29") & (times < "2025-02-01"))
    made = fit(desk_of(history(times, usual(times), open=~closed), forecast={"country": "CN"})).predict(paths=50)
    [told] = [own for own in made.findings if own.code == "half_shut_holidays"]
    assert told.facts["past"] == "2025-01-29, 2025-01-30, 2025-01-31"
    assert str(told.facts["coming"]).startswith("2026-02-15, 2026-02-16")
    assert all("2026-02-16" in told.message(lang) and "set" in told.cure(lang) for lang in ("en", "zh"))


SATURDAY, NTH = DAYS.day_of_week == 5, (DAYS.day - 1) // 7 + 1


@pytest.mark.parametrize(
    ("shut", "coming"),
    [
        pytest.param(SATURDAY & ((DAYS - DAYS[0]).days // 7 % 2 == 1), ["02-01", "02-15", "03-01"], id="every other"),
        pytest.param(SATURDAY & np.isin(NTH, [2, 4]), ["02-08", "02-22", "03-08"], id="second and fourth"),
        pytest.param(SATURDAY & (NTH != 1), ["02-08", "02-15", "02-22", "03-08"], id="all but the first"),
        pytest.param(SATURDAY & (DAYS.days_in_month - DAYS.day < 7), ["02-22"], id="the last"),
        pytest.param(SATURDAY & (DAYS >= "2025-01-06"), [], id="none of late"),
        pytest.param(SATURDAY & (DAYS.month == 12), [], id="none for a month"),
        pytest.param(DAYS.month == 12, [], id="a month without counts"),
    ],
)
def test_a_weekday_that_is_shut_in_some_weeks(shut: np.ndarray, coming: list[str]) -> None:
    """Protects desks open on every other Saturday, whose history has no row of the others: the shut ones were forecast
    as full days. Saturdays that lacked for another reason, or are told not to be counted, are forecast as usual."""
    whole = history(TIMES, usual(TIMES))
    for rows, ahead in ((whole[~shut], coming), (whole.assign(observed=~shut), [])):
        desk = desk_of(rows, days=44)
        series = queue_series(desk, "q")
        assert series is not None
        setting = setting_of(desk, series, pd.Timestamp("2025-03-11"))
        found = setting.days[shut_weekdays(setting)]
        assert [f"{day:%m-%d}" for day in found[found >= "2025-01-27"]] == ahead


@pytest.mark.parametrize(
    ("shut", "ended", "since"),
    [
        pytest.param(SATURDAY & (DAYS >= "2025-01-06"), ["02-01", "02-08"], None, id="no Saturdays any more"),
        pytest.param(SATURDAY & (DAYS >= "2025-01-13"), [], None, id="two Saturdays"),
        pytest.param(SATURDAY & (NTH != 1), [], None, id="the first of each month is open"),
        pytest.param(DAYS >= "2025-01-06", [], "2025-01-06", id="the queue was shut"),
        pytest.param(DAYS >= "2025-01-25", [], None, id="two days"),
    ],
)
def test_what_was_shut_of_late_is_shut_or_told(shut: np.ndarray, ended: list[str], since: str | None) -> None:
    """Protects desks that gave up Saturdays, which were forecast in full for four weeks on, and the reader of a queue
    that was closed lately and is forecast to open again, of which nothing was told. A holiday on such a Saturday is
    shut as well (it was forecast in full), a made-up workday open."""
    desk = desk_of(history(TIMES, usual(TIMES), open=~shut), days=14)
    series = queue_series(desk, "q")
    assert series is not None
    setting = setting_of(desk, series, pd.Timestamp("2025-02-09"))
    found = setting.days[ended_weekdays(setting)]
    assert [f"{day:%m-%d}" for day in found[found >= "2025-01-27"]] == ended
    desk = desk_of(history(TIMES, usual(TIMES), open=~shut), days=14, forecast={"country": "CN"})
    found = setting.days[shut_days(setting_of(desk, series, pd.Timestamp("2025-02-09")))]
    assert [f"{day:%m-%d}" for day in found[found >= "2025-01-27"]] == [day for day in ended if day != "02-08"]
    day = shut_since(setting)
    assert (None if day is None else f"{setting.days[day]:%Y-%m-%d}") == since


@pytest.mark.parametrize(
    ("shut", "code", "named"),
    [
        (SATURDAY & (DAYS >= "2025-01-06"), "shut_weekday", "2025-02-01"),
        (DAYS >= "2025-01-13", "queue_shut", "2025-01-13"),
    ],
)
def test_days_shut_of_late_are_told(shut: np.ndarray, code: str, named: str) -> None:
    """Protects the reader from zeros, or from a queue that opens again, without a word."""
    made = fit(desk_of(history(TIMES, usual(TIMES), open=~shut), days=7)).predict(paths=50)
    [told] = [own for own in made.findings if own.code == code]
    assert all(named in told.message(lang) and "set" in told.cure(lang) for lang in ("en", "zh"))
    assert (made.paths[:, 5 * 24 : 6 * 24].sum() == 0) == (code == "shut_weekday")
    assert "history_ends_early" not in {own.code for own in made.findings}


def test_shut_weekdays_are_forecast_as_nothing_and_told() -> None:
    """Protects the reader from zeros without a word, and the open Saturdays from their shut neighbours."""
    shut = SATURDAY & ((DAYS - DAYS[0]).days // 7 % 2 == 1)
    made = fit(desk_of(history(TIMES, drawn(usual(TIMES)), open=~shut), days=14)).predict()
    [told] = [own for own in made.findings if own.code == "shut_days"]
    assert told.facts == {"queue": "q", "past": "2024-12-21, 2025-01-04, 2025-01-18", "coming": "2025-02-01"}
    assert all("2025-02-01" in told.message(lang) and told.cure(lang) for lang in ("en", "zh"))
    sums = made.frame().groupby(made.frame()["start"].dt.strftime("%m-%d"))["mean"].sum()
    assert sums["02-01"] == 0
    assert sums["02-08"] == pytest.approx(0.6 * 480, rel=0.1)

"""Days that differ month by month or fortnight by fortnight."""

import numpy as np
import pandas as pd
import pytest

from forecast import fit
from forecast.regular import regular_days
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

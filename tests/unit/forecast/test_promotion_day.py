"""Promotions that come every week, such as begin late in the day, and seasons."""

import numpy as np
import pandas as pd
import pytest

from forecast import fit
from forecast.event import Phase, with_beginnings
from tests.unit.forecast.small import desk_of, drawn, history, promotion, starts, usual


def test_a_promotion_on_every_tuesday_is_no_less_sure_than_the_tuesday() -> None:
    """Protects intervals and means where weekday and promotion can't be told apart: what is known is their product."""
    times = starts("2025-01-06", 140)
    live = (times.day_of_week == 1) & (times.hour >= 20) & (times.hour < 22)
    rows = history(times, drawn(usual(times) * np.where(live, 2.7, 1.0), day_sd=0.05))
    tuesdays = pd.date_range("2025-01-07", periods=21, freq="7D")
    lives = [promotion(f"live-{day:%m%d}", ("live", f"{day:%F} 20:00", f"{day:%F} 22:00")) for day in tuesdays]
    made = fit(desk_of(rows, promotions=pd.concat(lives))).predict(paths=1000)
    totals = made.paths[:, made.starts.day_of_week == 1, 0].sum(axis=1)
    assert totals.mean() < 1.02 * np.median(totals)
    assert totals.std() < 0.15 * totals.mean()


def test_a_phase_that_begins_in_the_evening_lifts_its_first_day_less() -> None:
    """Protects the first full day after an opening at 20:00: one earlier phase tells both days alike."""
    times = starts("2025-01-06", 145)
    begins = [pd.Timestamp("2025-03-10 20:00"), pd.Timestamp("2025-05-26 20:00")]
    inside = np.zeros(len(times), dtype=bool)
    for begin in begins:
        inside |= (times.tz_localize(None) >= begin) & (times.tz_localize(None) < begin + pd.Timedelta(hours=28))
    mean = usual(times) * np.where(inside, 5.0, 1.0)
    known = np.asarray(times < pd.Timestamp("2025-05-26", tz=times.tz))
    rows = history(times[known], drawn(mean[known], seed=2, day_sd=0.03))
    spans = [(f"{begin}", f"{begin + pd.Timedelta(hours=28)}") for begin in begins]
    phases = [promotion(f"p{index}", ("peak", *span)) for index, span in enumerate(spans)]
    made = fit(desk_of(rows, days=2, promotions=pd.concat(phases))).predict()
    told = made.paths[:, :, 0].mean(axis=0).reshape(2, 24).sum(axis=1)
    came = mean[~known][:48].reshape(2, 24).sum(axis=1)
    assert (told / came > 0.8).all()
    assert np.ptp(told / came) < 0.1


def test_what_a_first_day_feels_of_a_phase_follows_the_hours_of_the_desk() -> None:
    """Protects desks by day: a phase from opening time on is there all day, one after closing is hardly felt."""
    spans = [(0.0, 3.0), (1.375, 3.0), (1.75, 3.0), (1.0, 1.5), (1.5, 1.625)]
    phases = tuple(Phase(str(start), str(start), start, end, 1.0) for start, end in spans)
    usual_by_day = np.where((np.arange(24) >= 9) & (np.arange(24) < 18), 1.0, 0.0)
    begun = [phase.begun for phase in with_beginnings(phases, usual_by_day)]
    assert begun == pytest.approx([1.0, 1.0, 0.15, 0.5, 0.5])
    assert all(phase.begun == 1.0 for phase in with_beginnings(phases, np.zeros(24)))


@pytest.mark.parametrize(("factor", "least", "most"), [(1.0, 0.93, 1.07), (2.0, 1.65, 2.2)])
def test_a_promotion_unlike_all_before_it_is_followed_by_a_new_fit_too(
    factor: float, least: float, most: float
) -> None:
    """Protects who forecasts anew each morning of a promotion: two days at twice of what all before them had left the
    next ones a third too low, and the days after its end a third too high."""
    spans = [("2025-02-05", 5), ("2025-03-20", 5), ("2025-05-01", 5)]
    times = starts("2025-01-01", 127)
    days = np.asarray(times.tz_localize(None).normalize().to_numpy())
    mean = usual(times, 2400.0)
    for begin, length in spans:
        inside = (days >= np.datetime64(begin)) & (days < np.datetime64(begin) + np.timedelta64(length, "D"))
        mean = np.where(inside, mean * 2.0 * (factor if begin == spans[-1][0] else 1.0), mean)
    known = days < np.datetime64("2025-05-03")
    table = [
        promotion(begin, ("peak", begin, f"{pd.Timestamp(begin) + pd.Timedelta(days=length)}"))
        for begin, length in spans
    ]
    rows = history(times[known], drawn(mean[known], day_sd=0.05))
    made = fit(desk_of(rows, days=7, promotions=pd.concat(table, ignore_index=True))).predict()
    told = made.paths[:, :, 0].mean(axis=0) / usual(made.starts, 2400.0)
    assert least < told[:72].mean() / 2 < most
    assert told[72:].mean() == pytest.approx(1, abs=0.15)


def test_a_strong_time_of_year_is_followed() -> None:
    """Protects desks of a season, such as heating or travel: the year before tells where the level goes."""
    times = starts("2022-06-01", 862)
    season = 0.5 * np.cos(2 * np.pi * (np.asarray(times.day_of_year) - 200) / 365.25)
    known = np.asarray(times < times[-14 * 24])
    rows = history(times[known], drawn((usual(times) * np.exp(season))[known], day_sd=0.05))
    made = fit(desk_of(rows, days=14)).predict()
    assert abs(made.paths[:, :, 0].mean(axis=0).sum() / (usual(times) * np.exp(season))[~known].sum() - 1) < 0.06


def test_a_history_that_ends_at_noon_leaves_the_opening_of_tonight_to_come() -> None:
    """Protects what was stated of a phase that begins and ends on the last, half-known day, and that it is told."""
    times = starts("2025-01-06", 70)
    rows = history(times, drawn(usual(times)))[:-11]
    tonight = promotion("p", ("opening", "2025-03-16 20:00", "2025-03-17"))
    stated = {"expected_lifts": [{"phase": "opening", "lift": 4.0}]}
    model = fit(desk_of(rows, 1, horizon="2025-03-16", promotions=tonight, forecast=stated))
    own = model.queues["q"]
    assert own is not None
    assert own.setting.series.until_d == 69 + 13 / 24
    assert own.setting.to_come[69]
    made = model.predict()
    assert "lift_borrowed" in [finding.code for finding in made.findings]
    assert made.paths[:, 20:, 0].mean() > 3 * usual(times)[-4:].mean()


def test_a_month_of_other_hours_is_learned_hour_by_hour() -> None:
    """Protects a month of fasting entered as a phase: its hours are its own, four later than on all other days."""
    times = starts("2025-01-06", 140)
    spans = [("2025-02-03", "2025-03-03"), ("2025-05-19", "2025-06-16")]
    fasts = pd.concat([promotion(begin, ("fast", begin, end)) for begin, end in spans])
    clock = np.exp(2 * np.sin((np.arange(24) - 6) / 24 * 4 * np.pi))
    fasting = (times >= fasts["start"].iloc[0]) & (times < fasts["end"].iloc[0])
    known = np.asarray(times < fasts["start"].iloc[1])
    mean = 30 * np.where(fasting, np.roll(clock, 4)[times.hour], clock[times.hour])
    made = fit(desk_of(history(times[known], drawn(mean[known], day_sd=0.05)), promotions=fasts)).predict()
    told = made.paths[:, :, 0].mean(axis=0).reshape(-1, 24).mean(axis=0)
    assert np.abs(told / told.sum() - np.roll(clock, 4) / clock.sum()).sum() < 0.15


def test_a_live_stream_at_another_hour_takes_its_lift_along_and_leaves_the_rest_of_the_day_alone() -> None:
    """Protects the other hours of a day: evenings taught a third more in all, which a stream at seven can't bring; and
    its own hours, where a third of the lift stayed behind with the clock."""
    times = starts("2025-01-06", 127)
    days = [*range(10, 118, 5), 123]
    spans = [pd.Timestamp("2025-01-06") + pd.Timedelta(days=day, hours=19 if day < 120 else 7) for day in days]
    lives = [promotion(f"p{at:%m%d}", ("live", f"{at}", f"{at + pd.Timedelta(hours=3)}")) for at in spans]
    table = pd.concat(lives)
    inside = np.logical_or.reduce(
        [(times >= a) & (times < b) for a, b in zip(table["start"], table["end"], strict=True)]
    )
    known = np.asarray(times < pd.Timestamp("2025-05-05", tz=times.tz))
    clock = np.where(np.arange(24) >= 18, 2.0, 0.5)[times.hour]
    rows = history(times[known], drawn(clock * 40 * np.where(inside, 3.0, 1.0), seed=2, day_sd=0.03)[known])
    made = fit(desk_of(rows, days=8, promotions=table)).predict()
    told = made.paths[:, 96:120, 0].mean(axis=0)
    assert told[10:].sum() == pytest.approx((clock * 40)[:24][10:].sum(), rel=0.12)
    assert told[7:10].sum() == pytest.approx(3 * (clock * 40)[:24][7:10].sum(), rel=0.15)

"""The rest of the day, given the hours seen."""

import numpy as np
import pandas as pd
import pytest

from desk import Desk, Forecast, InputError
from forecast import Model, fit
from tests.unit.forecast.small import ZONE, desk_of, drawn, history, override, promotion, starts, usual

DAY = "2025-05-01"


def _desk(
    zone: str = ZONE, first: str = "2025-01-01", day: str = DAY, a_day: float = 2400.0, **tables: pd.DataFrame
) -> Desk:
    times = starts(first, (pd.Timestamp(day) - pd.Timestamp(first)).days, zone=zone)
    return desk_of(history(times, drawn(usual(times, a_day), day_sd=0.1)), days=2, **tables)


@pytest.fixture(scope="module")
def model() -> Model:
    """A plain desk whose days scatter by a tenth."""
    return fit(_desk())


def _came(day: str = DAY, factor: float = 1.0, until: int = 12, zone: str = ZONE) -> pd.DataFrame:
    times = starts(day, 1, zone=zone)[:until]
    return history(times, np.round(factor * usual(times, 2400.0)))


def _rest(forecast: Forecast, first: int, last: int = 24) -> float:
    return float(forecast.paths[:, first:last, 0].sum(axis=1).mean())


@pytest.mark.parametrize("factor", [0.8, 1.25])
def test_a_busy_morning_makes_a_busy_afternoon(model: Model, factor: float) -> None:
    """Protects the step itself: the rest of the day follows the hours seen, and is surer than before."""
    now = pd.Timestamp(f"{DAY} 12:00", tz=ZONE)
    plain, updated = model.predict(), model.update(_came(factor=factor), now).predict()
    assert (updated.paths[:, :12, 0] == _came(factor=factor)["offered"].to_numpy()).all()
    assert _rest(updated, 12) / _rest(plain, 12) == pytest.approx(factor, abs=0.1)
    spread = [np.quantile(own.paths[:, 12:24, 0].sum(axis=1), [0.1, 0.9]) for own in (plain, updated)]
    assert np.ptp(spread[1]) < 0.75 * np.ptp(spread[0])
    assert _rest(updated, 24, 48) / _rest(plain, 24, 48) == pytest.approx(1, abs=0.08)


def test_what_is_seen_beats_what_was_forecast(model: Model) -> None:
    """Protects the purpose: from the third hour on the error of the rest of the day falls, day after day."""
    rng, errors = np.random.default_rng(7), np.zeros(2)
    times = starts(DAY, 1)
    plain = np.median(model.predict().paths[:, :24, 0], axis=0)
    for shock in rng.normal(0, 0.15, 12):
        came = history(times, rng.poisson(usual(times, 2400.0) * np.exp(shock)).astype(float))
        updated = model.update(came, times[10]).predict(end=pd.Timestamp(DAY) + pd.Timedelta(days=1))
        foretold = np.median(updated.paths[:, :, 0], axis=0)
        errors += [np.abs((own - came["offered"])[10:]).sum() for own in (plain, foretold)]
    assert errors[1] < 0.8 * errors[0]


def test_nothing_later_than_now_is_looked_at(model: Model) -> None:
    """Protects honesty: rows of hours that have not ended change nothing."""
    now = pd.Timestamp(f"{DAY} 09:30", tz=ZONE)
    whole, part = (model.update(_came(factor=1.3, until=hours), now).predict() for hours in (24, 9))
    assert (whole.paths == part.paths).all()


def test_an_outage_hour_says_nothing(model: Model) -> None:
    """Protects against a failed counter: marked, it is left out; unmarked, it hardly counts."""
    now, good = pd.Timestamp(f"{DAY} 12:00", tz=ZONE), _came()
    marked = good.assign(offered=good["offered"].mask(good.index == 10), observed=good.index != 10)
    unmarked = good.assign(offered=good["offered"].mask(good.index == 10, 0.0))
    whole, without, fooled = (_rest(model.update(own, now).predict(), 12) for own in (good, marked, unmarked))
    assert without == pytest.approx(whole, rel=0.04)
    assert fooled == pytest.approx(whole, rel=0.1)
    drawn_hour = model.update(marked, now).predict().paths[:, 10, 0]
    assert drawn_hour.std() > 0
    assert drawn_hour.mean() == pytest.approx(good["offered"][10], rel=0.15)


def test_three_silent_hours_are_told_and_not_followed(model: Model) -> None:
    """Protects against counts that are late: zeros beside busy hours do not halve the evening; a day shut from the
    first hour on is followed."""
    now, good = pd.Timestamp(f"{DAY} 12:00", tz=ZONE), _came(factor=1.2)
    late = good.assign(offered=good["offered"].mask(good.index >= 9, 0.0))
    whole, silent = (model.update(own, now).predict() for own in (good, late))
    assert _rest(silent, 12) == pytest.approx(_rest(whole, 12), rel=0.06)
    assert (silent.paths[:, 9:12, 0] == 0).all()
    [told] = silent.findings
    assert "09:00" in told.message()
    assert "12:00" in told.message("zh")
    shut = model.update(good.assign(offered=0.0), now).predict()
    assert _rest(shut, 12) < 0.5 * _rest(whole, 12)
    assert "actuals_silent" not in [finding.code for finding in shut.findings]


def test_a_jump_late_in_the_day_is_followed(model: Model) -> None:
    """Protects against stubbornness: three hours at twice the usual are no accident."""
    now = pd.Timestamp(f"{DAY} 18:00", tz=ZONE)
    calm = _came(until=18)
    jump = calm.assign(offered=calm["offered"].where(calm.index < 15, 2 * calm["offered"]))
    after = [_rest(model.update(own, now).predict(), 18, 20) for own in (calm, jump)]
    assert after[1] > 1.25 * after[0]


def test_overrides_are_not_counted_twice() -> None:
    """Protects a hand's +50 %: hours seen at +50 % agree with it and change nothing more."""
    hand = override(f"{DAY} 00:00", "2025-05-02", "multiply", 1.5)
    model, now = fit(_desk(overrides=hand)), pd.Timestamp(f"{DAY} 12:00", tz=ZONE)
    updated = model.update(_came(factor=1.5), now).predict()
    assert _rest(updated, 12) / _rest(model.predict(), 12) == pytest.approx(1, abs=0.08)
    explained = updated.explanation.iloc[:24]
    product = explained[["level", "calendar", "promotion", "drivers", "overrides"]].prod(axis=1)
    assert product.to_numpy() == pytest.approx(updated.paths[:, :24, 0].mean(axis=0))
    assert explained["overrides"].to_numpy() == pytest.approx([1.0] * 12 + [1.5] * 12)


@pytest.mark.parametrize(("day", "hours"), [("2025-03-30", 23), ("2025-10-26", 25)])
def test_days_of_a_clock_change(day: str, hours: int) -> None:
    """Protects days of 23 and 25 hours: each hour seen stands, in its own place."""
    zone = "Europe/Paris"
    first = str((pd.Timestamp(day) - pd.Timedelta(days=60)).date())
    model, times = fit(_desk(zone, first, day)), starts(day, 1, zone=zone)
    came = history(times, np.arange(100.0, 100 + hours))
    updated = model.update(came, times[6]).predict()
    assert len(times) == hours
    assert (updated.paths[:, :6, 0] == came["offered"].to_numpy()[:6]).all()
    assert updated.paths[:, 6:hours, 0].std(axis=0).min() > 0


def test_zero_counts_and_closed_hours() -> None:
    """Protects small and closed desks: nights of 0 inquiries change little; closed hours stay 0."""
    model = fit(_desk(a_day=12.0))
    now = pd.Timestamp(f"{DAY} 06:00", tz=ZONE)
    night = history(starts(DAY, 1)[:6], np.zeros(6))
    shut = night.assign(open=False, offered=np.nan)
    plain, quiet = model.predict(), model.update(night, now).predict()
    closed = model.update(shut, now).predict()
    assert _rest(quiet, 6) == pytest.approx(_rest(plain, 6), rel=0.15)
    assert _rest(closed, 6) == pytest.approx(_rest(plain, 6), rel=0.1)
    assert closed.paths[:, :6, 0].max() == 0


def test_days_since_the_history_count_too(model: Model) -> None:
    """Protects a history that lags: whole days seen since its end lift the days to come."""
    lull = pd.concat([_came(DAY, 1.3, 24), _came("2025-05-02", 1.3, 24)])
    ahead = {"start": pd.Timestamp("2025-05-03"), "end": pd.Timestamp("2025-05-04")}
    updated = model.update(lull, pd.Timestamp("2025-05-03", tz=ZONE)).predict(**ahead)
    assert updated.paths.sum() > 1.015 * model.predict(**ahead).paths.sum()


def test_a_promotion_seen_lifts_its_later_hours() -> None:
    """Protects the event's own effect: a first promotion's size is read from its first day."""
    event = promotion("e", ("peak", DAY, "2025-05-03"))
    model = fit(_desk(promotions=event))
    updated = model.update(_came(factor=3.0, until=24), pd.Timestamp("2025-05-02", tz=ZONE)).predict()
    assert _rest(updated, 24, 48) > 1.5 * _rest(model.predict(), 24, 48)


@pytest.fixture(scope="module")
def begun() -> Model:
    """A promotion that comes for the third time at DAY, always lifting two days to the double."""
    days = [("2025-02-05", "2025-02-07"), ("2025-03-20", "2025-03-22"), (DAY, "2025-05-03")]
    table = pd.concat([promotion(own[0], ("peak", *own)) for own in days], ignore_index=True)
    times = starts("2025-01-01", 120)
    mean = usual(times, 2400.0) * np.where(times.normalize().isin([*_days(days[0]), *_days(days[1])]), 2.0, 1.0)
    return fit(desk_of(history(times, drawn(mean, day_sd=0.05)), days=4, promotions=table))


def _days(span: tuple[str, str]) -> pd.DatetimeIndex:
    return pd.date_range(*span, inclusive="left", tz=ZONE)


@pytest.mark.parametrize(("factor", "hours"), [(1.0, 6), (2.0, 3), (2.0, 8), (0.5, 8)])
def test_a_promotion_unlike_all_before_it_is_followed_to_its_end(begun: Model, factor: float, hours: int) -> None:
    """Protects the days that remain: at twice what was foreseen they moved by a fifth, where seen over foreseen, by
    hand, has the truth; a promotion as foreseen stays as it was, and so do the days after it."""
    now = pd.Timestamp(f"{DAY} {hours:02d}:00", tz=ZONE)
    updated, plain = begun.update(_came(factor=2 * factor, until=hours), now).predict(), begun.predict()
    for span in ((hours, 24), (24, 48)):
        assert _rest(updated, *span) / _rest(plain, *span) == pytest.approx(factor, rel=0.18)
    assert _rest(updated, 48, 96) / _rest(plain, 48, 96) == pytest.approx(1, abs=0.07)


def test_a_counter_that_failed_tells_nothing_of_a_promotion(begun: Model) -> None:
    """Protects the days of a promotion whose first hours were not counted: none makes vanish what comes without it."""
    now = pd.Timestamp(f"{DAY} 06:00", tz=ZONE)
    silent, plain = begun.update(_came(factor=0.0, until=6), now).predict(), begun.predict()
    assert _rest(silent, 24, 48) > 0.75 * _rest(plain, 24, 48)


def test_a_promotion_that_begins_tonight_is_told_by_its_own_hours(begun: Model) -> None:
    """Protects hours that came before a phase: they say nothing of it."""
    table = begun.desk.table("promotions").copy()
    table.loc[2, "start"] = pd.Timestamp(f"{DAY} 18:00", tz=ZONE)
    model = fit(Desk(begun.desk.settings, {**begun.desk.tables, "promotions": table}))
    came = _came(until=22).assign(offered=lambda own: own["offered"] * np.where(own.index < 18, 1.0, 4.0))
    updated, plain = (own.predict() for own in (model.update(came, pd.Timestamp(f"{DAY} 22:00", tz=ZONE)), model))
    assert _rest(updated, 24, 48) > 1.5 * _rest(plain, 24, 48)


def test_finer_and_coarser_rows(model: Model) -> None:
    """Protects the grids: quarters of an hour are summed once all four are there, rows of two hours are split. Two
    hours that lie three apart are no rows of three hours."""
    now = pd.Timestamp(f"{DAY} 02:30", tz=ZONE)
    quarters = history(starts(DAY, 1, 15), np.full(96, 5.0))
    pairs = history(starts(DAY, 1, 120), np.full(12, 7.0))
    fine, coarse = (model.update(rows, now).predict().paths[:, :3, 0] for rows in (quarters, pairs))
    assert (fine[:, :2] == 20).all()
    assert fine[:, 2].std() > 0
    assert (coarse[:, :2] == [3, 4]).all()
    noon, half = pd.Timestamp(f"{DAY} 12:00", tz=ZONE), _came(factor=1.2)
    pairs = half.assign(start=half["start"].dt.floor("2h")).groupby(["start", "queue"], as_index=False)["offered"].sum()
    by_hour, by_two = (_rest(model.update(rows, noon).predict(), 12) for rows in (half, pairs))
    assert by_two == pytest.approx(by_hour, rel=0.03)
    gaps = model.update(half[half.index.isin([6, 9])], noon).predict().paths[:, 6:10, 0]
    assert (gaps[:, [0, 3]] == half["offered"][[6, 9]].to_numpy()).all()
    assert gaps[:, 1].std() > 0


def test_unusable_actuals_are_named(model: Model) -> None:
    """Protects against silence: a missing column, what is no time and negative counts are findings."""
    good, now = _came(), pd.Timestamp(f"{DAY} 12:00", tz=ZONE)
    for rows, code in (
        (good.drop(columns="offered"), "actuals_without_column"),
        (good.assign(start=[*good["start"].astype("str")[1:], "noon"]), "not_a_time"),
        (good.assign(offered=-1.0), "actuals_negative"),
    ):
        with pytest.raises(InputError) as error:
            model.update(rows, now)
        assert [finding.code for finding in error.value.findings] == [code]


def test_counts_may_be_written_as_in_a_history_file(model: Model) -> None:
    """Protects a notebook that reads them with pandas: times without a zone are local, as they are in every table."""
    came = _came()
    written = came.assign(start=came["start"].dt.strftime("%Y-%m-%d %H:%M"))
    one, other = model.update(came, pd.Timestamp(f"{DAY} 12:00", tz=ZONE)), model.update(written, f"{DAY} 12:00")
    assert np.array_equal(one.predict(paths=50).paths, other.predict(paths=50).paths)


def test_counts_that_say_nothing_or_two_things_are_told(model: Model) -> None:
    """Protects an update from rows of another desk, rows that contradict each other, and rows of the past."""
    now, came = pd.Timestamp(f"{DAY} 12:00", tz=ZONE), _came()
    twice = pd.concat([came, came.head(1).assign(offered=1.0)])
    for wrong in (came.assign(queue="other"), twice):
        with pytest.raises(InputError):
            model.update(wrong, now)
    again = model.update(pd.concat([came, came.head(3)]), now).predict(paths=50)
    assert np.array_equal(again.paths, model.update(came, now).predict(paths=50).paths)
    told = model.update(_came("2025-04-20"), now).predict(paths=50).findings
    assert "actuals_nothing_new" in {finding.code for finding in told}

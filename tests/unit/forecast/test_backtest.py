"""The back-test and its rivals."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from statsmodels.tools.sm_exceptions import ModelWarning

from desk import InputError, Progress
from forecast import backtest, forecasts, scored
from forecast.backtest import METRICS
from forecast.cut import CUTS
from forecast.metric import coverage
from forecast.rival import RIVALS, _effects
from forecast.rolling import Basis, known_at
from forecast.series import queue_series
from forecast.setting import setting_of
from tests.unit.forecast.small import ZONE, desk_of, drawn, history, override, promotion, starts, usual

BASES: tuple[Basis, ...] = ("plan", "actual")


def _desk(days: int = 120, **tables: pd.DataFrame):  # type: ignore[no-untyped-def]
    times = starts("2025-01-01", days)
    return desk_of(history(times, drawn(usual(times), day_sd=0.05)), **tables)


def test_table_of_measures() -> None:
    """Protects the shape of the answer, and that ours is no worse than the simple ones where life is simple."""
    found = backtest(_desk(), origins=4)
    assert list(found.columns) == ["model", "queue", *METRICS]
    assert set(found["queue"]) == {"q", "all"}
    wape = found[found["queue"] == "all"].set_index("model")["wape"]
    assert list(wape.index) == ["peakdesk", "mean4", "naive", "median6"]
    assert wape["peakdesk"] == wape.min()
    ours = found.set_index(["model", "queue"]).loc[("peakdesk", "q")]
    assert 0.65 < ours["coverage80"] < 0.95
    assert ours["floor"] < ours["wape"] < 1.35 * ours["floor"]
    assert found.loc[found["model"] != "peakdesk", "coverage80"].isna().all()


def test_a_coarse_history_is_judged_on_its_own_rows() -> None:
    """Protects hourly counts on a desk of quarter-hours: nothing is judged by quarters of a count that nobody saw."""
    times = starts("2025-08-01", 93, zone="Europe/Berlin")
    rows = history(times, drawn(usual(times), day_sd=0.05)[: len(times)])
    hours, quarters = (
        forecasts(desk_of(rows, step_min=step), origins=3, models=["peakdesk", "mean4"]) for step in (60, 15)
    )
    assert len(hours) == len(quarters) == 2 * (3 * 7 * 24 + 1)
    same = ["origin", "model", "queue", "start", "actual", "naive_error"]
    pd.testing.assert_frame_equal(hours[same], quarters[same])
    rival = (hours["model"] == "mean4").to_numpy()
    assert quarters.loc[rival, "point"].to_numpy() == pytest.approx(hours.loc[rival, "point"].to_numpy())
    one, other = (scored(found, _desk()).iloc[0] for found in (hours, quarters))
    assert one["floor"] == other["floor"] < other["wape"] < 1.1 * one["wape"]
    assert other["coverage80"] == pytest.approx(one["coverage80"], abs=0.05)


def test_rivals_by_hand() -> None:
    """Protects naive, mean of four and median of six on five readable weeks."""
    times = starts("2025-01-06", 42, step_min=1440)
    weeks = np.array([1, 2, 3, 4, 5, 60]).repeat(7).astype(float)
    desk = desk_of(history(times, weeks))
    series = queue_series(desk, "q")
    assert series is not None
    setting = setting_of(desk, series, pd.Timestamp("2025-02-23"))
    days = np.arange(42, 49)
    found = {name: rival(setting, days)[0].sum() for name, rival in RIVALS.items() if name not in ("glm", "negbin")}
    assert found == {"naive": 60.0, "mean4": 18.0, "median6": 3.5}


def test_glm_rival_runs() -> None:
    """Protects the Poisson regression as a rival by name."""
    found = backtest(_desk(70), origins=1, models=["glm"])
    assert found["wape"].max() < 0.3


@pytest.mark.parametrize("days", [2, 6])
def test_regressions_of_a_few_days_are_quiet_and_exact(days: int) -> None:
    """Protects regressions whose rows are as many as their effects, and a Wednesday of which only the holiday is known
    (1 January): they told of divisions by zero, of perfect fits, and that effects can't be told apart."""
    times = starts("2024-12-30", days, zone="Europe/Berlin")
    counts = np.maximum(drawn(usual(times)), 1.0)
    desk = desk_of(history(times, counts), forecast={"country": "DE"})
    series = queue_series(desk, "q")
    assert series is not None
    setting = setting_of(desk, series, pd.Timestamp("2025-01-12"))
    for name in ("glm", "negbin"):
        assert RIVALS[name](setting, np.arange(7, 9)) == pytest.approx(counts.reshape(days, 24)[:2], rel=0.06)


def test_other_warnings_of_a_regression_are_heard() -> None:
    """Protects the reader from silence: only perfect fits are no fault."""
    with pytest.warns(ModelWarning, match="rank-deficient"):
        _effects(np.arange(1.0, 5.0), np.ones((4, 2)), np.ones(4), dispersed=False)


def test_nothing_later_is_known() -> None:
    """Protects honesty: history and measured drivers end at the origin, plans and promotions stay, overrides go."""
    times = starts("2025-01-01", 120, step_min=1440)
    drivers = pd.concat([pd.DataFrame({"start": times, "basis": basis, "visits": 1.0}) for basis in ("actual", "plan")])
    bare = drivers[(drivers["basis"] == "actual") | (drivers["start"] < times[60])]
    hand = override("2025-05-02", "2025-05-03", "set", 9.0)
    origin = pd.Timestamp("2025-04-01")
    moment, end = origin.tz_localize(ZONE), (origin + pd.Timedelta(days=7)).tz_localize(ZONE)
    for table in (drivers, bare):
        planned, measured = (known_at(_desk(drivers=table, overrides=hand), origin, 7, basis) for basis in BASES)
        assert planned.table("history")["start"].max() < moment
        for known, last in ((planned, moment), (measured, end)):
            own = known.table("drivers")
            assert own.loc[own["basis"] == "actual", "start"].max() < last
            assert (own["basis"] == "plan").sum() == (table["basis"] == "plan").sum()
        counted = [(known.table("drivers")["basis"] == "actual").sum() for known in (planned, measured)]
        assert counted == [90, 97]
        assert not planned.has("overrides")
        assert [planned.starts[0], len(planned.starts)] == [moment, 168]


def test_progress_and_stop() -> None:
    """Protects the progress bar and an early stop: what is done is kept."""
    told: list[Progress] = []

    def report(progress: Progress) -> bool:
        told.append(progress)
        return len(told) < 3

    rows = forecasts(_desk(), models=("mean4",), origins=4, report=report)
    assert [progress.done for progress in told] == [0, 0.25, 0.5]
    assert rows["origin"].nunique() == 2


def test_workers_change_nothing_but_the_time() -> None:
    """Protects determinism: origins spread over processes give the same rows, and a stop keeps what is done."""
    desk = _desk(60)
    alone, together = (forecasts(desk, origins=2, models=["peakdesk", "naive"], workers=count) for count in (1, 2))
    pd.testing.assert_frame_equal(alone, together)
    stopped = forecasts(desk, origins=2, models=["naive"], workers=2, report=lambda progress: not progress.done)
    assert stopped["origin"].nunique() == 1


def test_cuts() -> None:
    """Protects the splits by phase, event, hour and day ahead: each covers every row once."""
    event = promotion("may", ("peak", "2025-04-25 10:00", "2025-04-26 12:00"))
    desk = _desk(promotions=event)
    rows = forecasts(desk, origins=2, models=["mean4"])
    sizes = {by: scored(rows, desk, by).query("queue == 'q'") for by in CUTS}
    assert {by: len(own) for by, own in sizes.items()} == {"phase": 2, "event": 2, "hour": 24, "ahead": 7}
    assert sorted(sizes["phase"]["phase"]) == ["", "peak"]
    assert sorted(sizes["event"]["event"]) == ["", "may"]
    peak = rows[rows["start"].dt.strftime("%m-%d %H").between("04-25 10", "04-26 11")]
    wape = (peak["point"] - peak["actual"]).abs().sum() / peak["actual"].sum()
    assert sizes["phase"].set_index("phase").loc["peak", "wape"] == pytest.approx(wape)
    with pytest.raises(ValueError, match="weekday"):
        scored(rows, desk, "weekday")
    pd.testing.assert_frame_equal(forecasts(desk, origins=2, models="mean4"), rows)


@pytest.mark.parametrize("asked", [{"by": "weekday"}, {"drivers": "planned"}, {"horizon_days": 0}, {"origins": 0}])
def test_what_can_not_be_judged_is_refused_before_the_work(asked: dict[str, Any]) -> None:
    """Protects a notebook: a wrong split was told after the last origin, other drivers were taken for plans."""
    with pytest.raises(ValueError, match=r"weekday|at least 1, drivers one of plan, actual"):
        backtest(_desk(), **asked)


def test_coverage_of_small_counts_is_fair() -> None:
    """Protects calibration on quiet queues: forecasts that tell the truth cover 80 % and 95 %, whatever the counts."""
    rng = np.random.default_rng(3)
    for mean in (0.2, 1.0, 3.0, 40.0):
        came, paths = rng.poisson(mean, 4000), rng.poisson(mean, 4000)
        below, upto = (np.searchsorted(np.sort(paths), came, side) / 4000 for side in ("left", "right"))
        assert coverage(below, upto, 0.8) == pytest.approx(0.8, abs=0.02)
        assert coverage(below, upto, 0.95) == pytest.approx(0.95, abs=0.012)
    assert coverage(np.zeros(3), np.zeros(3), 0.8) == 0


def test_unknown_model_is_refused_by_name() -> None:
    """Protects against a misspelt model that is silently left out."""
    with pytest.raises(InputError, match="prophecy"):
        backtest(_desk(30), models=["prophecy"])


def test_too_short_a_history_gives_an_empty_table() -> None:
    """Protects a desk of one week."""
    assert backtest(_desk(8)).empty


def test_a_count_that_no_path_hit_is_in_or_out() -> None:
    """Protects the coverage of large counts, which hardly ever equal a path."""
    shares = np.array([0.5, 0.05, 0.85, 0.97])
    assert coverage(shares, shares, 0.8) == 0.5

"""The back-test and its rivals."""

import numpy as np
import pandas as pd
import pytest

from desk import InputError, Progress
from forecast import backtest
from forecast.backtest import METRICS, known_at, rolling
from forecast.rival import RIVALS
from forecast.series import queue_series
from forecast.setting import setting_of
from tests.unit.forecast.small import ZONE, desk_of, drawn, history, override, starts, usual


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


def test_rivals_by_hand() -> None:
    """Protects naive, mean of four and median of six on five readable weeks."""
    times = starts("2025-01-06", 42, step_min=1440)
    weeks = np.array([1, 2, 3, 4, 5, 60]).repeat(7).astype(float)
    desk = desk_of(history(times, weeks))
    series = queue_series(desk, "q")
    assert series is not None
    setting = setting_of(desk, series, pd.Timestamp("2025-02-23"))
    days = np.arange(42, 49)
    found = {name: rival(setting, days)[0].sum() for name, rival in RIVALS.items() if name != "glm"}
    assert found == {"naive": 60.0, "mean4": 18.0, "median6": 3.5}


def test_glm_rival_runs() -> None:
    """Protects the Poisson regression as a rival by name."""
    found = backtest(_desk(70), origins=1, models=["glm"])
    assert found["wape"].max() < 0.3


def test_nothing_later_is_known() -> None:
    """Protects honesty: history and measured drivers end at the origin, plans and promotions stay, overrides go."""
    times = starts("2025-01-01", 120, step_min=1440)
    drivers = pd.concat([pd.DataFrame({"start": times, "basis": basis, "visits": 1.0}) for basis in ("actual", "plan")])
    bare = drivers[(drivers["basis"] == "actual") | (drivers["start"] < times[60])]
    hand = override("2025-05-02", "2025-05-03", "set", 9.0)
    origin = pd.Timestamp("2025-04-01")
    moment = origin.tz_localize(ZONE)
    for table, planned_as_measured in ((drivers, 0), (bare, 7)):
        known = known_at(_desk(drivers=table, overrides=hand), origin, 7)
        own = known.table("drivers")
        assert known.table("history")["start"].max() < moment
        assert own.loc[own["basis"] == "actual", "start"].max() < moment
        ahead = own[(own["basis"] == "plan") & (own["start"] >= moment)]
        assert len(ahead) == (planned_as_measured or (times >= moment).sum())
        assert not known.has("overrides")
        assert [known.starts[0], len(known.starts)] == [moment, 168]


def test_progress_and_stop() -> None:
    """Protects the progress bar and an early stop: what is done is kept."""
    told: list[Progress] = []

    def report(progress: Progress) -> bool:
        told.append(progress)
        return len(told) < 2

    parts = list(rolling(_desk(), ("mean4",), 7, 4, report))
    assert [progress.done for progress in told] == [0.25, 0.5]
    assert len(parts) == 2


def test_unknown_model_is_refused_by_name() -> None:
    """Protects against a misspelt model that is silently left out."""
    with pytest.raises(InputError, match="prophecy"):
        backtest(_desk(30), models=["prophecy"])


def test_too_short_a_history_gives_an_empty_table() -> None:
    """Protects a desk of one week."""
    assert backtest(_desk(8)).empty

"""Recovery on the synthetic 618 desk, whose truth is known."""

import numpy as np
import pandas as pd
import pytest

from data import sample_path
from desk import Desk, Forecast, load_desk
from forecast import fit
from forecast.foreseen import foreseen_drivers
from forecast.lag import bin_edges
from forecast.lag_fit import fit_kernel
from forecast.series import queue_series
from forecast.setting import KINDS, setting_of

TRUTH = sample_path("618") / "truth"
LAST = pd.Timestamp("2026-06-22")


@pytest.fixture(scope="module")
def desk() -> Desk:
    """The sample without its overrides."""
    whole = load_desk(sample_path("618"))
    return Desk(whole.settings, {name: frame for name, frame in whole.tables.items() if name != "overrides"})


@pytest.fixture(scope="module")
def forecast(desk: Desk) -> Forecast:
    """Its forecast of the horizon."""
    return fit(desk).predict()


@pytest.fixture(scope="module")
def judged(desk: Desk, forecast: Forecast) -> pd.DataFrame:
    """Forecast beside what came and what was to be expected, promotion days only."""
    truth = pd.read_csv(TRUTH / "horizon.csv", parse_dates=["start"])
    frame = forecast.frame().assign(start=lambda own: own["start"].dt.tz_localize(None))
    both = frame.merge(truth, on=["start", "queue"], suffixes=("", "_true")).dropna(subset=["offered"])
    coming = desk.table("promotions").query("promotion == '618-2026'")
    inside = (both["start"] >= coming["start"].min().tz_localize(None)) & (
        both["start"] < coming["end"].max().tz_localize(None)
    )
    return both[inside]


@pytest.mark.parametrize("queue", ["presale", "aftersale"])
def test_promotion_days_are_near_the_floor(judged: pd.DataFrame, queue: str) -> None:
    """Protects the purpose: in the promotion at most 1.3 times the error of a forecaster who knows all parameters."""
    own = judged[judged["queue"] == queue]
    ours, floor = ((own[name] - own["offered"]).abs().sum() for name in ("q50", "mean_true"))
    assert ours < 1.3 * floor
    assert abs(own["mean"].sum() / own["mean_true"].sum() - 1) < 0.12


def test_intervals_hold_in_the_promotion(judged: pd.DataFrame) -> None:
    """Protects coverage on event days: at least 70 % and 88 %."""
    inside = [
        judged["offered"].between(judged[low], judged[high]).mean() for low, high in (("q10", "q90"), ("q025", "q975"))
    ]
    assert inside[0] > 0.7
    assert inside[1] > 0.88


def test_visits_move_presale_at_once(forecast: Forecast) -> None:
    """Protects the choice of the true driver, and its lag of none."""
    own = forecast.evidence.query("queue == 'presale' and admitted")
    assert own["driver"].tolist() == ["visits"]
    assert own["mean_lag_h"].iloc[0] < 0.5


def test_orders_move_aftersale_with_their_lag(forecast: Forecast) -> None:
    """Protects the choice of the true driver where visits forecast nearly as well, and the mean of its lags."""
    own = forecast.evidence.query("queue == 'aftersale' and admitted")
    assert own["driver"].tolist() == ["orders"]
    assert own["mean_lag_h"].iloc[0] == pytest.approx(_true_lag_h(), rel=0.1)


def _true_lag_h() -> float:
    truth = pd.read_csv(TRUTH / "lag_kernels.csv")
    lag_h = truth["lag"] * np.where(truth["unit"] == "day", 24, 1)
    return float((lag_h * truth["inquiries_per_order"]).sum() / truth["inquiries_per_order"].sum())


def test_lag_of_orders_is_recovered(desk: Desk) -> None:
    """Protects the kernel of after-sale: its mean lag within 10 % of the truth."""
    series = queue_series(desk, "aftersale")
    assert series is not None
    setting = setting_of(desk, series, LAST)
    [orders] = foreseen_drivers(desk, series.step_min, ["orders"], LAST)
    days = len(series.offered)
    usable = np.arange(days) >= 35
    values = {"orders": orders.best[:days]}
    found = fit_kernel(series.offered, values, setting.kind, KINDS, usable, bin_edges(60, 35))
    assert found.mean_lag_h(0, 60) == pytest.approx(_true_lag_h(), rel=0.1)

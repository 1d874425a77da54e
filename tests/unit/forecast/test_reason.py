"""Lags by reason: learned from the contact log, non-negative, adding up to the queue's, used only where they prove."""

import numpy as np
import pandas as pd
import pytest

from desk import Desk
from desk.frames import empty_frame
from forecast import Model, fit
from tests.unit.forecast.small import CLOCK, WEEKDAY, ZONE, desk_of, history, starts

DAYS = 300
TIMES = starts("2024-06-01", DAYS + 7)
LAGS_D = {"delivery": (1.0, 3.0), "returns": (7.0, 10.0)}


def _orders(rng: np.random.Generator) -> np.ndarray:
    day = np.exp(rng.normal(0, 0.5, DAYS + 7)).repeat(24)
    return 100 * day * CLOCK[TIMES.hour]


def _following(orders: np.ndarray, lag_d: tuple[float, float]) -> np.ndarray:
    low, high = (int(24 * edge) for edge in lag_d)
    padded = np.concatenate([np.full(high, orders.mean()), orders])
    sums = np.concatenate([[0.0], np.cumsum(padded)])
    now = np.arange(len(orders)) + high + 1
    return (sums[now - low] - sums[now - high]) / (high - low)


@pytest.fixture(scope="module")
def desk() -> Desk:
    """A queue of two reasons that follow the orders by days and by a week, with a log of every contact."""
    rng = np.random.default_rng(5)
    orders, clock = _orders(rng), WEEKDAY[TIMES.day_of_week] * CLOCK[TIMES.hour]
    counts = {name: rng.poisson(0.06 * _following(orders, lag) * clock) for name, lag in LAGS_D.items()}
    past = TIMES[DAYS * 24] > TIMES
    logs = [_log(TIMES[past], own[past], name) for name, own in counts.items()]
    log = pd.concat([*logs, empty_frame("contacts", ZONE)]).astype({"arrived": f"datetime64[us, {ZONE}]"})
    rows = history(TIMES[past], sum(counts.values())[past].astype(float))
    basis = np.where(past, "actual", "plan")
    drivers = pd.DataFrame({"start": TIMES, "basis": basis, "orders": orders})
    return desk_of(rows, drivers=drivers, contacts=log)


def _log(times: pd.DatetimeIndex, counts: np.ndarray, reason: str) -> pd.DataFrame:
    frame = pd.DataFrame({"queue": "q", "arrived": times.repeat(counts), "reason": reason})
    return frame.assign(contact=[f"{reason}{number}" for number in range(len(frame))])


@pytest.fixture(scope="module")
def model(desk: Desk) -> Model:
    return fit(desk)


def test_each_reason_has_its_own_lag(model: Model) -> None:
    """Protects the kernels by reason: mean lags near the truth, no negative weight."""
    lags = model.lags("q")
    means = lags[lags["kind"] == "reason"].groupby("reason")["mean_lag_h"].first()
    assert means["delivery"] == pytest.approx(48, rel=0.2)
    assert means["returns"] == pytest.approx(204, rel=0.2)
    assert (lags["per_h"] >= 0).all()


def test_the_reasons_add_up_to_the_queue(model: Model) -> None:
    """Protects the sum: the kernel that forecasts is the reasons' kernels by their shares, where they are used."""
    split = model.queues["q"].reasons
    assert split is not None
    assert split.origins >= 6
    assert split.used == (split.wape_split <= split.wape_whole)
    assert sum(own.share for own in split.reasons) == pytest.approx(1)
    added = sum(own.share * own.kernel.weights for own in split.reasons)
    assert np.allclose(split.kernel.weights, added)
    if split.used:
        assert np.allclose(model.queues["q"].kernel.weights, added)


def test_a_log_of_a_few_days_teaches_no_lag(desk: Desk) -> None:
    """Protects against kernels of three days of log."""
    log = desk.table("contacts")
    few = log[log["arrived"] >= TIMES[(DAYS - 3) * 24]]
    model = fit(Desk(desk.settings, dict(desk.tables) | {"contacts": few}))
    assert model.queues["q"].reasons is None
    assert set(model.lags("q")["kind"]) == {"whole"}

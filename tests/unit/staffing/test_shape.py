"""How arrivals are spread within their interval: stated, learned, or even."""

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest

from desk import Desk
from desk.settings import Opening
from staffing import predict_service, staffing_curves
from staffing.shape import arrival_shape, cut
from tests.unit.staffing.small import crowd, desk, forecast

QUEUE = {"aht_s": [300.0], "patience_s": 300.0, "lost_value": 6.0}
TZ = "Asia/Shanghai"


def opened(of: Desk, *starts: str) -> Desk:
    """The desk with a phase of a promotion beginning at each start."""
    begins = pd.DatetimeIndex([pd.Timestamp(start, tz=TZ) for start in starts]).as_unit("us")
    phases = {"promotion": "618", "phase": [f"p{n}" for n in range(len(starts))], "start": begins}
    return Desk(of.settings, dict(of.tables) | {"promotions": pd.DataFrame(phases)})


def fine_history(days: int, opening: int, spike: npt.ArrayLike) -> pd.DataFrame:
    """Quarters of an hour with 10 inquiries each; at 20:00 of day ``opening`` with ``spike`` ones."""
    starts = pd.date_range("2026-06-01", periods=96 * days, freq="15min", tz=TZ).as_unit("us")
    offered = np.full(len(starts), 10.0)
    offered[96 * opening + 80 : 96 * opening + 84] = spike
    return pd.DataFrame({"start": starts, "queue": "pre", "offered": offered, "open": True, "observed": True})


def shape_of(of: Desk) -> npt.NDArray[np.float64]:
    return arrival_shape(of, forecast(of, 40.0), "pre")


def test_nothing_known_is_even() -> None:
    """Protects desks without finer history: the shape they always had."""
    assert shape_of(desk(pre=QUEUE)).tolist() == np.ones((24, 12)).tolist()


def test_a_stated_opening_holds_where_a_phase_begins() -> None:
    """Protects the declared shape: half of 20:00's arrivals in its first quarter, other hours even."""
    small = opened(desk(pre=QUEUE | {"opening": {"shares": [0.5, 0.2, 0.2, 0.1]}}), "2026-06-17 20:00")
    shape = shape_of(small)
    assert shape[20] == pytest.approx(np.repeat([2.0, 0.8, 0.8, 0.4], 3))
    assert shape[19].tolist() == shape[21].tolist() == [1.0] * 12


def test_a_past_opening_teaches_the_next_one() -> None:
    """Protects learning: quarters of 600, 200, 100, 100 at one past opening, hardly drawn towards the even hour."""
    small = opened(desk(pre=QUEUE), "2026-06-05 20:00", "2026-06-17 20:00")
    small = Desk(small.settings, dict(small.tables) | {"history": fine_history(10, 4, [600, 200, 100, 100])})
    shape = shape_of(small)
    assert shape[20].reshape(4, 3).mean(axis=1) == pytest.approx([2.4, 0.8, 0.4, 0.4], abs=0.2)
    assert shape[12] == pytest.approx(np.ones(12))
    assert shape.mean(axis=1) == pytest.approx(np.ones(24))


def test_the_contact_log_teaches_where_the_history_is_coarse() -> None:
    """Protects hourly desks with a log: 300 contacts at 9, two in three of them in the first five minutes."""
    minutes = np.concatenate([np.linspace(0.0, 4.9, 200), np.linspace(5.0, 59.0, 100)])
    arrived = pd.Timestamp("2026-06-10 09:00", tz=TZ) + pd.to_timedelta(minutes, unit="min")
    small = desk(pre=QUEUE)
    log = pd.DataFrame({"queue": "pre", "arrived": pd.DatetimeIndex(arrived).as_unit("us")})
    shape = shape_of(Desk(small.settings, {"contacts": log}))
    assert shape[9, 0] == pytest.approx(8.0, rel=0.05)
    assert shape[8].tolist() == [1.0] * 12


def test_stated_shares_are_cut_to_the_steps() -> None:
    """Protects shares whose parts are not the steps: three parts on twelve steps and on two."""
    assert cut(Opening(shares=[0.6, 0.3, 0.1]), 12) == pytest.approx(np.repeat([1.8, 0.9, 0.3], 4))
    assert cut(Opening(shares=[0.6, 0.3, 0.1]), 2) == pytest.approx([1.5, 0.5])


def test_a_spike_at_the_opening_costs_more_and_serves_worse() -> None:
    """Protects the whole chain: curves and prediction feel the spike within the hour, and only there."""
    even = opened(desk(pre=QUEUE), "2026-06-17 20:00")
    spike = opened(desk(pre=QUEUE | {"opening": {"shares": [0.7, 0.1, 0.1, 0.1]}}), "2026-06-17 20:00")
    lost = []
    for small in (even, spike):
        coming = forecast(small, 60.0)
        points = staffing_curves(small, coming).points
        own = points[points["start"] == coming.starts[20]]
        staffed, plan = crowd(small, coming, "pre", 7)
        people = Desk(small.settings, dict(small.tables) | dict(staffed.tables))
        service = predict_service(people, coming, plan)
        lost.append((np.interp(7.0, own["agents"], own["lost"]), *service["lost"].iloc[[19, 20]]))
    assert lost[1][0] > 1.5 * lost[0][0]
    assert lost[1][2] > 1.5 * lost[0][2]
    assert lost[1][1] == pytest.approx(lost[0][1], rel=0.03)


def test_chance_is_no_shape() -> None:
    """Protects quiet hours: a fortnight of evenly spread contacts teaches next to nothing."""
    random = np.random.default_rng(3)
    arrived = pd.Timestamp("2026-06-01", tz=TZ) + pd.to_timedelta(random.uniform(0.0, 14 * 86_400.0, 8_000), unit="s")
    small = desk(pre=QUEUE)
    log = pd.DataFrame({"queue": "pre", "arrived": pd.DatetimeIndex(arrived).as_unit("us")})
    assert np.abs(shape_of(Desk(small.settings, {"contacts": log})) - 1.0).mean() < 0.01

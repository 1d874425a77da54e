"""What is learned of a kind of phase: the kernel by hour and day, its interval, and the earlier events behind it."""

import numpy as np
import pandas as pd
import pytest

from forecast import Model, fit
from tests.unit.forecast.small import desk_of, drawn, history, promotion, starts, usual

TIMES = starts("2024-09-01", 260)
EVENTS = {"p0": ("2024-10-20", 2.5), "p1": ("2025-01-10", 3.5), "p2": ("2025-03-20", 3.0)}


@pytest.fixture(scope="module")
def model() -> Model:
    """Three peaks of three days that lift 2.5, 3.5 and 3 times, twice that in their first hour."""
    mean, tables = usual(TIMES, 2400.0), []
    for name, (first, lift) in EVENTS.items():
        end = pd.Timestamp(first) + pd.Timedelta(days=3)
        tables.append(promotion(name, ("peak", f"{first} 20:00", f"{end:%Y-%m-%d}")))
        inside = (tables[-1]["start"].iloc[0] <= TIMES) & (tables[-1]["end"].iloc[0] > TIMES)
        first_hour = tables[-1]["start"].iloc[0] == TIMES
        mean = mean * np.where(inside, lift, 1.0) * np.where(first_hour, 2.0, 1.0)
    return fit(desk_of(history(TIMES, drawn(mean, day_sd=0.05)), promotions=pd.concat(tables)))


def _kernel(model: Model, cut: str) -> pd.DataFrame:
    found = model.kernels("q")
    return found[(found["promotion"] == "") & (found["cut"] == cut)].set_index("since")


def test_the_kernel_is_near_the_truth_by_hour_and_by_day(model: Model) -> None:
    """Protects the picture: the lift in the first hour and after it, none long before, its tail going down."""
    hours, days = _kernel(model, "hour"), _kernel(model, "day")
    lifts = np.exp(hours["log_lift"].astype(float))
    assert 4 < lifts[0] < 8
    assert lifts[10:40].mean() == pytest.approx(3.0, rel=0.25)
    assert np.exp(days["log_lift"][2]) == pytest.approx(3.0, rel=0.25)
    assert abs(days["log_lift"][-2]) < 0.1
    assert (hours["low"] < hours["log_lift"]).all()
    assert (hours["log_lift"] < hours["high"]).all()


def test_the_earlier_events_are_told_with_their_own_lifts(model: Model) -> None:
    """Protects the thin lines: each event's own lift by day since its start, and when it was."""
    found = model.kernels("q")
    whole = found[(found["cut"] == "day") & (found["since"] == 1)].set_index("promotion")
    for name, (first, lift) in EVENTS.items():
        assert np.exp(whole["log_lift"][name]) == pytest.approx(lift, rel=0.2)
        assert whole["start"][name] == pd.Timestamp(f"{first} 20:00")


def test_more_events_make_it_surer(model: Model) -> None:
    """Protects shrinkage by number: one event leaves a wider kernel than three."""
    desk = model.desk
    one = fit(desk_of(desk.table("history"), promotions=desk.table("promotions").tail(1)))
    width = {name: (_kernel(own, "day")["high"] - _kernel(own, "day")["low"])[1] for name, own in
             {"one": one, "three": model}.items()}  # fmt: skip
    assert width["one"] > 1.2 * width["three"]


def test_no_promotion_has_no_kernel() -> None:
    """Protects desks without promotions."""
    times = starts("2025-01-01", 60)
    assert fit(desk_of(history(times, drawn(usual(times))))).kernels("q").empty

"""Why a forecast is what it is."""

import numpy as np
import pandas as pd
import pytest

from forecast import Model, fit
from forecast.outlook import outlook
from tests.unit.forecast.small import ZONE, desk_of, drawn, history, override, promotion, starts, usual

LIFTS = {"a": 3.0, "b": 2.0}
EVENTS = {"a": "2025-02-10", "b": "2025-03-10", "c": "2025-05-02"}


@pytest.fixture(scope="module")
def model() -> Model:
    """Two promotions of three days in the past, one to come, and a hand on its second day."""
    times = starts("2025-01-01", 120)
    mean = usual(times, 2400.0)
    for name, lift in LIFTS.items():
        first = pd.Timestamp(EVENTS[name], tz=ZONE)
        mean = mean * np.where((times >= first) & (times < first + pd.Timedelta(days=3)), lift, 1.0)
    ends = {name: str((pd.Timestamp(day) + pd.Timedelta(days=3)).date()) for name, day in EVENTS.items()}
    events = pd.concat([promotion(name, ("peak", day, ends[name])) for name, day in EVENTS.items()])
    hand = override("2025-05-03", "2025-05-04", "multiply", 1.2)
    return fit(desk_of(history(times, drawn(mean)), days=7, promotions=events, overrides=hand))


@pytest.mark.parametrize(
    ("start", "end", "hands"),
    [
        ("2025-05-02 10:00", "2025-05-02 11:00", 1.0),
        ("2025-05-03", "2025-05-04", 1.2),
        ("2025-05-02", "2025-05-05", None),
    ],
)
def test_factors_multiply_to_the_mean(model: Model, start: str, end: str, hands: float | None) -> None:
    """Protects the explanation of an hour, a day and a phase: the product is the mean of the paths, exactly."""
    span = [pd.Timestamp(moment, tz=ZONE) for moment in (start, end)]
    found = model.explain(*span, "q").set_index("part")
    made = model.predict()
    inside = (made.starts >= span[0]) & (made.starts < span[1])
    mean = made.paths[:, inside, 0].sum(axis=1, dtype=np.float64).mean()
    assert list(found.index) == ["level", "calendar", "promotion", "drivers", "overrides"]
    assert found["factor"].prod() == pytest.approx(mean, rel=1e-6)
    assert found["inquiries"].iloc[-1] == pytest.approx(mean, rel=1e-6)
    assert 1.5 < found.loc["promotion", "factor"] < 3.5
    assert (
        found.loc["overrides", "factor"] == pytest.approx(hands)
        if hands
        else 1 < found.loc["overrides", "factor"] < 1.2
    )


def test_analogues_are_the_earlier_promotions(model: Model) -> None:
    """Protects the precedents: which, how strongly they lifted, and factors that multiply to the day's lift."""
    found = model.analogues(pd.Timestamp("2025-05-02"), pd.Timestamp("2025-05-03"), "q")
    named = found.iloc[:-1].set_index("promotion")
    assert sorted(named.index) == ["a", "b"]
    assert named["weight"].between(0.2, 0.8).all()
    assert named["start"].astype(str).to_dict() == {name: EVENTS[name] for name in named.index}
    assert (named["days"] == 3).all()
    for name, lift in LIFTS.items():
        assert named.loc[name, "lift"] == pytest.approx(lift, rel=0.15)
    queue = model.queues["q"]
    assert queue is not None
    ahead = outlook(queue, np.array([(pd.Timestamp("2025-05-02") - queue.setting.series.first).days]))
    lift_of_day = np.exp((np.log(ahead.promotion) * ahead.weights).sum() / ahead.weights.sum())
    assert found["factor"].prod() == pytest.approx(lift_of_day, rel=0.05)


def test_what_can_not_be_explained_is_refused(model: Model) -> None:
    """Protects against silence: an unknown queue, and a span in which nothing starts."""
    day = pd.Timestamp("2025-05-02", tz=ZONE)
    with pytest.raises(KeyError):
        model.explain(day, day + pd.Timedelta(days=1), "z")
    with pytest.raises(ValueError, match="no interval"):
        model.explain(day, day, "q")

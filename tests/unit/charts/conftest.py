"""A tiny plan: two queues, four half-hours over midnight, three agents."""

import pandas as pd
import pytest

STARTS = pd.date_range("2026-06-17 23:00", periods=4, freq="30min", tz="Asia/Shanghai", unit="us")


@pytest.fixture
def forecast() -> pd.DataFrame:
    parts = []
    for queue, mean in (("pre", [10, 20, 40, 30]), ("<b>after</b>", [1, 2, 3, 4])):
        levels = {"q025": 0.5, "q10": 0.7, "q50": 1.0, "q90": 1.4, "q975": 1.8}
        own = {"start": STARTS, "queue": queue, "mean": mean}
        parts.append(pd.DataFrame(own | {name: [m * factor for m in mean] for name, factor in levels.items()}))
    return pd.concat(parts, ignore_index=True)


@pytest.fixture
def service() -> pd.DataFrame:
    own = {"start": STARTS, "queue": "pre", "offered": [10.0, 20, 40, 30], "effective_agents": [4.0, 4, 4, 4]}
    own |= {"required": [2.0, 4, 8, 6], "load": [0.5, 0.9, 1.6, 1.2], "overload": [0, 0, 0.6, 0.2]}
    own |= {"share_within": [1.0, 0.9, 0.3, 0.6], "share_within_sim": [1.0, 0.8, 0.4, 0.6]}
    return pd.DataFrame(
        own | {"share_within_sim_low": [0.9, 0.7, 0.3, 0.5], "share_within_sim_high": [1.0, 0.9, 0.5, 0.7]}
    )


@pytest.fixture
def agents() -> pd.DataFrame:
    return pd.DataFrame({"agent": ["a1", "a2", "a3"], "name": ["Ann", "<i>Bo</i>", "陈晨"], "team": ["x", "x", "y"]})


@pytest.fixture
def roster() -> pd.DataFrame:
    rows = [
        ("a1", "2026-06-17", "N1"),
        ("a1", "2026-06-19", "M1"),
        ("a2", "2026-06-17", "N1"),
        ("a3", "2026-06-18", "OFF"),
    ]
    own = pd.DataFrame(rows, columns=["agent", "date", "shift"])
    return own.assign(date=pd.to_datetime(own["date"]))


@pytest.fixture
def duty() -> pd.DataFrame:
    activities = {"a1": ["pre", "pre", "break", "pre"], "a2": ["pre", "break", "pre", "pre"]}
    parts = [pd.DataFrame({"agent": one, "start": STARTS, "activity": own}) for one, own in activities.items()]
    return pd.concat(parts, ignore_index=True).assign(date=pd.Timestamp("2026-06-17"), shift="N1")

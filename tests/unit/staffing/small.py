"""Small desks: two live queues and one deferrable, a handful of people, forecasts with known rates."""

from datetime import date, timedelta
from io import StringIO
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from desk import Desk, Forecast
from desk.grid import interval_starts
from desk.settings import Settings

QUEUES: dict[str, Any] = {
    "pre": {"aht_s": [180.0, 220.0, 270.0], "patience_s": 300.0, "lost_value": 20.0, "late_value": 4.0},
    "after": {"aht_s": [300.0], "patience": {"wait_s": 300.0, "share_lost": 0.41}, "lost_value": 6.0},
    "mail": {"kind": "deferrable", "aht_s": [360.0], "deadline_h": 4.0, "late_value": 2.0},
}

SKILLS = """\
agent,queue,proficiency,home
ann,pre,1.0,True
bob,pre,0.8,True
bob,after,1.0,False
cat,after,1.25,True
dan,mail,1.0,True
dan,after,0.9,False
"""


def desk(*queues: str, days: int = 1, interval_min: int = 60, **own: Any) -> Desk:
    """A desk of the named queues (all where none is named) or of its ``own``, horizon from 17 June 2026."""
    first = date(2026, 6, 17)
    named = own or {name: QUEUES[name] for name in queues or QUEUES}
    settings = Settings.model_validate(
        {
            "name": "small",
            "timezone": "Asia/Shanghai",
            "interval_min": interval_min,
            "horizon": {"start": first, "end": first + timedelta(days=days)},
            "queues": named,
        }
    )
    skills = pd.read_csv(StringIO(SKILLS))
    return Desk(settings, {"skills": skills[skills["queue"].isin(named)]})


def forecast(of: Desk, per_interval: npt.ArrayLike, paths: int = 1, seed: int | None = None) -> Forecast:
    """``per_interval`` inquiries (broadcast to interval and queue) on every path; Poisson where a seed is given."""
    horizon = of.settings.horizon
    starts = interval_starts(horizon.start, horizon.end, of.settings.interval_min, of.settings.timezone)
    shape = (paths, len(starts), len(of.settings.queues))
    mean = np.broadcast_to(np.asarray(per_interval, dtype=np.float64), shape)
    counts = mean if seed is None else np.random.default_rng(seed).poisson(mean)
    return Forecast(starts, tuple(of.settings.queues), counts.astype(np.float32), of.settings.interval_min)


def duty(of: Forecast, *rows: tuple[str, str, int, int]) -> pd.DataFrame:
    """Rows (agent, activity, first interval, interval after the last)."""
    parts = [
        pd.DataFrame({"agent": agent, "start": of.starts[first:last], "activity": activity})
        for agent, activity, first, last in rows
    ]
    return pd.concat(parts, ignore_index=True)


def crowd(of: Desk, forecasted: Forecast, queue: str, agents: int) -> tuple[Desk, pd.DataFrame]:
    """The desk with ``agents`` people of proficiency 1 for ``queue``, and a duty that keeps them there always."""
    names = [f"a{number:03d}" for number in range(agents)]
    skills = pd.DataFrame({"agent": names, "queue": queue, "proficiency": 1.0, "home": True})
    last = len(forecasted.starts)
    return Desk(of.settings, {"skills": skills}), duty(forecasted, *((name, queue, 0, last) for name in names))

"""Small desks built in memory, of one queue where nothing else is said."""

from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd

from desk import Desk
from desk.frames import empty_frame
from desk.settings import ForecastSettings, Horizon, Queue, Settings

ZONE = "Asia/Shanghai"
WEEKDAY = np.array([1.2, 1.0, 1.0, 1.0, 1.1, 0.6, 0.5])
CLOCK = 1 + np.sin(np.arange(24) / 24 * 2 * np.pi - 2) * 0.8


def starts(first: str, days: int, step_min: int = 60, zone: str = ZONE) -> pd.DatetimeIndex:
    """Interval starts of ``days`` local days."""
    begin = pd.Timestamp(first)
    ends = [(begin + pd.Timedelta(days=shift)).tz_localize(zone) for shift in (0, days)]
    return pd.date_range(*ends, freq=f"{step_min}min", inclusive="left", unit="us")


def usual(times: pd.DatetimeIndex, a_day: float = 480.0) -> np.ndarray:
    """Mean inquiries of a plain desk per interval: weekday and clock, nothing else."""
    step_h = (times[1] - times[0]) / pd.Timedelta(hours=1)
    return a_day / 24 * step_h * WEEKDAY[times.day_of_week] * CLOCK[times.hour]


def drawn(mean: np.ndarray, seed: int = 1, day_sd: float = 0.0, slots: int = 24) -> np.ndarray:
    """Counts around ``mean``, with a log-normal shock a day."""
    rng = np.random.default_rng(seed)
    shocks = np.exp(rng.normal(0, day_sd, len(mean) // slots + 1)).repeat(slots)[: len(mean)]
    return rng.poisson(mean * shocks).astype(float)


def history(times: pd.DatetimeIndex, offered: np.ndarray, queue: str = "q", **columns: Any) -> pd.DataFrame:
    """Table ``history``."""
    frame = pd.DataFrame({"start": times, "queue": queue, "offered": offered, "open": True, "observed": True})
    return frame.assign(**columns)


def desk_of(
    rows: pd.DataFrame,
    days: int = 7,
    *,
    step_min: int = 60,
    hours: str | None = None,
    horizon: str | None = None,
    forecast: dict[str, Any] | None = None,
    **tables: pd.DataFrame,
) -> Desk:
    """A desk that wants ``days`` days after its history, or from ``horizon`` on."""
    zone = str(rows["start"].dt.tz)
    first = (
        pd.Timestamp(horizon) if horizon else rows["start"].max().tz_localize(None).normalize() + pd.Timedelta(days=1)
    )
    settings = Settings(
        name="small",
        timezone=zone,
        interval_min=step_min,  # type: ignore[arg-type]
        horizon=Horizon(start=first.date(), end=first.date() + timedelta(days=days)),
        queues={queue: Queue(aht_s=[300.0], hours=hours) for queue in dict.fromkeys(rows["queue"])},
        forecast=ForecastSettings(**({"country": "none", "paths": 200} | (forecast or {}))),
    )
    return Desk(settings, {"history": rows} | tables)


def promotion(name: str, *phases: tuple[str, str, str], intensity: float = 1.0, zone: str = ZONE) -> pd.DataFrame:
    """Rows of table ``promotions``: (phase, start, end)."""
    rows = [
        (name, phase, pd.Timestamp(start, tz=zone), pd.Timestamp(end, tz=zone), intensity)
        for phase, start, end in phases
    ]
    frame = pd.DataFrame(rows, columns=["promotion", "phase", "start", "end", "intensity"])
    return frame.astype({"start": f"datetime64[us, {zone}]", "end": f"datetime64[us, {zone}]"})


def override(
    start: str, end: str, kind: str, value: float, queue: str = "q", made_at: str = "2025-01-01"
) -> pd.DataFrame:
    """One row of table ``overrides``."""
    times = {key: pd.Timestamp(when, tz=ZONE) for key, when in {"start": start, "end": end, "made_at": made_at}.items()}
    row = times | {"queue": queue, "kind": kind, "value": value, "owner": "Zhou", "reason": "live stream"}
    return pd.DataFrame([row])[list(empty_frame("overrides", ZONE).columns)]

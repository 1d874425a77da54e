"""A small desk with something to tune: seven months of hours, three promotions behind it, an odd day, visits."""

from pathlib import Path

import numpy as np
import pandas as pd

SETTINGS = """
name = "Tuned 618"
timezone = "Asia/Shanghai"
interval_min = 60
[horizon]
start = 2026-06-16
end = 2026-06-20
[queues.pre_sale]
aht_s = [240.0]
patience_s = 180.0
[queues.after_sale]
aht_s = [360.0]
patience_s = 300.0
[forecast]
paths = 100
"""
FIRST, END, UNTIL = (pd.Timestamp(day) for day in ("2025-11-03", "2026-06-16", "2026-06-20"))
EVENTS = {"38": "2026-03-07", "415": "2026-04-14", "520": "2026-05-19", "618": "2026-06-17"}
"""Promotion and the day of its opening at 20:00; the peak is the day after."""
ODD = "2026-05-30"
"""A day on which the counter ran four times as fast."""


def write_tuned(folder: Path) -> Path:
    """The desk's folder; equal at each call."""
    folder.mkdir(parents=True)
    (folder / "desk.toml").write_text(SETTINGS, encoding="utf-8")
    chance, starts = np.random.default_rng(7), pd.date_range(FIRST, UNTIL, freq="h", inclusive="left")
    visits = 40 * _day(starts) * _lift(starts)
    phases = [row for name, day in EVENTS.items() for row in _phases(name, pd.Timestamp(day))]
    _csv(folder, "promotions", "promotion,phase,start,end", phases)
    measured = [
        f"{start:%Y-%m-%d %H:%M},actual,{v:.0f}" for start, v in zip(starts, visits, strict=True) if start < END
    ]
    planned = [f"{start:%Y-%m-%d %H:%M},plan,{v:.0f}" for start, v in zip(starts, visits, strict=True)]
    _csv(folder, "drivers", "start,basis,visits", measured + planned)
    rows = []
    for queue, share in (("pre_sale", 1.0), ("after_sale", 0.5)):
        past = starts[starts < END]
        mean = share * 30 * _day(past) * _lift(past) * np.where(past.normalize() == pd.Timestamp(ODD), 4.0, 1.0)
        counts = chance.poisson(mean * np.exp(0.08 * chance.standard_normal(len(past))))
        rows += [f"{start:%Y-%m-%d %H:%M},{queue},{count}" for start, count in zip(past, counts, strict=True)]
    _csv(folder, "history", "start,queue,offered", rows)
    return folder


def _day(starts: pd.DatetimeIndex) -> np.ndarray:
    hours = np.asarray(starts.hour, dtype=float)
    return 0.2 + np.exp(-((hours - 15) ** 2) / 30) * np.where(starts.day_of_week >= 5, 1.2, 1.0)


def _lift(starts: pd.DatetimeIndex) -> np.ndarray:
    found = np.ones(len(starts))
    for day in map(pd.Timestamp, EVENTS.values()):
        opening = day + pd.Timedelta(hours=20)
        found[(starts >= opening) & (starts < day + pd.Timedelta(days=1))] = 3.0
        found[(starts >= day + pd.Timedelta(days=1)) & (starts < day + pd.Timedelta(days=2))] = 2.0
    return found


def _phases(name: str, day: pd.Timestamp) -> list[str]:
    peak, after = day + pd.Timedelta(days=1), day + pd.Timedelta(days=2)
    return [f"{name},opening,{day:%Y-%m-%d} 20:00,{peak:%Y-%m-%d}", f"{name},peak,{peak:%Y-%m-%d},{after:%Y-%m-%d}"]


def _csv(folder: Path, name: str, header: str, rows: list[str]) -> None:
    (folder / f"{name}.csv").write_text("\n".join([header, *rows, ""]), encoding="utf-8")

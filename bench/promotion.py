"""A long promotion played whole: a month of a big desk, and what one core does a second."""

import resource
import sys
import time
from datetime import date, timedelta

import numpy as np
import pandas as pd

from desk import Desk, Forecast
from desk.grid import interval_starts
from desk.settings import Settings
from staffing import simulate

QUEUES = ("pre", "after", "vip")
SHIFT_H = 8
BREAK_H = 4


def promotion(contacts: int = 1_000_000, people: int = 300, days: int = 35, paths: int = 100) -> tuple[Desk, Forecast]:
    """A chat desk open day and night, busiest at eight in the evening; a third of the people on each queue."""
    queue = {"aht_s": [180.0, 220.0, 270.0], "patience_s": 300.0, "lost_value": 20.0, "late_value": 4.0}
    first = date(2026, 6, 1)
    horizon = {"start": first, "end": first + timedelta(days=days)}
    raw = {"name": "bench", "timezone": "Asia/Shanghai", "interval_min": 60, "horizon": horizon}
    names = [f"a{number:03d}" for number in range(people)]
    home = [QUEUES[number % len(QUEUES)] for number in range(people)]
    skills = pd.DataFrame({"agent": names, "queue": home, "proficiency": 1.0, "home": True})
    desk = Desk(Settings.model_validate(raw | {"queues": dict.fromkeys(QUEUES, queue)}), {"skills": skills})
    starts = interval_starts(first, first + timedelta(days=days), 60, "Asia/Shanghai")
    shape = 0.3 + np.exp(-(((np.asarray(starts.hour)[:, np.newaxis] - 20.0) / 4.0) ** 2)) * np.ones((1, len(QUEUES)))
    drawn = np.random.default_rng(1).poisson(shape / shape.sum() * contacts, (paths, *shape.shape))
    return desk, Forecast(starts, QUEUES, drawn.astype(np.float32), 60)


def duty_of(desk: Desk, forecast: Forecast) -> pd.DataFrame:
    """Everybody works eight hours a day with a break in the middle; shifts begin all round the clock."""
    hours = len(forecast.starts)
    parts = []
    for number, (agent, queue) in enumerate(desk.table("skills")[["agent", "queue"]].itertuples(index=False)):
        begin = (8 * number // len(QUEUES)) % 24
        inside = (np.arange(hours) - begin) % 24
        work = pd.DataFrame({"agent": agent, "start": forecast.starts, "activity": queue})
        work.loc[inside == BREAK_H, "activity"] = "break"
        parts.append(work[inside < SHIFT_H + 1])
    return pd.concat(parts, ignore_index=True)


def main() -> None:
    """Plays the promotion; prints seconds, contacts a second and the memory ever used."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    desk, forecast = promotion()
    duty = duty_of(desk, forecast)
    simulate(desk, forecast, duty, runs=1)
    begun, cpu = time.perf_counter(), time.process_time()
    service = simulate(desk, forecast, duty, runs=runs).service
    seconds, cpu_s = time.perf_counter() - begun, time.process_time() - cpu
    contacts = float(forecast.paths.sum(axis=(1, 2)).mean()) * runs
    lost = service["lost_sim"].sum() * runs / contacts
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"35 days, 300 people, {contacts / 1e6:.1f} million contacts in {runs} runs, {lost:.1%} lost:")
    print(f"{seconds:.1f} s, {cpu_s:.1f} s of CPU time, {contacts / cpu_s / 1e6:.2f} million contacts a CPU second")
    print(f"at most {memory:.2f} GB of memory")


if __name__ == "__main__":
    main()

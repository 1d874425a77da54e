"""Customers per second of the simulator's two engines, and seconds of the curves: `python -m bench.simulate`."""

import time
from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pandas as pd

from desk import Desk, Forecast
from desk.grid import interval_starts
from desk.settings import Settings
from staffing import erlang_a, staffing_curves
from staffing.simulation.case import Arrivals, Log, Team
from staffing.simulation.fast import fast
from staffing.simulation.plain import plain

ENGINES: dict[str, Callable[[Team, Arrivals], Log]] = {"fast": fast, "plain": plain}


def always_there(home: list[int], aht_s: list[float]) -> Team:
    """One agent for each entry of ``home`` (his queue), from the first second on."""
    agents, queues = len(home), max(home) + 1
    pace = np.tile(np.concatenate([[0.0], 1.0 / np.array(aht_s)]), (queues, 1))
    slots = np.full(queues, len(aht_s))
    return Team(pace, slots, np.ones((agents, queues)), np.zeros(agents), np.arange(agents), np.array(home))


def arrivals(per_h: float, patience_s: float, queues: int, count: int) -> Arrivals:
    """``count`` contacts of a Poisson stream, spread evenly over the queues."""
    random = np.random.default_rng(618)
    arrived_s = random.standard_exponential(count).cumsum() * 3600.0 / per_h
    queue = random.integers(0, queues, count)
    leaves_s = arrived_s + random.standard_exponential(count) * patience_s
    first = np.searchsorted(np.sort(queue), np.arange(queues + 1))
    by_queue = np.argsort(queue, kind="stable")
    return Arrivals(arrived_s, queue, random.standard_exponential(count), leaves_s, by_queue, first)


def cases(count: int) -> dict[str, tuple[Team, Arrivals]]:
    """Name -> people and contacts."""
    return {
        "M/M/50+M at load 0.96": (always_there([0] * 50, [60.0]), arrivals(2880.0, 120.0, 1, count)),
        "chat, 60 agents x 3 on two queues, load 1.2": (
            always_there([0] * 30 + [1] * 30, [300.0, 360.0, 430.0]),
            arrivals(1.2 * 60 * 3 * 3600 / 430, 300.0, 2, count),
        ),
    }


def engine_speeds(count: int = 1_000_000) -> pd.DataFrame:
    """Contacts per second of each engine; the plain one gets a fiftieth of the contacts."""
    rows = []
    for engine, play in ENGINES.items():
        for case, (team, coming) in cases(count if engine == "fast" else count // 50).items():
            play(*cases(1000)[case])
            begun = time.perf_counter()
            play(team, coming)
            per_s = len(coming.arrived_s) / (time.perf_counter() - begun)
            rows.append({"engine": engine, "case": case, "contacts_per_s": round(per_s, -3)})
    return pd.DataFrame(rows)


def formula_us(count: int = 20_000) -> float:
    """Microseconds of one Erlang A, vectorised, 40 to 60 agents around capacity."""
    random = np.random.default_rng(1)
    offered, agents = random.uniform(480.0, 720.0, count), random.integers(40, 60, count)
    erlang_a(offered[:1], 300.0, agents[:1], 600.0, 30.0)
    begun = time.perf_counter()
    erlang_a(offered, 300.0, agents, 600.0, 30.0)
    return (time.perf_counter() - begun) / count * 1e6


def curves_s(days: int = 35, queues: int = 3, paths: int = 500) -> float:
    """Seconds of the curves of 24-hour days, with up to 2,000 inquiries an hour."""
    queue = {"aht_s": [180.0, 220.0, 270.0], "patience_s": 300.0, "lost_value": 20.0, "late_value": 4.0}
    first = date(2026, 6, 1)
    horizon = {"start": first, "end": first + timedelta(days=days)}
    named = {f"queue{number}": queue for number in range(queues)}
    raw = {"name": "bench", "timezone": "Asia/Shanghai", "interval_min": 60, "horizon": horizon, "queues": named}
    desk = Desk(Settings.model_validate(raw), {})
    starts = interval_starts(first, first + timedelta(days=days), 60, "Asia/Shanghai")
    hours = np.asarray(starts.hour)[:, np.newaxis]
    mean = 100.0 + 1900.0 * np.exp(-(((hours - 20.0) / 3.0) ** 2)) * np.ones((1, queues))
    drawn = np.random.default_rng(1).poisson(mean, (paths, len(starts), queues)).astype(np.float32)
    begun = time.perf_counter()
    staffing_curves(desk, Forecast(starts, tuple(named), drawn, 60))
    return time.perf_counter() - begun


def main() -> None:
    """Prints all measurements."""
    print(engine_speeds().to_string(index=False))
    print(f"Erlang A, vectorised: {formula_us():.1f} microseconds")
    print(f"curves, 35 days x 24 h x 3 queues x 500 paths: {curves_s():.1f} s")


if __name__ == "__main__":
    main()

"""Customers per second of the simulator's engines beside SimPy and Ciw; cost of formulas and curves.

``python -m bench.simulate``. All speeds are per second of CPU time of one core. SimPy and Ciw live in an environment of
their own, built at the first run and pinned by ``bench/simulation_peers.txt``.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from bench.environment import peers_python
from desk import Desk, Forecast
from desk.grid import interval_starts
from desk.settings import Settings
from staffing import erlang_a, staffing_curves
from staffing.simulation.case import Arrivals, Log, Team, overflowing, plain_arrivals, plain_clock, plain_routing
from staffing.simulation.fast import fast
from staffing.simulation.plain import plain

ENGINES: dict[str, Callable[[Team, Arrivals], Log]] = {"peakdesk": fast, "peakdesk, plain Python": plain}
PEERS, PEER_SCRIPT = ("simpy", "ciw"), Path(__file__).with_name("simulation_peers.py")
ONE_QUEUE = "M/M/50+M at load 0.96"
ROUNDS = 3


def always_there(home: list[int], aht_s: list[float]) -> Team:
    """One agent for each entry of ``home`` (his queue), from the first second on."""
    agents, queues = len(home), max(home) + 1
    pace = np.tile(np.concatenate([[0.0], 1.0 / np.array(aht_s)]), (queues, 1))
    slots, skill = np.full(queues, len(aht_s)), np.ones((agents, queues))
    return Team(
        pace,
        slots,
        skill,
        np.zeros(agents),
        np.arange(agents),
        np.array(home),
        plain_routing(queues),
        plain_clock(queues),
    )


def arrivals(per_h: float, patience_s: float, queues: int, count: int) -> Arrivals:
    """``count`` contacts of a Poisson stream, spread evenly over the queues."""
    random = np.random.default_rng(618)
    arrived_s = random.standard_exponential(count).cumsum() * 3600.0 / per_h
    queue, patience = random.integers(0, queues, count), random.standard_exponential(count) * patience_s
    return plain_arrivals(arrived_s, queue, random.standard_exponential(count), patience)


def helping(team: Team) -> Team:
    """The first two queues help each other out after half a minute."""
    return team._replace(routing=overflowing(team.routing, np.array([1, 0]), np.full(2, 30.0)))


def cases(count: int) -> dict[str, tuple[Team, Arrivals]]:
    """Name -> people and contacts."""
    aht_s = [300.0, 360.0, 430.0]
    full_per_h = 3 * 3600 / aht_s[-1]
    two, coming = always_there([0] * 30 + [1] * 30, aht_s), arrivals(1.2 * 60 * full_per_h, 300.0, 2, count)
    big = always_there([agent % 3 for agent in range(300)], aht_s)
    return {
        ONE_QUEUE: (always_there([0] * 50, [60.0]), arrivals(2880.0, 120.0, 1, count)),
        "chat, 60 agents x 3 on two queues, load 1.2": (two, coming),
        "the same, helping each other after 30 s": (helping(two), coming),
        "chat, 300 agents x 3 on three queues, load 0.9": (big, arrivals(0.9 * 300 * full_per_h, 300.0, 3, count)),
    }


def engine_speeds(count: int = 1_000_000) -> pd.DataFrame:
    """Contacts per CPU second of each engine; the plain one gets a hundredth of the contacts."""
    rows = []
    for engine, play in ENGINES.items():
        for case, (team, coming) in cases(count if play is fast else count // 100).items():
            play(*cases(1000)[case])
            rounds = [played(play, team, coming) for _ in range(ROUNDS if play is fast else 1)]
            per_s, lost = max(rounds)
            rows.append({"engine": engine, "case": case, "per_cpu_s": round(per_s, -3), "lost": round(lost, 4)})
    return pd.DataFrame(rows)


def played(play: Callable[[Team, Arrivals], Log], team: Team, coming: Arrivals) -> tuple[float, float]:
    """Contacts per CPU second, and the share that left."""
    begun = time.process_time()
    log = play(team, coming)
    return len(coming.arrived_s) / (time.process_time() - begun), float((log.agent < 0).mean())


def peer_speeds(count: int = 100_000) -> pd.DataFrame:
    """The same for SimPy and Ciw on the single queue; no rows where they can't be had."""
    python = peers_python("simulation", PEER_SCRIPT.with_suffix(".txt"))
    rows = []
    for peer in PEERS if python else ():
        words = [str(python), str(PEER_SCRIPT), peer, str(count)]
        found = json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)
        per_s = round(found["customers"] / found["cpu_s"], -3)
        rows.append({"engine": peer, "case": ONE_QUEUE, "per_cpu_s": per_s, "lost": round(found["lost"], 4)})
    return pd.DataFrame(rows)


def formula_us(count: int = 20_000) -> float:
    """Microseconds of one Erlang A, vectorised, 40 to 60 agents around capacity."""
    random = np.random.default_rng(1)
    offered, agents = random.uniform(480.0, 720.0, count), random.integers(40, 60, count)
    erlang_a(offered[:1], 300.0, agents[:1], 600.0, 30.0)
    begun = time.process_time()
    erlang_a(offered, 300.0, agents, 600.0, 30.0)
    return (time.process_time() - begun) / count * 1e6


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
    begun = time.process_time()
    staffing_curves(desk, Forecast(starts, tuple(named), drawn, 60))
    return time.process_time() - begun


def main() -> None:
    """Prints all measurements."""
    peers = peer_speeds()
    if peers.empty:
        sys.stderr.write("SimPy and Ciw can't be installed here: only ours are run\n")
    print(pd.concat([engine_speeds(), peers], ignore_index=True).to_string(index=False))
    print(f"Erlang A gives {float(erlang_a(2880.0, 60.0, 50, 120.0, 30.0).p_abandon):.4f} lost for the single queue")
    print(f"Erlang A, vectorised: {formula_us():.1f} microseconds")
    print(f"curves, 35 days x 24 h x 3 queues x 500 paths: {curves_s():.1f} s")


if __name__ == "__main__":
    main()

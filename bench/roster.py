"""Our desks of every size beside CP-SAT and the plain PuLP model with HiGHS: same model, same time, one run.

``python -m bench.roster [PEOPLE …] [--only ENGINE] [--stretch N] [--page]``: 50, 100, 300 and 1,000 people where none
are named, every engine in a process of its own, one after the other; ``--page`` only writes the page from what was
measured before. The results lie in ``out/bench``, the table in ``docs/benchmarks.md``. Where other work keeps the cores
busy, ``--stretch 3`` gives every engine three times the time by the clock.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd

from bench.environment import ROOT
from bench.page import PAGE, put
from bench.roster_engines import ENGINES, GAP

SIZES = {50: (14, 60), 100: (14, 60), 300: (28, 300), 1000: (35, 1200)}
"""People -> days, seconds. Half-hours."""
INTERVAL_MIN = 30
FOLDER = ROOT / "out" / "bench"
NAMES = {"peakdesk": "Peakdesk", "highs": "plain PuLP, HiGHS", "cpsat": "CP-SAT"}


def result_file(engine: str, people: int) -> Path:
    """Where the result of one engine on one desk lies."""
    return FOLDER / f"roster-{engine}-{people}x{SIZES[people][0]}.json"


def run(engine: str, people: int, stretch: int) -> int:
    """One engine on one desk with ``stretch`` times its time by the clock; its exit code."""
    days, seconds = SIZES[people][0], stretch * SIZES[people][1]
    FOLDER.mkdir(parents=True, exist_ok=True)
    words = [engine, people, days, INTERVAL_MIN, seconds, result_file(engine, people)]
    sys.stdout.write(f"{NAMES[engine]}: {people} people x {days} days, {seconds} s\n")
    sys.stdout.flush()
    return subprocess.run([sys.executable, "-m", "bench.roster_engines", *map(str, words)], check=False).returncode


def table() -> pd.DataFrame:
    """Everything measured so far, one row per desk and engine."""
    rows = []
    for people in SIZES:
        found = {engine: result_file(engine, people) for engine in ENGINES}
        known = {engine: json.loads(own.read_text("utf-8")) for engine, own in found.items() if own.exists()}
        best = known.get("peakdesk", {}).get("cost")
        rows += [_row(people, engine, told, best) for engine, told in known.items()]
    return pd.DataFrame(rows)


def _row(people: int, engine: str, told: dict[str, Any], best: float | None) -> dict[str, object]:
    cost = told["cost"]
    gap = "" if cost is None or told["bound"] is None else f"{(cost - told['bound']) / abs(cost):.2%}"
    above = "" if cost is None or best is None or engine == "peakdesk" else f"{cost / best - 1:+.1%}"
    return {
        "desk": f"{people} × {told['days']}",
        "engine": NAMES[engine],
        "cost": "none found" if cost is None else f"{cost:,.0f}",
        "dearer than ours": above,
        "own bound": f"{told['bound']:,.0f}",
        "gap": gap,
        "first plan s": _seconds(told.get("first_s")),
        f"{GAP:.1%} after s": _seconds(told.get("good_s")),
        "limit s": str(told["limit_s"]),
        "clock s": f"{told['took_s']:.0f}",
        "CPU s": f"{told['cpu_s']:.0f}",
        "hard rules broken": "" if told["errors"] is None else str(told["errors"]),
        "GB": f"{told['memory_gb']:.1f}",
    }


def _seconds(value: float | None) -> str:
    return "" if value is None else f"{value:.0f}"


def main() -> int:
    """The largest exit code of all; the page at the end."""
    words = sys.argv[1:]
    only = [words[at + 1] for at, word in enumerate(words) if word == "--only"]
    stretch = next((int(words[at + 1]) for at, word in enumerate(words) if word == "--stretch"), 1)
    people = [int(word) for word in words if word.isdigit() and int(word) in SIZES] or list(SIZES)
    codes = [0]
    if "--page" not in words:
        codes += [run(engine, size, stretch) for size in people for engine in only or ENGINES]
    put("rosters", {"Generated desks": table()}, PAGE.with_name("benchmarks.md"))
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())

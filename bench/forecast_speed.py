"""CPU and memory of the forecast of a queue with two years of hours: the 618 sample, with its drivers and without.

``python -m bench.forecast_speed [--times 3]`` fits and draws 500 paths of 14 days, then back-tests eight origins, and
writes ``bench/results/forecast_speed.csv`` and the table of docs/accuracy.md. Seconds are CPU of this process, the
smallest of several runs; one thread of linear algebra (``OMP_NUM_THREADS=1``), else the threads wait for each other.
"""

import argparse
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from bench.page import put
from data import sample_path
from desk import Desk, load_desk
from forecast import backtest, fit

PATHS, DAYS, ORIGINS = 500, 14, 8
RESULTS = Path(__file__).parent / "results" / "forecast_speed.csv"


def without_drivers(desk: Desk) -> Desk:
    """The desk with no driver to try."""
    return Desk(desk.settings, {name: frame for name, frame in desk.tables.items() if name != "drivers"})


def measured(desk: Desk, times: int) -> dict[str, float]:
    """Least CPU seconds per queue of fit and paths, and of a back-test."""
    queues, end = len(desk.settings.queues), pd.Timestamp(desk.settings.horizon.start) + pd.Timedelta(days=DAYS)
    made = _least(lambda: fit(desk).predict(end=end.date(), paths=PATHS), times)
    past = _least(lambda: backtest(desk, horizon_days=DAYS, origins=ORIGINS, models=("peakdesk",)), 1)
    return {"fit and 500 paths, s": made / queues, "8 origins, s": past / queues}


def _least(work: Callable[[], object], times: int) -> float:
    found = []
    for _ in range(times):
        began = time.process_time()
        work()
        found.append(time.process_time() - began)
    return min(found)


def main() -> None:
    """Print the table, keep it and put it on the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=3)
    args = parser.parse_args()
    desk = load_desk(sample_path("618"))
    rows = [
        {"drivers": drivers} | measured(own, args.times)
        for drivers, own in (("none", without_drivers(desk)), ("two", desk))
    ]
    unit = 2**20 if sys.platform == "darwin" else 2**10
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    found = pd.DataFrame(rows).round(2).assign(**{"memory so far at most, MB": round(peak)})
    print(found.to_string(index=False))
    found.to_csv(RESULTS, index=False)
    put("speed", {"CPU per queue, two years of hours": found})


if __name__ == "__main__":
    main()

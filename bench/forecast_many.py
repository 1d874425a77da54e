"""Many queues: what a desk of N queues with two years of hours costs, shared by processes.

``python -m bench.forecast_many [--queues 1000] [--workers 2] [--one]`` prints wall and CPU seconds per queue, and the
largest memory of a worker (read from ``/proc``, Linux only) and of the parent; ``--one`` also what 20 of the queues
take one after the other in one process, which is what their sum is judged by.
"""

import argparse
import resource
import time
from dataclasses import dataclass
from multiprocessing import active_children
from pathlib import Path

import numpy as np
import pandas as pd

from data import sample_path
from desk import Desk, Progress, load_desk
from forecast import fit, forecast_many

ALONE = 20
EVERY = 50


def desk_of_many(queues: int) -> Desk:
    """The sample's pre-sale queue ``queues`` times, each of its own size and chance, with its promotions."""
    desk = load_desk(sample_path("618"))
    history = desk.table("history").query("queue == 'presale'")
    rng = np.random.default_rng(1)
    parts = []
    for number in range(queues):
        mean = history["offered"].fillna(0) * rng.uniform(0.05, 1.5)
        parts.append(history.assign(queue=f"q{number:04d}", offered=rng.poisson(mean).astype(float)))
    own = desk.settings.queues["presale"]
    settings = desk.settings.model_copy(update={"queues": {f"q{number:04d}": own for number in range(queues)}})
    return Desk(settings, {"history": pd.concat(parts, ignore_index=True), "promotions": desk.table("promotions")})


@dataclass
class Watch:
    """The largest memory of any worker, MB, looked at once in ``EVERY`` reports."""

    largest_mb: float = 0.0
    reports: int = 0

    def __call__(self, progress: Progress) -> bool:
        """Look at the workers that live."""
        self.reports += 1
        if self.reports % EVERY == 0 or progress.done == 1.0:
            self.largest_mb = max([self.largest_mb, *(_peak_mb(child.pid) for child in active_children())])
        return True


def _peak_mb(pid: int | None) -> float:
    """Largest resident memory of a process so far; what it had of its parent before it began is not in it."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return float("nan")
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), float("nan"))


def _alone(desk: Desk) -> float:
    """CPU seconds a queue of some of the queues, fitted and drawn one by one in this process."""
    spent, history = 0.0, desk.table("history")
    for queue in list(desk.settings.queues)[:ALONE]:
        settings = desk.settings.model_copy(update={"queues": {queue: desk.settings.queues[queue]}})
        own = Desk(settings, dict(desk.tables) | {"history": history[history["queue"] == queue]})
        began = time.process_time()
        fit(own).predict()
        spent += time.process_time() - began
    return spent / ALONE


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--queues", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--one", action="store_true")
    asked = parser.parse_args()
    desk = desk_of_many(asked.queues)
    history_mb = desk.table("history").memory_usage(deep=True).sum() / 2**20
    if asked.one:
        print(f"alone {_alone(desk):.2f} s of CPU a queue")
    watch, began_mb = Watch(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    began, before = time.perf_counter(), time.process_time()
    made = forecast_many(desk, workers=asked.workers, report=watch)
    wall, own = time.perf_counter() - began, time.process_time() - before
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = usage.ru_utime + usage.ru_stime + own
    print(f"{asked.queues} queues, {asked.workers} processes, paths {made.paths.shape}")
    print(f"wall {wall:.0f} s; CPU {cpu:.0f} s, {cpu / asked.queues:.2f} s a queue, of these {own:.0f} s in the parent")
    peak, paths_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, made.paths.nbytes / 2**20
    print(
        f"largest worker {watch.largest_mb:.0f} MB; parent {peak:.0f} MB: {began_mb:.0f} before it began, the history"
    )
    print(f"of {history_mb:.0f} among it, and {paths_mb:.0f} are the paths")


if __name__ == "__main__":
    main()

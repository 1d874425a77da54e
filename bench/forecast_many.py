"""Many queues: what a desk of N queues with two years of hours costs, shared by processes.

``python -m bench.forecast_many [--queues 200] [--workers 2]`` prints wall and CPU seconds per queue, and the largest
memory of a worker and of the parent.
"""

import argparse
import resource
import time

import numpy as np
import pandas as pd

from data import sample_path
from desk import Desk, load_desk
from forecast import forecast_many

FIT = "forecast.phase.fit"


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


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--queues", type=int, default=200)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    desk = desk_of_many(asked.queues)
    began, before = time.perf_counter(), time.process_time()
    made = forecast_many(desk, workers=asked.workers)
    wall, own = time.perf_counter() - began, time.process_time() - before
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = usage.ru_utime + usage.ru_stime + own
    print(f"{asked.queues} queues, {asked.workers} processes, paths {made.paths.shape}")
    print(f"wall {wall:.0f} s; CPU {cpu:.0f} s, {cpu / asked.queues:.2f} s a queue, of these {own:.0f} s in the parent")
    largest = [resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF)]
    print(f"largest worker {largest[0]:.0f} MB, parent {largest[1]:.0f} MB")


if __name__ == "__main__":
    main()

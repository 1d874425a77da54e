"""In which order the runs of a simulation take the forecast's paths."""

import numpy as np

from desk import Desk, Forecast
from staffing.simulation.case import IntArray
from staffing.table import capacity_per_h

GOLDEN = (np.sqrt(5.0) - 1.0) / 2.0


def path_order(desk: Desk, forecast: Forecast, seed: int) -> IntArray:
    """All paths, so that the first few, however many, are as quiet and as busy as all of them.

    Each path is as likely as any other at each place: means over runs stay unbiased, and vary less with the seed.

    Source: stratified sampling by the work of a whole path; the places are a Kronecker sequence of the golden ratio
    with a random shift (Niederreiter 1992).
    """
    queues = [desk.settings.queues[name] for name in forecast.queues]
    work_h = forecast.paths.sum(axis=1, dtype=np.float64) @ np.array([1.0 / capacity_per_h(queue) for queue in queues])
    shift, count = np.random.default_rng(seed).random(), len(forecast.paths)
    place = np.argsort((shift + GOLDEN * np.arange(count)) % 1.0, kind="stable").argsort()
    return np.asarray(np.argsort(work_h, kind="stable")[place], dtype=np.int64)

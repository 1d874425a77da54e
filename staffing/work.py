"""Work that can wait: what arrives of it, in effective agent hours."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from desk import Desk, Forecast
from desk.frames import empty_frame
from desk.nouns import WORK_CASES
from staffing.hour import missed_share
from staffing.load import offered_per_h
from staffing.table import capacity_per_h

FloatArray = npt.NDArray[np.float64]
DAY_H = 24.0


def work_table(desk: Desk, forecast: Forecast) -> pd.DataFrame:
    """Table ``work``: arrivals of the deferrable queues per interval, in hours of a fully loaded agent
    on duty, a part of whom may miss the shift: their mean, and some cases of what may come (see `cases`).

    With b the hours of work waiting at an interval's end in one case, what is late set aside, it stands for linear
    constraints of the optimiser's bound (who works in order of arrival has no less late)::

        b[t] = b[t-1] + work_h[t] - served[t] - late[t],   served[t] <= interval_h x effective agents[t],
        b[t] <= sum of work_h that has arrived by t and is not yet due,
        cost = sum over t of late_value x late[t] + ageing_value x interval_h x b[t], its mean over the cases.
    """
    names = [name for name in forecast.queues if desk.settings.queues[name].kind == "deferrable"]
    parts = [_queue_work(name, desk, forecast) for name in names]
    return pd.concat(parts, ignore_index=True) if parts else empty_frame("work", desk.settings.timezone)


def _queue_work(name: str, desk: Desk, forecast: Forecast) -> pd.DataFrame:
    queue = desk.settings.queues[name]
    offered = offered_per_h(forecast, name) * forecast.interval_min / 60.0
    mean, per_h = offered.mean(axis=0), capacity_per_h(queue) * (1.0 - missed_share(desk))
    own = {"start": forecast.starts, "queue": name, "offered": mean, "work_h": mean / per_h}
    deadline = np.nan if queue.deadline_h is None else queue.deadline_h
    own |= {"deadline_h": deadline, "late_value": queue.late_value * per_h}
    own |= {"ageing_value": queue.ageing_value * per_h}
    found = cases(offered / per_h, np.array(list(WORK_CASES.values())), _together(deadline, forecast.interval_min))
    return pd.DataFrame(own | dict(zip(WORK_CASES, found, strict=True)))


def _together(deadline_h: float, interval_min: int) -> int:
    """Intervals through which a backlog lasts: those of whole days, about one and the deadline."""
    days = 1 if np.isnan(deadline_h) else round(1.0 + deadline_h / DAY_H)
    return days * round(DAY_H * 60.0) // interval_min


def cases(paths: FloatArray, shares: FloatArray, together: int) -> FloatArray:
    """A few cases of what may come, shape (case, interval): lateness is convex, so the mean path has too little of it.

    Parameters
    ----------
    paths : work, shape (path, interval).
    shares : how likely each case is, of the paths with least work first; their sum is 1.
    together : intervals whose work is summed to put the paths in order, so that each case is the mean of its part of
        them; each such stretch of the horizon has its own order.

    Notes
    -----
    The cases have the mean of the paths. How a path varies within a stretch is averaged, and that a quiet stretch
    follows a busy one is not among them.
    """
    count, last = len(paths), np.cumsum(shares)
    edges = np.arange(count + 1) / count
    shared = np.clip(
        np.minimum(edges[1:], last[:, np.newaxis]) - np.maximum(edges[:-1], (last - shares)[:, np.newaxis]), 0.0, None
    )
    parts = []
    for first in range(0, paths.shape[1], together):
        own = paths[:, first : first + together]
        order = np.argsort(own.sum(axis=1), kind="stable")
        parts.append(shared @ own[order] / shares[:, np.newaxis])
    return np.concatenate(parts, axis=1)

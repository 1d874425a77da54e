"""Load by day and hour: the work that comes against the people who are there."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from desk import Desk
from planner.busy import kept_busy
from planner.phase import phases_by_day

_COLUMNS = ["date", "hour", "queue", "offered", "required", "effective_agents", "load"]


def load_by_hour(desk: Desk, service: pd.DataFrame) -> pd.DataFrame:
    """One row a day, hour and queue: inquiries, effective agents required and there (means), and the heaviest load.

    Returns
    -------
    ``date`` (naive midnight), ``hour`` (0-23, local), ``queue, offered, required, effective_agents, load, phases``;
    ``phases`` are the promotion phases that touch the day. ``load`` is infinite where inquiries come and nobody is
    there, blank where neither is. The queue of blank name is the desk: all live queues together, its load their work
    against their people.
    """
    if service.empty:
        return pd.DataFrame(columns=[*_COLUMNS, "phases"])
    local, there = service["start"].dt.tz_localize(None), (service["offered"] > 0) | (service["effective_agents"] > 0)
    own = service.assign(date=local.dt.normalize(), hour=local.dt.hour, load=service["load"].where(there))
    keys, sums = ["date", "hour", "queue"], {"offered": "sum", "required": "mean", "effective_agents": "mean"}
    found = own.groupby(keys, as_index=False, sort=True).agg(sums | {"load": "max"})
    phases = {day: ", ".join(names) for day, names in phases_by_day(desk).items()}
    both = pd.concat([*_together(desk, own), found[_COLUMNS]], ignore_index=True)
    return both.assign(phases=both["date"].map(phases).fillna(""))


def _together(desk: Desk, own: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """All live queues as one, where there are several: the work of each, in effective agents fully used, against those
    who are there.
    """
    live = own[own["queue"].map({name: queue.kind == "live" for name, queue in desk.settings.queues.items()})]
    if live["queue"].nunique() < 2:
        return
    work, per_h = live.assign(work=0.0), live["offered"] * 60 / desk.settings.interval_min
    for name, part in live.groupby("queue"):
        starts = pd.DatetimeIndex(part["start"])
        work.loc[part.index, "work"] = kept_busy(desk, str(name), per_h[part.index], starts)
    summed = work.groupby(["date", "hour", "start"])[["offered", "required", "effective_agents", "work"]].sum()
    there = summed["effective_agents"]
    ratio = (summed["work"] / there.where(there > 0)).where(there > 0, np.where(summed["work"] > 0, np.inf, np.nan))
    hourly = summed.assign(load=ratio).groupby(["date", "hour"], as_index=False)
    parts = {"offered": "sum", "required": "mean", "effective_agents": "mean", "load": "max"}
    yield hourly.agg(parts).assign(queue="")[_COLUMNS]

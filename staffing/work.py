"""Work that can wait: what arrives of it, in effective agent hours."""

import numpy as np
import pandas as pd

from desk import Desk, Forecast
from desk.frames import empty_frame
from staffing.hour import missed_share
from staffing.load import offered_per_h
from staffing.table import capacity_per_h


def work_table(desk: Desk, forecast: Forecast) -> pd.DataFrame:
    """Table ``work``: mean arrivals of the deferrable queues per interval, in hours of a fully loaded agent
    on duty, a part of whom may miss the shift.

    With b the hours of work waiting at an interval's end, what is late set aside, it stands for linear constraints of
    the optimiser's bound (who works in order of arrival has no less late)::

        b[t] = b[t-1] + work_h[t] - served[t] - late[t],   served[t] <= interval_h x effective agents[t],
        b[t] <= sum of work_h that has arrived by t and is not yet due,
        cost = sum over t of late_value x late[t] + ageing_value x interval_h x b[t].
    """
    names = [name for name in forecast.queues if desk.settings.queues[name].kind == "deferrable"]
    parts = [_queue_work(name, desk, forecast) for name in names]
    return pd.concat(parts, ignore_index=True) if parts else empty_frame("work", desk.settings.timezone)


def _queue_work(name: str, desk: Desk, forecast: Forecast) -> pd.DataFrame:
    queue = desk.settings.queues[name]
    offered = offered_per_h(forecast, name).mean(axis=0) * forecast.interval_min / 60.0
    per_h = capacity_per_h(queue) * (1.0 - missed_share(desk))
    own = {"start": forecast.starts, "queue": name, "offered": offered, "work_h": offered / per_h}
    deadline = np.nan if queue.deadline_h is None else queue.deadline_h
    own |= {"deadline_h": deadline, "late_value": queue.late_value * per_h}
    return pd.DataFrame(own | {"ageing_value": queue.ageing_value * per_h})

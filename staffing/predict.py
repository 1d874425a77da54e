"""The service that a duty plan gives, predicted by formula."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from desk import Desk, Forecast
from desk.settings import Queue
from staffing.backlog import backlog_flow, capacity
from staffing.crew import Crew, crew
from staffing.flow import Flow, flow
from staffing.hour import Hours, hours_of, with_effort
from staffing.load import lag_s, load_ratio, offered_per_h, underlying_per_h
from staffing.quota import with_quotas
from staffing.requirement import required_agents
from staffing.shape import arrival_shape
from staffing.table import capacity_per_h, service_table

FloatArray = npt.NDArray[np.float64]


def predict_service(desk: Desk, forecast: Forecast, duty: pd.DataFrame) -> pd.DataFrame:
    """Expected service per interval and queue when ``duty`` is worked as planned.

    Parameters
    ----------
    desk : queues, skills, rules.
    forecast : the paths over which the expectation is taken.
    duty : table ``duty``; who has a queue's name as activity takes contacts of that queue.

    Returns
    -------
    Table ``service`` without its simulated columns, one row per interval and queue. Shares and waits are those of an
    average inquiry: the mean over paths weighted by their arrivals. ``load`` is infinite where inquiries come and
    nobody is there. ``overload`` and ``occupancy`` are blank for deferrable queues: what may wait overloads no single
    interval.

    Raises
    ------
    InputError : somebody is on a queue without the skill.

    Source: `staffing.flow.flow` for live queues, `staffing.backlog.backlog_flow` for deferrable ones.
    """
    required, forecast = required_agents(desk, forecast), with_quotas(desk, forecast)
    parts = [_queue_service(name, desk, forecast, crew(desk, forecast.starts, duty, name)) for name in forecast.queues]
    return pd.concat(parts, ignore_index=True).merge(required, on=["start", "queue"])[COLUMNS]


COLUMNS = ["start", "queue", "offered", "agents", "effective_agents", "required", "load", "overload", "occupancy"]
COLUMNS += ["over_occupancy"]
COLUMNS += ["share_within", "mean_wait_s", "lost", "late"]


def _queue_service(name: str, desk: Desk, forecast: Forecast, staff: Crew) -> pd.DataFrame:
    queue = desk.settings.queues[name]
    interval_h = forecast.interval_min / 60.0
    live = queue.kind == "live"
    rates = underlying_per_h(forecast, name) if live else offered_per_h(forecast, name)
    hours = hours_of(queue, forecast.starts)
    found = queue_flow(queue, rates, arrival_shape(desk, forecast, name), staff, interval_h, hours)
    there = staff.effective * (1.0 - hours.away)
    load = load_ratio(rates.mean(axis=0), there * capacity_per_h(queue) / hours.effort)
    own = {"start": forecast.starts, "queue": name, "offered": rates.mean(axis=0) * interval_h}
    own |= {"agents": staff.agents, "effective_agents": staff.effective, "load": load}
    own |= {"overload": np.maximum(load - desk.settings.rules.overload_limit, 0.0) if live else np.nan}
    slots = there * len(queue.aht_s)
    occupancy = np.where(slots > 0.0, found.held.mean(axis=0) / np.maximum(slots, 1e-9), np.nan)
    own |= {"occupancy": np.minimum(occupancy, 1.0)}
    own |= {"over_occupancy": np.maximum(own["occupancy"] - desk.settings.rules.occupancy_limit, 0.0)}
    own |= {"share_within": _average(found.within, rates), "mean_wait_s": _average(found.wait_s, rates)}
    own |= {"lost": (found.lost * rates).mean(axis=0) * interval_h}
    return pd.DataFrame(own | {"late": (found.late * rates).mean(axis=0) * interval_h})


def queue_flow(
    queue: Queue, rates: FloatArray, shape: FloatArray, staff: Crew, interval_h: float, through: Hours
) -> Flow:
    """What the arrivals of each path and interval meet."""
    if queue.deadline_h is not None:
        work_h = rates * interval_h / capacity_per_h(queue)
        hours = capacity(staff, interval_h, lag_s(queue) / 3600.0)
        return backlog_flow(work_h, hours, interval_h, queue.deadline_h)
    highest = float((rates.max(axis=0)[:, np.newaxis] * shape).max())
    most, tables = int(np.ceil(staff.effective.max())), np.empty(len(shape), dtype=object)
    for effort, away, rows in through.alike():
        tables[rows] = service_table(with_effort(queue, effort), highest, most).thinned(away, most)
    return flow(rates, shape, tables.tolist(), staff, interval_h * 3600.0)


def _average(values: FloatArray, rates: FloatArray) -> FloatArray:
    """Mean over paths weighted by arrivals; plain where none ever come."""
    total = rates.sum(axis=0)
    weighted = (values * rates).sum(axis=0) / np.where(total > 0, total, 1.0)
    return np.asarray(np.where(total > 0, weighted, values.mean(axis=0)))

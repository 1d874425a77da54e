"""The service that a duty plan gives, predicted by formula."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import binom

from desk import Desk, Forecast
from desk.frames import empty_frame
from desk.quota import with_quotas
from desk.settings import Queue
from desk.timed import timed
from staffing.backlog import backlog_flow, capacity
from staffing.crew import Crew, crew
from staffing.flow import Flow, State, flow, mixed, state
from staffing.held import held_share, taken_slot_h, until_free_h
from staffing.hour import Hours, on_duty, with_effort
from staffing.load import lag_s, load_ratio, offered_per_h, underlying_per_h
from staffing.opening import Ahead, ahead, clearing_s
from staffing.patience import patience
from staffing.requirement import required_agents
from staffing.service import HOUR_S
from staffing.shape import arrival_shape
from staffing.table import ServiceTable, capacity_per_h, overfull, paced, service_at, service_table

FloatArray = npt.NDArray[np.float64]
FEW = 20
"""People with so many slots together are taken as they are, at their mean pace; more of them as their effective agents,
whole ones and a part of one."""


@dataclass(frozen=True)
class Known:
    """Table ``service`` as predicted, and the duty that it was predicted for."""

    service: pd.DataFrame
    duty: pd.DataFrame


def predict_service(desk: Desk, forecast: Forecast, duty: pd.DataFrame, *, known: Known | None = None) -> pd.DataFrame:
    """Expected service per interval and queue when ``duty`` is worked as planned.

    Parameters
    ----------
    desk : queues, skills, rules.
    forecast : the paths over which the expectation is taken.
    duty : table ``duty``; who has a queue's name as activity takes contacts of that queue.
    known : what was predicted for another duty of the same desk and forecast: what is required, and queues whose people
        come and go as they did there, are taken from it.

    Returns
    -------
    Table ``service`` without its simulated columns, one row per interval and queue. Shares and waits are those of an
    average inquiry: the mean over paths weighted by their arrivals. ``load`` is infinite where inquiries come and
    nobody is there. ``overload`` and ``occupancy`` are blank for deferrable queues: what may wait overloads no single
    interval. No rows where no queue is forecast.

    Raises
    ------
    InputError : somebody is on a queue without the skill, or a time can't be read.

    Source: `staffing.flow.flow` for live queues, `staffing.backlog.backlog_flow` for deferrable ones.
    """
    if not forecast.queues:
        return empty_frame("service", desk.settings.timezone)[COLUMNS]
    duty = timed(duty, "duty", desk.settings.timezone)
    required = required_agents(desk, forecast) if known is None else known.service[["start", "queue", "required"]]
    forecast = with_quotas(desk, forecast)
    live_first = sorted(forecast.queues, key=lambda name: desk.settings.queues[name].kind != "live")
    given = Given(desk, forecast, _crews(desk, forecast, duty), known)
    parts: dict[str, pd.DataFrame] = {}
    for name in live_first:
        parts[name] = _queue(name, given, parts)
    return pd.concat([parts[name] for name in forecast.queues], ignore_index=True).merge(
        required, on=["start", "queue"]
    )[COLUMNS]


@dataclass(frozen=True)
class Given:
    """What is predicted from: ``crews`` has every queue's people."""

    desk: Desk
    forecast: Forecast
    crews: Mapping[str, Crew]
    known: Known | None


def _crews(desk: Desk, forecast: Forecast, duty: pd.DataFrame) -> dict[str, Crew]:
    return {name: crew(desk, forecast.starts, duty, name) for name in forecast.queues}


COLUMNS = ["start", "queue", "offered", "agents", "effective_agents", "required", "load", "overload", "occupancy"]
COLUMNS += ["over_occupancy"]
COLUMNS += ["share_within", "mean_wait_s", "lost", "late"]


def _queue(name: str, given: Given, others: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The rows of a queue; those that are known where its people come and go as they did.

    What ``others`` is known of the queues from which people come says what they still hold.
    """
    own, queues = _as_known(name, given), given.desk.settings.queues
    if own is not None:
        return own
    staff, slots = given.crews[name], len(queues[name].aht_s)
    if queues[name].kind == "live":
        held_h = {
            other: taken_slot_h(queues[other].aht_s, slots, _eve(_held(other, given)))
            for other in staff.came
            if other in given.crews
        }
    else:
        held_h = {
            other: until_free_h(queues[other].aht_s, slots, _eve(others[other]["occupancy"].fillna(1.0).to_numpy()))
            for other in staff.came
            if other in others
        }
    return _queue_service(name, given.desk, given.forecast, staff, held_h)


def _held(name: str, given: Given) -> FloatArray:
    queue, forecast = given.desk.settings.queues[name], given.forecast
    rates, hours = underlying_per_h(forecast, name), on_duty(given.desk, queue, forecast.starts)
    return held_share(queue, rates, given.crews[name], hours, forecast.interval_min / 60.0)


def _eve(values: FloatArray) -> FloatArray:
    """What was in the interval before."""
    return np.concatenate([values[:1], values[:-1]])


def _as_known(name: str, given: Given) -> pd.DataFrame | None:
    """The rows of a queue as they were for another duty, where they still are."""
    staff, known, starts = given.crews[name], given.known, given.forecast.starts
    if known is None or (staff.came and given.desk.settings.queues[name].kind == "deferrable"):
        return None
    own = known.service[known.service["queue"] == name].reindex(columns=COLUMNS)
    for other in (name, *staff.came):
        if other in given.crews and not _alike(given.crews[other], crew(given.desk, starts, known.duty, other)):
            return None
    return own.drop(columns="required") if len(own) == len(starts) else None


def _alike(one: Crew, other: Crew) -> bool:
    pairs = ((one.agents, other.agents), (one.effective, other.effective), (one.leaving, other.leaving))
    came = one.came.keys() == other.came.keys() and all(
        np.array_equal(one.came[key], other.came[key]) for key in one.came
    )
    return came and all(np.array_equal(*pair) for pair in pairs)


def _queue_service(
    name: str, desk: Desk, forecast: Forecast, staff: Crew, held_h: Mapping[str, FloatArray]
) -> pd.DataFrame:
    queue = desk.settings.queues[name]
    interval_h = forecast.interval_min / 60.0
    live = queue.kind == "live"
    rates = underlying_per_h(forecast, name) if live else offered_per_h(forecast, name)
    hours = on_duty(desk, queue, forecast.starts)
    found = queue_flow(queue, rates, arrival_shape(desk, forecast, name), staff, interval_h, hours, held_h)
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
    queue: Queue,
    rates: FloatArray,
    shape: FloatArray,
    staff: Crew,
    interval_h: float,
    through: Hours,
    held_h: Mapping[str, FloatArray],
) -> Flow:
    """What the arrivals of each path and interval meet."""
    if queue.deadline_h is not None:
        work_h = rates * interval_h / capacity_per_h(queue)
        hours = capacity(staff.part(1.0 - through.away), interval_h, lag_s(queue) / 3600.0, held_h)
        return backlog_flow(work_h, hours, interval_h, queue.deadline_h)
    highest = float((rates.max(axis=0)[:, np.newaxis] * shape).max())
    most, states = int(np.ceil(staff.effective.max())), np.empty(len(shape), dtype=object)
    for effort, away, rows in through.alike():
        own = _Same(with_effort(queue, effort))
        table = _table(own, highest, most).thinned(away, most)
        for row in np.flatnonzero(rows):
            heads, effective = int(staff.agents[row]), float(staff.effective[row])
            few = 0 < heads * len(queue.aht_s) <= FEW and heads != effective
            states[row] = _few(own, highest, most, heads, effective / heads, away) if few else state(table, effective)
    interval_s = interval_h * 3600.0
    when = _ahead(queue, rates.mean(axis=0)[:, np.newaxis] * shape, staff.effective * (1.0 - through.away), interval_s)
    brought = sum((staff.came[other] * own_h for other, own_h in held_h.items()), np.zeros(len(shape)))
    brought = brought * 3600.0 / (lag_s(queue) * through.effort)
    return flow(rates, shape, states.tolist(), staff, interval_s, when, queue.target.within_s, brought)


def _ahead(queue: Queue, per_h: FloatArray, there: FloatArray, interval_s: float) -> Ahead:
    """What lies ahead of those who come, the contacts of silent leavers before an opening counted."""
    manned, steps, law = there > 0.0, per_h.shape[1], patience(queue)
    first = ahead(manned, steps, interval_s, law)
    if manned.all() or queue.silent_share == 0.0:
        return first
    arriving, slots = per_h * interval_s / steps / HOUR_S, there * len(queue.aht_s)
    gone_s = clearing_s(first, manned, arriving, queue.silent_share * queue.silent_s, slots, interval_s)
    return ahead(manned, steps, interval_s, law, gone_s)


class _Same:
    """A queue that equals every other one with the same settings."""

    def __init__(self, queue: Queue) -> None:
        self.queue, self._told = queue, queue.model_dump_json()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self._told == other._told

    def __hash__(self) -> int:
        return hash(self._told)


@lru_cache(maxsize=6)
def _table(own: _Same, highest_per_h: float, most: int) -> ServiceTable:
    """A queue's table, made once while one duty after the other is predicted."""
    return service_table(own.queue, highest_per_h, most, overfull(own.queue, highest_per_h, most))


@lru_cache(maxsize=1024)
def _few(own: _Same, highest_per_h: float, most: int, heads: int, pace: float, away: float) -> State:
    """Service of a few people who all work at their mean pace, each of them away for a share of the time."""
    numbers = np.arange(heads + 1.0) if away else np.array([float(heads)])
    table = service_at(paced(own.queue, pace), _table(own, highest_per_h, most).rates, numbers)
    return mixed(table, binom.pmf(numbers, heads, 1.0 - away))


def _average(values: FloatArray, rates: FloatArray) -> FloatArray:
    """Mean over paths weighted by arrivals; plain where none ever come."""
    total = rates.sum(axis=0)
    weighted = (values * rates).sum(axis=0) / np.where(total > 0, total, 1.0)
    return np.asarray(np.where(total > 0, weighted, values.mean(axis=0)))

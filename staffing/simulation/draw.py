"""Draws replications: all random numbers of a contact before anything happens, so that plans can be compared."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from desk import Desk, Forecast
from desk.grid import epoch_s
from desk.settings import Queue
from staffing.crew import proficiencies
from staffing.patience import mean_patience_s
from staffing.simulation.case import Arrivals, Team

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Replication:
    """One replication: what the engines need, and each contact's later chances.

    Parameters
    ----------
    arrivals : for the engines.
    interval : interval of arrival, per contact.
    chances : uniform numbers for first reply, order, whether rated, and the rating, shape (contact, 4).
    """

    arrivals: Arrivals
    interval: IntArray
    chances: FloatArray


def seconds(forecast: Forecast) -> FloatArray:
    """Starts of the intervals and the end of the last, s after the first start."""
    own = epoch_s(forecast.starts)
    return np.asarray(np.append(own, own[-1] + 60.0 * forecast.interval_min) - own[0])


def replication(desk: Desk, forecast: Forecast, path: int, stream: tuple[int, int]) -> Replication:
    """The contacts of one path: uniform within their interval, exponential work and patience.

    Parameters
    ----------
    path : which of the forecast's paths.
    stream : seed and number of the run; each queue draws from a stream of its own.
    """
    counts = np.rint(forecast.paths[path]).astype(np.int64)
    parts = [
        _contacts(desk.settings.queues[name], counts[:, index], forecast, np.random.default_rng([*stream, index]))
        for index, name in enumerate(forecast.queues)
    ]
    sizes = [len(part) for part in parts]
    merged, queue = np.concatenate(parts), np.repeat(np.arange(len(parts)), sizes)
    order = np.argsort(merged[:, 0], kind="stable")
    number = np.empty_like(order)
    number[order] = np.arange(order.size)
    arrived_s, work, leaves_s = np.ascontiguousarray(merged[order, :3].T)
    first = np.cumsum([0, *sizes], dtype=np.int64)
    arrivals = Arrivals(arrived_s, queue[order], work, leaves_s, number, first)
    interval = np.searchsorted(seconds(forecast), arrived_s, side="right") - 1
    return Replication(arrivals, interval, merged[order, 3:])


def _contacts(queue: Queue, counts: IntArray, forecast: Forecast, random: np.random.Generator) -> FloatArray:
    """Columns arrived_s, work, leaves_s and the four chances; rows in order of arrival."""
    total = int(counts.sum())
    starts_s = np.repeat(seconds(forecast)[:-1], counts)
    arrived_s = np.sort(starts_s + random.random(total) * forecast.interval_min * 60.0)
    work = random.standard_exponential(total)
    leaves_s = arrived_s + random.standard_exponential(total) * mean_patience_s(queue)
    return np.column_stack([arrived_s, work, leaves_s, random.random((total, 4))])


def team(desk: Desk, forecast: Forecast, duty: pd.DataFrame) -> tuple[Team, list[str]]:
    """The engines' view of queues and people, and the people's names, sorted so that their order never matters.

    Raises
    ------
    InputError : somebody is on a queue without the skill.
    """
    queues = [desk.settings.queues[name] for name in forecast.queues]
    names = sorted(duty.loc[duty["activity"].isin(forecast.queues), "agent"].unique())
    place = np.full((len(names), len(forecast.starts)), -1, dtype=np.int64)
    skill = np.zeros((len(names), len(queues)))
    for index, name in enumerate(forecast.queues):
        on = proficiencies(desk, forecast.starts, duty, name).reindex(columns=names, fill_value=0.0).to_numpy().T
        place[on > 0] = index
        skill[:, index] = on.max(axis=1, initial=0.0)
    slots = np.array([len(queue.aht_s) for queue in queues], dtype=np.int64)
    pace = np.array([_pace(queue, int(slots.max())) for queue in queues])
    return Team(pace, slots, skill, *_changes(place, seconds(forecast))), names


def _pace(queue: Queue, most: int) -> FloatArray:
    """Closings per second of one contact while 0, 1, ... ``most`` are held; beyond the queue's own limit as at it."""
    times = np.asarray(queue.aht_s)
    return np.concatenate([[0.0], 1.0 / times[np.minimum(np.arange(most), times.size - 1)]])


def _changes(place: IntArray, edges_s: FloatArray) -> tuple[FloatArray, IntArray, IntArray]:
    """Times, agents and queues of all changes of duty, in order; at the horizon's end everybody goes."""
    nobody = np.full((len(place), 1), -1, dtype=np.int64)
    padded = np.concatenate([nobody, place, nobody], axis=1)
    interval, agent = np.nonzero(np.diff(padded, axis=1).T)
    return edges_s[interval], agent.astype(np.int64), padded[agent, interval + 1]

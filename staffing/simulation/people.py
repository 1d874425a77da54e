"""The engines' view of queues and people."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from desk import Desk, Forecast
from desk.settings import Queue
from staffing.crew import proficiencies
from staffing.simulation.case import BoolArray, FloatArray, IntArray, Routing, Team, overflowing, plain_routing
from staffing.simulation.clock import clock, person
from staffing.simulation.draw import Drawn, Stream, seconds

NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Staff:
    """Who is on which queue when.

    Parameters
    ----------
    names : the people, sorted so that their order never matters.
    place : the queue of each in each interval, shape (agent, interval); -1: none.
    begun : the interval in which the shift began that he is in; -1 outside shifts.
    skill : proficiency, shape (agent, queue); 0 where there is none.
    edges_s : bounds of the intervals.
    """

    names: list[str]
    place: IntArray
    begun: IntArray
    skill: FloatArray
    edges_s: FloatArray


def staff(desk: Desk, forecast: Forecast, duty: pd.DataFrame) -> Staff:
    """The people of a duty table.

    Raises
    ------
    InputError : somebody is on a queue without the skill.
    """
    names = sorted(duty.loc[duty["activity"].isin(forecast.queues), "agent"].unique())
    place = np.full((len(names), len(forecast.starts)), NOWHERE, dtype=np.int64)
    for index, name in enumerate(forecast.queues):
        on = proficiencies(desk, forecast.starts, duty, name).reindex(columns=names, fill_value=0.0)
        place[on.to_numpy().T > 0] = index
    skills = desk.table("skills").pivot_table(index="agent", columns="queue", values="proficiency", aggfunc="max")
    skill = skills.reindex(index=names, columns=list(forecast.queues)).fillna(0.0).to_numpy(dtype=np.float64)
    return Staff(names, place, shift_begins(forecast, duty, names), skill, seconds(forecast))


def shift_begins(forecast: Forecast, duty: pd.DataFrame, names: list[str]) -> IntArray:
    """The interval in which each one's present shift began: intervals at work without a gap are one shift."""
    rows = pd.Index(names).get_indexer(pd.Index(duty["agent"]))
    columns = forecast.starts.get_indexer(pd.DatetimeIndex(duty["start"]))
    there = np.zeros((len(names), len(forecast.starts)), dtype=np.bool_)
    there[rows[(rows >= 0) & (columns >= 0)], columns[(rows >= 0) & (columns >= 0)]] = True
    first = there & ~np.pad(there, ((0, 0), (1, 0)))[:, :-1]
    begun = np.maximum.accumulate(np.where(first, np.arange(there.shape[1]), 0), axis=1)
    return np.where(there, begun, NOWHERE)


def absent(own: Staff, share: float, stream: Stream) -> BoolArray:
    """Who misses which interval, shape (agent, interval): whole shifts, by numbers that belong to the person."""
    drawn = np.array([stream.of(Drawn.ABSENCE, person(name)).random(own.place.shape[1]) for name in own.names])
    missed = (drawn < share).reshape(own.place.shape)
    return np.take_along_axis(missed, np.maximum(own.begun, 0), axis=1) & (own.begun >= 0)


def team(desk: Desk, forecast: Forecast, own: Staff, missed: BoolArray | None = None) -> Team:
    """What the engines need to know of queues and people; ``missed`` as `absent` says it."""
    queues = [desk.settings.queues[name] for name in forecast.queues]
    slots = np.array([len(queue.aht_s) for queue in queues], dtype=np.int64)
    pace = np.array([_pace(queue, int(slots.max())) for queue in queues])
    place = present(own, missed)
    routes = routing(queues, forecast.queues)
    return Team(pace, slots, own.skill, *_changes(place, own.edges_s), routes, clock(desk, forecast))


def present(own: Staff, missed: BoolArray | None) -> IntArray:
    """The queue of each person in each interval without the intervals that he misses."""
    return own.place if missed is None else np.where(missed, NOWHERE, own.place)


def routing(queues: list[Queue], names: tuple[str, ...]) -> Routing:
    """Where contacts go; a queue that is not forecast helps nobody."""
    own = plain_routing(len(queues))._replace(
        priority=np.array([queue.priority for queue in queues], dtype=np.int64),
        silent_ratio=np.array([queue.silent_s / queue.aht_s[-1] for queue in queues]),
    )
    to = np.array([names.index(to) if (to := queue.overflow_to) in names else NOWHERE for queue in queues])
    return overflowing(own, to, np.array([queue.overflow_after_s for queue in queues]))


def _pace(queue: Queue, most: int) -> FloatArray:
    """Closings per second of one contact while 0, 1, ... ``most`` are held; beyond the queue's own limit as at it."""
    times = np.asarray(queue.aht_s)
    return np.concatenate([[0.0], 1.0 / times[np.minimum(np.arange(most), times.size - 1)]])


def _changes(place: IntArray, edges_s: FloatArray) -> tuple[FloatArray, IntArray, IntArray]:
    """Times, agents and queues of all changes of duty, in order; at the horizon's end everybody goes."""
    nobody = np.full((len(place), 1), NOWHERE, dtype=np.int64)
    padded = np.concatenate([nobody, place, nobody], axis=1)
    interval, agent = np.nonzero(np.diff(padded, axis=1).T)
    return edges_s[interval], agent.astype(np.int64), padded[agent, interval + 1]

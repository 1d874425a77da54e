"""The engines' view of queues and people."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from desk import Desk, Forecast
from desk.settings import Queue
from staffing.crew import proficiencies
from staffing.simulation.call import NOWHERE, OnCall, There, called_in, on_call, on_call_rows
from staffing.simulation.case import FloatArray, IntArray, Routing, Team, overflowing, plain_routing
from staffing.simulation.clock import clock, person
from staffing.simulation.draw import Drawn, Stream, seconds


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
    on_call : who may be called in for somebody absent.
    """

    names: list[str]
    place: IntArray
    begun: IntArray
    skill: FloatArray
    edges_s: FloatArray
    on_call: OnCall


def staff(desk: Desk, forecast: Forecast, duty: pd.DataFrame, roster: pd.DataFrame | None = None) -> Staff:
    """The people of a duty table, and those of the roster who are on call.

    Raises
    ------
    InputError : somebody is on a queue without the skill.
    """
    waiting = on_call_rows(desk, roster)
    names = sorted({*duty.loc[duty["activity"].isin(forecast.queues), "agent"], *waiting["agent"]})
    place = np.full((len(names), len(forecast.starts)), NOWHERE, dtype=np.int64)
    for index, name in enumerate(forecast.queues):
        on = proficiencies(desk, forecast.starts, duty, name).reindex(columns=names, fill_value=0.0)
        place[on.to_numpy().T > 0] = index
    skills = desk.table("skills").pivot_table(index="agent", columns="queue", values="proficiency", aggfunc="max")
    skill = skills.reindex(index=names, columns=list(forecast.queues)).fillna(0.0).to_numpy(dtype=np.float64)
    begun = shift_begins(forecast, duty, names)
    return Staff(names, place, begun, skill, seconds(forecast), on_call(desk, forecast, waiting, names, begun))


def shift_begins(forecast: Forecast, duty: pd.DataFrame, names: list[str]) -> IntArray:
    """The interval in which each one's present shift began: intervals at work without a gap are one shift."""
    rows = pd.Index(names).get_indexer(pd.Index(duty["agent"]))
    columns = forecast.starts.get_indexer(pd.DatetimeIndex(duty["start"]))
    there = np.zeros((len(names), len(forecast.starts)), dtype=np.bool_)
    there[rows[(rows >= 0) & (columns >= 0)], columns[(rows >= 0) & (columns >= 0)]] = True
    first = there & ~np.pad(there, ((0, 0), (1, 0)))[:, :-1]
    begun = np.maximum.accumulate(np.where(first, np.arange(there.shape[1]), 0), axis=1)
    return np.where(there, begun, NOWHERE)


def there(own: Staff, share: float, stream: Stream) -> There:
    """Who is where in one run: whole shifts are missed, by numbers that belong to the person, at work or on call, and
    people on call take some of them over.
    """
    if share == 0.0:
        return There(own.place)
    drawn = np.array([stream.of(Drawn.ABSENCE, person(name)).random(own.place.shape[1]) for name in own.names])
    away = (drawn < share).reshape(own.place.shape)
    missed = np.take_along_axis(away, np.maximum(own.begun, 0), axis=1) & (own.begun >= 0)
    waiting = own.on_call
    return called_in(own.place, own.begun, own.skill, missed, waiting.without(away[waiting.who, waiting.begun]))


def team(desk: Desk, forecast: Forecast, own: Staff, place: IntArray) -> Team:
    """What the engines need to know of queues and people; ``place`` as `There` has it."""
    queues = [desk.settings.queues[name] for name in forecast.queues]
    slots = np.array([len(queue.aht_s) for queue in queues], dtype=np.int64)
    pace = np.array([_pace(queue, int(slots.max())) for queue in queues])
    routes = routing(queues, forecast.queues)
    return Team(pace, slots, own.skill, *_changes(place, own.edges_s), routes, clock(desk, forecast))


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

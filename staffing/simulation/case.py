"""One replication as plain arrays: all that happens is decided by these numbers, drawn in advance."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]


class Routing(NamedTuple):
    """Where contacts go, per queue.

    Parameters
    ----------
    priority : whose contact an agent takes who could take several queues'; the least first.
    overflow_to : the queue whose people also take this queue's contacts, where they have the skill; -1: none.
    overflow_after_s : once they have waited so long.
    silent_ratio : what is left of the work when the customer has silently gone.
    """

    priority: IntArray
    overflow_to: IntArray
    overflow_after_s: FloatArray
    silent_ratio: FloatArray


class Team(NamedTuple):
    """Queues and people. Seconds count from the start of the horizon.

    Parameters
    ----------
    pace : closings per second of one contact of a queue while its agent holds k, shape (queue, 1 + most held).
    slots : contacts an agent may hold while on a queue, shape (queue,).
    skill : proficiency, shape (agent, queue); 0 where there is none.
    change_s, change_agent, change_queue : from when on who is on which queue (-1: on none), in order of time.
    routing : where contacts go.
    """

    pace: FloatArray
    slots: IntArray
    skill: FloatArray
    change_s: FloatArray
    change_agent: IntArray
    change_queue: IntArray
    routing: Routing


class Arrivals(NamedTuple):
    """The contacts of one replication: first those that come by themselves, in order of arrival, then possible redials.

    Parameters
    ----------
    arrived_s : when those come that come by themselves.
    queue : where, of all contacts; so are the others.
    work : handle time in units of the queue's mean handle time at the concurrency met; mean 1.
    patience_s : how long the customer waits; may be infinite.
    silent : whether he leaves without a word, so that an agent is still given the contact.
    again : the contact that he makes once more if he has left; -1: none.
    again_s : how long after he left.
    """

    arrived_s: FloatArray
    queue: IntArray
    work: FloatArray
    patience_s: FloatArray
    silent: BoolArray
    again: IntArray
    again_s: FloatArray


class Log(NamedTuple):
    """What happened to each contact: arrived, assigned and closed (NaN: never), and by whom (-1: nobody)."""

    arrived_s: FloatArray
    assigned_s: FloatArray
    closed_s: FloatArray
    agent: IntArray


def plain_routing(queues: int) -> Routing:
    """All queues of equal rank, each with its own people only; nobody leaves silently."""
    same = np.ones(queues, dtype=np.int64)
    return Routing(same, -same, np.full(queues, np.inf), np.ones(queues))


def plain_arrivals(arrived_s: FloatArray, queue: IntArray, work: FloatArray, patience_s: FloatArray) -> Arrivals:
    """Contacts whose customers are seen to leave, and leave for good."""
    count = len(arrived_s)
    never = np.full(count, -1, dtype=np.int64)
    return Arrivals(arrived_s, queue, work, patience_s, np.zeros(count, dtype=np.bool_), never, np.zeros(count))


def blank_log(arrivals: Arrivals) -> Log:
    """A log in which nothing has happened yet but the arrivals."""
    arrived_s, assigned_s, closed_s = np.full((3, len(arrivals.queue)), np.nan)
    arrived_s[: len(arrivals.arrived_s)] = arrivals.arrived_s
    return Log(arrived_s, assigned_s, closed_s, np.full(len(arrivals.queue), -1, dtype=np.int64))


def contiguous(team: Team) -> Team:
    """The team in arrays of its own, row by row: the one layout that is compiled for."""

    def copies(arrays: Any) -> Any:
        return [np.array(array, order="C") for array in arrays]

    return Team._make([*copies(team[:-1]), Routing._make(copies(team.routing))])

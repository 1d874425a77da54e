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
    hop_from, hop_to, hop_after_s : the people of queue ``hop_to`` also take contacts of queue ``hop_from``, where they
        have the skill, once they have waited so long; in order of the queues, those of one in order of their waits.
    silent_ratio : what is left of the work when the customer has silently gone.
    """

    priority: IntArray
    hop_from: IntArray
    hop_to: IntArray
    hop_after_s: FloatArray
    silent_ratio: FloatArray


class Clock(NamedTuple):
    """What the hour of the day changes.

    Parameters
    ----------
    step_s : length of the steps in which ``effort`` is stated, shape (1,).
    effort : handle time of a contact taken up in each step, relative to its queue's, shape (step, queue); the last step
        has no end.
    pause_s, pause_agent, pause_length_s : from when on who takes nothing new, in order of time, and how long he is
        away once he holds nothing. It is no pause where he has one already or is on no queue.
    pause_more_s : how much longer it is where he held as many contacts as his queue allows, in proportion.
    """

    step_s: FloatArray
    effort: FloatArray
    pause_s: FloatArray
    pause_agent: IntArray
    pause_length_s: FloatArray
    pause_more_s: FloatArray


class Team(NamedTuple):
    """Queues and people. Seconds count from the start of the horizon.

    Parameters
    ----------
    pace : closings per second of one contact of a queue while its agent holds k, shape (queue, 1 + most held).
    slots : contacts an agent may hold while on a queue, shape (queue,).
    skill : proficiency, shape (agent, queue); 0 where there is none.
    change_s, change_agent, change_queue : from when on who is on which queue (-1: on none), in order of time.
    routing : where contacts go.
    clock : what the hour of the day changes.
    """

    pace: FloatArray
    slots: IntArray
    skill: FloatArray
    change_s: FloatArray
    change_agent: IntArray
    change_queue: IntArray
    routing: Routing
    clock: Clock


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
    nowhere = np.zeros(0, dtype=np.int64)
    return Routing(np.ones(queues, dtype=np.int64), nowhere, nowhere, np.zeros(0), np.ones(queues))


def plain_clock(queues: int) -> Clock:
    """All hours alike, and nobody pauses."""
    never = np.zeros(0)
    return Clock(np.array([np.inf]), np.ones((1, queues)), never, np.zeros(0, dtype=np.int64), never, never)


def overflowing(routing: Routing, to: IntArray, after_s: FloatArray) -> Routing:
    """The routing with overflow from each queue to the queue ``to`` (-1: none) after ``after_s``, and on from there.

    A contact that has waited until it overflows waits on with the next queue's own time, and so on along the chain,
    which ends where it would come to a queue again.
    """
    hops = []
    for queue in range(len(to)):
        met, at, waited_s = {queue, -1}, queue, 0.0
        while to[at] not in met:
            waited_s, at = waited_s + float(after_s[at]), int(to[at])
            hops.append((queue, at, waited_s))
            met.add(at)
    source, target, wait_s = (np.array([hop[place] for hop in hops]) for place in range(3))
    return routing._replace(
        hop_from=source.astype(np.int64), hop_to=target.astype(np.int64), hop_after_s=wait_s.astype(np.float64)
    )


def help_after_s(team: Team) -> FloatArray:
    """The wait after which who is on each queue (columns) may take contacts of each queue (rows); infinite: never."""
    found = np.where(np.eye(team.slots.size, dtype=np.bool_), 0.0, np.inf)
    found[team.routing.hop_from, team.routing.hop_to] = team.routing.hop_after_s
    return found


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

    return Team._make([*copies(team[:-2]), Routing._make(copies(team.routing)), Clock._make(copies(team.clock))])

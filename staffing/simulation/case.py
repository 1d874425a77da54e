"""One replication as plain arrays: all that happens is decided by these numbers, drawn in advance."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


class Team(NamedTuple):
    """Queues and people; the same in every replication. Seconds count from the start of the horizon.

    Parameters
    ----------
    pace : closings per second of one contact of a queue while its agent holds k, shape (queue, 1 + most held).
    slots : contacts an agent may hold while on a queue, shape (queue,).
    skill : proficiency, shape (agent, queue); 0 where there is none.
    change_s, change_agent, change_queue : from when on who is on which queue (-1: on none), in order of time.
    """

    pace: FloatArray
    slots: IntArray
    skill: FloatArray
    change_s: FloatArray
    change_agent: IntArray
    change_queue: IntArray


class Arrivals(NamedTuple):
    """The contacts of one replication, in order of arrival.

    Parameters
    ----------
    arrived_s, queue : when and where.
    work : handle time in units of the queue's mean handle time at the concurrency met; mean 1.
    leaves_s : when the customer leaves if nobody has taken the contact; may be infinite.
    by_queue : contact numbers queue by queue, each in order of arrival.
    first : where each queue begins in ``by_queue``, shape (queue + 1,).
    """

    arrived_s: FloatArray
    queue: IntArray
    work: FloatArray
    leaves_s: FloatArray
    by_queue: IntArray
    first: IntArray


class Log(NamedTuple):
    """What happened to each contact: assigned and closed (NaN: never), and by whom (-1: nobody)."""

    assigned_s: FloatArray
    closed_s: FloatArray
    agent: IntArray


def blank_log(contacts: int) -> Log:
    """A log in which nothing has happened yet."""
    return Log(np.full(contacts, np.nan), np.full(contacts, np.nan), np.full(contacts, -1, dtype=np.int64))

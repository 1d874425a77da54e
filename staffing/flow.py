"""A live queue through time under a known crew: what each path's customers meet, backlog carried over."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from staffing.crew import Crew
from staffing.flow_kernel import MEASURES, hand_over, through
from staffing.opening import NEVER, Ahead
from staffing.table import ServiceTable

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Flow:
    """What the customers arriving in each interval meet, shape (path, interval); shares are of the offered.

    ``held`` is the mean number of contacts in service.
    """

    lost: FloatArray
    late: FloatArray
    within: FloatArray
    wait_s: FloatArray
    held: FloatArray


@dataclass(frozen=True, slots=True)
class State:
    """Service with one number of agents at knots of the number in the system.

    Parameters
    ----------
    present : the knots, rising.
    values : at each knot the rate out per hour, the number in service, and the four shares and waits of `Flow`.
    """

    present: FloatArray
    values: FloatArray


NOBODY = State(np.array([0.0, 1.0]), np.repeat([[0.0], [0.0], [0.0], [0.0], [1.0], [0.0]], 2, axis=1))
"""What is met where nobody comes until the end of the horizon: late is only whose time has passed by then."""


def flow(
    rates: FloatArray,
    shape: FloatArray,
    states: Sequence[State],
    crew: Crew,
    interval_s: float,
    ahead: Ahead,
    within_s: float,
    brought: FloatArray | None = None,
) -> Flow:
    """Follows the number in the system of each path through the intervals, beginning empty.

    Parameters
    ----------
    rates : arrivals per hour, shape (path, interval).
    shape : rate in each step of an interval relative to the interval's, shape (interval, step).
    states : the stationary service of each interval's crew.
    crew : who is there.
    interval_s : s.
    ahead : whom those meet who come while nobody is there, and when.
    within_s : the target's time, s.
    brought : contacts of this queue that take as long as those which people who come to it still hold of another, in
        each interval; None: nobody comes from one.

    Notes
    -----
    The number in the system x obeys x' = arrivals - out(x), with out(x) the rate at which a system empties that holds
    x on average in steady state; who arrives meets the service of that steady state. In steady state this is the
    stationary formula; where patience equals handle time it is the modified offered load, exactly. Agents who leave
    the queue finish their open chats, which then take no slot of those who stay; on the queue to which they go straight
    they take slots until they are done. Who comes while nobody is there waits
    until somebody is, or leaves, and then meets those who came before him and stayed. Those who left without a word
    before an opening are opened first, by everybody, and nobody else is served meanwhile. The variance of the number in
    the system follows the same linearised flow; see `staffing.flow_kernel.queued`.

    Source: pointwise stationary fluid flow approximation (Wang, Tipper & Banerjee 1996).
    """
    present, variance = np.zeros((2, rates.shape[0]))
    found = np.zeros((rates.shape[1], 1 + MEASURES, rates.shape[0]))
    by_interval = np.ascontiguousarray(rates.T, dtype=np.float64)
    met = [NOBODY if index == NEVER else states[index] for index in ahead.meets]
    until, idle = [*ahead.until, ahead.until[-1]], states[0]
    for index, (now, (own, later)) in enumerate(zip(states, pairwise([*met, met[-1]]), strict=True)):
        if index and crew.leaving[index] > 0:
            before = states[index - 1]
            hand_over(present, before.present, before.values, crew.leaving[index], crew.effective[index - 1])
        idle = now if crew.effective[index] == 0.0 else idle
        if brought is not None:
            present += brought[index]
        through(
            present, variance, by_interval[index], shape[index], now.present, now.values, own.present, own.values,
            until[index][1:], later.present, later.values, until[index + 1][0], idle.present, idle.values,
            ahead.clears[index], interval_s, within_s, found[index],
        )  # fmt: skip
    held, lost, late, within, wait_s = np.ascontiguousarray(found.transpose(1, 2, 0))
    return Flow(lost, late, within, wait_s, held)


def state(table: ServiceTable, agents: float) -> State:
    """Service with ``agents`` effective agents; a fraction lies between its neighbours at the same arrival rate."""
    low = min(int(agents), table.most_agents - 1)
    share = min(agents - low, 1.0)
    return mixed(table, np.array([1.0 - share, share]), low)


def mixed(table: ServiceTable, weights: FloatArray, first: int = 0) -> State:
    """The mean of as many of a table's columns as there are weights, from the first, at the same arrival rate."""
    own = slice(first, first + len(weights))
    every = (table.present, table.held, table.lost, table.late, table.within, table.wait_s)
    columns = [column[:, own] for column in every]
    return State(columns[0] @ weights, np.stack([table.rates, *(column @ weights for column in columns[1:])]))

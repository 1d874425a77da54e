"""A live queue through time under a known crew: what each path's customers meet, backlog carried over."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from staffing.crew import Crew
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

    def at(self, present: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Values at ``present`` and the slope of the rate out; beyond the last knot that goes on in a line."""
        cell = np.clip(np.searchsorted(self.present, present) - 1, 0, self.present.size - 2)
        width = np.diff(self.present)[cell]
        share = (present - self.present[cell]) / width
        rise = np.diff(self.values)[:, cell]
        values = self.values[:, cell] + np.minimum(share, 1.0) * rise
        values[0] = self.values[0, cell] + share * rise[0]
        return values, rise[0] / width


def flow(rates: FloatArray, shape: FloatArray, tables: Sequence[ServiceTable], crew: Crew, interval_s: float) -> Flow:
    """Follows the number in the system of each path through the intervals, beginning empty.

    Parameters
    ----------
    rates : arrivals per hour, shape (path, interval).
    shape : rate in each step of an interval relative to the interval's, shape (interval, step).
    tables : the queue's stationary service in each interval, by agents on duty.
    crew : who is there.
    interval_s : s.

    Notes
    -----
    The number in the system x obeys x' = arrivals - out(x), with out(x) the rate at which a system empties that holds
    x on average in steady state; who arrives meets the service of that steady state. In steady state this is the
    stationary formula; where patience equals handle time it is the modified offered load, exactly. Agents who leave
    the queue finish their open chats, which then take no slot of those who stay.

    Source: pointwise stationary fluid flow approximation (Wang, Tipper & Banerjee 1996).
    """
    steps = shape.shape[1]
    step_h = interval_s / 3600.0 / steps
    present = np.zeros(rates.shape[0])
    found, held = np.zeros((4, *rates.shape)), np.zeros(rates.shape)
    states = [state(table, agents) for table, agents in zip(tables, crew.effective, strict=True)]
    states.append(states[-1])
    for index, (now, later) in enumerate(pairwise(states)):
        if index:
            present = present - handed_over(present, states[index - 1], crew, index)
        for step in range(steps):
            after = advance(present, rates[:, index] * shape[index, step], now, step_h)
            left_s = interval_s * (1.0 - (step + np.arange(2.0)) / steps)
            values = now.at(0.5 * (present + after))[0]
            found[:, :, index] += met(values, 0.5 * (present + after), later, left_s) * shape[index, step] / steps
            held[:, index] += values[1] / steps
            present = after
    lost, late, within, wait_s = found
    return Flow(lost, late, within, wait_s, held)


def state(table: ServiceTable, agents: float) -> State:
    """Service with ``agents`` effective agents; a fraction lies between its neighbours at the same arrival rate."""
    low = min(int(agents), table.most_agents - 1)
    share = min(agents - low, 1.0)
    columns = (table.present, table.held, table.lost, table.late, table.within, table.wait_s)
    mixed = [column[:, low] * (1.0 - share) + column[:, low + 1] * share for column in columns]
    return State(mixed[0], np.stack([table.rates, *mixed[1:]]))


def met(values: FloatArray, present: FloatArray, later: State, left_s: FloatArray) -> FloatArray:
    """What those meet who arrive in a step; the part of their wait beyond the interval under the later crew.

    ``values``: of the present crew; ``left_s``: what is left of the interval at the step's start and end.
    """
    own: FloatArray = values[2:]
    wait_s = np.maximum(own[3], left_s[1] + 1e-9)
    reached_s = np.minimum(wait_s, left_s[0])
    beyond = (reached_s - left_s[1]) * (1.0 - (reached_s + left_s[1]) / (2.0 * wait_s)) / (left_s[0] - left_s[1])
    if beyond.max() < 1e-6:
        return own
    return np.asarray(own + beyond * (later.at(present)[0][2:] - own))


def advance(present: FloatArray, rates: FloatArray, now: State, step_h: float) -> FloatArray:
    """Number in the system after a step, by the exponential of the linearised flow."""
    values, slope = now.at(present)
    lag = -np.expm1(-slope * step_h) / slope
    return np.asarray(np.maximum(present + (rates - values[0]) * lag, 0.0))


def handed_over(present: FloatArray, before: State, crew: Crew, index: int) -> FloatArray:
    """Open chats of the agents who leave the queue at the start of interval ``index``."""
    if crew.leaving[index] == 0:
        return np.zeros_like(present)
    return np.asarray(before.at(present)[0][1] * crew.leaving[index] / crew.effective[index - 1])

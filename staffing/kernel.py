"""The machine code under every waiting formula: one birth-death chain with an impatient queue behind it.

Everything that waits here has the same shape. Below "full" the chain has its own death rates; from full on it
empties at ``full_rate`` plus ``theta`` for each one waiting. Erlang A, C and chat differ only below full. Times are in
seconds, rates per second.
"""

import numpy as np
import numpy.typing as npt

from desk.compiled import compiled
from staffing.line_kernel import HAZARD, HAZARDS, KNOT, RUNGS, WAIT, impatient

FloatArray = npt.NDArray[np.float64]

LEAST_RATE = 1e-6
"""Part of the full rate that is left to those who come where the work of leavers would take it all."""
MEASURES = 10


@compiled
def handle_rate(chats: int, agents: int, rates: FloatArray) -> float:
    """Rate of all agents together when ``chats`` are spread evenly; ``rates[k]`` is one agent's holding k."""
    each = chats // agents
    more = chats - each * agents
    rate: float = (agents - more) * rates[each]
    if more > 0:
        rate += more * rates[each + 1]
    return rate


@compiled
def below_full(arrival: float, agents: int, rates: FloatArray) -> tuple[float, float, float]:
    """Weights of the state "all slots full", of all states below it, and of the chats held in those states."""
    full, term, below, chats = 1.0, 1.0, 0.0, 0.0
    fastest = rates.max()
    for held in range(agents * (rates.size - 1), 0, -1):
        term *= handle_rate(held, agents, rates) / arrival
        below += term
        chats += (held - 1) * term
        if term > 1e200:
            full, term, below, chats = full * 1e-200, term * 1e-200, below * 1e-200, chats * 1e-200
        if min(held, agents) * fastest < arrival and held * term < 1e-18 * below:
            break
    return full, below, chats


@compiled
def patient(arrival: float, full_rate: float, within: float, out: FloatArray) -> None:
    """The same integrals where nobody leaves (Erlang C), for a load below capacity."""
    spare = (full_rate - arrival) / full_rate
    tail = np.exp(-spare * within)
    out[:] = 0.0
    out[0] = out[2] = -np.expm1(-spare * within) / spare
    out[5] = out[7] = tail / spare
    out[8] = out[9] = tail * (within + 1.0 / spare) / spare if tail > 0.0 else 0.0
    out[3] = out[4] = max(0.0, 1.0 / spare**2 - out[8])


@compiled
def nobody_there(arrival: float, patience: float, out: FloatArray) -> None:
    """No agents: everyone waits as long as he can, and leaves."""
    out[0] = 1.0
    out[1] = 1.0 if patience < np.inf else 0.0
    out[2] = patience
    out[3] = np.nan
    out[4] = arrival * patience


@compiled
def nobody_waits(within: float, out: FloatArray) -> None:
    """The integrals where everybody leaves who would have to wait (Erlang B): the next in line meets the full rate."""
    out[:] = 0.0
    out[0] = out[1] = -np.expm1(-within)
    out[5] = out[6] = np.exp(-within)


@compiled
def mount(patience: FloatArray, full_rate: float, ladder: FloatArray) -> float:
    """Sets the patience on the ladder, in units of 1 / full_rate, summed up at each knot; returns its mean in s."""
    summed, waited, last = 0.0, 0.0, patience.shape[1] - 1
    for piece in range(last + 1):
        knot, hazard = patience[0, piece], patience[1, piece]
        ladder[KNOT, piece], ladder[HAZARD, piece] = knot * full_rate, hazard / full_rate
        ladder[HAZARDS, piece], ladder[WAIT, piece] = summed, waited * full_rate
        wide = (patience[0, piece + 1] if piece < last else np.inf) - knot
        gone = hazard * wide if hazard > 0.0 else 0.0
        waited += np.exp(-summed) * (wide if hazard == 0.0 else -np.expm1(-gone) / hazard)
        summed += gone
    return waited


@compiled
def measures(
    arrival: float,
    agents: int,
    rates: FloatArray,
    within_s: float,
    patience: FloatArray,
    left_work: float,
    ladder: FloatArray,
    work: FloatArray,
    out: FloatArray,
) -> None:
    """Stationary measures in the order of ``Service``, then the mean number of chats held.

    ``left_work``: what each who leaves still is of a served one's work, below 1. With a share S still there the virtual
    wait grows by arrival (S + left_work (1 - S)): as if arrival (1 - left_work) came to a crew slower by the rest.
    """
    slots = agents * (rates.size - 1)
    full_rate = agents * rates[-1]
    line_rate = max(full_rate - arrival * left_work, LEAST_RATE * full_rate)
    out[:] = 0.0
    mean_s = mount(patience, line_rate if agents > 0 else 1.0, ladder)
    if arrival == 0.0:
        out[6:9] = 1.0
    elif agents == 0:
        nobody_there(arrival, mean_s, out)
    elif mean_s == np.inf and arrival >= full_rate:
        out[0], out[2:5], out[5], out[9] = 1.0, np.inf, full_rate, slots
    else:
        full, below, chats = below_full(arrival, agents, rates)
        shrink = 1.0
        if mean_s == np.inf:
            patient(arrival, full_rate, within_s * full_rate, work)
        elif mean_s == 0.0:
            nobody_waits(within_s * full_rate, work)
        else:
            coming = arrival * (1.0 - left_work)
            shrink = np.exp(-impatient(coming, line_rate, ladder, within_s * line_rate, work)) * line_rate / full_rate
            full_rate = line_rate
        combine(arrival, slots, full_rate, np.array([full, below * shrink, chats * shrink]), work, out)


@compiled
def combine(
    arrival: float, slots: float, line_rate: float, weights: FloatArray, work: FloatArray, out: FloatArray
) -> None:
    """Puts the states below full and the waits together; ``weights``: full, below, chats below."""
    waiting = weights[0] * (work[0] + work[5])
    everything = weights[1] + waiting
    free = weights[1] / everything
    share = weights[0] / everything
    served = min(1.0, free + share * (work[2] + work[7]))
    out[0] = waiting / everything
    out[1] = min(1.0, share * (work[1] + work[6]))
    out[2] = share * (work[4] + work[9]) / line_rate
    out[3] = share * (work[3] + work[8]) / line_rate / served
    out[4] = arrival * out[2]
    out[5] = arrival * served
    out[6] = min(1.0, free + share * work[2])
    out[7] = min(1.0, out[6] / served)
    out[8] = min(1.0, free + share * work[0])
    out[9] = min(slots, (weights[2] + slots * waiting) / everything)


@compiled
def evaluate(
    arrival: FloatArray,
    agents: FloatArray,
    rates: FloatArray,
    patience: FloatArray,
    within_s: FloatArray,
    left_work: float,
) -> FloatArray:
    """All measures for arrays of equal length; one row each. ``patience``: knots and hazards, shape (row, 2, piece)."""
    out = np.empty((arrival.size, MEASURES))
    work, ladder = np.empty(10), np.empty((RUNGS, patience.shape[2]))
    for row in range(arrival.size):
        measures(arrival[row], int(agents[row]), rates, within_s[row], patience[row], left_work, ladder, work, out[row])
    return out

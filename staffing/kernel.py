"""The machine code under every waiting formula: one birth-death chain with an impatient queue behind it.

Everything that waits here has the same shape. Below "full" the chain has its own death rates; from full on it
empties at ``full_rate`` plus ``theta`` for each one waiting. Erlang A, C and chat differ only below full. Times are in
seconds, rates per second.
"""

import numpy as np
import numpy.typing as npt

from staffing.compiled import compiled

FloatArray = npt.NDArray[np.float64]

NODES, WEIGHTS = np.polynomial.legendre.leggauss(48)
NODES, WEIGHTS = 0.5 * (NODES + 1.0), 0.5 * WEIGHTS
NEGLIGIBLE_LOG = 48.0
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
def bend(z: float) -> float:
    """exp(-z) - 1 + z without cancellation."""
    if abs(z) < 0.02:
        return z * z * (0.5 - z * (1 / 6 - z * (1 / 24 - z * (1 / 120 - z * (1 / 720 - z / 5040)))))
    return float(np.expm1(-z)) + z


@compiled
def exponent(z: float, shape: float, slope: float) -> float:
    """Logarithm of the density of the virtual wait at ``z`` from its peak (slope 1: an inner peak; else at 0)."""
    return shape * ((slope - 1.0) * z - slope * bend(z))


@compiled
def reach(start: float, step: float, shape: float, slope: float) -> float:
    """How far from ``start`` (sign of ``step``: which side) the density has become negligible."""
    floor = exponent(start, shape, slope) - NEGLIGIBLE_LOG
    near, far = start, start + step
    while exponent(far, shape, slope) > floor:
        near, step = far, 2.0 * step
        far = start + step
    for _ in range(6):
        middle = 0.5 * (near + far)
        if exponent(middle, shape, slope) > floor:
            near = middle
        else:
            far = middle
    return far


@compiled
def piece(low: float, high: float, peak: float, shape: float, slope: float, total: FloatArray) -> None:
    """Adds the integrals of density, left, served and served times wait over [low, high] by Gauss-Legendre."""
    for index in range(NODES.size):
        z = low + (high - low) * NODES[index]
        mass = (high - low) * WEIGHTS[index] * shape * np.exp(exponent(z, shape, slope))
        stays = np.exp(-(peak + z))
        total[0] += mass
        total[1] -= mass * np.expm1(-(peak + z))
        total[2] += mass * stays
        total[3] += mass * stays * (peak + z)


@compiled
def integrate(low: float, high: float, peak: float, shape: float, slope: float, total: FloatArray) -> None:
    """Integrals over [low, high] (from the peak, in units of mean patience), cut where nothing is left."""
    if not low < high:
        return
    top = min(max(low, 0.0), high)
    fall = slope * np.exp(-top)
    width = min(1.0, 1.0 / (shape * abs(1.0 - fall)), 1.0 / np.sqrt(shape * fall))
    left = max(low, reach(top, -width, shape, slope)) if top > low else top
    right = min(high, reach(top, width, shape, slope)) if top < high else top
    for sign, end in ((-1.0, left), (1.0, right)):
        here, stride = top, 4.0
        while (end - here) * sign > 0:
            there = here + sign * stride if abs(end - here) > stride else end
            piece(min(here, there), max(here, there), peak, shape, slope, total)
            here, stride = there, 2.0 * stride


@compiled
def impatient(arrival: float, full_rate: float, theta: float, within_s: float, out: FloatArray) -> float:
    """Integrals over the waits up to ``within_s`` (out[0:4]) and beyond it (out[4:8]), each over exp(log peak).

    Returns the log of the peak of the virtual wait's density.
    """
    shape = full_rate / theta
    excess = (arrival - full_rate) / full_rate
    peak = max(0.0, np.log1p(excess))
    slope = min(1.0, arrival / full_rate)
    split = theta * within_s - peak
    out[:8] = 0.0
    integrate(-peak, split, peak, shape, slope, out[0:4])
    integrate(max(-peak, split), np.inf, peak, shape, slope, out[4:8])
    return shape * bend(-peak)


@compiled
def patient(arrival: float, full_rate: float, within_s: float, out: FloatArray) -> None:
    """The same integrals where nobody leaves (Erlang C), for a load below capacity; wait in seconds."""
    spare = full_rate - arrival
    tail = np.exp(-spare * within_s)
    scale = full_rate / spare
    out[:8] = 0.0
    out[0] = out[2] = -scale * np.expm1(-spare * within_s)
    out[4] = out[6] = scale * tail
    out[7] = scale * tail * (within_s + 1.0 / spare)
    out[3] = scale / spare - out[7]


@compiled
def no_waiting(out: FloatArray) -> None:
    """Nobody arrives: nobody waits."""
    out[:] = 0.0
    out[6:10] = 1.0
    out[9] = 0.0


@compiled
def nobody_there(arrival: float, theta: float, out: FloatArray) -> None:
    """No agents: everyone waits as long as he can, and leaves."""
    out[:] = 0.0
    out[0] = 1.0
    out[1] = 1.0 if theta > 0 else 0.0
    out[2] = 1.0 / theta
    out[3] = np.nan
    out[4] = arrival / theta


@compiled
def swamped(full_rate: float, slots: float, out: FloatArray) -> None:
    """More arrive than can ever be served and nobody leaves: the queue grows without end."""
    out[:] = 0.0
    out[0] = 1.0
    out[2] = out[3] = out[4] = np.inf
    out[5] = full_rate
    out[9] = slots


@compiled
def measures(
    arrival: float, agents: int, rates: FloatArray, theta: float, within_s: float, work: FloatArray, out: FloatArray
) -> None:
    """Stationary measures in the order of ``Service``, then the mean number of chats held."""
    slots = agents * (rates.size - 1)
    full_rate = agents * rates[-1]
    if arrival == 0.0:
        no_waiting(out)
    elif agents == 0:
        nobody_there(arrival, theta, out)
    elif theta == 0.0 and arrival >= full_rate:
        swamped(full_rate, slots, out)
    else:
        full, below, chats = below_full(arrival, agents, rates)
        if theta > 0.0:
            shrink = np.exp(-impatient(arrival, full_rate, theta, within_s, work))
        else:
            patient(arrival, full_rate, within_s, work)
            shrink, theta = 1.0, 1.0
        combine(arrival, slots, theta, np.array([full, below * shrink, chats * shrink]), work, out)


@compiled
def combine(arrival: float, slots: float, theta: float, weights: FloatArray, work: FloatArray, out: FloatArray) -> None:
    """Puts the states below full and the waits together; ``weights``: full, below, chats below."""
    waiting = weights[0] * (work[0] + work[4])
    everything = weights[1] + waiting
    free = weights[1] / everything
    share = weights[0] / everything
    served = min(1.0, free + share * (work[2] + work[6]))
    out[0] = waiting / everything
    out[1] = share * (work[1] + work[5])
    out[2] = out[1] / theta if work[1] + work[5] > 0 else share * (work[3] + work[7])
    out[3] = share * (work[3] + work[7]) / theta / served
    out[4] = arrival * out[2]
    out[5] = arrival * served
    out[6] = min(1.0, free + share * work[2])
    out[7] = min(1.0, out[6] / served)
    out[8] = min(1.0, free + share * work[0])
    out[9] = min(slots, (weights[2] + slots * waiting) / everything)


@compiled
def evaluate(
    arrival: FloatArray, agents: FloatArray, rates: FloatArray, theta: FloatArray, within_s: FloatArray
) -> FloatArray:
    """All measures for arrays of equal length; one row each."""
    out = np.empty((arrival.size, MEASURES))
    work = np.empty(8)
    for row in range(arrival.size):
        measures(arrival[row], int(agents[row]), rates, theta[row], within_s[row], work, out[row])
    return out


@compiled
def blocking(offered: FloatArray, servers: FloatArray) -> FloatArray:
    """Erlang B by its ratio recursion, all terms positive."""
    out = np.empty(offered.size)
    for row in range(offered.size):
        inverse = 1.0
        for busy in range(1, int(servers[row]) + 1):
            inverse = 1.0 + busy / offered[row] * inverse
        out[row] = 1.0 / inverse if offered[row] > 0 or servers[row] == 0 else 0.0
    return out

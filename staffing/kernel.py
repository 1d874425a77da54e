"""The machine code under every waiting formula: one birth-death chain with an impatient queue behind it.

Everything that waits here has the same shape. Below "full" the chain has its own death rates; from full on it
empties at ``full_rate`` plus ``theta`` for each one waiting. Erlang A, C and chat differ only below full. Times are in
seconds, rates per second.
"""

import numpy as np
import numpy.typing as npt

from desk.compiled import compiled

FloatArray = npt.NDArray[np.float64]

NODES, WEIGHTS = np.polynomial.legendre.leggauss(48)
NODES, WEIGHTS = 0.5 * (NODES + 1.0), 0.5 * WEIGHTS
NEGLIGIBLE_LOG = 48.0
MEASURES = 10
KNOT, HAZARD, HAZARDS, WAIT, ANCHOR, LEVEL, HEIGHT, RUNGS = range(8)


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
def decline(passed: float, hazard: float, level: float) -> float:
    """Change of the log density of the virtual wait ``passed`` after a point where load x survival is exp(level)."""
    change: float = np.expm1(level) * passed
    return change if hazard == 0.0 else change - np.exp(level) * bend(hazard * passed) / hazard


@compiled
def climb(excess: float, ladder: FloatArray) -> float:
    """Fills the ladder's rows from ANCHOR on; returns the peak of the virtual wait's density.

    Each piece of the patience has an anchor, the place in it nearest to the peak: its wait, log(load x survival) there,
    and the log density from the peak.
    """
    rise, last, top = np.log1p(excess), ladder.shape[1] - 1, 0
    while top < last and ladder[HAZARDS, top + 1] <= rise:
        top += 1
    peak = 0.0
    if rise > 0.0:
        peak = ladder[KNOT, top] + (rise - ladder[HAZARDS, top]) / ladder[HAZARD, top]
    ladder[ANCHOR, top], ladder[LEVEL, top], ladder[HEIGHT, top] = peak, min(rise, 0.0), 0.0
    for piece in range(top + 1, last + 1):
        step_to(ladder, piece - 1, piece, ladder[KNOT, piece])
    for piece in range(top - 1, -1, -1):
        step_to(ladder, piece + 1, piece, ladder[KNOT, piece + 1])
    return peak


@compiled
def step_to(ladder: FloatArray, known: int, piece: int, place: float) -> None:
    """Anchors ``piece`` at ``place``, an end of its ``known`` neighbour."""
    passed = place - ladder[ANCHOR, known]
    ladder[ANCHOR, piece] = place
    ladder[LEVEL, piece] = ladder[LEVEL, known] - ladder[HAZARD, known] * passed
    fall = decline(passed, ladder[HAZARD, known], ladder[LEVEL, known])
    ladder[HEIGHT, piece] = ladder[HEIGHT, known] + fall


@compiled
def reach(start: float, side: float, floor: float, hazard: float, level: float) -> float:
    """How far beyond ``start`` (on ``side`` of the anchor) the log density has fallen to ``floor``."""
    here = level - hazard * start
    step = side / max(abs(np.expm1(here)), np.sqrt(hazard * np.exp(here)), 1e-300)
    near: float = start
    far: float = start + step
    while decline(far, hazard, level) > floor:
        near, step = far, 2.0 * step
        far = start + step
    for _ in range(6):
        middle = 0.5 * (near + far)
        if decline(middle, hazard, level) > floor:
            near = middle
        else:
            far = middle
    return far


@compiled
def panel(low: float, high: float, piece: int, ladder: FloatArray, total: FloatArray) -> None:
    """Adds the integrals of density, left, served, served x wait, and wait over [low, high] after the anchor."""
    hazard, level, height = ladder[HAZARD, piece], ladder[LEVEL, piece], ladder[HEIGHT, piece]
    before = ladder[ANCHOR, piece] - ladder[KNOT, piece]
    for index in range(NODES.size):
        passed = low + (high - low) * NODES[index]
        mass = (high - low) * WEIGHTS[index] * np.exp(height + decline(passed, hazard, level))
        inside = before + passed
        hazards = ladder[HAZARDS, piece] + hazard * inside
        left, gone = -np.expm1(-hazards), -np.expm1(-hazard * inside)
        waited = inside if hazard == 0.0 else gone / hazard
        total[0] += mass
        total[1] += mass * left
        total[2] += mass * (1.0 - left)
        total[3] += mass * (1.0 - left) * (ladder[KNOT, piece] + inside)
        total[4] += mass * (ladder[WAIT, piece] + np.exp(-ladder[HAZARDS, piece]) * waited)


@compiled
def outward(start: float, end: float, piece: int, floor: float, ladder: FloatArray, total: FloatArray) -> bool:
    """Integrals within one piece from ``start`` away from the peak; whether the density became negligible."""
    hazard, level = ladder[HAZARD, piece], ladder[LEVEL, piece]
    side, own = (1.0 if end > start else -1.0), floor - ladder[HEIGHT, piece]
    over = decline(end, hazard, level) < own if np.isfinite(end) else True
    if over:
        far = reach(start, side, own, hazard, level)
        end = min(end, far) if side > 0.0 else max(end, far)
    here, stride = start, np.inf if hazard == 0.0 else 4.0 / hazard
    while (end - here) * side > 0.0:
        there = here + side * stride if abs(end - here) > stride else end
        panel(min(here, there), max(here, there), piece, ladder, total)
        here, stride = there, 2.0 * stride
    return over


@compiled
def integrate(low: float, high: float, peak: float, ladder: FloatArray, total: FloatArray) -> None:
    """Integrals over the virtual waits from ``low`` to ``high``, from the densest point outwards."""
    if not low < high:
        return
    top, last = min(max(low, peak), high), ladder.shape[1] - 1
    first = min(np.searchsorted(ladder[KNOT], top, side="right") - 1, last)
    floor = ladder[HEIGHT, first] - NEGLIGIBLE_LOG
    floor += decline(top - ladder[ANCHOR, first], ladder[HAZARD, first], ladder[LEVEL, first])
    start = top
    for piece in range(first, last + 1):
        end = min(high, ladder[KNOT, piece + 1]) if piece < last else high
        anchor = ladder[ANCHOR, piece]
        if start < end and outward(start - anchor, end - anchor, piece, floor, ladder, total):
            break
        start = end
    start = top
    for piece in range(first, -1, -1):
        end, anchor = max(low, ladder[KNOT, piece]), ladder[ANCHOR, piece]
        if end < start and outward(start - anchor, end - anchor, piece, floor, ladder, total):
            break
        start = end


@compiled
def impatient(arrival: float, full_rate: float, ladder: FloatArray, within: float, out: FloatArray) -> float:
    """Integrals over the waits up to ``within`` (out[0:5]) and beyond it (out[5:10]), each over exp(log peak).

    Waits are counted in 1 / full_rate. Returns the log of the peak of the virtual wait's density.
    """
    peak = climb((arrival - full_rate) / full_rate, ladder)
    out[:] = 0.0
    integrate(0.0, within, peak, ladder, out[:5])
    integrate(within, np.inf, peak, ladder, out[5:])
    log_peak: float = -ladder[HEIGHT, 0] - decline(-ladder[ANCHOR, 0], ladder[HAZARD, 0], ladder[LEVEL, 0])
    return log_peak


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
    ladder: FloatArray,
    work: FloatArray,
    out: FloatArray,
) -> None:
    """Stationary measures in the order of ``Service``, then the mean number of chats held."""
    slots = agents * (rates.size - 1)
    full_rate = agents * rates[-1]
    out[:] = 0.0
    mean_s = mount(patience, full_rate if agents > 0 else 1.0, ladder)
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
            shrink = np.exp(-impatient(arrival, full_rate, ladder, within_s * full_rate, work))
        combine(arrival, slots, full_rate, np.array([full, below * shrink, chats * shrink]), work, out)


@compiled
def combine(
    arrival: float, slots: float, full_rate: float, weights: FloatArray, work: FloatArray, out: FloatArray
) -> None:
    """Puts the states below full and the waits together; ``weights``: full, below, chats below."""
    waiting = weights[0] * (work[0] + work[5])
    everything = weights[1] + waiting
    free = weights[1] / everything
    share = weights[0] / everything
    served = min(1.0, free + share * (work[2] + work[7]))
    out[0] = waiting / everything
    out[1] = min(1.0, share * (work[1] + work[6]))
    out[2] = share * (work[4] + work[9]) / full_rate
    out[3] = share * (work[3] + work[8]) / full_rate / served
    out[4] = arrival * out[2]
    out[5] = arrival * served
    out[6] = min(1.0, free + share * work[2])
    out[7] = min(1.0, out[6] / served)
    out[8] = min(1.0, free + share * work[0])
    out[9] = min(slots, (weights[2] + slots * waiting) / everything)


@compiled
def evaluate(
    arrival: FloatArray, agents: FloatArray, rates: FloatArray, patience: FloatArray, within_s: FloatArray
) -> FloatArray:
    """All measures for arrays of equal length; one row each. ``patience``: knots and hazards, shape (row, 2, piece)."""
    out = np.empty((arrival.size, MEASURES))
    work, ladder = np.empty(10), np.empty((RUNGS, patience.shape[2]))
    for row in range(arrival.size):
        measures(arrival[row], int(agents[row]), rates, within_s[row], patience[row], ladder, work, out[row])
    return out

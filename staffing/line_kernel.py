"""The machine code of the virtual wait behind a full crew: integrals of its density, which is log-concave.

Waits are counted in 1 / rate at which the line empties.
"""

import numpy as np
import numpy.typing as npt

from desk.compiled import compiled

FloatArray = npt.NDArray[np.float64]

NODES, WEIGHTS = np.polynomial.legendre.leggauss(48)
NODES, WEIGHTS = 0.5 * (NODES + 1.0), 0.5 * WEIGHTS
NEGLIGIBLE_LOG = 48.0
KNOT, HAZARD, HAZARDS, WAIT, ANCHOR, LEVEL, HEIGHT, RUNGS = range(8)


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

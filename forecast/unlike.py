"""A promotion under way whose days so far are unlike all before it: how much of its own it must have."""

import numpy as np
from scipy.linalg import cho_factor, cho_solve, solve_triangular

from forecast.covariance import Parts, Scales
from forecast.daylevel import Solved
from forecast.event_lift import LIFTS
from forecast.series import Floats

UNLIKE = (2.0, 4.0, 8.0, 16.0)
"""How many times as unlike all others as promotions usually are: tried in this order."""
PRICE = 0.7
"""Log likelihood that each step must gain: at half of it chances of single days are taken for the promotion's own."""
LEAST_LEFT = 0.5
"""No promotion leaves less than this of what comes without any: a counter that failed tells nothing of it."""
STUDENT_DF = 4.0
ROUNDS = 6


def unlike_scale(found: Parts, prior: Floats, solved: Solved, scales: Scales) -> float:
    """Standard deviation of what promotions under way have of their own beyond the usual; 0 where nothing tells it.

    Parameters
    ----------
    found, prior : parts of the covariance on the observed days, and the whole.
    """
    unit, observed = found["unlike"], solved.observed
    inside = np.flatnonzero(unit.diagonal() > 0)
    if not len(inside):
        return 0.0
    first = int(inside[0])
    block = solved.factor[first:, :first].astype(np.float64)
    missed = observed.z[first:] - block @ solved.white[:first]
    rows = np.flatnonzero(missed >= np.log(LEAST_LEFT) - _lifts(found, solved, scales, first))
    missed, left, unit = (
        missed[rows],
        (prior[first:, first:] - block @ block.T)[np.ix_(rows, rows)],
        unit[first:, first:],
    )
    chance, unit = (observed.counting[first:] + scales.noise**2)[rows], unit[np.ix_(rows, rows)]
    if not unit.any():
        return 0.0
    sizes = [0.0, *(scales.event_own * float(np.sqrt(times**2 - 1)) for times in UNLIKE)]
    likely = [in_turn(missed, left + size**2 * unit, chance) for size in sizes]
    return sizes[int(np.argmax(np.array(likely) - PRICE * np.arange(len(sizes))))]


def _lifts(found: Parts, solved: Solved, scales: Scales, first: int) -> Floats:
    """Log lifts foreseen on the day ``first`` of all and those after it, none below 0."""
    if not first:
        return np.zeros(len(solved.white))
    before = solved.factor[:first, :first]
    alpha = solve_triangular(before, solved.white[:first], lower=True, trans="T", check_finite=False)
    cross = sum(getattr(scales, name) ** 2 * found[name][first:, :first] for name in LIFTS)
    return np.maximum(np.asarray(cross @ alpha, dtype=np.float64), 0.0)


def in_turn(missed: Floats, covariance: Floats, chance: Floats) -> float:
    """Log likelihood of each day's surprise given those before it, summed, where single days may be odd (Student)."""
    weight = np.ones(len(missed))
    for _ in range(ROUNDS):
        used = chance / weight
        factor = cho_factor(covariance + np.diag(used), lower=True)
        alpha, precision = cho_solve(factor, missed), np.diag(cho_solve(factor, np.eye(len(missed))))
        odd = (alpha / precision) ** 2 / (np.maximum(1 / precision - used, 0.0) + chance)
        weight = np.minimum(1.0, (STUDENT_DF + 1) / (STUDENT_DF + odd))
    return surprises(factor[0], missed, used, chance)


def surprises(factor: Floats, missed: Floats, used: Floats, plain: Floats) -> float:
    """The same from the Cholesky ``factor`` of a covariance with the chance ``used``, ``plain`` where none is odd."""
    root = np.diag(factor)
    square = (solve_triangular(factor, missed, lower=True) * root) ** 2
    before = np.maximum(root**2 - used, 0.0) + plain
    return student(square / before, before)


def student(odd: Floats, spread: Floats) -> float:
    """Log likelihood of surprises whose squares are ``odd`` over their variances ``spread``, but for a constant."""
    return float(-0.5 * (np.log(spread) + (STUDENT_DF + 1) * np.log1p(odd / STUDENT_DF)).sum())

"""How a run ended."""

from math import isfinite

from desk import Outcome, Termination
from scheduler.cooling import rounding
from scheduler.watch import Watch


def outcome(objective: float, bound: float, wanted_gap: float, watch: Watch, solver: str, seed: int) -> Outcome:
    """The certificate's numbers: the objective is that of the cost account, the bound is proven; no term of the account
    is negative, so a search that was cut proves nothing less than 0.
    """
    bound = min(max(bound, 0.0) if isfinite(bound) else bound, objective)
    gap = (objective - bound) / abs(objective) if objective - bound > rounding(objective) else 0.0
    return Outcome(_termination(gap, wanted_gap, watch), objective, bound, gap, watch.elapsed_s(), solver, seed)


def _termination(gap: float, wanted_gap: float, watch: Watch) -> Termination:
    if gap == 0.0:
        return Termination.OPTIMAL
    if watch.cancelled:
        return Termination.CANCELLED
    if gap <= wanted_gap:
        return Termination.GAP
    return Termination.TIME if watch.over or watch.was_cut else Termination.STEPS

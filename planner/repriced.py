"""A plan whose rows were changed by hand, with its cost account and certificate as they are now."""

from dataclasses import replace
from math import isfinite, nan

from desk import Curves, Desk, Outcome, Plan


def repriced(desk: Desk, plan: Plan, curves: Curves) -> Plan:
    """The plan with what its roster and duty cost; the bound holds for every roster."""
    from scheduler import price

    costs = price(desk, plan, curves)
    return replace(plan, costs=costs, outcome=_outcome(plan.outcome, float(costs["amount"].sum())))


def _outcome(old: Outcome, total: float) -> Outcome:
    gap = max(total - old.bound, 0.0) / abs(total) if isfinite(old.bound) and total else nan
    return replace(old, objective=total, gap=gap)

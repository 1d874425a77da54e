"""Closing the loop: plan, predict, simulate, put the curves right by that, plan again."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any

import pandas as pd

from desk import Curves, Desk, Plan, Simulation, Termination

MATERIAL = 0.01
"""Differences below this share of the plan's cost are not worth the time of another plan."""
WORTH, WORTH_MORE = 0.001, 0.005
"""A plan made again is kept where it is cheaper by at least the first share; by the second where its certificate is
weaker than that of the plan before it, which had more time."""
LOOSER = 0.005
"""A gap wider by more than this is a weaker certificate."""
AGAIN = 0.4
"""Share of the optimiser's time that each further plan gets."""


@dataclass(frozen=True)
class Attempt:
    """One plan and what the simulation says of it.

    Parameters
    ----------
    curves : by which it was made.
    service : table ``service``, predicted and simulated.
    complete : the same simulated with nobody absent, where the account prices absences by themselves; else as
        ``service``. The curves then know of no absences: this is what they are compared with.
    """

    curves: Curves
    made: Plan
    service: pd.DataFrame
    simulation: Simulation
    complete: pd.DataFrame


@dataclass(frozen=True, slots=True)
class Round:
    """One comparison of the curves with the simulation, and what came of it.

    Parameters
    ----------
    number : of the round, from 1.
    verdict : ``agrees``: nothing material to correct; ``kept``: the plan made again is materially cheaper by the
        simulation; ``refused``: it is not, and the one before it stays.
    corrected, intervals : intervals and queues beyond noise, of those compared.
    expected, simulated, low, high : cost of the service by curves and simulation, currency.
    difference : by how much both differ in the intervals beyond noise, currency.
    before, after : whole cost of the plan with simulated service, and of the one made again (NaN: none was).
    moved : by how much the corrected curves expect other costs of the plan, interval by interval, currency.
    """

    number: int
    verdict: str
    corrected: int
    intervals: int
    expected: float
    simulated: float
    low: float
    high: float
    difference: float
    before: float
    after: float
    moved: float = 0.0


Try = Callable[[Desk, Curves, Plan | None], Attempt]
"""Makes and simulates a plan by some curves, from an earlier plan on or anew."""


def closed(desk: Desk, first: Attempt, again: Try, rounds: int) -> tuple[Attempt, tuple[Round, ...]]:
    """The best attempt by the simulation after at most ``rounds`` corrections, and what each round found.

    Parameters
    ----------
    again : makes and simulates a plan by other curves, with the same random numbers. Each round begins with the best
        plan so far, so that what it finds by the corrected curves is never dearer than that.
    """
    from staffing import correct_curves

    best, told = first, []
    for number in range(1, rounds + 1):
        found = compared(desk, best, number)
        told.append(found)
        stopped = best.made.outcome.termination is Termination.CANCELLED
        if stopped or found.moved <= MATERIAL * found.before:
            break
        other = again(sooner(desk), correct_curves(desk, best.curves, best.complete), best.made)
        after = whole_cost(desk, other)
        worth = after < (1.0 - least_gain(best, other)) * found.before
        told[-1] = replace(found, verdict="kept" if worth else "refused", after=after)
        if not worth:
            break
        best = other
    return best, tuple(told)


def least_gain(before: Attempt, after: Attempt) -> float:
    """The share by which a plan made again must be cheaper than the one before it."""
    weaker = after.made.outcome.gap > before.made.outcome.gap + LOOSER
    return WORTH_MORE if weaker else WORTH


def compared(desk: Desk, attempt: Attempt, number: int) -> Round:
    """What the curves expected beside what the simulation found."""
    from staffing import comparison

    rows = comparison(desk, attempt.curves, attempt.complete)
    beyond = rows[~rows["agrees"]]
    sums = {name: float(rows[name].sum()) for name in ("expected", "simulated", "low", "high")}
    difference = float((beyond["simulated"] - beyond["expected"]).abs().sum())
    moved, before = float((rows["aimed"] - rows["expected"]).abs().sum()), whole_cost(desk, attempt)
    told = {"difference": difference, "before": before, "after": float("nan"), "moved": moved}
    return Round(number, "agrees", len(beyond), len(rows), **sums, **told)


def whole_cost(desk: Desk, attempt: Attempt) -> float:
    """Everything the plan costs, its live service as simulated, absences as the account prices them if it does."""
    from staffing import comparison

    rows = comparison(desk, attempt.curves, attempt.complete)
    return float(attempt.made.outcome.objective + (rows["simulated"] - rows["expected"]).sum())


def sooner(desk: Desk) -> Desk:
    """The desk with less time for the optimiser."""
    own = desk.settings.scheduler
    shorter = own.model_copy(update={"time_limit_s": AGAIN * own.time_limit_s})
    return replace(desk, settings=desk.settings.model_copy(update={"scheduler": shorter}))


def recorded(rounds: tuple[Round, ...]) -> list[dict[str, Any]]:
    """The rounds for plan.json."""
    return [asdict(one) for one in rounds]

"""What a plan becomes where something is supposed: kept ready, so that a moved slider is answered at once."""

from forecast import Model
from planner.whatif import Beside, Supposition, WhatIf, answer, beside
from planner.whatif.world import sort
from views.opened import OpenPlan
from views.remembered import Remembered


def _fitted(plan: OpenPlan) -> Model:
    from forecast import fit

    return fit(plan.planned.desk)


def _as_planned(plan: OpenPlan) -> Beside:
    own = plan.planned
    return beside(own.desk, own.forecast, own.plan)


fitted = Remembered(_fitted)
"""The plan's forecaster."""
as_planned = Remembered(_as_planned)
"""The plan's own side of the comparison."""


def prepare_answers(plan: OpenPlan) -> None:
    """Begin with what every answer needs, while the person still looks for a slider."""
    as_planned.begin(plan)
    if plan.planned.desk.has("drivers"):
        fitted.begin(plan)


def answered(plan: OpenPlan, suppositions: tuple[Supposition, ...]) -> WhatIf:
    """The answer, the roster kept.

    Raises
    ------
    InputError : a supposition that can't be had.
    """
    drivers = sort(plan.planned.desk, suppositions).drivers
    return answer(plan.planned, suppositions, fitted(plan) if drivers else None, as_planned(plan))

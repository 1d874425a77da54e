"""The plan as it is beside the plan as supposed, the roster kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from desk import Desk, Finding, Forecast, Plan
from desk.frames import empty_frame
from desk.quota import with_quotas
from planner.headcounts import headcounts, is_by_headcounts
from planner.headline import Headline, headline
from planner.planned import Planned
from planner.verdict import replanned_at
from planner.whatif.demand import scaled, supposed_drivers
from planner.whatif.overtime import Hours, overtime
from planner.whatif.people import TRAIN, supposed_people
from planner.whatif.setting import supposed_settings
from planner.whatif.standing import ahead, knowing, with_standing
from planner.whatif.supposition import SOURCE, Supposition
from planner.whatif.world import Kinds, refuse_demand, sort

if TYPE_CHECKING:
    from forecast import Model

STAFF_TERMS = ("wages", "overtime", "night", "unworked")
FELT = ("service", "late_work", "presence", "cover", "overload", "over_occupancy")
"""Terms that hours of overtime change, besides what is paid for them."""


@dataclass(frozen=True, slots=True)
class Beside:
    """One side of the comparison: predicted by formula, the same for both.

    Parameters
    ----------
    costs : table ``costs`` by curves that no simulation has corrected.
    """

    desk: Desk
    forecast: Forecast
    plan: Plan
    brief: Headline
    costs: pd.DataFrame

    @property
    def staff(self) -> float:
        """Wages with premiums, currency."""
        return float(self.costs.loc[self.costs["term"].isin(STAFF_TERMS), "amount"].sum())

    @property
    def missing(self) -> float:
        """People missing in fixed headcounts, summed over these."""
        return float(headcounts(self.desk, self.plan.roster, self.plan.duty)["short"].sum())

    @property
    def total(self) -> float:
        """Everything that the objective counts, currency."""
        return float(self.costs["amount"].sum())


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The answer: ``before`` is the plan, ``after`` the plan as supposed with the same roster.

    Parameters
    ----------
    added, gone, trained : people as :class:`planner.whatif.people.Staffed` names them.
    findings : suppositions without effect.
    """

    suppositions: tuple[Supposition, ...]
    before: Beside
    after: Beside
    added: tuple[tuple[str, str], ...]
    gone: tuple[str, ...]
    trained: tuple[str, ...]
    findings: tuple[Finding, ...]

    def frame(self) -> pd.DataFrame:
        """One row a measure: ``measure, queue`` (empty: all), ``before, after, change``."""
        table = pd.DataFrame(list(_measures(self.before, self.after)), columns=["measure", "queue", "before", "after"])
        return table.assign(change=table["after"] - table["before"])


def answer(
    planned: Planned,
    suppositions: Sequence[Supposition],
    model: "Model | None" = None,
    before: Beside | None = None,
) -> WhatIf:
    """What becomes of a plan's service and cost where the world is as supposed and the roster stays.

    Parameters
    ----------
    model : the desk's fitted forecaster, where it is at hand; fitted where drivers are supposed otherwise and it is
        not.
    before : the plan's own side (:func:`beside` of its desk, forecast and plan), where it is at hand.

    Raises
    ------
    InputError : a supposition that can't be understood or had, by name.
    """
    kinds = sort(planned.desk, suppositions)
    if is_by_headcounts(planned.forecast):
        refuse_demand(planned.desk, suppositions)
    desk = supposed_settings(planned.desk, kinds.settings)
    staffed = supposed_people(desk, planned.plan, kinds.people)
    staffed = ahead(staffed, desk, planned.plan, replanned_at(planned.plan))
    forecast, notes = _forecast(planned, kinds, model)
    forecast = with_quotas(desk, forecast)
    before = before or beside(planned.desk, planned.forecast, planned.plan)
    hours = overtime(staffed.desk, staffed.plan, forecast, kinds.overtime)
    after = beside(staffed.desk, forecast, staffed.plan, hours if hours.paid_h else None)
    own = WhatIf(tuple(suppositions), before, after, staffed.added, staffed.gone, staffed.trained, notes)
    return replace(own, findings=(*notes, *_unfelt(own, kinds)))


def _forecast(planned: Planned, kinds: Kinds, model: "Model | None") -> tuple[Forecast, tuple[Finding, ...]]:
    """The forecast as supposed, with the plan's random numbers; the plan's own where only people are otherwise. What
    had come when the rest was planned stands."""
    from forecast import fit

    notes: tuple[Finding, ...] = ()
    forecast, now = planned.forecast, replanned_at(planned.plan)
    if kinds.drivers:
        fitted = knowing(model or fit(planned.desk), forecast, now)
        supposed, notes = supposed_drivers(fitted, kinds.drivers)
        forecast = supposed.predict()
    made = scaled(forecast, kinds.offered, planned.desk.settings.forecast.seed)
    return with_standing(made, planned.forecast, now), notes


def beside(desk: Desk, forecast: Forecast, plan: Plan, hours: Hours | None = None) -> Beside:
    """Predicted service and cost of a roster and duty, with ``hours`` of overtime beside them."""
    from scheduler import price
    from staffing import predict_service, staffing_curves

    worked = plan if hours is None else hours.plan
    unseen = empty_frame("service", desk.settings.timezone).columns
    service = predict_service(desk if hours is None else hours.desk, forecast, worked.duty)
    predicted = replace(plan, service=service.reindex(columns=[*service.columns, *unseen.difference(service.columns)]))
    curves, brief = staffing_curves(desk, forecast), headline(desk, forecast, predicted)
    costs = price(desk, plan, curves)
    if hours is not None:
        costs = _with_hours(costs, price(hours.desk, hours.plan, curves), hours.amount)
        brief = replace(brief, paid_h=brief.paid_h + hours.paid_h)
    return Beside(desk, forecast, predicted, brief, costs)


def _with_hours(costs: pd.DataFrame, worked: pd.DataFrame, amount: float) -> pd.DataFrame:
    """The account with what the queues save by overtime, and what that is paid."""
    kept, felt = (own[_is_felt(own) == wanted] for own, wanted in ((costs, False), (worked, True)))
    paid = pd.DataFrame({"term": ["overtime"], "amount": [amount]})
    return pd.concat([kept, felt, paid]).groupby("term", sort=False)["amount"].sum().reset_index()


def _is_felt(costs: pd.DataFrame) -> "pd.Series[bool]":
    return costs["term"].str.partition(".")[0].isin(FELT)


def _measures(before: Beside, after: Beside) -> Iterator[tuple[str, str, float, float]]:
    for one, other in zip(before.brief.queues, after.brief.queues, strict=True):
        for name in ("offered", "share", "lost", "late", "below"):
            yield name, one.queue, float(getattr(one, name)), float(getattr(other, name))
    if before.desk.has("cover"):
        yield "missing", "", before.missing, after.missing
    for name in ("overloaded", "people", "paid_h"):
        yield name, "", float(getattr(before.brief, name)), float(getattr(after.brief, name))
    yield "staff", "", before.staff, after.staff
    yield "total", "", before.total, after.total


def _unfelt(found: WhatIf, kinds: Kinds) -> tuple[Finding, ...]:
    """Settings and training that only another roster can use."""
    idle = not found.frame()["change"].fillna(0.0).any()
    training = tuple(own for own in kinds.people if own.head == TRAIN)
    waiting = (*training, *kinds.settings) if idle else training
    return tuple(Finding("whatif_needs_roster", "note", SOURCE, value=own.text) for own in waiting)

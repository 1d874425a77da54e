"""The world as supposed: which supposition changes what, and desk and forecast with all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk import Desk, Forecast, Outcome, Plan, Termination
from desk.frames import empty_frame
from desk.quota import with_quotas
from planner.whatif import demand, overtime, people, setting
from planner.whatif.supposition import Supposition, refused

if TYPE_CHECKING:
    from forecast import Model


@dataclass(frozen=True, slots=True)
class Kinds:
    """Suppositions by what they change."""

    drivers: tuple[Supposition, ...]
    offered: tuple[Supposition, ...]
    people: tuple[Supposition, ...]
    settings: tuple[Supposition, ...]
    overtime: tuple[Supposition, ...] = ()


def sort(desk: Desk, suppositions: Sequence[Supposition]) -> Kinds:
    """Each supposition to the kind that knows it.

    Raises
    ------
    InputError : one that nobody knows.
    """
    kinds: dict[str, list[Supposition]] = {"drivers": [], "offered": [], "people": [], "settings": [], "overtime": []}
    for own in suppositions:
        kinds[_kind(desk, own)].append(own)
    return Kinds(**{name: tuple(found) for name, found in kinds.items()})


def supposed_desk(desk: Desk, suppositions: Sequence[Supposition]) -> Desk:
    """The desk with other settings and people; what comes is the forecast's.

    Raises
    ------
    InputError : something that can't be had, such as overtime: a new roster chooses its own.
    """
    kinds = sort(desk, suppositions)
    if kinds.overtime:
        raise refused(kinds.overtime[0], "whatif_overtime_roster")
    other = setting.supposed_settings(desk, kinds.settings)
    return people.supposed_people(other, _nobody_placed(desk), kinds.people).desk


def supposed_forecast(model: "Model", suppositions: Sequence[Supposition]) -> Forecast:
    """What the model forecasts where drivers and inquiries are as supposed."""
    kinds = sort(model.desk, suppositions)
    supposed, _ = demand.supposed_drivers(model, kinds.drivers)
    scaled = demand.scaled(supposed.predict(), kinds.offered, model.desk.settings.forecast.seed)
    return with_quotas(model.desk, scaled)


def refuse_demand(desk: Desk, suppositions: Sequence[Supposition]) -> None:
    """Make sure that nothing is supposed of inquiries, drivers or queues on a desk of fixed headcounts.

    Raises
    ------
    InputError : it is; nothing is forecast there.
    """
    for own in suppositions:
        told_of_queues = own.head in (setting.HANDLE_TIME, setting.PATIENCE)
        if told_of_queues or _kind(desk, own) in ("drivers", "offered", "overtime"):
            raise refused(own, "whatif_nothing_forecast")


def _kind(desk: Desk, own: Supposition) -> str:
    if own.head == demand.OFFERED:
        if own.rest in desk.settings.queues and desk.settings.queues[own.rest].daily_quota is not None:
            raise refused(own, "whatif_quota", queue=own.rest)
        return "offered"
    if own.head in (people.AGENTS, people.TRAIN):
        return "people"
    if own.head == overtime.OVERTIME:
        return "overtime"
    if own.head in (setting.HANDLE_TIME, setting.PATIENCE) or (own.head in setting.SECTIONS and own.rest):
        return "settings"
    if demand.about_drivers(desk, own):
        return "drivers"
    known = [demand.OFFERED, *demand.drivers_of(desk), demand.PLAN_ERROR, demand.DELAY, people.AGENTS, people.TRAIN]
    known += [overtime.OVERTIME]
    known += [setting.HANDLE_TIME, setting.PATIENCE, *setting.SECTIONS]
    raise refused(own, "whatif_unknown", known=", ".join(known))


def _nobody_placed(desk: Desk) -> Plan:
    """A plan without any roster."""
    never = Outcome(Termination.NO_ANSWER, 0.0, 0.0, 0.0, 0.0, "", 0)
    roster, duty, costs = (empty_frame(name, desk.settings.timezone) for name in ("roster", "duty", "costs"))
    return Plan(roster, duty, never, costs)

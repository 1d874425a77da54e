"""The parameters of a synthetic world: every number that defines it stands in ``data/worlds/<name>/world.toml``."""

import tomllib
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from data.log_spec import Log
from data.people_spec import People
from desk.settings.base import Frozen

Positive = Annotated[float, Field(gt=0)]
NotNegative = Annotated[float, Field(ge=0)]
Share = Annotated[float, Field(ge=0, le=1)]
ByHour = Annotated[list[NotNegative], Field(min_length=24, max_length=24)]
ByWeekday = Annotated[list[Positive], Field(min_length=7, max_length=7)]
ByMonth = Annotated[list[Positive], Field(min_length=12, max_length=12)]


class Visits(Frozen):
    """How many people visit the shop, and when."""

    per_day: Positive = Field(description="visits of an average ordinary day of the first year")
    growth_per_year: float = Field(description="share")
    hour: ByHour = Field(description="relative, workday")
    hour_off: ByHour = Field(description="relative, day off")
    weekday: ByWeekday = Field(description="relative, Monday first")
    month: ByMonth = Field(description="relative, January first")
    day_off: Positive = Field(description="factor of a public holiday on a weekday")
    makeup: Positive = Field(description="factor of a weekend day that is worked")
    holidays: dict[str, Positive] = Field(description="holiday -> factor instead of day_off")
    day_noise_sd: NotNegative = Field(description="log, per day")


class Orders(Frozen):
    """How many of the visits end in an order."""

    conversion: Share = Field(description="orders per visit")
    day_noise_sd: NotNegative = Field(description="log, per day")


class PlanError(Frozen):
    """How wrong the planned drivers are: log of planned over actual."""

    day_sd: NotNegative = Field(description="log, ordinary day")
    promotion_day_sd: NotNegative = Field(description="log, day of a promotion")
    promotion_common_sd: NotNegative = Field(description="log, shared by all days of one promotion")


class Phase(Frozen):
    """What a kind of phase does, at intensity 1."""

    visits: Positive = Field(description="factor")
    surges: list[Annotated[list[NotNegative], Field(min_length=3, max_length=3)]] = Field(
        description="[h after the start, height added to the factor, decay in h]"
    )
    conversion: Positive = Field(description="factor of orders per visit")
    contact: Positive = Field(description="factor of pre-sale inquiries per visit")


class Promotion(Frozen):
    """One promotion: its phases in order, each until the next begins."""

    promotion: str
    intensity: Positive = Field(description="1 = like the usual one of its kind")
    phases: dict[str, datetime] = Field(description="phase -> local start, in order")
    end: datetime

    @property
    def begin(self) -> datetime:
        """Start of the first phase."""
        return min(self.phases.values())


class Noise(Frozen):
    """What no forecaster can know."""

    day_sd: NotNegative = Field(description="log, one shock per day and queue")
    queue_correlation: Share = Field(description="between the queues' shocks of one day")
    drift_sd: NotNegative = Field(description="log, stationary sd of the slow level")
    drift_memory: Share = Field(description="autocorrelation of the level from day to day")


class ByVisits(Frozen):
    """A queue whose inquiries come from visits."""

    rate: Positive = Field(description="inquiries per visit")
    hour: ByHour = Field(description="relative")
    weekday: ByWeekday = Field(description="relative, Monday first")


class Fresh(Frozen):
    """Questions that follow an order within hours."""

    reason: str
    per_order: Share = Field(description="inquiries per order")
    mean_h: Positive = Field(description="mean lag, exponential")


class Reason(Frozen):
    """Questions that follow an order after days: gamma lag, cut at ``MAX_LAG_DAYS``."""

    reason: str
    per_order: Share = Field(description="inquiries per order")
    mean_d: Positive = Field(description="mean lag before cutting, days")
    shape: Positive = Field(description="shape of the gamma")


class ByOrders(Frozen):
    """A queue whose inquiries come from earlier orders."""

    hour: ByHour = Field(description="relative opening profile; 0 = closed")
    weekday: ByWeekday = Field(description="relative, Monday first")
    day_off: Positive = Field(description="factor of a public holiday on a weekday")
    holidays: dict[str, Positive] = Field(description="holiday -> factor instead of day_off")
    carried: Share = Field(description="share of the fresh questions of closed hours that come after opening")
    fresh: Fresh
    reasons: list[Reason]


class Service(Frozen):
    """How the past was served: a rule of thumb, for the columns handled, abandoned and aht_s."""

    headroom: Positive = Field(description="capacity staffed over the usual demand of weekday and hour")
    surge: Annotated[float, Field(ge=1)] = Field(description="most that the capacity was raised for promotions, factor")
    base_lost: Share = Field(description="share that leaves whatever the load")
    aht_sd: NotNegative = Field(description="log, per interval")
    aht_load: Share = Field(description="share by which an idle desk is faster than a full one")


class Gap(Frozen):
    """A failure of the counter."""

    start: datetime
    length_h: Positive = Field(description="h")


class Override(Frozen):
    """A change by hand to the coming forecast."""

    start: datetime
    end: datetime
    queue: str
    kind: str
    value: float
    owner: str
    reason: str
    made_at: datetime


class Activity(Frozen):
    """A briefing to be placed."""

    activity: str
    minutes: int = Field(description="min")
    window_start: datetime
    window_end: datetime
    who: list[str] = Field(description="teams")
    sessions_max: int


class World(Frozen):
    """Everything that makes the history and the coming weeks of one sample desk."""

    seed: Annotated[int, Field(ge=0)]
    history_start: date
    history_end: date = Field(description="first day without history")
    visits: Visits
    orders: Orders
    plan: PlanError
    phases: dict[str, Phase]
    promotions: list[Promotion]
    noise: Noise
    by_visits: dict[str, ByVisits]
    by_orders: dict[str, ByOrders]
    service: Service
    gaps: list[Gap]
    overrides: list[Override]
    activities: list[Activity]
    people: People
    log: Log | None = Field(default=None, description="contact log; none = no log")


MAX_LAG_DAYS = 35
"""Longest lag from an order to a question in days: after-sale waves last five weeks."""


def world_folder(name: str) -> Path:
    """Folder with the hand-written inputs of world ``name``."""
    return Path(str(files("data"))) / "worlds" / name


def load_world(name: str) -> World:
    """The parameters of world ``name``, validated, with the promotions that its history and horizon reach."""
    raw = _toml(world_folder(name) / "world.toml") | _toml(world_folder("promotions.toml"))
    world = World.model_validate(raw)
    last = date.fromisoformat(str(_toml(world_folder(name) / "desk.toml")["horizon"]["end"]))
    reached = [own for own in world.promotions if own.end.date() >= world.history_start and own.begin.date() < last]
    return world.model_copy(update={"promotions": reached})


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))

"""desk.toml as a whole."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from desk.calendar import country_of
from desk.settings.base import Frozen
from desk.settings.contract import Contract
from desk.settings.forecast import ForecastSettings
from desk.settings.incentive import IncentiveSettings
from desk.settings.queue import Queue
from desk.settings.rules import Rules
from desk.settings.scheduler import SchedulerSettings
from desk.settings.sign_off import SignOff
from desk.week import WeekDay


class Horizon(Frozen):
    """The days to plan: ``start`` is the first, ``end`` the first one after the last."""

    start: date
    end: date


class Settings(Frozen):
    """Everything that desk.toml says."""

    name: Annotated[str, Field(min_length=1)]
    timezone: str = Field(description="IANA name, such as Asia/Shanghai")
    interval_min: Literal[15, 30, 60] = Field(description="min")
    currency: str = "CNY"
    language: Literal["en", "zh"] = "en"
    week_begins: WeekDay = "monday"
    weekend: list[WeekDay] = Field(default=["saturday", "sunday"], min_length=1, max_length=2)
    horizon: Horizon
    queues: Annotated[dict[str, Queue], Field(min_length=1, max_length=200)]
    contracts: dict[str, Contract] = Field(default={}, max_length=1000)
    rules: Rules = Rules()
    forecast: ForecastSettings = ForecastSettings()
    scheduler: SchedulerSettings = SchedulerSettings()
    incentive: IncentiveSettings = IncentiveSettings()
    sign_off: SignOff = SignOff()

    @property
    def country(self) -> str:
        """Whose public holidays count: as stated, else of the timezone's country; ``none`` where it has none."""
        stated = self.forecast.country
        return country_of(self.timezone) if stated is None else stated

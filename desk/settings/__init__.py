"""The settings of a desk: one frozen class a stage, every key with a unit and a reason for its default."""

from desk.settings.contract import Contract, Limit
from desk.settings.forecast import ExpectedLevel, ExpectedLift, ForecastSettings
from desk.settings.incentive import IncentiveSettings
from desk.settings.queue import Opening, Outcomes, Patience, PatienceCurve, Queue, Target
from desk.settings.root import Horizon, Settings
from desk.settings.rules import Rules
from desk.settings.scheduler import SchedulerSettings

__all__ = [
    "Contract",
    "ExpectedLevel",
    "ExpectedLift",
    "ForecastSettings",
    "Horizon",
    "IncentiveSettings",
    "Limit",
    "Opening",
    "Outcomes",
    "Patience",
    "PatienceCurve",
    "Queue",
    "Rules",
    "SchedulerSettings",
    "Settings",
    "Target",
]

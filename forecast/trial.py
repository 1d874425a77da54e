"""What trials of drivers work on: a queue, the errors of a trial, and the verdict on it."""

from dataclasses import dataclass, field, replace

import numpy as np

from forecast.covariance import Parts, Scales, combine, rescaled
from forecast.daylevel import Solved, solve
from forecast.lag_fit import Learned
from forecast.lag_rows import DayLevels
from forecast.level import Level
from forecast.series import Floats
from forecast.setting import Setting

LEVEL_SIGMAS = 3.0
"""Trials that differ by less than this many standard errors of the paired differences are nearly level."""
QUIET = {"event": 0.15, "event_own": 0.05, "noise": 0.16}
"""Scales under which a driver that explains promotions can show it."""
LEFT_TO_DRIVERS = dict.fromkeys(("event", "event_own", "event_any"), 0.01) | {"holiday": 0.1, "holiday_own": 0.1}
STIFF = Scales(level=0.2, trend=0.05, swing=0.03, weekday=0.02, year=0.015, month=0.5, **LEFT_TO_DRIVERS)
"""Scales under which lags are learned: promotions, seasons, and holidays near promotions, are the drivers' to tell."""
Keys = tuple[tuple[str, bool], ...]
"""Drivers, each by its ``key``."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A queue as the trials see it.

    Parameters
    ----------
    setting : its surroundings.
    level : its day level without drivers.
    solved : the process under each prior that is tried, with the prior variance of the days; a trial takes the better
        one. What the days expect moves with a driver, their covariance does not.
    levels : how the days err together while lags are learned.
    learned, errors : kernels by drivers and last day, and errors by drivers and number of origins, once asked for.
    """

    setting: Setting
    level: Level
    solved: tuple[tuple[Solved, Floats], ...]
    levels: DayLevels
    learned: dict[tuple[Keys, int], Learned | None] = field(default_factory=dict)
    errors: dict[tuple[Keys, int], "Errors"] = field(default_factory=dict)

    @property
    def offered(self) -> Floats:
        """Inquiries, shape (day, slot), NaN where unknown."""
        return self.setting.series.offered


@dataclass(frozen=True, slots=True)
class Verdict:
    """One trial: the drivers together, errors with and without the last of them, whether it helps, and whether it
    entered; ``told`` is the log-likelihood of the past gained by it, where it had to be compared."""

    driver: str
    beside: tuple[str, ...]
    origins: int
    wape_without: float
    wape_with: float
    wins: float
    helps: bool
    admitted: bool = False
    told: float = float("nan")


@dataclass(frozen=True, slots=True)
class Errors:
    """Sums of absolute errors and of counts per origin."""

    errors: Floats
    counts: Floats

    @property
    def wape(self) -> float:
        return float(self.errors.sum() / max(self.counts.sum(), 1.0))

    def level_with(self, best: "Errors") -> bool:
        """Whether these errors are hardly larger than ``best``'s."""
        more = self.errors - best.errors
        return float(more.mean()) < LEVEL_SIGMAS * float(more.std(ddof=1) / np.sqrt(len(more)))


def trial_of(setting: Setting, level: Level, found: Parts) -> Trial:
    """Trials of a queue: once with the usual scales, once with drivers left to explain what promotions do."""
    scales = replace(level.scales, **QUIET)
    quiet = rescaled(level.prior, found, level.scales, scales)
    ordinary = (level.solved, np.diag(level.prior))
    under = (ordinary, (solve(level.observed, quiet, scales.noise), np.diag(quiet)))
    stiff = combine(found, STIFF) + np.diag(STIFF.noise**2 / level.observed.weight)
    return Trial(setting, level, under, DayLevels(level.observed.days, stiff))

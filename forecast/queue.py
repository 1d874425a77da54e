"""The model of one queue, fitted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from desk import Desk
from forecast.admission import admit, fitted_kernel
from forecast.borrow import Loan
from forecast.calibration import SlotNoise, slot_noise
from forecast.choice import AUTO, OURS, Choice, choose
from forecast.covariance import Parts, Scales
from forecast.foresight import Driver
from forecast.hour_width import hour_width
from forecast.lag import Kernel
from forecast.level import Level, day_parts, fit_level
from forecast.reason import ByReason, split_by_reason
from forecast.series import Floats, Series
from forecast.setting import Setting, setting_of
from forecast.shape import EventShape, fit_shape
from forecast.teller import FirstLift
from forecast.trial import Verdict, trial_of

DRIVEN = Scales(event=0.15, event_own=0.05, event_any=0.03, holiday=0.4, month=0.6)
"""Where drivers were admitted, what promotions, holidays and pay days do is mostly theirs to tell."""
TRUSTED_SHARE = 3
"""Days whose lags reach before the first measured driver are left out where they are at most a third of all."""
GUESSED_SD = 0.5
"""Error (log) of the exposure of other days before it."""


@dataclass(frozen=True, slots=True)
class QueueModel:
    """One queue, fitted.

    Parameters
    ----------
    setting : history, calendar, promotions.
    drivers, kernel : what was admitted, and how it turns into exposure; None without drivers.
    level : the day level and the profile of each kind of day.
    event_shape : how promotions bend a day.
    noise : how slots scatter.
    verdicts : the drivers' trials.
    choice : which model forecasts, and why; the rest of the fields are of ours in any case.
    loan : what was borrowed from other queues.
    first_lifts : what is expected of kinds of phase to come that were never seen.
    reasons : lags by reason, where the contact log tells them.
    """

    setting: Setting
    drivers: tuple[Driver, ...]
    kernel: Kernel | None
    level: Level
    event_shape: EventShape
    noise: SlotNoise
    verdicts: tuple[Verdict, ...]
    choice: Choice
    loan: Loan | None = None
    first_lifts: tuple[FirstLift, ...] = ()
    reasons: ByReason | None = None

    def exposure(self) -> Floats:
        """Exposure on every day of the setting, shape (day, slot); 1 without drivers."""
        if self.kernel is None:
            return np.ones((len(self.setting.days), self.setting.series.offered.shape[1]))
        return self.kernel.exposure([driver.best for driver in self.drivers])


def fit_queue(
    desk: Desk, series: Series, last: pd.Timestamp, drivers: Sequence[Driver], wanted: str = AUTO
) -> QueueModel:
    """Fit the queue of ``series`` for days up to ``last``; ``drivers`` may enter if a back-test admits them.

    Parameters
    ----------
    wanted : name of the model that forecasts; ``auto`` lets the queue's past choose.
    """
    setting = setting_of(desk, series, last)
    found = day_parts(setting)
    even = np.ones(series.offered.shape)
    allowed = _allowed(desk, series.queue, drivers)
    chosen, kernel, verdicts, reasons = _admitted(desk, setting, found, even, allowed)
    exposure, doubt = (even, None) if kernel is None else _exposed(kernel, chosen, setting)
    level = fit_level(setting, found, exposure, Scales() if kernel is None else DRIVEN, doubt=doubt)
    choice = choose(setting, level, wanted)
    return replace(_finished(setting, chosen, kernel, level, verdicts, choice), reasons=reasons)


def _admitted(
    desk: Desk, setting: Setting, found: Parts, even: Floats, drivers: Sequence[Driver]
) -> tuple[tuple[Driver, ...], Kernel | None, list[Verdict], ByReason | None]:
    """The drivers that a back-test admits, their kernel, the verdicts on all, and what the reasons tell of the lags."""
    if not drivers:
        return (), None, [], None
    trial = trial_of(setting, fit_level(setting, found, even, Scales(), tuned=False), found)
    chosen, verdicts = admit(trial, drivers)
    kernel = fitted_kernel(trial, chosen, len(even)) if chosen else None
    if kernel is None:
        return (), None, verdicts, None
    reasons = split_by_reason(desk, trial, chosen)
    return chosen, reasons.kernel if reasons is not None and reasons.used else kernel, verdicts, reasons


def fit_borrowed(desk: Desk, series: Series, loan: Loan, last: pd.Timestamp) -> QueueModel:
    """Fit a queue whose first days are borrowed: without drivers, and wider."""
    setting = setting_of(desk, series, last)
    level = fit_level(setting, day_parts(setting), np.ones(series.offered.shape), loan.scales, tuned=False)
    made = _finished(setting, (), None, level, (), Choice(OURS))
    level = replace(made.level, width=loan.widened(made.level.width))
    return replace(made, level=level, noise=loan.roughened(made.noise), loan=loan)


def extended(desk: Desk, model: QueueModel, last: pd.Timestamp, drivers: Sequence[Driver]) -> QueueModel:
    """The same model with calendar and promotions on to ``last`` and ``drivers`` read as far."""
    by_name = {driver.name: driver for driver in drivers}
    own = tuple(_like(by_name[driver.name], driver) for driver in model.drivers)
    return replace(model, setting=setting_of(desk, model.setting.series, last), drivers=own)


def _like(driver: Driver, other: Driver) -> Driver:
    """``driver`` in today's terms where ``other`` is."""
    return driver if other.since is None or driver.now is None else driver.now


def _allowed(desk: Desk, queue: str, drivers: Sequence[Driver]) -> list[Driver]:
    """Drivers that the settings let this queue try."""
    wanted = desk.settings.forecast.drivers
    return [driver for driver in drivers if wanted is None or driver.name in wanted.get(queue, [])]


def _exposed(kernel: Kernel, drivers: tuple[Driver, ...], setting: Setting) -> tuple[Floats, Floats]:
    """Exposure of the past and its variance (log): days whose lags reach before the first measured driver are left out
    where they are few, else their drivers are guessed."""
    exposure = kernel.exposure([driver.best[setting.past] for driver in drivers])
    first = max(driver.first_day for driver in drivers) + -(-kernel.reach() // exposure.shape[1])
    guessed = np.arange(len(exposure)) < first
    if first <= len(exposure) // TRUSTED_SHARE:
        exposure[guessed] = 0.0
    return exposure, np.where(guessed, GUESSED_SD**2, 0.0)


def _finished(
    setting: Setting,
    drivers: tuple[Driver, ...],
    kernel: Kernel | None,
    level: Level,
    verdicts: Sequence[Verdict],
    choice: Choice,
) -> QueueModel:
    """Shape of promotions and noise of slots on top of the day level."""
    past, offered = setting.past, setting.series.offered
    usual = level.exposure * level.profile.of_past(setting.kind[past])
    shape = fit_shape(offered, usual, setting.phases)
    noise = slot_noise(offered, level.exposure, level.profile, setting.on_event[past])
    needed = hour_width(setting, level, noise)
    level = replace(level, width=level.width.scaled(needed.factor, needed.tail))
    return QueueModel(setting, drivers, kernel, level, shape, noise.scaled(needed.factor), tuple(verdicts), choice)

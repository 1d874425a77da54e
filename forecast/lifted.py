"""What past promotions did, hour by hour: what came against what the same hours would have seen without them."""

from dataclasses import dataclass

import numpy as np

from forecast.covariance import GROUPS, DayTable, parts
from forecast.event import Phase
from forecast.queue import QueueModel
from forecast.series import Floats, Ints
from forecast.setting import KINDS

AROUND_DAYS = 28
"""What is usual of the drivers is read from the days around."""
TYPICAL_DAYS = 56
LEAST_USUAL = 5.0
"""A phase whose hours usually see fewer inquiries says nothing of a lift."""
LEAST_TOLD = 0.05
"""Drivers that all but vanish are taken to leave this share of what is usual."""


@dataclass(frozen=True, slots=True)
class PhaseLift:
    """What one past phase did.

    Parameters
    ----------
    phase : which.
    log_lift : log of what came in its hours over what was usual.
    usual : inquiries that its hours usually see.
    """

    phase: Phase
    log_lift: float
    usual: float

    @property
    def unit(self) -> float:
        """Log lift at intensity 1."""
        return self.log_lift / self.phase.intensity


def day_lifts(model: QueueModel) -> Floats:
    """Log lift by promotions of each observed day: what the model tells of it, and what it can't explain."""
    known = model.setting.table.take(model.level.observed.days)
    level = model.level
    variance = level.observed.variance(level.scales.noise)
    return np.asarray((promotion_part(model, known, known) + np.diag(variance)) @ level.solved.alpha)


def promotion_part(model: QueueModel, a: DayTable, b: DayTable) -> Floats:
    """Covariance of the promotions' part of the log level between the days of ``a`` and of ``b``."""
    found, scales = parts(a, b), model.level.scales
    return np.asarray(sum(getattr(scales, name) ** 2 * found[name] for name in GROUPS["promotion"]))


def usual_slots(model: QueueModel, *, beyond_drivers: bool) -> Floats:
    """Inquiries that every past slot would have seen without promotions, shape (day, slot); NaN on days not counted.

    Parameters
    ----------
    beyond_drivers : what drivers told beforehand is usual; else the drivers count as on the days around.
    """
    level, setting = model.level, model.setting
    observed = level.observed
    exposure = level.exposure if beyond_drivers else _calm(level.exposure, setting.kind[setting.past], setting.on_event)
    found = np.full(level.exposure.shape, np.nan)
    base = (exposure * level.profile.of_past(setting.kind[setting.past]))[observed.days]
    found[observed.days] = base * np.exp(observed.offset + observed.z - day_lifts(model))[:, None]
    return found


def _calm(exposure: Floats, kind: Ints, on_event: "np.typing.NDArray[np.bool_]") -> Floats:
    """Exposure on ordinary days of the kind around each day of a promotion."""
    found, days = exposure.copy(), np.arange(len(exposure))
    for day in np.flatnonzero(on_event[: len(exposure)]):
        near = (np.abs(days - day) <= AROUND_DAYS) & ~on_event[: len(exposure)]
        own = near & (kind == kind[day])
        if near.any():
            found[day] = exposure[own if own.any() else near].mean(axis=0)
    return found


def typical_exposure(model: QueueModel, exposure: Floats) -> Floats:
    """Usual exposure of each kind of day in the last eight weeks without promotions, shape (kind, slot)."""
    setting = model.setting
    past = setting.past
    weight = setting.profile_weight * (past >= len(past) - TYPICAL_DAYS)
    found = np.empty((KINDS, exposure.shape[1]))
    for kind in range(KINDS):
        own = weight * (setting.kind[past] == kind)
        own = own if own.sum() > 0 else weight
        found[kind] = own @ exposure[past] / own.sum()
    return found


def told_by_drivers(model: QueueModel, phase: Phase) -> tuple[float, float]:
    """Log of what the drivers foresee of the hours of a phase over what is usual of them, and the sd of its error."""
    setting, exposure = model.setting, model.exposure()
    shape = model.level.profile.shape[setting.kind]
    weight = inside(phase, *exposure.shape) * shape
    usual = (weight * typical_exposure(model, exposure)[setting.kind]).sum()
    days = np.flatnonzero(weight.any(axis=1))
    if usual <= 0:
        return 0.0, 0.0
    error = max(float(np.sqrt(np.mean(driver.error_sd[days] ** 2))) for driver in model.drivers)
    return float(np.log(max((weight * exposure).sum() / usual, LEAST_TOLD))), error


def inside(phase: Phase, days: int, slots: int) -> Floats:
    """Share of every slot that lies in the phase, shape (day, slot)."""
    start = np.arange(days * slots, dtype=np.float64) / slots
    share = np.minimum(start + 1 / slots, phase.end_d) - np.maximum(start, phase.start_d)
    return np.asarray(np.clip(share * slots, 0.0, 1.0).reshape(days, slots))


def phase_lifts(model: QueueModel, *, beyond_drivers: bool) -> list[PhaseLift]:
    """What each past phase of an intensity above 0 did of which enough was counted, oldest first."""
    offered, usual = model.setting.series.offered, usual_slots(model, beyond_drivers=beyond_drivers)
    known, found = ~np.isnan(offered) & ~np.isnan(usual), []
    for phase in (own for own in model.setting.phases if own.intensity > 0):
        share = inside(phase, *offered.shape) * known if phase.start_d < len(offered) else np.zeros(0)
        rows = np.flatnonzero(share.sum(axis=1)) if share.size else np.zeros(0, dtype=np.int64)
        came, expected = (
            float(np.nansum(share[rows] * values[rows])) if len(rows) else 0.0 for values in (offered, usual)
        )
        if expected >= LEAST_USUAL:
            found.append(PhaseLift(phase, float(np.log((came + 0.5) / expected)), expected))
    return found

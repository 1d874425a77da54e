"""How a day's surprise lives within the day: a part common to all its hours, a part that fades from hour to hour.

What each slot of past days missed of the day-ahead forecast, relative to it, has covariance a + b r^k at a distance of
k slots: a is common to the day, b fades. On top come counting noise and a slot's own chance.

Source: Cressie, Statistics for Spatial Data (1993), ch. 2.6 (weighted least squares on empirical covariances).
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import nnls

from forecast.calibration import SlotNoise
from forecast.daylevel import roll
from forecast.queue import QueueModel
from forecast.series import DAY_MIN, Floats

JUDGED_DAYS = 182
FEWEST_DAYS = 28
HALF_LIVES_H = (1.0, 2.0, 4.0, 8.0, 16.0)
USUAL_COMMON, USUAL_FADING, USUAL_HALF_LIFE_H = 0.01, 0.01, 4.0
CUTS = 24
USUAL_TRUST, TRUST_SD, DOUBT = 0.5, 0.5, 0.5
FARTHEST_SD = 4.0
"""A slot's miss counts at most this many standard deviations."""


@dataclass(frozen=True, slots=True)
class Within:
    """The parts of a day's surprise.

    Parameters
    ----------
    common, fading : variance of the relative surprise that all hours share, and of what fades.
    memory : correlation of the fading part from slot to slot.
    noise : how slots scatter about their day.
    trust : how far the rest of the past days followed what their slots up to each had said, 0-1, length S.
    """

    common: float
    fading: float
    memory: float
    noise: SlotNoise
    trust: Floats

    def chance(self, mean: Floats, told: Floats | float) -> Floats:
        """Relative variance of the own chance of slots that expect ``mean``: their scatter about the day less what
        of it the fading part has ``told``."""
        return np.asarray(np.maximum(self.noise.variance(mean) - told, 0.0))

    def kept(self, share: Floats) -> Floats:
        """Part of the fading variance that is left in a day's total, whose slots have ``share``, shape (day, slot)."""
        return np.asarray(np.einsum("ds,st,dt->d", share, self.kinship(share.shape[1]), share))

    def kinship(self, slots: int) -> Floats:
        """Correlation of the fading part between the slots of a day, shape (slot, slot)."""
        slot = np.arange(slots)
        return np.asarray(self.memory ** np.abs(slot[:, None] - slot[None, :]))


def within_day(model: QueueModel) -> Within:
    """Learn the parts from the queue's last half year of days without promotion."""
    slots = model.setting.series.offered.shape[1]
    per_h = slots / (DAY_MIN / 60)
    miss, mean = _missed(model)
    if len(miss) < FEWEST_DAYS:
        return Within(USUAL_COMMON, USUAL_FADING, _usual_memory(per_h), model.noise, np.ones(slots))
    common, fading, memory = _split(miss, mean, per_h)
    found = Within(common, fading, memory, model.noise, np.ones(slots))
    return replace(found, trust=_trust(found, miss, mean))


def _missed(model: QueueModel) -> tuple[Floats, Floats]:
    """Actual less day-ahead forecast, and that forecast, shape (day, slot); 0 where either is unknown."""
    level, offered = model.level, model.setting.series.offered
    own = level.observed.days
    own = own[~model.setting.on_event[own] & ~np.isnan(level.profile.shares[own]).all(axis=1)][-JUDGED_DAYS:]
    found = roll(level.solved, np.diag(level.prior), own.tolist(), 1)
    rows = np.array([ahead.rows[0] for ahead in found], dtype=np.int64)
    days = level.observed.days[rows]
    total = np.exp([ahead.mean[0] + level.observed.offset for ahead in found]) * level.expected[rows]
    shape = level.exposure[days] * level.profile.shares[days]
    known = ~np.isnan(offered[days]) & ~np.isnan(shape) & (shape > 0)
    shape = np.where(known, shape, 0.0)
    sums = shape.sum(axis=1, keepdims=True)
    mean = shape / np.where(sums > 0, sums, 1.0) * total[:, None]
    return _cut(np.where(known, np.nan_to_num(offered[days]) - mean, 0.0), mean), mean


def _cut(miss: Floats, mean: Floats) -> Floats:
    """Misses cut at a few standard deviations, so that outages and accidents do not teach."""
    square, size = float((miss**2 - mean).sum()), float((mean**2).sum())
    variance = mean + max(square / size if size > 0 else 0.0, 0.0) * mean**2
    most = FARTHEST_SD * np.sqrt(variance)
    return np.clip(miss, -most, most)


def _split(miss: Floats, mean: Floats, per_h: float) -> tuple[float, float, float]:
    """Variance common to the day, variance that fades, and its memory from slot to slot."""
    slots = miss.shape[1]
    lags = np.arange(1, slots)
    size = np.array([(mean[:, lag:] * mean[:, :-lag]).sum() for lag in lags])
    product = np.array([(miss[:, lag:] * miss[:, :-lag]).sum() for lag in lags])
    used = size > 0
    covariance, weight = product[used] / size[used], np.sqrt(size[used])
    best = (np.inf, 0.0, 0.0, 0.0)
    for half_life in HALF_LIVES_H:
        memory = 0.5 ** (1 / (half_life * per_h))
        design = np.stack([np.ones(used.sum()), memory ** lags[used]], axis=1)
        (common, fading), rest = nnls(design * weight[:, None], covariance * weight)
        best = min(best, (float(rest), float(common), float(fading), memory))
    _, common, fading, memory = best
    return common, fading, memory if fading > 0 else _usual_memory(per_h)


def _usual_memory(per_h: float) -> float:
    return float(0.5 ** (1 / (USUAL_HALF_LIFE_H * per_h)))


def _trust(found: Within, miss: Floats, mean: Floats) -> Floats:
    """How far the rest of each past day followed its first slots, at several times of day; believed by its precision.

    At night few inquiries come, and what they say of the day is often less than their covariance by day would have it.
    """
    slots = mean.shape[1]
    usual = np.maximum(mean.mean(axis=0), 1e-6)
    kin = found.common + found.fading * found.kinship(slots)
    told = found.fading * (1 - found.kept((usual / usual.sum())[None]))
    noisy = kin + np.diag(1 / usual + found.chance(usual, told))
    relative = np.where(mean > 0, miss / np.where(mean > 0, mean, 1.0), 0.0)
    cuts = np.unique(np.linspace(1, slots - 1, CUTS).astype(int))
    trust = []
    for cut in cuts:
        gain = np.linalg.solve(noisy[:cut, :cut], kin[:cut, cut:])
        said = relative[:, :cut] @ gain * mean[:, cut:]
        trust.append(_believed(said, miss[:, cut:]))
    return np.interp(np.arange(slots) + 1, cuts, trust)


def _believed(said: Floats, came: Floats) -> float:
    """Slope of what came on what was said, shrunk to the middle, less half its sd: an update must earn its place.

    The error of the slope comes from days as a whole.
    """
    size = float((said**2).sum())
    if size <= 0:
        return 0.0
    slope = float((said * came).sum()) / size
    error = float((((came - slope * said) * said).sum(axis=1) ** 2).sum()) / size**2
    precision = 1 / max(error, 1e-12) + 1 / TRUST_SD**2
    middle = (slope / max(error, 1e-12) + USUAL_TRUST / TRUST_SD**2) / precision
    return float(np.clip(middle - DOUBT * precision**-0.5, 0.0, 1.0))

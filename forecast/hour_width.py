"""How wide the hours must be: what past origins foretold of the slots of ordinary days, against what came."""

import numpy as np
from scipy.stats import norm

from forecast.calibration import AHEAD_DAYS, BELIEVED_DAYS, SlotNoise
from forecast.daylevel import Ahead, roll
from forecast.level import Level
from forecast.series import Floats
from forecast.setting import Setting
from forecast.tuning import weekly_origins

WEEKS = 26
COUNTABLE = 4.0
"""Slots that expect fewer inquiries say little of a width."""
LEVELS = (0.8, 0.95)
NARROWEST, WIDEST = 0.7, 1.5


def hour_factor(setting: Setting, level: Level, noise: SlotNoise) -> float:
    """Measured over nominal width of the hours in the last half year's weekly origins, shrunk to 1.

    Parameters
    ----------
    noise : how slots scatter given their day.
    """
    rolled = roll(level.solved, np.diag(level.prior), weekly_origins(len(setting.past), WEEKS), AHEAD_DAYS)
    misses = [_misses(setting, level, noise, ahead) for ahead in rolled]
    days = sum(len(miss) > 0 for miss in misses) * AHEAD_DAYS
    if not days:
        return 1.0
    miss = np.concatenate(misses)
    ratios = [float(np.quantile(miss, share)) / float(norm.ppf((1 + share) / 2)) for share in LEVELS]
    factor = max(float(np.sqrt(np.prod(ratios))), 1e-3) ** (days / (days + BELIEVED_DAYS))
    return float(np.clip(factor, NARROWEST, WIDEST))


def _misses(setting: Setting, level: Level, noise: SlotNoise, ahead: Ahead) -> Floats:
    """Absolute errors of the countable slots over their foretold standard deviations."""
    day = level.observed.days[ahead.rows]
    day, spread = day[~setting.on_event[day]], (ahead.variance + level.scales.noise**2)[~setting.on_event[day]]
    log = ahead.mean[~setting.on_event[level.observed.days[ahead.rows]]] + level.observed.offset
    mean = level.exposure[day] * level.profile.shares[day] * np.exp(log)[:, None]
    common = level.width.of(setting.kind[day], setting.on_event[day]) ** 2 * spread
    variance = mean + mean**2 * (common[:, None] + noise.variance(mean))
    offered = setting.series.offered[day]
    used = (np.nan_to_num(mean) > COUNTABLE) & ~np.isnan(offered)
    return np.asarray(np.abs(offered - mean)[used] / np.sqrt(variance[used]))

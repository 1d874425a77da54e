"""How wide the hours must be: what past origins foretold of the slots of ordinary days, against what came.

Two levels are calibrated: the width that 80 % of the hours needed, and how much farther out than foretold the next
15 % lay.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri
from scipy.stats import norm, t

from forecast.calibration import AHEAD_DAYS, BELIEVED_DAYS, SlotNoise
from forecast.daylevel import Ahead, roll
from forecast.level import Level
from forecast.series import Floats
from forecast.setting import Setting
from forecast.tuning import weekly_origins

WEEKS = 26
COUNTABLE = 4.0
"""Slots that expect fewer inquiries say little of a width."""
INNER, OUTER = 0.8, 0.95
"""Central shares of the hours whose width is calibrated."""
NARROWEST, WIDEST = 0.7, 1.5
NODES = 31
"""Equally likely shocks of a day that a slot's distribution is summed over."""
EDGE = 1e-4
LIGHTEST, HEAVIEST = 1.0, 1.4
USUAL_TAIL = 1.05
TAIL_DAYS = 120.0
"""A measured tail is believed by n / (n + 120), n the days that it rests on."""


@dataclass(frozen=True, slots=True)
class HourWidth:
    """What the hours needed.

    Parameters
    ----------
    factor : width of the central 80 %, over the foretold one.
    tail : distance of the 95 % from the median, over the foretold one, once ``factor`` is applied.
    """

    factor: float = 1.0
    tail: float = USUAL_TAIL


def hour_width(setting: Setting, level: Level, noise: SlotNoise) -> HourWidth:
    """Measured over foretold width of the hours in the last half year's weekly origins, shrunk to what is usual.

    Parameters
    ----------
    noise : how slots scatter given their day.
    """
    rolled = roll(level.solved, np.diag(level.prior), weekly_origins(len(setting.past), WEEKS), AHEAD_DAYS)
    shock = _shocks(level.width.df)
    misses = [_misses(setting, level, noise, ahead, shock) for ahead in rolled]
    weeks = sum(len(miss) > 0 for miss in misses)
    if not weeks:
        return HourWidth()
    inner, outer = (_needed(np.concatenate(misses), share, weeks) for share in (INNER, OUTER))
    days = weeks * AHEAD_DAYS
    factor = np.clip(inner ** (days / (days + BELIEVED_DAYS)), NARROWEST, WIDEST)
    belief = days / (days + TAIL_DAYS)
    tail = np.clip((outer / inner) ** belief * USUAL_TAIL ** (1 - belief), LIGHTEST, HEAVIEST)
    return HourWidth(float(factor), float(tail))


def _needed(miss: Floats, share: float, weeks: int) -> float:
    """Width that ``share`` of the hours needed; one learned from so many weeks is itself not certain (Student)."""
    upper = (1 + share) / 2
    return max(float(np.quantile(miss, share)), 1e-3) * float(t.ppf(upper, weeks) / norm.ppf(upper) ** 2)


def _shocks(df: float) -> Floats:
    """Equally likely shocks of a day, in its sd: Student, the central 80 % that of a Gaussian."""
    return np.asarray(t.ppf((np.arange(NODES) + 0.5) / NODES, df) * float(norm.ppf(0.9) / t.ppf(0.9, df)))


def _misses(setting: Setting, level: Level, noise: SlotNoise, ahead: Ahead, shock: Floats) -> Floats:
    """How many normal standard deviations the countable slots lay off, by the distribution foretold of each."""
    days = level.observed.days[ahead.rows]
    plain = ~setting.on_event[days]
    day, log = days[plain], ahead.mean[plain] + level.observed.offset
    mean = level.exposure[day] * level.profile.shares[day] * np.exp(log)[:, None]
    offered = setting.series.offered[day]
    used = (np.nan_to_num(mean) > COUNTABLE) & ~np.isnan(offered)
    width = level.width.of(setting.kind[day], setting.on_event[day])
    sd = width * np.sqrt(ahead.variance + level.scales.noise**2)[plain]
    chance = np.broadcast_to(noise.variance(mean), mean.shape)[used]
    day_sd = np.broadcast_to(sd[:, None], mean.shape)[used]
    share = _share_below(offered[used], mean[used], day_sd, chance, shock)
    return np.asarray(np.abs(ndtri(np.clip(share, EDGE, 1 - EDGE))))


def _share_below(came: Floats, mean: Floats, day_sd: Floats, chance: Floats, shock: Floats) -> Floats:
    """Foretold probability of no more than ``came``: shocked days, and about each of them a normal slot.

    Parameters
    ----------
    day_sd : of the day's log level.
    chance : relative variance of the slot given its day, beyond Poisson.
    """
    centre = mean[:, None] * np.exp(day_sd[:, None] * shock)
    return np.asarray(ndtr((came[:, None] - centre) / np.sqrt(centre + centre**2 * chance[:, None])).mean(axis=1))

"""Sample paths of one queue: common shocks of days and drivers, chance of slots, and counting noise."""

import numpy as np
from scipy.signal import lfilter
from scipy.stats import norm, t

from forecast.foresight import Driver
from forecast.hour_width import INNER, OUTER
from forecast.lag import Kernel
from forecast.outlook import Outlook
from forecast.queue import QueueModel
from forecast.series import Floats, Ints

FARTHEST = 5.0
"""A shock is cut at this many standard deviations."""
MOST_SPREAD = 3.0
"""What all days of a path share is at most this many times as wide as a Gaussian."""
LARGEST_RATE = 1e12
JITTER = 1e-9
LEAST_RATE = 1e-12
STRETCHED = ((1 - OUTER) / 2, (1 - INNER) / 2, (1 + INNER) / 2, (1 + OUTER) / 2)
FEWEST_STRETCHED = 100
"""Fewer paths hardly know where these shares end."""
MOST_TAIL = 1.6
QUIET_DAYS = 8
"""Days without a driver before the first, so that nothing goes on from there."""


def sample_rates(model: QueueModel, ahead: Outlook, surprises: Floats, rng: np.random.Generator) -> Floats:
    """Rates per path, day and slot, shape (path, h, S), before counting noise.

    Parameters
    ----------
    surprises : standard normal draws for each day's own chance, shape (path, h).
    """
    paths = len(surprises)
    level = sample_levels(model, ahead, surprises, rng)
    rates = np.exp(level)[:, :, None] * ahead.weights
    if model.kernel is not None:
        rates = rates * exposure_factors(model, model.kernel, ahead, paths, rng)
    rates = rates * slot_chance(model, np.exp(ahead.mean)[:, None] * ahead.weights, paths, rng)
    return np.minimum(stretched(rates, model.level.width.tail), LARGEST_RATE)


def stretched(rates: Floats, tail: float) -> Floats:
    """The rates with the central 95 % of the counts wider by ``tail`` and the central 80 % as they are.

    Between the two the log of the rate is stretched, beyond them it is shifted: the order of the paths stays, and with
    it what hours, days and queues have in common. Counting noise, which is not stretched, is left to the rates to make
    up for.

    Parameters
    ----------
    rates : shape (path, day, slot).
    """
    if tail <= 1.0 or len(rates) < FEWEST_STRETCHED:
        return rates
    inner, outer = (float(norm.ppf((1 + share) / 2)) for share in (INNER, OUTER))
    far_low, low, high, far_high = np.maximum(np.quantile(rates, STRETCHED, axis=0), LEAST_RATE)
    counting = np.sqrt(low * high) * (2 * inner / np.maximum(high - low, LEAST_RATE)) ** 2
    of_rate = np.minimum(np.sqrt(tail**2 * (1 + counting) - counting), MOST_TAIL)
    more = (of_rate - 1.0) * outer / (outer - inner)
    beyond = np.clip(rates / high, 1.0, far_high / high) * np.clip(rates / low, far_low / low, 1.0)
    return np.asarray(rates * beyond**more)


def sample_levels(model: QueueModel, ahead: Outlook, surprises: Floats, rng: np.random.Generator) -> Floats:
    """Log levels per path and day, shape (path, h): posterior (level, events, parameters) plus a day's own chance.

    Both have Student tails and the central 80 % of a Gaussian; all days of a path are equally far out in the first.
    """
    paths, size = surprises.shape
    root = np.linalg.cholesky(ahead.covariance + JITTER * np.eye(size))
    common = _centred(rng.standard_normal((paths, size))) @ root.T
    df = model.level.width.df
    as_wide = float(norm.ppf(0.9) / t.ppf(0.9, df))
    common *= as_wide * np.minimum(np.sqrt(df / rng.chisquare(df, paths)), MOST_SPREAD)[:, None]
    own = np.clip(t.ppf(norm.cdf(surprises), df) * as_wide, -FARTHEST, FARTHEST)
    return np.asarray(ahead.mean + common + _centred(own) * ahead.noise_sd)


def _centred(values: Floats) -> Floats:
    """Draws shifted to mean 0 per column, so that few paths already have the right centre."""
    return np.asarray(values - values.mean(axis=0))


def slot_chance(model: QueueModel, mean: Floats, paths: int, rng: np.random.Generator) -> Floats:
    """Log-normal factors with memory from slot to slot that leave each day's sum alone; with Poisson counts on top
    they over-disperse."""
    variance = np.log1p(model.noise.variance(mean))
    memory = model.noise.memory
    fresh = rng.standard_normal((paths, mean.size))
    fresh[:, 1:] *= np.sqrt(1 - memory**2)
    shocks = lfilter([1.0], [1.0, -memory], fresh, axis=1).reshape(paths, *mean.shape)
    chance = np.exp(shocks * np.sqrt(variance) - variance / 2)
    total = mean.sum(axis=1, keepdims=True)
    share = mean / np.where(total > 0, total, 1.0)
    return np.asarray(chance / np.where(total > 0, (chance * share).sum(axis=2, keepdims=True), 1.0))


def exposure_factors(model: QueueModel, kernel: Kernel, ahead: Outlook, paths: int, rng: np.random.Generator) -> Floats:
    """What errors of the drivers' plans make of the exposure, shape (path, h, S)."""
    change = np.zeros((paths, ahead.exposure.size))
    for index, driver in enumerate(model.drivers):
        future = np.arange(driver.known_days, int(ahead.days[-1]) + 1)
        if len(future):
            shocks = plan_shocks(driver, future, paths, rng)
            change += (shocks - 1) @ contributions(kernel, index, driver, future, ahead.days)
    return np.maximum(1 + change.reshape(paths, *ahead.exposure.shape) / ahead.exposure, 0.0)


def contributions(kernel: Kernel, index: int, driver: Driver, future: Ints, days: Ints) -> Floats:
    """What each future day of a driver adds to the exposure of the days ahead, shape (future day, slot ahead)."""
    begin = max(min(int(future[0]), int(days[0])) - QUIET_DAYS, 0)
    values = np.zeros((len(future), int(days[-1]) + 1 - begin, driver.best.shape[1]))
    values[np.arange(len(future)), future - begin] = driver.best[future]
    return kernel.share(index, values)[:, days - begin].reshape(len(future), -1)


def plan_shocks(driver: Driver, days: Ints, paths: int, rng: np.random.Generator) -> Floats:
    """What comes over what is foreseen per path and day, shape (path, day): a part common to all days and one of each
    day, mean 1."""
    sd, common = driver.error_sd[days], driver.common[days]
    shared, own = rng.standard_normal((paths, 1)), rng.standard_normal((paths, len(days)))
    return np.asarray(np.exp(sd * (np.sqrt(common) * shared + np.sqrt(1 - common) * own) - sd**2 / 2))

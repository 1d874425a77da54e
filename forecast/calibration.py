"""How wide the forecast must be: learned from what the queue's own past origins missed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.stats import norm, t

from forecast.daylevel import Solved, roll
from forecast.profile import Profile
from forecast.series import Bools, Floats, Ints

AHEAD_DAYS = 14
BELIEVED_DAYS = 30.0
"""A measured width is believed by n / (n + 30), n the days that it rests on."""
NARROWEST, WIDEST = 0.1, 3.0
STUDENT_DF = (3.0, 4.0, 5.0, 7.0, 10.0, 30.0)
USUAL_DF = 7.0
JUDGED_DAYS = 182
CUT = 0.99


@dataclass(frozen=True, slots=True)
class Width:
    """How a day's log level scatters.

    Parameters
    ----------
    ordinary : factor on the model's standard deviation per kind of day, without promotion.
    event : the same on days of promotions.
    df : degrees of freedom of a day's own chance (Student).
    tail : how much farther out than that the 95 % of the hours lay.
    """

    ordinary: tuple[float, ...]
    event: float = 1.0
    df: float = USUAL_DF
    tail: float = 1.0

    def of(self, kind: Ints, on_event: Bools) -> Floats:
        """Factor of each day."""
        return np.where(on_event, self.event, np.array(self.ordinary)[kind])

    def scaled(self, factor: float, tail: float) -> "Width":
        """The same, ordinary days wider by ``factor``, and the hours' ``tail``."""
        return replace(self, ordinary=tuple(factor * own for own in self.ordinary), tail=tail)


@dataclass(frozen=True, slots=True)
class SlotNoise:
    """Relative variance of a slot given its day: ``steady + per_count / mean``, with memory from slot to slot.

    ``steady`` and ``per_count`` are of all slots, or of each slot of the day, shape (slot,).
    """

    steady: Floats | float = 0.0
    per_count: Floats | float = 0.0
    memory: float = 0.0

    def variance(self, mean: Floats) -> Floats:
        """Relative variance beyond Poisson of slots that expect ``mean``, slots along the last axis."""
        return np.asarray(self.steady + self.per_count / np.maximum(mean, 1e-6) * (mean > 0))

    def scaled(self, factor: Floats | float) -> "SlotNoise":
        """The same, the sd of a slot with its counting noise wider by ``factor`` (never below Poisson)."""
        per_count = np.maximum((1 + self.per_count) * factor**2 - 1, 0.0)
        return SlotNoise(self.steady * factor**2, per_count, self.memory)


def day_width(
    solved: Solved,
    prior_variance: Floats,
    noise: float,
    kind: Ints,
    kinds: int,
    on_event: Bools,
    origins: Sequence[int],
) -> Width:
    """Compare the errors of past origins, over two weeks ahead, with the model's standard deviations.

    Parameters
    ----------
    kind, on_event : of each day of the history.
    """
    misses, days = [], []
    for ahead in roll(solved, prior_variance, origins, AHEAD_DAYS):
        sd = np.sqrt(ahead.variance + noise**2 + solved.observed.counting[ahead.rows])
        misses.append((solved.observed.z[ahead.rows] - ahead.mean) / sd)
        days.append(solved.observed.days[ahead.rows])
    if not misses:
        return Width((1.0,) * kinds)
    miss, day = np.abs(np.concatenate(misses)), np.concatenate(days)
    plain = ~on_event[day]
    overall = _factor(miss[plain], 1.0)
    ordinary = tuple(_factor(miss[plain & (kind[day] == own)], overall) for own in range(kinds))
    return Width(ordinary, _factor(miss[~plain], overall), _tail(miss[plain]))


def _factor(miss: Floats, prior: float) -> float:
    """Measured over nominal width of the central 80 %, shrunk to ``prior`` in logs."""
    if not len(miss):
        return prior
    measured = max(float(np.quantile(miss, 0.8)), 1e-3) / float(norm.ppf(0.9))
    belief = len(miss) / (len(miss) + BELIEVED_DAYS)
    return float(np.clip(measured**belief * prior ** (1 - belief), NARROWEST, WIDEST))


def _tail(miss: Floats) -> float:
    """Degrees of freedom whose ratio of the 95 % to the 80 % width is nearest to the measured one."""
    if len(miss) < BELIEVED_DAYS or np.quantile(miss, 0.8) <= 0:
        return USUAL_DF
    ratio = float(np.quantile(miss, 0.95) / np.quantile(miss, 0.8))
    nominal = [float(t.ppf(0.975, df) / t.ppf(0.9, df)) for df in STUDENT_DF]
    return STUDENT_DF[int(np.argmin(np.abs(np.array(nominal) - ratio)))]


def slot_noise(offered: Floats, exposure: Floats, profile: Profile, on_event: Bools) -> SlotNoise:
    """Scatter of the slots about the profile foretold for the day, given the day's total.

    Notes
    -----
    Weighted least squares of (y - mu)^2 - mu on mu (extra Poisson) and mu^2 (steady), both at least 0.
    """
    rows = np.flatnonzero(~np.isnan(profile.shares).all(axis=1) & ~on_event)[-JUDGED_DAYS:]
    y, mu = offered[rows], exposure[rows] * profile.shares[rows]
    known = ~np.isnan(y) & ~np.isnan(mu)
    total = np.where(known, y, 0.0).sum(axis=1, keepdims=True)
    expected = np.where(known, mu, 0.0).sum(axis=1, keepdims=True)
    mu = np.where(known, mu * total / np.where(expected > 0, expected, 1.0), 0.0)
    used = known & (mu > 0.5)
    if used.sum() < JUDGED_DAYS:
        return SlotNoise()
    return _fitted(np.where(used, y - mu, 0.0), np.where(used, mu, 0.0), used, mu / np.maximum(total, 1.0))


def _fitted(rest: Floats, mu: Floats, used: Bools, share: Floats) -> SlotNoise:
    """Fit both parts of the variance, and the memory of the relative deviations; then each slot's own width."""
    square = rest**2 / np.maximum(1 - share, 0.2)
    mean = mu[used]
    most = np.quantile(square[used] / mean, CUT) * mu
    cut = np.minimum(square, most)[used]
    design = np.stack([mean, mean**2], axis=1) / mean[:, None]
    both, *_ = np.linalg.lstsq(design, (cut - mean) / mean, rcond=None)
    if both.min() < 0:
        both = np.array([0.0, max(float(np.median(cut / mean**2 - 1 / mean)), 0.0)])
    relative = rest / np.sqrt(np.maximum(mu, 1e-9))
    adjacent = used[:, 1:] & used[:, :-1]
    product = float((relative[:, 1:] * relative[:, :-1])[adjacent].mean()) if adjacent.any() else 0.0
    memory = product / max(float((relative**2)[used].mean()) - 1.0, 0.05)
    found = SlotNoise(float(both[1]), float(both[0]), float(np.clip(memory, 0.0, 0.8)))
    return found.scaled(_slot_factor(np.minimum(square, most), mu, used, found))


def _slot_factor(square: Floats, mu: Floats, used: Bools, noise: SlotNoise) -> Floats:
    """Measured over fitted width of each slot of the day, shrunk to 1 by the number of its days."""
    fitted = mu * (1 + mu * noise.variance(mu))
    ratio = np.where(used, square / np.where(used, fitted, 1.0), 0.0)
    days = used.sum(axis=0)
    return np.asarray(np.sqrt((ratio.sum(axis=0) + BELIEVED_DAYS) / (days + BELIEVED_DAYS)))

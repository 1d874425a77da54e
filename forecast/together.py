"""What queues have in common: a busy day for one is often a busy day for the others."""

from collections.abc import Mapping, Sequence

import numpy as np

from forecast.daylevel import roll
from forecast.queue import QueueModel
from forecast.series import Floats
from forecast.tuning import AHEAD_DAYS, weekly_origins

WEEKS = 52
BELIEVED_DAYS = 60.0
"""A correlation measured on n days is believed by n / (n + 60)."""
CUT = 3.0


def day_correlation(missed: Sequence[Mapping[int, float]]) -> Floats:
    """Correlation of the queues' daily surprises, shape (queue, queue), from what past weekly origins missed.

    Parameters
    ----------
    missed : of each queue, as ``missed_of`` gives it; a pair is compared on the days that both have, and shrunk to 0.
    """
    days = sorted(set().union(*missed))
    place = {day: index for index, day in enumerate(days)}
    misses, known = np.zeros((len(missed), len(days))), np.zeros((len(missed), len(days)))
    for row, own in enumerate(missed):
        where = [place[day] for day in own]
        misses[row, where], known[row, where] = list(own.values()), 1.0
    both = known @ known.T
    n = np.maximum(both, 1.0)
    mean, square = misses @ known.T / n, misses**2 @ known.T / n
    variance = np.maximum(square - mean**2, 0.0)
    scale = np.sqrt(variance * variance.T)
    found = np.where(scale > 1e-12, (misses @ misses.T / n - mean * mean.T) / np.maximum(scale, 1e-12), 0.0)
    found = np.clip(found, -1.0, 1.0) * both / (both + BELIEVED_DAYS)
    np.fill_diagonal(found, 1.0)
    values, vectors = np.linalg.eigh(found)
    near = (vectors * np.maximum(values, 1e-6)) @ vectors.T
    scale = np.sqrt(np.diag(near))
    return np.asarray(near / np.outer(scale, scale))


def shocks(correlation: Floats, paths: int, days: int, rng: np.random.Generator) -> Floats:
    """Standard normal surprises, shape (queue, path, day), correlated between queues on a day."""
    fresh = rng.standard_normal((len(correlation), paths, days))
    return np.asarray(np.tensordot(np.linalg.cholesky(correlation), fresh, axes=1))


def missed_of(model: QueueModel) -> dict[int, float]:
    """Standardised error of each day ahead of a past origin, by the day's number, single days cut."""
    level = model.level
    found: dict[int, float] = {}
    origins = weekly_origins(len(model.setting.past), WEEKS)
    for ahead in roll(level.solved, np.diag(level.prior), origins, AHEAD_DAYS):
        sd = np.sqrt(ahead.variance + level.scales.noise**2 + level.observed.counting[ahead.rows])
        miss = np.clip((level.observed.z[ahead.rows] - ahead.mean) / sd, -CUT, CUT)
        days = level.observed.days[ahead.rows]
        own = days >= model.setting.series.borrowed
        found |= dict(zip(days[own].tolist(), miss[own].tolist(), strict=True))
    return found

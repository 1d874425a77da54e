"""What queues have in common: a busy day for one is often a busy day for the others."""

from collections.abc import Sequence

import numpy as np

from forecast.daylevel import roll
from forecast.queue import QueueModel
from forecast.series import Floats
from forecast.tuning import AHEAD_DAYS, weekly_origins

WEEKS = 52
BELIEVED_DAYS = 60.0
"""A correlation measured on n days is believed by n / (n + 60)."""
CUT = 3.0


def day_correlation(models: Sequence[QueueModel]) -> Floats:
    """Correlation of the queues' daily surprises, shape (queue, queue), from what past weekly origins missed."""
    missed = [_missed(model) for model in models]
    found = np.eye(len(models))
    for i in range(len(models)):
        for j in range(i):
            found[i, j] = found[j, i] = _correlation(missed[i], missed[j])
    values, vectors = np.linalg.eigh(found)
    near = (vectors * np.maximum(values, 1e-6)) @ vectors.T
    scale = np.sqrt(np.diag(near))
    return np.asarray(near / np.outer(scale, scale))


def shocks(correlation: Floats, paths: int, days: int, rng: np.random.Generator) -> Floats:
    """Standard normal surprises, shape (queue, path, day), correlated between queues on a day."""
    fresh = rng.standard_normal((len(correlation), paths, days))
    return np.asarray(np.einsum("ij,jpd->ipd", np.linalg.cholesky(correlation), fresh))


def _missed(model: QueueModel) -> dict[int, float]:
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


def _correlation(a: dict[int, float], b: dict[int, float]) -> float:
    """Correlation on the days that both have, shrunk to none."""
    days = sorted(a.keys() & b.keys())
    x, y = (np.array([own[day] for day in days]) for own in (a, b))
    if len(days) < 2 or x.std() == 0 or y.std() == 0:
        return 0.0
    return float(np.corrcoef(x, y)[0, 1]) * len(days) / (len(days) + BELIEVED_DAYS)

"""What queues have in common: a busy day for one is often a busy day for the others."""

import numpy as np

from forecast.daylevel import roll
from forecast.queue import QueueModel
from forecast.series import Floats
from forecast.tuning import AHEAD_DAYS, weekly_origins

WEEKS = 52
CUT = 3.0


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

"""What several series have in common from day to day, beyond what was to be foreseen."""

from collections.abc import Mapping, Sequence

import numpy as np

from forecast.series import Floats

BELIEVED_DAYS = 60.0
"""A correlation measured on n days is believed by n / (n + 60)."""


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

"""What a change of the level looks like: it is there at once, and stays or fades."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from forecast.series import Floats, Ints


@dataclass(frozen=True, slots=True)
class Shift:
    """A change of the level.

    Parameters
    ----------
    day : number of its first day.
    memory_d : days in which it fades to 1 / e; a lasting one does not.
    """

    day: int
    memory_d: float = np.inf


def steps(days: Ints, shifts: Sequence[Shift]) -> Floats:
    """How much of each shift is there on the days, 0 before it, shape (day, shift)."""
    first = np.array([own.day for own in shifts], dtype=np.int64)
    since = days[:, None] - first[None, :]
    there = np.exp(-np.maximum(since, 0) / np.array([own.memory_d for own in shifts]))
    return np.where(since >= 0, there, 0.0)


def shifted(days: Ints, shifts: Sequence[Shift]) -> Floats:
    """Covariance that shifts of unit size give the days, shape (day, day)."""
    own = steps(days, shifts)
    return np.asarray(own @ own.T)

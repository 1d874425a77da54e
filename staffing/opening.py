"""Who comes while nobody is there: how long until somebody is, and whom he finds waiting then."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staffing.survival import Survival

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
NEVER = -1


@dataclass(frozen=True, slots=True)
class Ahead:
    """What lies ahead of those who come in each interval.

    Parameters
    ----------
    meets : the interval whose people they meet: their own where somebody is there, else the next with somebody; -1:
        nobody comes any more.
    until : the share still there when somebody comes, the mean wait until then or until leaving (s), and the seconds
        until then; of who comes at the interval's beginning, then in the middle of each of its steps; shape (interval,
        1 + step, 3).
    """

    meets: IntArray
    until: FloatArray


def ahead(manned: BoolArray, steps: int, interval_s: float, law: Survival) -> Ahead:
    """What lies ahead where ``manned`` says in which intervals somebody is there, each cut into ``steps``."""
    count = len(manned)
    opens = np.minimum.accumulate(np.where(manned, np.arange(count), count)[::-1])[::-1]
    passed = np.concatenate([[0.0], (np.arange(steps) + 0.5) / steps])
    wait_s = np.where(manned[:, np.newaxis], 0.0, opens[:, np.newaxis] - np.arange(count)[:, np.newaxis] - passed)
    wait_s = wait_s * interval_s
    return Ahead(
        np.where(opens < count, opens, NEVER), np.stack([law.stay(wait_s), law.waited_s(wait_s), wait_s], axis=2)
    )

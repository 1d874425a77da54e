"""How long customers wait: from what the settings state to the mean of an exponential patience."""

import math

from desk.settings import Patience, Queue


def mean_patience_s(queue: Queue) -> float:
    """Mean of the queue's exponential patience, s: as stated, or from its stated pair; infinite where neither is.

    Source: share_lost = 1 - exp(-wait / mean).
    """
    if queue.patience is not None:
        return from_pair(queue.patience)
    return math.inf if queue.patience_s is None else queue.patience_s


def from_pair(stated: Patience) -> float:
    """Mean of the exponential patience by which ``share_lost`` have left after ``wait_s``, s."""
    return -stated.wait_s / math.log1p(-stated.share_lost)

"""How long a queue's customers wait, from what its settings state."""

import math

from desk.settings import Queue
from staffing.survival import Survival, exponential, through


def patience(queue: Queue) -> Survival:
    """The law of the queue's patience: exponential by ``patience_s`` or the stated pair, or the stated curve.

    Nobody ever leaves where nothing is stated, nor what may wait (a deferrable queue), whatever is stated.

    Source: share_lost = 1 - exp(-wait / mean) for the pair.
    """
    if queue.kind == "deferrable":
        return exponential(math.inf)
    if queue.patience_curve is not None:
        return through(queue.patience_curve.wait_s, queue.patience_curve.share_lost)
    if queue.patience is not None:
        return through([queue.patience.wait_s], [queue.patience.share_lost])
    return exponential(math.inf if queue.patience_s is None else queue.patience_s)


def mean_patience_s(queue: Queue) -> float:
    """Mean of the queue's patience, s; infinite where none is stated."""
    return patience(queue).mean_s

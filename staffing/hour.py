"""What the hour of the day changes: how long a contact takes, and how many of those on duty are there; and who misses
his shift."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from desk import Desk
from desk.settings import Queue

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
DAY_H = 24


@dataclass(frozen=True, slots=True)
class Hours:
    """One queue through the intervals, shape (interval,).

    Parameters
    ----------
    effort : handle time relative to the queue's ``aht_s``.
    away : share of the agents on duty who take nothing.
    """

    effort: FloatArray
    away: FloatArray

    def alike(self) -> Iterator[tuple[float, float, BoolArray]]:
        """Each pair of effort and share away that occurs, and the intervals in which it holds."""
        both = np.column_stack([self.effort, self.away])
        pairs, place = np.unique(both, axis=0, return_inverse=True)
        for number, (effort, away) in enumerate(pairs):
            yield float(effort), float(away), place.ravel() == number


def hours_of(queue: Queue, starts: pd.DatetimeIndex) -> Hours:
    """What the queue's settings say of the intervals that begin at ``starts``, by the local clock."""
    hour = np.asarray(starts.hour)
    effort = np.ones(DAY_H) if queue.aht_by_hour is None else np.array(queue.aht_by_hour)
    away = np.zeros(DAY_H) if queue.shrinkage_by_hour is None else np.array(queue.shrinkage_by_hour)
    return Hours(effort[hour], away[hour])


def on_duty(desk: Desk, queue: Queue, starts: pd.DatetimeIndex) -> Hours:
    """The hours of a queue with those who miss their shift counted among the ones away."""
    own = hours_of(queue, starts)
    return Hours(own.effort, 1.0 - (1.0 - own.away) * (1.0 - missed_share(desk)))


def missed_share(desk: Desk) -> float:
    """Share of the shifts that are missed and that nobody is called in for; 0 where some are on call, which the account
    prices by itself."""
    calls = bool((desk.table("shifts")["kind"] == "on_call").any())
    return 0.0 if calls else desk.settings.rules.absence_share


def with_effort(queue: Queue, effort: float) -> Queue:
    """The queue in an hour in which contacts take ``effort`` times as long."""
    return queue.model_copy(update={"aht_s": [effort * handle_s for handle_s in queue.aht_s]})

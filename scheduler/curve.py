"""The curves as arrays: cost of effective agents per interval, for one queue."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from desk.grid import epoch_s

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Curve:
    """Convex piecewise-linear cost per interval.

    Parameters
    ----------
    agents, cost : breakpoints, shape (n, k); the last one is repeated where an interval has fewer.
    slope : currency per effective agent right of each breakpoint, shape (n, k); 0 right of the last.
    """

    agents: Array
    cost: Array
    slope: Array

    def value(self, effective: Array, intervals: Places) -> Array:
        """Cost in each of ``intervals`` with ``effective`` agents there, one number an interval."""
        left = np.maximum((self.agents[intervals] <= effective[:, None]).sum(axis=1) - 1, 0)
        start = self.agents[intervals, left]
        return np.asarray(self.cost[intervals, left] + self.slope[intervals, left] * (effective - start))

    def beyond(self, standing: Array) -> "Curve":
        """The curve of further agents where ``standing`` effective agents are there already."""
        passed = self.agents <= standing[:, None]
        cost = np.where(passed, self.value(standing, np.arange(len(standing)))[:, None], self.cost)
        return Curve(np.where(passed, 0.0, self.agents - standing[:, None]), cost, self.slope)

    def part(self, share: float) -> "Curve":
        """The curve of a ``share`` of what comes."""
        return Curve(share * self.agents, share * self.cost, self.slope)


def read_curves(points: pd.DataFrame, starts: pd.DatetimeIndex) -> dict[str, Curve]:
    """Queue -> curve over the horizon's intervals; an interval without points costs nothing.

    Raises
    ------
    ValueError : a curve that is not convex, with its queue and start.
    """
    place = {second: index for index, second in enumerate(epoch_s(starts))}
    return {str(queue): _curve(rows, place, str(queue)) for queue, rows in points.groupby("queue", sort=True)}


def _curve(rows: pd.DataFrame, place: Mapping[float, int], queue: str) -> Curve:
    seconds = epoch_s(pd.DatetimeIndex(rows["start"]))
    ordered = (
        rows.assign(at=[place.get(second, -1) for second in seconds]).query("at >= 0").sort_values(["at", "agents"])
    )
    at = ordered["at"].to_numpy()
    rank = ordered.groupby("at").cumcount().to_numpy()
    shape = (len(place), int(rank.max(initial=0)) + 1)
    agents, cost = np.full(shape, np.nan), np.full(shape, np.nan)
    agents[at, rank], cost[at, rank] = ordered["agents"], ordered["cost"]
    agents, cost = _carried(agents), _carried(cost)
    curve = from_points(agents, cost)
    _refuse_bends(curve.slope, ordered, queue)
    return curve


def from_points(agents: Array, cost: Array) -> Curve:
    """The curve through points, shape (n, k), agents rising along each interval."""
    return Curve(agents, cost, _slopes(agents, cost))


def _carried(values: Array) -> Array:
    carried = pd.DataFrame(values).ffill(axis=1).fillna(0.0)
    return np.asarray(carried, dtype=np.float64)


def _slopes(agents: Array, cost: Array) -> Array:
    width = np.diff(agents, axis=1)
    rise = np.diff(cost, axis=1)
    slope = np.divide(rise, width, out=np.zeros_like(rise), where=width > 0)
    return np.hstack([slope, np.zeros((len(agents), 1))])


def _refuse_bends(slope: Array, ordered: pd.DataFrame, queue: str) -> None:
    bend = np.diff(slope, axis=1) < -_TOLERANCE * (1 + np.abs(slope[:, :-1]))
    if bend.any():
        at = int(np.argwhere(bend)[0][0])
        start: Any = ordered.loc[ordered["at"] == at, "start"].iloc[0]
        raise ValueError(f"curve of {queue} at {start} is not convex")

"""Deferrable work: what waits, what is late, and what one more hour of capacity is worth."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from desk.compiled import compiled
from desk.grid import epoch_s

Array = npt.NDArray[np.float64]

_NOTHING_H = 1e-9


@dataclass(frozen=True, slots=True)
class Work:
    """Work of one deferrable queue, per interval, in effective agent hours.

    Parameters
    ----------
    arriving_h : work that arrives.
    room_h : largest backlog at the interval's end in which nothing is late: what has arrived and is not yet due.
        At the horizon's end everything is due.
    late_price : currency per hour that becomes late in the interval.
    standing_h : capacity that is there already.
    ageing_price : currency per hour of work that still waits at the interval's end.
    """

    arriving_h: Array
    room_h: Array
    late_price: Array
    standing_h: Array
    ageing_price: Array | float = 0.0

    @property
    def due_h(self) -> Array:
        """Work whose deadline is the end of each interval."""
        return np.maximum(0.0, self.arriving_h - np.diff(self.room_h, prepend=0.0))

    def part(self, share: float) -> "Work":
        """A ``share`` of the work."""
        hours = {"arriving_h": share * self.arriving_h, "room_h": share * self.room_h}
        return replace(self, **hours, standing_h=share * self.standing_h)


@dataclass(frozen=True, slots=True)
class Backlog:
    """How the work goes with a given capacity: hours waiting (late ones too) and newly late at each interval's end,
    and the cost of the late and of the waiting."""

    waiting_h: Array
    late_h: Array
    cost: float


def read_work(work: pd.DataFrame, starts: pd.DatetimeIndex, interval_h: float) -> dict[str, Work]:
    """Queue -> its work on the horizon's grid."""
    place = {second: index for index, second in enumerate(epoch_s(starts))}
    return {str(queue): _work(rows, place, interval_h) for queue, rows in work.groupby("queue", sort=True)}


def _work(rows: pd.DataFrame, place: Mapping[float, int], interval_h: float) -> Work:
    n = len(place)
    arriving, due, price = np.zeros(n), np.zeros(n), np.zeros(n)
    ageing = float(rows["ageing_value"].fillna(0.0).max()) * interval_h if "ageing_value" in rows else 0.0
    columns = (rows[name].tolist() for name in ("work_h", "deadline_h", "late_value"))
    for second, work_h, deadline_h, late_value in zip(epoch_s(pd.DatetimeIndex(rows["start"])), *columns, strict=True):
        at = place.get(second)
        if at is not None:
            last = min(n - 1, at + max(1, round(deadline_h / interval_h)) - 1)
            arriving[at] += work_h
            due[last] += work_h
            price[last] = max(price[last], late_value)
    room = np.maximum(np.cumsum(arriving) - np.cumsum(due), 0.0)
    return Work(arriving, room, _filled(price), np.zeros(n), np.full(n, ageing))


def _filled(price: Array) -> Array:
    known = pd.Series(price).where(price > 0).bfill().ffill().fillna(0.0)
    return np.asarray(known, dtype=np.float64)


def run(work: Work, capacity_h: Array) -> Backlog:
    """In order of arrival: what is not served by its deadline is late, paid once, and done before what came later."""
    capacity = np.asarray(capacity_h, dtype=np.float64)
    waiting, late = _run(work.arriving_h, work.room_h, work.due_h, capacity)
    return Backlog(waiting, late, float(late @ work.late_price + (waiting * work.ageing_price).sum()))


@compiled
def _run(arriving_h: Array, room_h: Array, due_h: Array, capacity_h: Array) -> tuple[Array, Array]:
    n = len(capacity_h)
    waiting, late = np.zeros(n), np.zeros(n)
    backlog = 0.0
    for at in range(n):
        backlog += arriving_h[at]
        backlog -= min(backlog, capacity_h[at])
        late[at] = min(due_h[at], max(0.0, backlog - room_h[at]))
        waiting[at] = backlog
    return waiting, late


def worth_per_h(work: Work, backlog: Backlog) -> Array:
    """What one more hour of capacity in each interval saves at least: the waiting until an empty backlog comes, and the
    price of the dearest lateness before.

    Where more is overdue than becomes late, an hour saves its part of that. (In all it saves every lateness that it
    reaches; searches that were told the sum put too much into the first days.)
    """
    n = len(backlog.waiting_h)
    ageing = np.full(n, work.ageing_price) if isinstance(work.ageing_price, float) else work.ageing_price
    return _worth(backlog.waiting_h, backlog.late_h, work.room_h, work.late_price, ageing)


@compiled
def _worth(waiting_h: Array, late_h: Array, room_h: Array, late_price: Array, ageing_price: Array) -> Array:
    worth = np.zeros(len(waiting_h))
    ageing, dearest = 0.0, 0.0
    for at in range(len(worth) - 1, -1, -1):
        if waiting_h[at] <= _NOTHING_H:
            ageing, dearest = 0.0, 0.0
            continue
        ageing += ageing_price[at]
        if late_h[at] > _NOTHING_H:
            dearest = max(dearest, late_price[at] * late_h[at] / (waiting_h[at] - room_h[at]))
        worth[at] = ageing + dearest
    return worth

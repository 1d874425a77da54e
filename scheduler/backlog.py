"""Deferrable work: what waits, what is late, and what one more hour of capacity is worth."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from desk.compiled import compiled
from desk.grid import epoch_s
from desk.nouns import WORK_CASES

Array = npt.NDArray[np.float64]

_NOTHING_H = 1e-9
_EVENLY = 0.5
"""Intervals by which work that comes evenly through one has come before its end, on average."""


@dataclass(frozen=True, slots=True)
class Work:
    """Work of one deferrable queue in some cases of what may come, in effective agent hours; shape (case, interval).

    Parameters
    ----------
    arriving_h : work that arrives.
    room_h : largest backlog at the interval's end in which nothing is late: what has arrived and is not yet due.
        At the horizon's end everything is due but what a case has more of it than the first.
    late_price : currency per hour that becomes late in the interval, times the likelihood of the case.
    standing_h : capacity that is there already; shape (interval,).
    ageing_price : currency per hour of work that still waits at the interval's end, times the likelihood of the case.
    """

    arriving_h: Array
    room_h: Array
    late_price: Array
    standing_h: Array
    ageing_price: Array

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
    """How the work goes with a given capacity: hours waiting (late ones too) and newly late at each interval's end in
    each case, and the cost expected of the late and of the waiting."""

    waiting_h: Array
    late_h: Array
    cost: float


def read_work(work: pd.DataFrame, starts: pd.DatetimeIndex, interval_h: float) -> dict[str, Work]:
    """Queue -> its work on the horizon's grid."""
    place = {second: index for index, second in enumerate(epoch_s(starts))}
    return {str(queue): _work(rows, place, interval_h) for queue, rows in work.groupby("queue", sort=True)}


def _work(rows: pd.DataFrame, place: Mapping[float, int], interval_h: float) -> Work:
    """The work of an interval comes evenly through it, and is due evenly: from half an interval before to half an
    interval after the deadline of its end, as far as ends of intervals can tell."""
    n, at = (
        len(place),
        np.array([place.get(second, -1) for second in epoch_s(pd.DatetimeIndex(rows["start"]))], np.int64),
    )
    rows, at = rows[at >= 0], at[at >= 0]
    share, hours = _cases(rows)
    after = np.maximum(rows["deadline_h"].to_numpy(dtype=np.float64) / interval_h - _EVENLY, 0.0)
    whole = np.floor(after).astype(np.int64)
    arriving, due, price = np.zeros((len(share), n)), np.zeros((len(share), n + 1)), np.zeros(n)
    for case, own in enumerate(hours):
        np.add.at(arriving[case], at, own)
        np.add.at(due[case], np.minimum(at + whole, n), (1.0 - after + whole) * own)
        np.add.at(due[case], np.minimum(at + whole + 1, n), (after - whole) * own)
    np.maximum.at(price, np.minimum(at + whole, n - 1), rows["late_value"].to_numpy(dtype=np.float64))
    room = np.maximum((arriving - due[:, :n]).cumsum(axis=1), 0.0)
    room[:, -1:] = np.maximum(room[:, -1:] - room[:1, -1:], 0.0)
    ageing = float(rows["ageing_value"].fillna(0.0).max()) * interval_h if "ageing_value" in rows else 0.0
    return Work(arriving, room, share * _filled(price), np.zeros(n), share * np.full(n, ageing))


def _cases(rows: pd.DataFrame) -> tuple[Array, Array]:
    """How likely each case is, shape (case, 1), and its hours by row; the mean alone where none differs from it."""
    mean = rows["work_h"].to_numpy(dtype=np.float64)[np.newaxis]
    if not set(WORK_CASES) <= set(rows) or rows[list(WORK_CASES)].isna().to_numpy().any():
        return np.ones((1, 1)), mean
    hours = rows[list(WORK_CASES)].to_numpy(dtype=np.float64).T
    if np.allclose(hours, mean):
        return np.ones((1, 1)), mean
    return np.array(list(WORK_CASES.values()))[:, np.newaxis], hours


def _filled(price: Array) -> Array:
    known = pd.Series(price).where(price > 0).bfill().ffill().fillna(0.0)
    return np.asarray(known, dtype=np.float64)


def run(work: Work, capacity_h: Array) -> Backlog:
    """In order of arrival: what is not served by its deadline is late, paid once, and done before what came later."""
    capacity = np.asarray(capacity_h, dtype=np.float64)
    waiting, late = _run(work.arriving_h, work.room_h, work.due_h, capacity)
    return Backlog(waiting, late, float((late * work.late_price + waiting * work.ageing_price).sum()))


@compiled
def _run(arriving_h: Array, room_h: Array, due_h: Array, capacity_h: Array) -> tuple[Array, Array]:
    waiting, late = np.zeros_like(arriving_h), np.zeros_like(arriving_h)
    for case in range(len(arriving_h)):
        backlog = 0.0
        for at in range(len(capacity_h)):
            backlog += arriving_h[case, at]
            backlog -= min(backlog, capacity_h[at])
            late[case, at] = min(due_h[case, at], max(0.0, backlog - room_h[case, at]))
            waiting[case, at] = backlog
    return waiting, late


def worth_per_h(work: Work, backlog: Backlog) -> Array:
    """What one more hour of capacity in each interval saves at least: the sum over the cases of `worth_by_case`."""
    return np.asarray(worth_by_case(work, backlog).sum(axis=0))


def worth_by_case(work: Work, backlog: Backlog) -> Array:
    """What one more hour of capacity in each interval saves at least in each case: the waiting until an empty backlog
    comes, and the price of the dearest lateness before.

    Where more is overdue than becomes late, an hour saves its part of that. (In all it saves every lateness that it
    reaches; searches that were told the sum put too much into the first days.)
    """
    return _worth(backlog.waiting_h, backlog.late_h, work.room_h, work.late_price, work.ageing_price)


@compiled
def _worth(waiting_h: Array, late_h: Array, room_h: Array, late_price: Array, ageing_price: Array) -> Array:
    worth = np.zeros_like(waiting_h)
    for case in range(len(worth)):
        ageing, dearest = 0.0, 0.0
        for at in range(worth.shape[1] - 1, -1, -1):
            if waiting_h[case, at] <= _NOTHING_H:
                ageing, dearest = 0.0, 0.0
                continue
            ageing += ageing_price[case, at]
            if late_h[case, at] > _NOTHING_H:
                overdue = waiting_h[case, at] - room_h[case, at]
                dearest = max(dearest, late_price[case, at] * late_h[case, at] / overdue)
            worth[case, at] = ageing + dearest
    return worth

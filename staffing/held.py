"""What somebody still holds of the queue from which he comes, and how long that keeps him."""

import numpy as np
import numpy.typing as npt

from desk.settings import Queue
from staffing.crew import Crew
from staffing.hour import Hours
from staffing.load import load_ratio
from staffing.table import capacity_per_h

FloatArray = npt.NDArray[np.float64]


def until_free_h(aht_s: list[float], slots: int, occupancy: FloatArray) -> FloatArray:
    """Hours in which somebody who leaves a queue comes to hold fewer than ``slots`` of its contacts.

    With k of them the next is closed after ``aht_s[k-1]`` / k. ``occupancy``: share of as many as ``aht_s`` allows.
    """
    steps = np.array([own / number if number >= slots else 0.0 for number, own in enumerate(aht_s, start=1)])
    summed = np.append(0.0, steps.cumsum())
    return np.asarray(np.interp(occupancy * len(aht_s), np.arange(len(summed)), summed) / 3600.0)


def taken_slot_h(aht_s: list[float], slots: int, occupancy: FloatArray) -> FloatArray:
    """Hours for which the contacts held take some of his ``slots`` on the next queue, all slots together.

    All of them until he holds no more than that, then one a contact for a handle time.
    """
    left = np.minimum(occupancy * len(aht_s), slots)
    return slots * until_free_h(aht_s, slots + 1, occupancy) + left * aht_s[min(slots, len(aht_s)) - 1] / 3600.0


def held_share(queue: Queue, rates: FloatArray, staff: Crew, through: Hours, interval_h: float) -> FloatArray:
    """Share of their slots that the people on a queue have in use in each interval, as its load tells.

    Where work may wait: the part of the interval in which there is some.
    """
    room = staff.effective * (1.0 - through.away) * capacity_per_h(queue) / through.effort
    if queue.kind == "deferrable":
        return busy_share(rates.mean(axis=0) * interval_h, room * interval_h)
    per_s = np.append(0.0, np.arange(1.0, len(queue.aht_s) + 1.0) / np.array(queue.aht_s))
    load = np.minimum(load_ratio(rates, room), 1.0).mean(axis=0)
    held = np.interp(load * per_s[-1], np.maximum.accumulate(per_s), np.arange(len(per_s)))
    return np.asarray(held / len(queue.aht_s))


def busy_share(offered: FloatArray, room: FloatArray) -> FloatArray:
    """Share of ``room`` that is used where all that is offered waits until there is room."""
    share, waiting = np.zeros(len(offered)), 0.0
    for at, (coming, most) in enumerate(zip(offered.tolist(), room.tolist(), strict=True)):
        waiting += coming
        done = min(waiting, most)
        share[at] = done / most if most > 0.0 else 0.0
        waiting -= done
    return share

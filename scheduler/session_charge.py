"""What activities cost a person at least, as a charge on the shifts in their windows: for a bound."""

from collections.abc import Mapping
from typing import Protocol

import numpy as np
import numpy.typing as npt

from scheduler.activity import Activity
from scheduler.adapter import Task
from scheduler.crew import Crew
from scheduler.master import Master

Array = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]


class _Saves(Protocol):
    """What an effective agent and a head save, as in `seat_bound.py`."""

    def of(self, queues: Numbers, speeds: Array) -> Array:
        """What somebody saves in each interval and own queue."""


class SessionCharges:
    """Charges on shifts in the windows of activities.

    Who works in a window attends or is missed. Attending takes the person off the queues for its length: at least what
    the worse of the own queues would have saved then, at the cheapest time. The charge is spread over the days of the
    window in the proportion of the master's prices for them, so that nobody pays it twice.
    """

    def __init__(self, crew: Crew, master: Master, task: Task) -> None:
        self._rows: Mapping[tuple[str, str], list[int]] = _rows_of(master)
        self._master, self._program = master, task.program
        self._price = crew.facts.desk.settings.rules.attendance_price

    def charges(self, prices: Array, gains: _Saves, crew: Crew) -> Array:
        """The charge on every variable of the master."""
        found = np.zeros(len(self._program.cost))
        for activity in crew.attendance.activities:
            for code in sorted(activity.who & crew.solos.keys()):
                rows = self._rows.get((activity.name, code), [])
                weights = np.abs(prices[rows])
                if weights.sum() > 0:
                    least = min(self._price, _least_lost(crew, code, activity, gains))
                    self._spread(found, rows, max(0.0, least) * weights / weights.sum())
        return found

    def _spread(self, found: Array, rows: list[int], parts: Array) -> None:
        matrix = self._program.matrix
        for row, part in zip(rows, parts.tolist(), strict=True):
            columns = matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]
            found[[at for at in columns.tolist() if self._master.model.labels[at][0] == "x"]] += part


def _rows_of(master: Master) -> dict[tuple[str, str], list[int]]:
    found: dict[tuple[str, str], list[int]] = {}
    for row, label in enumerate(master.model.row_labels):
        if label[0] == "attends":
            found.setdefault((str(label[1]), str(label[2])), []).append(row)
    return found


def _least_lost(crew: Crew, code: str, activity: Activity, gains: _Saves) -> float:
    """What the cheapest session takes from the queues at least."""
    skills, queues = crew.facts.agents[code].skills, crew.demand.queues
    if not skills:
        return 0.0
    numbers = np.array([queues.index(own) for own in skills], dtype=np.int64)
    speeds = np.array([1.0 if crew.demand.counts_heads_only else own for own in skills.values()])
    sums = np.concatenate([[0.0], np.cumsum(gains.of(numbers, speeds).min(axis=1))])
    starts = np.arange(activity.first, activity.stop - activity.length + 1)
    return float((sums[starts + activity.length] - sums[starts]).min())

"""A proven lower bound on the cost of every plan."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from scheduler.adapter import Task
from scheduler.master import Master
from scheduler.solo import Solo
from scheduler.watch import Watch

Array = npt.NDArray[np.float64]


def lagrangian(master: Master, task: Task, prices: Array, solos: Mapping[str, Solo], watch: Watch) -> float:
    """The bound that prices prove when every person answers them with a whole line of shifts.

    The rows that couple people are dissolved at their ``prices``; what is left falls apart into one problem a person,
    each solved in whole numbers, so the bound is at least the linear relaxation's at the same prices.
    Source: Geoffrion 1974, Lagrangean relaxation for integer programming.

    Returns
    -------
    The bound; that of the relaxation where time runs out.
    """
    program = task.program
    joint = np.where(np.arange(len(prices)) < master.own_rows, 0.0, prices)
    side = np.where(joint > 0, program.row_lower, program.row_upper)
    joint = np.where(np.isfinite(side), joint, 0.0)
    reduced = program.cost - program.transposed @ joint
    total = program.constant + float(joint @ np.where(np.isfinite(side), side, 0.0))
    coupled = np.ones(len(reduced), dtype=np.bool_)
    for code, own in master.own_variables.items():
        coupled[own.start : own.stop] = False
        if not watch.tell():
            return program.bound(prices)
        total += solos[code].least(reduced[own.start : own.stop])
    total += float(np.minimum(0.0, reduced[coupled]) @ program.upper[coupled])
    return max(total, program.bound(prices))

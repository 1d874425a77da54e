"""The best combination of the lines found so far, as a mixed-integer program."""

from collections.abc import Sequence

import highspy
import numpy as np

from scheduler.cover_search.master import Column, Master

_NODES = 200
"""Nodes of the search: what it hasn't found by then, other parts will."""


def choose(
    master: Master, start: Sequence[Column], seconds: float, quantum: float, nodes: int = _NODES
) -> tuple[list[Column], float]:
    """The best line a person among the master's columns, not worse than ``start``; and the bound over these columns.

    Costs that differ by less than ``quantum`` count as equal.
    """
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    options = {"output_flag": False, "threads": 1, "time_limit": max(0.1, seconds), "mip_max_nodes": nodes}
    for option, value in (options | {"mip_rel_gap": 0.0, "mip_abs_gap": max(1e-6, 0.999 * quantum)}).items():
        highs.setOptionValue(option, value)
    highs.passModel(master.highs.getLp())
    whole = np.arange(master.first, master.first + len(master.columns), dtype=np.int32)
    highs.changeColsIntegrality(len(whole), whole, np.ones(len(whole), dtype=np.uint8))
    places = {own.key: place for place, own in enumerate(master.columns)}
    point = np.zeros(len(whole))
    point[[places[own.key] for own in start]] = 1.0
    highs.setSolution(len(whole), whole, point)
    highs.run()
    info = highs.getInfo()
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible.value:
        return list(start), float(info.mip_dual_bound)
    values = np.array(highs.getSolution().col_value)[master.first :]
    chosen = [master.columns[place] for place in np.flatnonzero(values > 0.5).tolist()]
    return sorted(chosen, key=lambda own: own.person), float(info.mip_dual_bound)

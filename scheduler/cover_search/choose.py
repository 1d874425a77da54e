"""The best combination of the lines found so far, as a mixed-integer program."""

from collections.abc import Sequence
from typing import Any

import highspy
import numpy as np

from scheduler.cover_search.master import Column, Master
from scheduler.watch import Watch

_Kinds = highspy.cb.HighsCallbackType
_NODES = 200
"""Nodes of the search: what it hasn't found by then, other parts will."""


def choose(
    master: Master,
    start: Sequence[Column],
    watch: Watch,
    quantum: float,
    *,
    seconds: float = np.inf,
    nodes: int = _NODES,
) -> tuple[list[Column], float]:
    """The best line a person among the master's columns, not worse than ``start``; and the bound over these columns.

    Costs that differ by less than ``quantum`` count as equal.
    """
    highs = _program(master, min(seconds, watch.left_s()), quantum, nodes)
    places = {own.key: place for place, own in enumerate(master.columns)}
    point = np.zeros(len(places))
    point[[places[own.key] for own in start]] = 1.0
    highs.setSolution(len(point), master.first + np.arange(len(point), dtype=np.int32), point)
    highs.setCallback(_interrupt, watch)
    for kind in (_Kinds.kCallbackMipInterrupt, _Kinds.kCallbackSimplexInterrupt):
        highs.startCallback(kind)
    highs.run()
    info = highs.getInfo()
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible.value:
        return list(start), float(info.mip_dual_bound)
    values = np.array(highs.getSolution().col_value)[master.first :]
    chosen = [master.columns[place] for place in np.flatnonzero(values > 0.5).tolist()]
    return sorted(chosen, key=lambda own: own.person), float(info.mip_dual_bound)


def _program(master: Master, seconds: float, quantum: float, nodes: int) -> highspy.Highs:
    """The master with whole columns only."""
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    options = {"output_flag": False, "threads": 1, "time_limit": max(0.1, seconds), "mip_max_nodes": nodes}
    for option, value in (options | {"mip_rel_gap": 0.0, "mip_abs_gap": max(1e-6, 0.999 * quantum)}).items():
        highs.setOptionValue(option, value)
    highs.passModel(master.highs.getLp())
    whole = np.arange(master.first, master.first + len(master.columns), dtype=np.int32)
    highs.changeColsIntegrality(len(whole), whole, np.ones(len(whole), dtype=np.uint8))
    return highs


def _interrupt(kind: Any, message: str, said: Any, asked: Any, watch: Watch) -> None:
    asked.user_interrupt = watch.over

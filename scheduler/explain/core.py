"""A minimal set of demands that clash."""

from collections.abc import Callable, Sequence
from typing import TypeVar

Demand = TypeVar("Demand")
Clash = Callable[[Sequence[Demand]], bool]


def core(demands: Sequence[Demand], clash: Clash[Demand]) -> list[Demand]:
    """Some of ``demands`` that clash, none of which can be left out; empty where nothing at all clashes already.

    ``clash`` must hold for all of ``demands``, and for every larger set where it holds for a smaller one. It is asked
    about k log n times for a core of k.
    Source: Junker 2004, QuickXplain: preferred explanations and relaxations for over-constrained problems.
    """
    return [] if clash([]) or not demands else _within([], [], demands, clash)


def _within(kept: list[Demand], added: Sequence[Demand], rest: Sequence[Demand], clash: Clash[Demand]) -> list[Demand]:
    if added and clash(kept):
        return []
    if len(rest) == 1:
        return list(rest)
    half = len(rest) // 2
    first, second = rest[:half], rest[half:]
    found = _within([*kept, *first], first, second, clash)
    return [*_within([*kept, *found], found, first, clash), *found]

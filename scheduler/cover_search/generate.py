"""Column generation: lines are added where the prices ask for them, until no line would help."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scheduler.cover_search.master import Column, Master, Mixture
from scheduler.cover_search.pricing import Pricing
from scheduler.watch import Watch

Array = npt.NDArray[np.float64]

_EXACT = 1e-5
"""Relative difference between the program and its bound at which it counts as solved."""
_SMOOTH = 0.7
"""Weight of the best prices so far against the program's own; less where they find nothing new."""


@dataclass(frozen=True, slots=True)
class Generated:
    """The program's solution over all columns so far, the best bound proven, the prices that prove it, and what those
    who aren't held cost at least at these prices."""

    mixture: Mixture
    bound: float
    prices: Array
    least: Array


def generate(
    master: Master,
    pricing: Pricing,
    held: Sequence[Column],
    watch: Watch,
    *,
    rounds: int = 1000,
    enough: float = np.inf,
    content: float = -np.inf,
    center: Array | None = None,
    until_s: float = 0.0,
) -> Generated:
    """Add lines of everybody who isn't held, until the program is solved, ``rounds`` are over, the bound says
    ``enough``, or the program costs no more than ``content``.

    Prices are smoothed towards those with the best bound, ``center`` at first. Source: Wentges 1997; Pessoa et al.
    2018.
    """
    taken = {own.person for own in held}
    free = [number for number in range(len(master.problem.people)) if number not in taken]
    mixture = master.solve()
    best, prices, least = -np.inf, mixture.prices if center is None else center, np.zeros(0)
    extra = mixture.extra if center is None else 0.0
    for round_ in range(rounds):
        if mixture.cost <= content:
            break
        smooth = _SMOOTH if round_ else float(center is not None)
        while True:
            tried = smooth * prices + (1 - smooth) * mixture.prices
            answers = pricing.ask(tried, free)
            if watch.left_s() <= until_s or watch.over:
                return Generated(mixture, best, prices, least)
            also = smooth * extra + (1 - smooth) * mixture.extra
            bound = pricing.bound(tried, answers) + _held_cost(held, tried) + also
            added = master.add(pricing.columns(free, answers))
            if bound > best:
                best, prices, extra = bound, tried, also
                least = np.array([own.bound for own in answers if own is not None])
            if added or smooth == 0.0:
                break
            smooth = max(0.0, smooth - _SMOOTH / 2)
        if added:
            mixture = master.solve()
        if not added or watch.over or best > enough or mixture.cost - best <= _EXACT * abs(best):
            break
    return Generated(mixture, best, prices, least)


def _held_cost(held: Sequence[Column], prices: Array) -> float:
    return sum(own.cost - line_worth(own, prices) for own in held)


def line_worth(column: Column, prices: Array) -> float:
    """What a line earns at prices per day and shift."""
    days = np.flatnonzero(column.line < prices.shape[1])
    return float(prices[days, column.line[days]].sum())

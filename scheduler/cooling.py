"""How warm a search is at each step: by steps and never by the clock, so that equal seeds take equal steps."""

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.watch import Watch

_LEAST, _RELATIVE = 1e-6, 1e-9
"""Rounding of a cost: currency at least, and as a part of it."""


@dataclass(frozen=True, slots=True)
class Goal:
    """Where a search may stop: at ``gap`` of ``bound``."""

    bound: float
    gap: float

    def reached(self, cost: float) -> bool:
        """Whether ``cost`` is proven good enough."""
        return cost - self.bound <= max(self.gap * abs(cost), rounding(cost))


def rounding(cost: float) -> float:
    """Currency by which a cost and a bound may differ and be the same: sums of many numbers in other orders."""
    return max(_LEAST, _RELATIVE * abs(cost))


@dataclass(frozen=True, slots=True)
class Budget:
    """When a search stops: after ``seconds`` and, where given, after ``steps``."""

    seconds: float
    steps: int | None = None


@dataclass(frozen=True, slots=True)
class Cooling:
    """Temperatures of the steps of a search.

    Parameters
    ----------
    warmth : temperature of the first step.
    cycle : steps until it is cold for the first time where no number of steps is given; each later cycle takes twice
        as many and begins half as warm, so a search may be cut anywhere.
    """

    warmth: float
    cycle: int

    def temperatures(self, budget: Budget, watch: Watch) -> Iterator[float]:
        """One temperature a step, until the budget or the watch ends the search."""
        began = watch.elapsed_s()
        for share, peak in self._shares(budget.steps):
            spent = (watch.elapsed_s() - began) / budget.seconds if budget.seconds > 0 else 1.0
            watch.was_cut |= spent >= 1.0
            if spent >= 1.0 or not watch.tell(spent if budget.steps is None else max(spent, share)):
                return
            yield peak * (1 - share)

    def _shares(self, steps: int | None) -> Iterator[tuple[float, float]]:
        if steps is not None:
            yield from ((step / steps, self.warmth) for step in range(steps))
            return
        length, peak = self.cycle, self.warmth
        while True:
            yield from ((step / length, peak) for step in range(length))
            length, peak = 2 * length, peak / 2

"""How warm the walk is: cycle after cycle by steps, the last one by what time allows, so that it ends cold."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scheduler.crew import Crew
from scheduler.watch import Watch

Array = npt.NDArray[np.float64]

_CHUNK = 5_000
"""Steps between two looks at the clock."""
_WARMTH = 0.05
"""Temperature of the first step as a part of the cost of a person's day."""
_AGAIN = 0.2
"""Peak of the first cycle from an earlier plan, as a part of that of a first cycle."""
_COLDEST = 0.01
"""Last temperature of a cycle as a part of its first."""
_FIRST = 600
"""Steps per person and day of the first cycle."""
_AND_NEXT = 3
"""A cycle and the next one, in lengths of the cycle: where time has no room for both, it is the last."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How a walk cools: its first cycle takes ``steps`` from ``peak``; unless it ends there (``once``), each later one
    takes twice as many from as warm."""

    peak: float
    steps: int
    once: bool

    def temperatures(self, seconds: float, watch: Watch) -> Iterator[Array]:
        """Temperatures of the steps, some thousands at a time, until pace, time or watch end the walk.

        A cycle that time would cut is as long as time allows instead: it still ends cold.
        """
        clock, steps = _Clock(watch, seconds), self.steps
        while True:
            is_last = self.once or clock.room() < _AND_NEXT * steps
            done = 0
            while clock.goes_on(done / steps if self.once else None):
                whole = done + clock.room()
                length = max(1.0, min(steps, whole) if self.once or not is_last else whole)
                many = int(min(_CHUNK, max(1.0, length - done)))
                yield self.peak * _COLDEST ** np.minimum(1.0, (done + np.arange(many)) / length)
                clock.count(many)
                done += many
                if done >= length:
                    break
            if is_last or clock.is_over:
                return
            steps *= 2


class _Clock:
    """How many steps the time left has room for, at the speed seen."""

    def __init__(self, watch: Watch, seconds: float) -> None:
        self._watch, self._seconds, self._began = watch, seconds, watch.elapsed_s()
        self._timed, self._from_s = -1, 0.0
        self.is_over = False

    def _spent_s(self) -> float:
        return self._watch.elapsed_s() - self._began

    def goes_on(self, done: float | None) -> bool:
        """Whether there is time left and nobody stops the walk; ``done`` is its share where steps will end it."""
        spent = self._spent_s() / self._seconds if self._seconds > 0 else 1.0
        self._watch.was_cut |= spent >= 1.0
        self.is_over = spent >= 1.0 or not self._watch.tell(spent if done is None else max(spent, done))
        return not self.is_over

    def count(self, steps: int) -> None:
        """So many steps were taken; the first ones, which may wait for a compiler, say nothing of the speed."""
        if self._timed < 0:
            self._timed, self._from_s = 0, self._spent_s()
        else:
            self._timed += steps

    def room(self) -> float:
        """Steps until time ends; inf where the speed is not known yet."""
        spent_s = self._spent_s()
        if self._timed <= 0 or spent_s <= self._from_s:
            return np.inf
        return self._timed / (spent_s - self._from_s) * max(0.0, self._seconds - spent_s)


def first_pace(crew: Crew, steps: int | None, *, is_warm: bool = False) -> Pace:
    """One cycle from warm to cold, of at most ``steps``; much cooler where the plan at hand is worth keeping
    (``is_warm``)."""
    people = max(1, len(crew.solos) * crew.facts.n_days)
    peak = _WARMTH * abs(crew.cost) / people * (_AGAIN if is_warm else 1.0)
    return Pace(peak, min(_FIRST * people, steps or _FIRST * people), once=True)


def later_pace(crew: Crew, steps: int | None, *, is_warm: bool = False) -> Pace:
    """From as warm as the first: ``steps`` where given, else cycle after cycle."""
    first = first_pace(crew, None, is_warm=is_warm)
    return Pace(first.peak, 2 * first.steps if steps is None else max(1, steps), once=steps is not None)

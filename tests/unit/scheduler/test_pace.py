"""How warm the walk is when time ends it."""

import numpy as np
import pytest

from scheduler.swift.pace import Pace
from scheduler.watch import Watch

STEP_S = 1e-6


class Clock(Watch):
    """A watch of which every step takes a microsecond."""

    now_s = 0.0

    def elapsed_s(self) -> float:
        return self.now_s


def walked(pace: Pace, seconds: float) -> tuple[float, int]:
    """Temperature of the last step and the number of steps."""
    watch, last, steps = Clock(60.0), np.inf, 0
    for temperatures in pace.temperatures(seconds, watch):
        watch.now_s += STEP_S * len(temperatures)
        last, steps = float(temperatures[-1]), steps + len(temperatures)
    return last, steps


@pytest.mark.parametrize("seconds", [0.06, 0.25, 0.3, 0.35, 0.6, 1.0])
def test_time_ends_no_cycle_while_it_is_warm(seconds: float) -> None:
    """Protects the end of the search: the last cycle is as long as time allows, whatever the limit."""
    last, steps = walked(Pace(1.0, 50_000, once=False), seconds)
    assert last < 0.011
    assert STEP_S * steps == pytest.approx(seconds, rel=0.1)


def test_a_cycle_of_given_length_is_shortened_by_time_and_by_nothing_else() -> None:
    """Protects runs by steps, which repeat exactly, and first rosters, which time may cut."""
    assert walked(Pace(1.0, 50_000, once=True), 10.0) == (pytest.approx(0.01, rel=0.01), 50_000)
    last, steps = walked(Pace(1.0, 500_000, once=True), 0.1)
    assert last < 0.011
    assert steps == pytest.approx(100_000, rel=0.1)


def test_no_time_no_step() -> None:
    """Protects a search that begins when time is over."""
    assert walked(Pace(1.0, 50_000, once=False), 0.0) == (np.inf, 0)


def test_later_cycles_are_warm_enough_to_leave_where_they_ended() -> None:
    """Protects desks with tight rules, where a cooler cycle stands still: each begins as warm as the first."""
    watch, peaks, last = Clock(60.0), list[float](), 0.0
    for temperatures in Pace(1.0, 5_000, once=False).temperatures(3.0, watch):
        watch.now_s += STEP_S * len(temperatures)
        peaks += [float(temperatures[0])] if temperatures[0] > last else []
        last = float(temperatures[-1])
    assert peaks == pytest.approx([1.0] * len(peaks))
    assert len(peaks) > 6

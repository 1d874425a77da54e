"""Intervals keep what they promise, on worlds with known skill."""

from functools import cache

import numpy as np
import pytest

from tests.unit.incentive.test_recovery import World, world


@cache
def coverage(hard_for_good: float, agents: int, seeds: range) -> float:
    """Share of the agents whose true skill lies in the nominal 90 % interval, over some worlds."""
    return float(np.mean([covered(world(seed, hard_for_good=hard_for_good, agents=agents)) for seed in seeds]))


def covered(one: World) -> float:
    """The same of one world; skill is relative to the desk's mean."""
    found, stretch = one.found()
    low, high = found.ends(0.9, stretch)
    truth = one.skill - one.skill.mean()
    return float(np.mean((low <= truth) & (truth <= high)))


@pytest.mark.parametrize("hard_for_good", [0.0, 0.25, 0.5])
def test_nominal_90_is_90(hard_for_good: float) -> None:
    """150 agents with unequal shifts, also where good ones get the hard shifts: 87 to 93 % hold the truth."""
    assert 0.87 <= coverage(hard_for_good, 150, range(40, 46)) <= 0.93


def test_calibration_widens_where_the_plain_formula_is_too_narrow() -> None:
    """Where good agents share the hard shifts, the factor is above 1."""
    factors = [world(seed, hard_for_good=1.0).found()[1] for seed in range(40, 43)]
    assert np.mean(factors) > 1.05


def test_the_factor_is_the_same_again() -> None:
    """The drawn logs belong to the desk, not to the hour: twice the same log, twice the same interval."""
    one = world(3, hard_for_good=0.5, agents=40, days=5)
    assert one.found()[1] == one.found()[1]

"""The limits of simulated shares and counts."""

import numpy as np
import pytest

from staffing.simulation.confidence import count_limits, share_limits


def test_limits_hold_the_truth_as_often_as_they_say() -> None:
    """Protects the report's "95 %": over 2,000 simulated studies of 20 runs the truth is inside about as often."""
    random = np.random.default_rng(5)
    offered = random.poisson(100.0, (20, 2000, 1)).astype(float)
    within = random.binomial(offered.astype(int), 0.8).astype(float)
    low, high = share_limits(within, offered)
    assert 0.94 < np.mean((low <= 0.8) & (high >= 0.8)) < 0.99
    low, high = count_limits(offered)
    assert 0.94 < np.mean((low <= 100.0) & (high >= 100.0)) < 0.99


def test_limits_know_that_rare_misses_come_in_bursts() -> None:
    """Protects quiet intervals: one run in fifty loses half its customers, most studies of 20 runs see none."""
    random = np.random.default_rng(6)
    offered = np.full((20, 3000, 1), 60.0)
    within = np.where(random.random(offered.shape) < 0.02, 30.0, 60.0)
    within[:, :1600] = random.binomial(60, np.where(random.random((20, 1600, 1)) < 0.5, 0.7, 0.95))
    low, high = share_limits(within, offered)
    assert np.mean(((low <= 0.99) & (high >= 0.99))[1600:]) > 0.9


def test_one_run_has_no_limits() -> None:
    """Protects against certainty from a single run."""
    low, high = share_limits(np.ones((1, 3, 1)), np.ones((1, 3, 1)))
    assert np.isnan(low).all()
    assert np.isnan(high).all()


def test_nothing_offered_has_no_share() -> None:
    """Protects closed hours: no share and no limits, but a count of zero."""
    nothing = np.zeros((5, 2, 1))
    low, high = share_limits(nothing, nothing)
    assert np.isnan(low).all()
    assert np.isnan(high).all()
    assert count_limits(nothing)[0] == pytest.approx(np.zeros((2, 1)))

"""Lags: bins, and what the slots of a day may say of them."""

import numpy as np
import pytest

from forecast.lag import bin_edges
from forecast.lag_fit import AMOUNT_SD, _amount_doubted


@pytest.mark.parametrize("step_min", [15, 30, 60])
def test_the_same_slot_has_a_bin_of_its_own(step_min: int) -> None:
    """Protects the night after a rush at midnight: no slot is given its neighbour's visits."""
    edges = bin_edges(step_min, 35)
    assert edges[:2].tolist() == [0, 1]
    assert edges[-1] == 35 * 24 * 60 // step_min


def test_slots_tell_how_short_lags_share_but_hardly_how_much_they_are() -> None:
    """Protects the amount of what comes within the day from a profile that is not that of later days."""
    told = np.cov(np.random.default_rng(1).normal(size=(4, 50))) * 1000
    weights = np.array([0.5, 0.3, 0.2])
    doubted = _amount_doubted(told, weights)
    before, after = (weights @ own[:-1, :-1] @ weights for own in (told, doubted))
    assert after == pytest.approx(1 / (1 / before + AMOUNT_SD**2))
    across = np.linalg.svd((told[:-1, :-1] @ weights)[None, :])[2][1:]
    assert np.allclose(across @ doubted[:-1, :-1] @ across.T, across @ told[:-1, :-1] @ across.T)

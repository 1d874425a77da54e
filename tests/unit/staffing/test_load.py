"""What a queue feels of the arrivals, with the lag of the handle time and without counting noise."""

import numpy as np
import pytest

from staffing.load import felt_per_h, offered_per_h, underlying_per_h
from tests.unit.staffing.small import desk, forecast


def test_load_follows_a_jump_with_the_lag_of_the_handle_time() -> None:
    """Protects the modified offered load at midnight: it closes 1 - 1/e of the gap in one handle time."""
    felt = felt_per_h(np.array([[60.0, 240.0]]), np.ones((2, 6)), 1800.0, 600.0)
    edges = np.linspace(0.0, 1800.0, 7)
    exact = 240.0 - 180.0 * 600.0 * -np.diff(np.exp(-edges / 600.0)) / 300.0
    assert felt[0, 0] == pytest.approx(np.full(6, 60.0))
    assert felt[0, 1] == pytest.approx(exact)


def test_load_of_constant_arrivals_is_the_arrivals() -> None:
    """Protects the steady state."""
    assert felt_per_h(np.full((2, 5), 70.0), np.ones((5, 3)), 900.0, 400.0) == pytest.approx(np.full((2, 5, 3), 70.0))


def test_counting_noise_is_taken_out_and_the_mean_stays() -> None:
    """Protects quiet hours from being staffed twice for the same chance."""
    small = desk("pre")
    plain = forecast(small, 30.0, paths=4000, seed=1)
    assert underlying_per_h(plain, "pre").std(axis=0).max() < 1.5
    assert underlying_per_h(plain, "pre").mean(axis=0) == pytest.approx(offered_per_h(plain, "pre").mean(axis=0))


def test_the_spread_of_the_rate_itself_stays() -> None:
    """Protects the forecast's own uncertainty: rates of 20 or 40, counted with noise, keep their spread of 10."""
    small = desk("pre")
    rates = np.where(np.arange(4000) % 2, 20.0, 40.0)[:, np.newaxis, np.newaxis]
    found = underlying_per_h(forecast(small, rates, paths=4000, seed=2), "pre")
    assert found.std(axis=0) == pytest.approx(np.full(24, 10.0), abs=0.6)

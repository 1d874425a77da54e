"""How a day spreads over its slots."""

import numpy as np

from forecast.profile import Profile, fit_profile
from forecast.series import Bools, Floats


def _days(shapes: Floats, totals: float, seed: int = 1) -> Floats:
    return np.random.default_rng(seed).poisson(shapes * totals).astype(float)


def test_weekday_shapes_are_found() -> None:
    """Protects a Saturday evening that no other day has."""
    kind = np.tile(np.arange(7), 20)
    flat, evening = np.full(6, 1 / 6), np.array([0, 0, 0, 0, 0.2, 0.8])
    offered = _days(np.where((kind == 5)[:, None], evening, flat), 300.0)
    profile = fit_profile(offered, np.ones(offered.shape), kind, 7, np.zeros(140, dtype=bool))
    assert np.allclose(profile.shape[5], evening, atol=0.05)
    assert np.allclose(profile.shape[2], flat, atol=0.02)


def test_a_changing_shape_is_followed_fast_and_a_steady_one_slowly() -> None:
    """Protects the choice of how fast to forget."""
    kind = np.zeros(120, dtype=np.int64)
    moving = np.eye(6)[np.arange(120) // 20] * 0.7 + 0.05
    steady = np.full((120, 6), 1 / 6)
    plain = np.zeros(120, dtype=bool)
    fast, slow = (fit_profile(_days(own, 200.0), np.ones((120, 6)), kind, 1, plain) for own in (moving, steady))
    assert fast.half_life[0] == 3
    assert slow.half_life[0] == 60
    assert fast.shape[0].argmax() == 5


def test_one_spike_does_not_bend_the_profile() -> None:
    """Protects the shape of all Mondays from one broken counter."""
    kind = np.tile(np.arange(7), 20)
    offered = _days(np.full((140, 6), 1 / 6), 300.0)
    offered[70, 3] = 1e6
    profile = fit_profile(offered, np.ones(offered.shape), kind, 7, np.zeros(140, dtype=bool))
    assert profile.shape[0].max() / profile.shape[0].min() < 1.5


def test_unknown_slots_do_not_count_as_empty() -> None:
    """Protects days of which half was not observed."""
    kind = np.zeros(60, dtype=np.int64)
    offered = _days(np.full((60, 6), 1 / 6), 300.0)
    offered[::2, 3:] = np.nan
    profile = fit_profile(offered, np.ones(offered.shape), kind, 1, np.zeros(60, dtype=bool))
    assert np.allclose(profile.shape[0], 1 / 6, atol=0.02)


CLOCK = 1 + np.sin(np.arange(12) / 12 * 2 * np.pi)
ORDINARY = np.zeros(140, dtype=bool)


def _turned(early: int, until: int = 140, seed: int = 1, apart: Bools = ORDINARY) -> Profile:
    """140 days, of which those from ``early`` until before ``until`` come one slot later."""
    day = np.arange(140)
    shape = np.where(((day >= early) & (day < until))[:, None], np.roll(CLOCK, 1), CLOCK) / CLOCK.sum()
    offered = _days(shape, 600.0, seed)
    return fit_profile(offered, np.ones(offered.shape), np.tile(np.arange(7), 20), 7, ORDINARY, apart)


def test_hours_that_changed_lately_are_followed() -> None:
    """Protects a desk whose customers abroad change their clocks: nine days on, every weekday comes an hour later."""
    found = _turned(131)
    assert found.turn is not None
    assert abs(found.turn.day - 131) <= 1
    assert np.allclose(found.shape, np.roll(CLOCK, 1) / CLOCK.sum(), atol=0.02)
    assert np.allclose(found.of_past(np.tile(np.arange(7), 20))[0], CLOCK / CLOCK.sum(), atol=0.02)


def test_steady_hours_and_those_of_a_holiday_gone_by_do_not_turn() -> None:
    """Protects ordinary weeks from chance, and the days after a holiday from its hours."""
    assert [_turned(140, seed=seed).turn for seed in range(5)] == [None] * 5
    assert np.allclose(_turned(130, 137).shape, CLOCK / CLOCK.sum(), atol=0.02)
    apart = np.arange(140) >= 134
    assert _turned(134, apart=apart).turn is None

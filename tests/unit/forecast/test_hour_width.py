"""How wide the hours are: two levels, learned from past origins."""

import numpy as np
import pytest
from scipy.stats import norm

from forecast import fit
from forecast.path import stretched
from tests.unit.forecast.small import desk_of, drawn, history, starts, usual


def test_a_tail_widens_the_95_percent_and_leaves_the_80() -> None:
    """Protects both levels: order of the paths and closed slots stay, counting noise is made up for."""
    rng = np.random.default_rng(1)
    rates = 4000 * np.exp(rng.normal(0, 0.2, (4000, 2, 3)))
    rates[:, 1, 2] = 0.0
    wider = stretched(rates, 1.2)
    assert (wider[:, 1, 2] == 0).all()
    inside = rates[:, 0, 0]
    assert (np.argsort(wider[:, 0, 0]) == np.argsort(inside)).all()
    assert np.quantile(wider[:, 0, 0], [0.1, 0.5, 0.9]) == pytest.approx(np.quantile(inside, [0.1, 0.5, 0.9]), rel=1e-3)
    assert np.log(np.quantile(wider[:, 0, 0], 0.975) / 4000) == pytest.approx(1.2 * 0.2 * norm.ppf(0.975), rel=0.08)
    assert (stretched(rates, 1.0) == rates).all()


def test_rare_wild_days_teach_a_tail() -> None:
    """Protects the 95 %: one day in 15 at half its size widens what lies beyond the 80 %, a calm past does not."""
    times = starts("2024-01-01", 400)
    calm = usual(times, 2400.0)
    wild = np.where(np.random.default_rng(2).random(400) < 1 / 15, 0.5, 1.0).repeat(24)
    tails = []
    for mean in (calm, calm * wild):
        model = fit(desk_of(history(times, drawn(mean, 3, day_sd=0.03)))).queues["q"]
        assert model is not None
        tails.append(model.level.width.tail)
    assert 1.0 <= tails[0] < tails[1]

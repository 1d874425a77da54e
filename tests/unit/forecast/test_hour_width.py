"""How wide the hours are: two levels, learned from past origins."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

from forecast import fit
from forecast.calibration import Width
from forecast.outlook import outlook
from forecast.path import stretched
from forecast.setting import KINDS
from tests.unit.forecast.small import desk_of, drawn, history, promotion, starts, usual


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


def test_calm_days_do_not_make_a_second_promotion_sure() -> None:
    """Protects peaks: a width learned from calm days narrows ordinary days, not what one predecessor leaves open."""
    times = starts("2025-01-01", 150)
    peaks = [("peak", "2025-03-01", "2025-03-02"), ("peak", "2025-06-03", "2025-06-04")]
    phases = pd.concat([promotion(peak[1], peak) for peak in peaks])
    desk = desk_of(history(times, drawn(usual(times, 2400.0), day_sd=0.05)), promotions=phases)
    model = fit(desk).queues["q"]
    assert model is not None
    days, sd = np.arange(150, 157), []
    for size in (0.4, 1.0):
        width = Width((size,) * KINDS, size)
        sd.append(np.sqrt(np.diag(outlook(replace(model, level=replace(model.level, width=width)), days).covariance)))
    assert sd[0][3] > 0.45 * sd[1][3]
    assert sd[0][0] == pytest.approx(0.4 * sd[1][0], rel=0.1)

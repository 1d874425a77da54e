"""The worlds behave as their truth says, so that recovery from them means something."""

import numpy as np
import pandas as pd
import pytest

from data.drawn import Drawn
from data.past import drivers

ORDINARY = slice("2025-03-03", "2025-03-30")
MOST_Z = 4.0


def by_day(drawn: Drawn, values: str = "offered") -> pd.DataFrame:
    frame = {queue: getattr(own, values) for queue, own in drawn.demands.items()}
    return pd.DataFrame(frame, index=drawn.grid.starts).resample("D").sum()


@pytest.mark.parametrize("world", ["small", "large"])
def test_counts_scatter_around_the_rate(world: str, request: pytest.FixtureRequest) -> None:
    """What came differs from the truth by counting noise only."""
    for own in request.getfixturevalue(world).demands.values():
        assert abs((own.offered - own.rate).sum()) < MOST_Z * np.sqrt(own.rate.sum())
        dispersion = ((own.offered - own.rate)[own.rate > 1] ** 2 / own.rate[own.rate > 1]).mean()
        assert dispersion == pytest.approx(1.0, abs=0.05)


@pytest.mark.parametrize(("world", "peak"), [("small", "2026-06-18"), ("large", "2026-11-11")])
def test_peak_day_is_three_to_seven_ordinary_days(world: str, peak: str, request: pytest.FixtureRequest) -> None:
    """The promotion overloads the desk as promotions do."""
    total = by_day(request.getfixturevalue(world)).sum(axis=1)
    assert 3 < total[peak] / total[ORDINARY].mean() < 7


def test_volume_jumps_at_the_opening(small: Drawn) -> None:
    """20:00 of the peak's eve and the midnight after it are steps, not slopes."""
    own = pd.Series(small.demands["presale"].mean, index=small.grid.starts)
    assert own["2026-06-17 20:00"] > 2 * own["2026-06-17 19:00"]
    assert own["2026-06-18 00:00"] > 4 * own["2026-06-17 00:00"]


@pytest.mark.parametrize("world", ["small", "large"])
def test_after_sale_wave_follows_the_orders(world: str, request: pytest.FixtureRequest) -> None:
    """After-sale questions stay high when pre-sale has gone back."""
    days = by_day(request.getfixturevalue(world))
    before, after = days["2025-05-12":"2025-05-23"].mean(), days["2025-06-22":"2025-07-01"].mean()
    assert after["aftersale"] > 1.35 * before["aftersale"]
    assert after["presale"] < 1.2 * before["presale"]


def test_day_shocks_have_the_stated_size(small: Drawn) -> None:
    """Day-level noise can be recovered: sd of the log ratio is shock and drift together."""
    noise = small.world.noise
    ratio = np.log(by_day(small, "rate") / by_day(small, "mean_given_drivers"))
    assert ratio.std().to_numpy() == pytest.approx(np.hypot(noise.day_sd, noise.drift_sd), rel=0.15)
    assert ratio.corr().iloc[0, 1] == pytest.approx(0.4 * 0.8, abs=0.15)


def test_plan_error_has_the_stated_size(small: Drawn) -> None:
    """Planned drivers are as wrong as the truth says: more, and together, in promotions."""
    table = drivers(small.world, small.grid, small.moved, small.seed).set_index("start")
    plan = table.loc[table["basis"] == "plan", "visits"]
    actual = table.loc[table["basis"] == "actual", "visits"].resample("D").sum()
    error = np.log(plan / actual).dropna()
    promotion = pd.Series(False, index=error.index)
    for own in small.world.promotions:
        promotion |= (error.index >= pd.Timestamp(own.begin).normalize()) & (error.index <= own.end)
    stated = small.world.plan
    assert error[~promotion].std() == pytest.approx(stated.day_sd, rel=0.1)
    within = [group.std() for _, group in error[promotion].groupby(error[promotion].index.to_period("Q"))]
    assert np.mean(within) == pytest.approx(stated.promotion_day_sd, rel=0.25)


def test_plans_reach_over_the_horizon(small: Drawn) -> None:
    """The coming event is planned by day, to its last day; actuals stop with the history."""
    table = drivers(small.world, small.grid, small.moved, small.seed)
    last = table.groupby("basis")["start"].max()
    assert last["plan"] == pd.Timestamp("2026-06-22")
    assert last["actual"] == pd.Timestamp("2026-06-02 23:00")


def test_mean_before_the_origin_knows_the_drivers(small: Drawn) -> None:
    """The two means part only where the forecaster can't know visits and orders."""
    past = small.grid.starts < pd.Timestamp(small.world.history_end)
    for own in small.demands.values():
        assert np.allclose(own.mean[past], own.mean_given_drivers[past])
        assert not np.allclose(own.mean[~past], own.mean_given_drivers[~past], rtol=1e-3)

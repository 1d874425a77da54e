"""The midnight case: a fourfold jump at 0:00 that decays, with a target in every quarter of an hour."""

import numpy as np
import pytest

from desk import Desk, Forecast
from staffing import erlang_a, proven_agents
from staffing.proven import counting_the_lost, simulated
from tests.unit.staffing.small import desk, forecast

AHT_S, PATIENCE_S, MOST_LOST, OPEN_H = 600.0, 568.6, 0.05, 6.0


def midnight() -> tuple[Desk, Forecast, np.ndarray[tuple[int], np.dtype[np.float64]]]:
    """300 an hour, 1,200 at midnight, falling back with a time constant of an hour, six hours before and after; known
    rates."""
    of = desk(days=2, interval_min=15, q={"aht_s": [AHT_S], "patience_s": PATIENCE_S})
    hours = (np.arange(192) - 95.5) / 4.0
    per_h = 300.0 + np.where(hours > 0, 900.0 * np.exp(-np.maximum(hours, 0.0)), 0.0)
    per_h = np.where(np.abs(hours) < OPEN_H, per_h, 0.0)
    return of, forecast(of, per_h[:, np.newaxis] / 4.0, paths=300, seed=1), per_h


@pytest.mark.slow
def test_curves_and_the_loop_meet_the_target_in_every_interval_at_little_cost() -> None:
    """Protects the closed loop: at most 5 % lost in each interval, with confidence, also by numbers never used before,
    for at most 5 % more hours."""
    of, coming, per_h = midnight()
    found = proven_agents(of, coming, MOST_LOST)
    assert found["lost_share_bound"].max() <= MOST_LOST
    crews = found[["start", "queue", "offered"]].assign(effective_agents=found["agents"])
    fresh = simulated(counting_the_lost(of), coming, crews, runs=400, seed=618)
    assert fresh["lost_share_high"].max() <= MOST_LOST
    agents = np.arange(1, 300)
    rates = per_h[per_h > 0]
    stationary = [agents[erlang_a(rate, AHT_S, agents, PATIENCE_S, 30.0).p_abandon <= MOST_LOST][0] for rate in rates]
    assert found["agents"].sum() <= 1.05 * sum(stationary)

"""Kernels: nothing lost, nothing before its cause."""

from datetime import date

import numpy as np
import pytest

from data.clock import Grid
from data.demand import after_orders, fresh_kernel, fresh_questions, lag_kernel
from data.drawn import Drawn
from data.lift import visit_factor
from data.world import Phase, Reason

SURGE = Phase(visits=2.0, surges=[[4.0, 3.0, 1.0]], conversion=1.0, contact=1.0)


def test_lag_kernel_is_a_distribution_without_same_day() -> None:
    """Its mean is near the stated one, cut at five weeks."""
    kernel = lag_kernel(Reason(reason="delivery", per_order=0.1, mean_d=3.5, shape=3.0))
    assert kernel.sum() == pytest.approx(1.0)
    assert kernel[0] == 0.0
    assert (kernel * np.arange(len(kernel))).sum() == pytest.approx(3.5 + 0.5, abs=0.1)


def test_half_hours_and_hours_ask_the_same(small: Drawn) -> None:
    """The kernel of fresh questions doesn't depend on the grid."""
    fresh = small.world.by_orders["aftersale"].fresh
    assert fresh_kernel(fresh, 0.5).reshape(-1, 2).sum(axis=1) == pytest.approx(fresh_kernel(fresh, 1.0))


def test_one_order_asks_its_rate(small: Drawn) -> None:
    """Orders at noon of one day raise the stated questions per order over the next weeks, none earlier."""
    own = small.world.by_orders["aftersale"]
    grid = Grid(date(2026, 3, 2), date(2026, 4, 20), 60)
    orders = np.zeros(len(grid.starts))
    orders[7 * 24 + 12] = 1000.0
    parts = after_orders(own.model_copy(update={"weekday": [1.0] * 7}), grid, orders)
    for reason in own.reasons:
        assert parts[reason.reason][: 8 * 24].sum() == 0
        assert parts[reason.reason].sum() == pytest.approx(1000 * reason.per_order, rel=0.02)


def test_questions_of_the_night_come_in_the_morning(small: Drawn) -> None:
    """A closed desk hears the carried share after opening, and nothing before."""
    own = small.world.by_orders["aftersale"]
    grid = Grid(date(2026, 3, 2), date(2026, 3, 3), 60)
    orders = np.zeros(24)
    orders[0] = 1000.0
    asked = fresh_questions(own, grid, orders)
    assert asked[:8].sum() == 0
    assert asked[8:10].sum() > 0.9 * own.carried * 1000 * own.fresh.per_order


def test_surge_is_averaged_over_the_interval() -> None:
    """An hour's factor is the mean of its half-hours', and a surge begins when it says."""
    hours = visit_factor(SURGE, np.arange(8.0), 1.0)
    halves = visit_factor(SURGE, np.arange(16) / 2, 0.5)
    assert halves.reshape(-1, 2).mean(axis=1) == pytest.approx(hours)
    assert hours[:4].tolist() == [2.0] * 4
    assert hours[4] > 3.5

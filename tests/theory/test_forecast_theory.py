"""The forecaster's mathematics against independent routes."""

import numpy as np
import pytest
from scipy.stats import norm, poisson

from forecast.daylevel import Observed, posterior, roll, solve
from forecast.event import Phase
from forecast.floor import counting_floor, mean_error
from forecast.lag import bin_edges, lagged
from forecast.lag_fit import fit_kernel
from forecast.metric import pinball
from forecast.shape import fit_shape
from forecast.spread import slot_shares


def _process(size: int = 40) -> tuple[Observed, np.ndarray]:
    rng = np.random.default_rng(5)
    days = np.sort(rng.choice(60, size, replace=False))
    prior = np.exp(-np.abs(days[:, None] - days) / 9.0)
    return Observed(days, rng.normal(size=size), np.full(size, 0.1), rng.uniform(0.3, 1, size), 0.0), prior


def test_posterior_is_gaussian_conditioning() -> None:
    """Protects the mean and covariance of the day level, computed here by the plain inverse."""
    observed, prior = _process()
    inverse = np.linalg.inv(prior + np.diag(observed.variance(0.2)))
    ahead = np.arange(60, 64)
    cross = np.exp(-np.abs(ahead[:, None] - observed.days) / 9.0)
    own = np.exp(-np.abs(ahead[:, None] - ahead) / 9.0)
    mean, covariance = posterior(solve(observed, prior, 0.2), cross, own)
    assert np.allclose(mean, cross @ inverse @ observed.z)
    assert np.allclose(covariance, own - cross @ inverse @ cross.T)


def test_rolled_origins_equal_refits() -> None:
    """Protects the short cut: a past origin's forecast from one factor equals a fit on the days before it."""
    observed, prior = _process()
    [ahead] = roll(solve(observed, prior, 0.2), np.diag(prior), [45], 7)
    known = np.flatnonzero(observed.days < 45)
    rows = np.flatnonzero((observed.days >= 45) & (observed.days < 52))
    noisy = prior[np.ix_(known, known)] + np.diag(observed.variance(0.2)[known])
    gain = prior[np.ix_(rows, known)] @ np.linalg.inv(noisy)
    assert ahead.rows.tolist() == rows.tolist()
    assert np.allclose(ahead.mean, gain @ observed.z[known])
    assert np.allclose(ahead.variance, np.diag(prior[np.ix_(rows, rows)] - gain @ prior[np.ix_(known, rows)]))


@pytest.mark.parametrize("mean", [0.3, 1.0, 4.7, 60.0])
def test_error_of_known_means_is_that_of_the_median(mean: float) -> None:
    """Protects what the floor is made of against the plain sum: nobody has less absolute error than the median."""
    counts = np.arange(400)
    least = min((np.abs(counts - point) * poisson.pmf(counts, mean)).sum() for point in range(100))
    assert np.isclose(mean_error(np.array([mean])), least)


@pytest.mark.parametrize("usual", [0.5, 2.0, 10.0, 40.0])
def test_floor_is_that_of_the_means_and_not_of_the_counts(usual: float) -> None:
    """Protects the floor under every WAPE, told by counts alone; it was a third too low for one in two hours."""
    rng = np.random.default_rng(4)
    mean = usual * rng.gamma(2.0, 0.5, 4000)
    counts = rng.poisson(mean).astype(float)
    assert counting_floor(counts) == pytest.approx(mean_error(mean).sum() / mean.sum(), rel=0.03)


def test_floor_at_the_edges() -> None:
    """Protects the floor of nothing (none), of hours all alike, and of counts that tell no small means."""
    assert np.isnan(counting_floor(np.zeros(5)))
    assert counting_floor(np.ones(50)) <= 1.0
    assert counting_floor(np.full(50, 1e6)) == pytest.approx(np.sqrt(2 / np.pi / 1e6), rel=1e-3)


def test_pinball_is_least_at_the_true_quantiles() -> None:
    """Protects the sign and the order of the quantile loss."""
    actual = np.random.default_rng(1).normal(100, 10, 4000)
    levels = np.array([0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975])
    losses = [
        pinball(actual, np.tile(100 + shift + 10 * width * norm.ppf(levels), (4000, 1)))
        for shift, width in ((0, 1), (5, 1), (0, 0.5), (0, 2))
    ]
    assert losses[0] == min(losses)


def _mean_lag_found(seed: int) -> tuple[float, float]:
    """Mean lag found and true, in hours, of one queue with day noise, a daily rhythm and a background."""
    rng = np.random.default_rng(seed)
    days, slots = 500, 24
    clock = 1 + 0.8 * np.sin(np.arange(slots) / slots * 2 * np.pi)
    orders = rng.poisson(200 * np.exp(rng.normal(0, 0.5, days))[:, None] * clock).astype(float)
    hours = np.arange(1, 35 * 24)
    kernel = hours * np.exp(-hours / 60.0)
    wanted = np.convolve(orders.ravel(), kernel / kernel.sum())[: orders.size].reshape(orders.shape)
    rate = np.roll(clock, 6) * np.exp(rng.normal(0, 0.08, days))[:, None]
    offered = rng.poisson(rate * (20 + 0.3 * wanted)).astype(float)
    kind, usable = np.arange(days) % 7, np.arange(days) >= 35
    found = fit_kernel(offered, {"orders": orders}, kind, 7, usable, bin_edges(60, 35))
    assert (found.weights >= 0).all()
    return found.mean_lag_h(0, 60), float((hours * kernel).sum() / kernel.sum())


def test_lag_kernel_is_recovered() -> None:
    """Protects the distributed lag: over six queues its mean is within 10 % of the truth, of one within 25 %."""
    found, true = np.array([_mean_lag_found(seed) for seed in range(3, 9)]).T
    assert np.isclose(found.mean(), true[0], rtol=0.1)
    assert (np.abs(found / true - 1) < 0.25).all()


def test_lagged_means() -> None:
    """Protects the lag bins at their edges: [0, 1), [1, 3)."""
    values = np.array([0.0, 0, 0, 6, 0, 0, 0])
    assert lagged(values, np.array([0, 1, 3])).tolist()[3:] == [[6, 0], [0, 3], [0, 3], [0, 0]]


def test_event_shape_gradient_vanishes() -> None:
    """Protects the Newton fit of a promotion's hours: a spike in the phase's first hours is found, shrunken."""
    phases = tuple(Phase(f"p{day}", "opening", day + 20 / 24, day + 2.0, 1.0) for day in (5, 25, 45))
    base = np.full((60, 24), 100.0)
    truth = base.copy()
    for day in (5, 25, 45):
        truth[day, 20] *= 4
    bend = fit_shape(np.random.default_rng(2).poisson(truth).astype(float), base, phases).bend(phases, 60, 24)
    lift = bend[5, 20] / bend[5, :20].mean()
    assert 3.0 < lift < 4.4
    assert np.isclose(bend[5, :20], 1.0).all()
    assert bend[10].max() == 1.0


def test_spread_keeps_each_total_and_follows_the_slope() -> None:
    """Protects half-hours from an hourly history: totals kept, rising where the hours rise, closed hours empty."""
    mean = np.array([[0.0, 0.0, 10.0, 20.0, 30.0, 0.0]])
    shares = slot_shares(mean, 2, None)
    assert np.allclose(shares.sum(axis=2), 1)
    assert (shares[0, 2:4, 1] > shares[0, 2:4, 0]).all()
    assert (shares >= 0).all()

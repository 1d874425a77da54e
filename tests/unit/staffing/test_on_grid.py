"""The compiled interpolation gives the very same weights as sums over whole arrays."""

import numpy as np

from staffing.curves import rate_weights


def test_weights_are_those_of_sums_over_arrays() -> None:
    """Not one bit may move: rosters are made by these numbers. Rates on the knots and beyond both ends count too."""
    rng = np.random.default_rng(1)
    grid = np.union1d(np.linspace(0.0, 1.0, 20) ** 2 * 90.0, [5.0, 6.0])
    felt, mass = rng.gamma(3.0, 12.0, (9, 6, 4)), rng.random((9, 6, 4))
    felt[0, :, 0], felt[1, :, 1], felt[2, :, 2] = grid[3], 0.0, 120.0
    cell = np.clip(np.searchsorted(grid, felt, side="right") - 1, 0, grid.size - 2)
    upper = (felt - grid[cell]) / np.diff(grid)[cell]
    place = cell + grid.size * np.arange(6)[:, np.newaxis]
    part = mass / (9 * 4)
    below = np.bincount(place.ravel(), (part * (1.0 - upper)).ravel(), 6 * grid.size)
    above = np.bincount(place.ravel() + 1, (part * upper).ravel(), 6 * grid.size)
    assert np.array_equal(rate_weights(mass, felt, grid), (below + above).reshape(6, grid.size))

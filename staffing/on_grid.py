"""Machine code that lays the arrivals of every path onto a grid of rates."""

import numpy as np
import numpy.typing as npt

from desk.compiled import compiled

FloatArray = npt.NDArray[np.float64]


@compiled
def on_grid(mass: FloatArray, felt: FloatArray, grid: FloatArray) -> FloatArray:
    """Mean of ``mass`` over paths and steps that falls to each rate of ``grid``, by linear interpolation.

    ``mass`` and ``felt`` have the shape (path, interval, step), the answer (interval, grid).
    """
    paths, intervals, steps = felt.shape
    below, above = np.zeros((intervals, grid.size)), np.zeros((intervals, grid.size))
    for path in range(paths):
        for index in range(intervals):
            for step in range(steps):
                rate, own = felt[path, index, step], mass[path, index, step] / (paths * steps)
                cell = min(max(int(np.searchsorted(grid, rate, side="right")) - 1, 0), grid.size - 2)
                upper = (rate - grid[cell]) / (grid[cell + 1] - grid[cell])
                below[index, cell] += own * (1.0 - upper)
                above[index, cell + 1] += own * upper
    return below + above

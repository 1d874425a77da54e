"""Convex, falling and short: what an optimiser needs of a cost curve, and how much that changes it."""

import numpy as np
import numpy.typing as npt

from desk.compiled import compiled

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]


@compiled
def lower_hulls(costs: FloatArray) -> FloatArray:
    """Lower convex hull of each row over 0, 1, 2 ..., evaluated at the same points."""
    hulls = np.empty_like(costs)
    count = costs.shape[1]
    corners = np.empty(count, dtype=np.int64)
    for row in range(costs.shape[0]):
        cost, size = costs[row], 0
        for point in range(count):
            while size >= 2:
                first, middle = corners[size - 2], corners[size - 1]
                chord = (cost[point] - cost[first]) * (middle - first)
                if (cost[middle] - cost[first]) * (point - first) < chord:
                    break
                size -= 1
            corners[size] = point
            size += 1
        for corner in range(size - 1):
            first, last = corners[corner], corners[corner + 1]
            slope = (cost[last] - cost[first]) / (last - first)
            for point in range(first, last + 1):
                hulls[row, point] = cost[first] + slope * (point - first)
        if size == 1:
            hulls[row, 0] = cost[0]
    return hulls


def falling_hulls(costs: FloatArray) -> FloatArray:
    """Lower convex hull of each row, constant from its least value on."""
    return np.minimum.accumulate(lower_hulls(np.ascontiguousarray(costs)), axis=1)


def breakpoints(hulls: FloatArray, last: npt.NDArray[np.intp], most: int, tolerance: FloatArray) -> BoolArray:
    """Which points of each convex row to keep: 0, ``last`` and, one by one, the point with the largest error.

    A row takes points until its error is within its ``tolerance`` or it has ``most`` of them.
    """
    kept = np.zeros(hulls.shape, dtype=np.bool_)
    rows = np.arange(len(hulls))
    kept[rows, 0] = kept[rows, last] = True
    for _ in range(most - 2):
        error = chords(hulls, kept) - hulls
        error[np.arange(hulls.shape[1]) > last[:, np.newaxis]] = 0.0
        worst = error.argmax(axis=1)
        wanting = error[rows, worst] > tolerance
        if not wanting.any():
            break
        kept[rows[wanting], worst[wanting]] = True
    return kept


def chords(values: FloatArray, kept: BoolArray) -> FloatArray:
    """Each row's piecewise linear function through its kept points, constant after the last of them."""
    points = np.broadcast_to(np.arange(values.shape[1]), values.shape)
    left = np.maximum.accumulate(np.where(kept, points, 0), axis=1)
    beyond = np.where(kept, points, values.shape[1])
    right = np.minimum.accumulate(beyond[:, ::-1], axis=1)[:, ::-1]
    right = np.where(right == values.shape[1], left, right)
    low, high = np.take_along_axis(values, left, axis=1), np.take_along_axis(values, right, axis=1)
    share = (points - left) / np.maximum(right - left, 1)
    line: FloatArray = low + share * (high - low)
    return line

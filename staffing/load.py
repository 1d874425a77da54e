"""The offered load through time: what a queue feels of the arrivals, with the lag of the handle time."""

import math

import numpy as np
import numpy.typing as npt

from desk import Forecast
from desk.settings import Queue

FloatArray = npt.NDArray[np.float64]
STEP_S = 300.0


def offered_per_h(forecast: Forecast, queue: str) -> FloatArray:
    """Arrival rate per hour of each path and interval, shape (path, interval)."""
    index = forecast.queues.index(queue)
    return np.asarray(forecast.paths[:, :, index], dtype=np.float64) * (60.0 / forecast.interval_min)


def underlying_per_h(forecast: Forecast, queue: str) -> FloatArray:
    """Arrival rate per hour of each path and interval without the counting noise, shape (path, interval).

    Paths are whole inquiries: a random rate, and Poisson noise on top. A queueing formula adds that noise itself, so
    here each path's distance from the mean is shrunk until only the rate's own variance is left.

    Source: Var(N) = Var(rate) + E(rate) for a mixed Poisson count N.
    """
    offered = offered_per_h(forecast, queue)
    per_count = 60.0 / forecast.interval_min
    mean, variance = offered.mean(axis=0), offered.var(axis=0)
    own = np.maximum(variance - mean * per_count, 0.0)
    kept = np.sqrt(own / np.where(variance > 0, variance, 1.0))
    return np.asarray(mean + (offered - mean) * kept)


def load_ratio(offered: FloatArray, capacity: FloatArray) -> FloatArray:
    """Offered / capacity, both per hour; infinite where inquiries come and nobody is there, 0 where none come."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(offered > 0.0, offered / capacity, 0.0))


def steps_per_interval(interval_s: float) -> int:
    """How many equal steps of at most five minutes an interval is cut into."""
    return max(1, math.ceil(interval_s / STEP_S))


def lag_s(queue: Queue) -> float:
    """The handle time with which the load lags behind the arrivals: that of a fully loaded agent."""
    return queue.aht_s[-1]


def felt_per_h(rates: FloatArray, shape: FloatArray, interval_s: float, lag: npt.ArrayLike) -> FloatArray:
    """Arrival rate that would make the present load in steady state, mean of each step.

    Parameters
    ----------
    rates : arrivals per hour, shape (path, interval).
    shape : rate in each step of an interval relative to the interval's, shape (interval, step), see `arrival_shape`.
    interval_s : s.
    lag : handle time, s; one for all intervals or one for each.

    Returns
    -------
    Shape (path, interval, step); it begins in steady state.

    Source: modified offered load, m' = lambda - m / AHT (Jagerman 1975; Massey & Whitt 1994), solved exactly for
    piecewise constant rates. Divided by AHT it is a rate again.
    """
    step_s, lags = interval_s / shape.shape[1], np.broadcast_to(np.asarray(lag, dtype=np.float64), len(shape))
    decay, memory = np.exp(-step_s / lags), -np.expm1(-step_s / lags) * lags / step_s
    felt, before = rates[:, :, np.newaxis] * shape, rates[:, 0].copy()
    for index, step in np.ndindex(shape.shape):
        if step == 0 and index:
            before *= lags[index - 1] / lags[index]
        now = felt[:, index, step].copy()
        felt[:, index, step] += (before - now) * memory[index]
        before = now + (before - now) * decay[index]
    return np.asarray(felt)

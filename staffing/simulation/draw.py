"""Draws replications: all random numbers of a contact before anything happens, so that plans can be compared."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np

from desk import Desk, Forecast
from desk.grid import epoch_s
from desk.settings import Queue
from staffing.patience import patience
from staffing.simulation.case import Arrivals, BoolArray, FloatArray, IntArray

MOST_REDIALS = 9


class Drawn(IntEnum):
    """What a stream of random numbers is for; each has its own, so that no draw shifts another."""

    ARRIVALS, WORK, PATIENCE, SILENCE, REDIALS, OUTCOMES, ABSENCE, PAUSES = range(8)


@dataclass(frozen=True, slots=True)
class Stream:
    """The random numbers of one run."""

    seed: int
    run: int

    def of(self, kind: Drawn, number: int = 0) -> np.random.Generator:
        """Those of one kind, for a queue or a person of this number."""
        return np.random.default_rng([self.seed, self.run, number, kind])


@dataclass(frozen=True, slots=True)
class Customers:
    """The contacts of one queue: those that come by themselves in order of arrival, then possible redials.

    ``again`` counts redials from 0; else as in `Arrivals`.
    """

    arrived_s: FloatArray
    work: FloatArray
    patience_s: FloatArray
    silent: BoolArray
    again: IntArray
    again_s: FloatArray


def seconds(forecast: Forecast) -> FloatArray:
    """Starts of the intervals and the end of the last, s after the first start."""
    own = epoch_s(forecast.starts)
    return np.asarray(np.append(own, own[-1] + 60.0 * forecast.interval_min) - own[0])


def replication(desk: Desk, forecast: Forecast, path: int, stream: Stream, shapes: Sequence[FloatArray]) -> Arrivals:
    """The contacts of one path.

    Parameters
    ----------
    path : which of the forecast's paths.
    stream : the run's random numbers; each queue draws from its own.
    shapes : of each queue, as `arrival_shape` gives it.
    """
    counts, edges_s = np.rint(forecast.paths[path]).astype(np.int64), seconds(forecast)
    parts = []
    for index, name in enumerate(forecast.queues):
        arrived_s = arrivals_s(counts[:, index], edges_s, shapes[index], stream.of(Drawn.ARRIVALS, index))
        parts.append(customers(desk.settings.queues[name], arrived_s, stream, index))
    return merged(parts)


def arrivals_s(counts: IntArray, edges_s: FloatArray, shape: FloatArray, random: np.random.Generator) -> FloatArray:
    """Times of arrival in order, spread over each interval by its shape.

    Sums of exponential gaps, scaled to 1, are uniform numbers in order; the shape's inverse makes them times.
    """
    summed = np.append(0.0, random.standard_exponential(int(counts.sum()) + counts.size).cumsum())
    ends = (counts + 1).cumsum()
    first, whole = summed[ends - counts - 1], summed[ends] - summed[ends - counts - 1]
    inside = (np.delete(summed[1:], ends - 1) - np.repeat(first, counts)) / np.repeat(whole, counts)
    if (shape == 1.0).all():
        return np.asarray(np.repeat(edges_s[:-1], counts) + inside * np.repeat(np.diff(edges_s), counts))
    intervals, steps = shape.shape
    passed = np.append(0.0, (np.arange(intervals)[:, np.newaxis] + shape.cumsum(axis=1) / steps).ravel())
    moments_s = np.interp(np.arange(intervals * steps + 1.0) / steps, np.arange(intervals + 1.0), edges_s)
    return np.asarray(np.interp(np.repeat(np.arange(intervals), counts) + inside, passed, moments_s))


def customers(queue: Queue, arrived_s: FloatArray, stream: Stream, index: int) -> Customers:
    """What those who come bring with them, and the redials they would make."""
    tries, again_s = redials(queue, arrived_s.size, stream.of(Drawn.REDIALS, index))
    count = arrived_s.size + int(tries.sum())
    silence = stream.of(Drawn.SILENCE, index).random(count) if queue.silent_share > 0 else np.ones(count)
    return Customers(
        arrived_s=arrived_s,
        work=work(queue, count, stream.of(Drawn.WORK, index)),
        patience_s=patience(queue).leave_s(stream.of(Drawn.PATIENCE, index).standard_exponential(count)),
        silent=silence < queue.silent_share,
        again=chained(tries),
        again_s=again_s,
    )


def work(queue: Queue, count: int, random: np.random.Generator) -> FloatArray:
    """Handle times in units of their mean: exponential, or lognormal where ``aht_cv`` is stated."""
    if queue.aht_cv is None:
        return random.standard_exponential(count)
    variance = np.log1p(queue.aht_cv**2)
    return np.asarray(np.exp(random.standard_normal(count) * np.sqrt(variance) - variance / 2.0))


def redials(queue: Queue, count: int, random: np.random.Generator) -> tuple[IntArray, FloatArray]:
    """How often each customer would come again, at most nine times, and how long after each leaving."""
    if queue.redial_share == 0.0:
        return np.zeros(count, dtype=np.int64), np.zeros(count)
    tries = np.minimum(random.geometric(1.0 - queue.redial_share, count) - 1, MOST_REDIALS)
    return tries, random.standard_exponential(count + int(tries.sum())) * queue.redial_after_s


def chained(tries: IntArray) -> IntArray:
    """The redial that follows each contact and each redial, -1 where none does."""
    total = int(tries.sum())
    ends = tries.cumsum()
    onward = np.arange(1, total + 1)
    onward[ends[tries > 0] - 1] = -1
    return np.concatenate([np.where(tries > 0, ends - tries, -1), onward])


def merged(parts: list[Customers]) -> Arrivals:
    """The customers of all queues, in order of arrival, then the redials queue by queue."""
    fresh = [part.arrived_s.size for part in parts]
    extra = [part.work.size - own for part, own in zip(parts, fresh, strict=True)]
    arrived_s = np.concatenate([part.arrived_s for part in parts])
    order = np.argsort(arrived_s, kind="stable")
    before = sum(fresh) + np.cumsum([0, *extra[:-1]])
    again = [np.where(part.again < 0, -1, part.again + first) for part, first in zip(parts, before, strict=True)]

    def joined(columns: Sequence[Any]) -> Any:
        own = np.concatenate([column[:size] for column, size in zip(columns, fresh, strict=True)])[order]
        return np.concatenate([own, *(column[size:] for column, size in zip(columns, fresh, strict=True))])

    return Arrivals(
        arrived_s=arrived_s[order],
        queue=joined([np.full(part.work.size, index) for index, part in enumerate(parts)]),
        work=joined([part.work for part in parts]),
        patience_s=joined([part.patience_s for part in parts]),
        silent=joined([part.silent for part in parts]),
        again=joined(again),
        again_s=joined([part.again_s for part in parts]),
    )

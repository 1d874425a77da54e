"""What the hour of the day changes for the engines: handle times, and pauses of single people."""

import zlib
from dataclasses import dataclass

import numpy as np

from desk import Desk, Forecast
from staffing.hour import hours_of
from staffing.simulation.case import Clock, FloatArray, IntArray, plain_clock
from staffing.simulation.draw import Drawn, Stream

TINY = 1e-9


def person(name: str) -> int:
    """The number of a person's own random numbers, whoever else is there."""
    return zlib.crc32(name.encode())


def clock(desk: Desk, forecast: Forecast) -> Clock:
    """Handle times by the hour, and nobody pausing."""
    queues = [desk.settings.queues[name] for name in forecast.queues]
    effort = np.column_stack([hours_of(queue, forecast.starts).effort for queue in queues])
    plain = plain_clock(len(queues))
    if (effort == 1.0).all():
        return plain
    return plain._replace(step_s=np.array([60.0 * forecast.interval_min]), effort=effort)


@dataclass(frozen=True, slots=True)
class Pausing:
    """How the people on each queue pause.

    Parameters
    ----------
    per_s : pauses begun per second by who is on the queue and not pausing, shape (queue, interval).
    mean_s : their mean length where he holds nothing, s, shape (queue,).
    more_s : how much longer they are on average where he holds as many contacts as he may, s, shape (queue, interval).
    """

    per_s: FloatArray
    mean_s: FloatArray
    more_s: FloatArray


def pausing(desk: Desk, forecast: Forecast) -> Pausing:
    """Pauses by which a busy agent loses the stated share a of his capacity, and one with nothing to do of his time.

    Notes
    -----
    A cycle is the time until a pause is due, then the time D until K open contacts are closed (the sum of
    ``aht_s[k-1]`` / k), then the pause L. In it a busy agent loses L, and D less the time in which he would else have
    closed as many, A = ``aht_s[K-1]``. With nothing to do he loses L of the time until a pause is due and L, so that it
    is L (1 - a) / a. Busy, he would then lose too little by A / (1 - a) - D: so much longer is his pause. Where that
    is negative (closing several contacts loses more than the share) it stays, and pauses are rarer instead.
    """
    queues = [desk.settings.queues[name] for name in forecast.queues]
    rates, more = [], []
    for queue in queues:
        hours, times = hours_of(queue, forecast.starts), np.array(queue.aht_s)
        closing_s = hours.effort * (times / np.arange(1.0, times.size + 1.0)).sum()
        owed_s = hours.effort * times[-1] / (1.0 - hours.away) - closing_s
        until_s = (queue.pause_s - np.minimum(owed_s, 0.0)) * (1.0 - hours.away) / np.maximum(hours.away, TINY)
        rates.append(np.where(hours.away > 0.0, 1.0 / until_s, 0.0))
        more.append(np.maximum(owed_s, 0.0))
    return Pausing(np.array(rates), np.array([queue.pause_s for queue in queues]), np.array(more))


def with_pauses(
    plain: Clock, how: Pausing, place: IntArray, edges_s: FloatArray, names: list[str], stream: Stream
) -> Clock:
    """The clock with the pauses of one run.

    Parameters
    ----------
    place : the queue of each person in each interval, shape (agent, interval); -1: none.
    names : of the people, whose pauses are drawn from numbers of their own; their lengths are exponential.
    """
    per_s = np.where(place >= 0, np.take_along_axis(how.per_s, np.maximum(place, 0), axis=0), 0.0)
    told = [
        _told(own, edges_s, stream.of(Drawn.PAUSES, person(name)))
        for own, name in zip(per_s * np.diff(edges_s), names, strict=True)
    ]
    counts = [len(start_s) for start_s, _ in told]
    if not sum(counts):
        return plain
    start_s, lengths = (np.concatenate([one[part] for one in told]) for part in range(2))
    agent = np.repeat(np.arange(len(names)), counts)
    interval = np.clip(np.searchsorted(edges_s, start_s, side="right") - 1, 0, place.shape[1] - 1)
    queue, order = place[agent, interval], np.argsort(start_s, kind="stable")
    return plain._replace(
        pause_s=start_s[order],
        pause_agent=agent[order],
        pause_length_s=(lengths * how.mean_s[queue])[order],
        pause_more_s=(lengths * how.more_s[queue, interval])[order],
    )


def _told(hazard: FloatArray, edges_s: FloatArray, random: np.random.Generator) -> tuple[FloatArray, FloatArray]:
    """Times of a Poisson process with so many events expected in each interval, and as many exponential numbers."""
    summed = np.append(0.0, hazard.cumsum())
    count = random.poisson(summed[-1]) if summed[-1] > 0.0 else 0
    at = np.sort(random.random(count)) * summed[-1]
    return np.interp(at, summed, edges_s), random.standard_exponential(count)

"""What the hour of the day changes for the engines: handle times, and pauses of single people."""

import zlib

import numpy as np

from desk import Desk, Forecast
from staffing.hour import hours_of
from staffing.simulation.case import Clock, FloatArray, IntArray, plain_clock
from staffing.simulation.draw import Drawn, Stream


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


def away_shares(desk: Desk, forecast: Forecast) -> FloatArray:
    """Share of the people on each queue who take nothing, shape (queue, interval)."""
    return np.array([hours_of(desk.settings.queues[name], forecast.starts).away for name in forecast.queues])


def with_pauses(
    plain: Clock,
    away: FloatArray,
    mean_s: FloatArray,
    place: IntArray,
    edges_s: FloatArray,
    names: list[str],
    stream: Stream,
) -> Clock:
    """The clock with the pauses of one run.

    Parameters
    ----------
    away, mean_s : share away, shape (queue, interval); mean length of a pause, s, by queue.
    place : the queue of each person in each interval, shape (agent, interval); -1: none.
    names : of the people, whose pauses are drawn from numbers of their own.

    Notes
    -----
    While available, a person begins a pause at the rate s / ((1 - s) mean length), so that he is away a share s of his
    time; pauses told while one is on are none. Lengths are exponential.
    """
    queue = np.maximum(place, 0)
    share = np.where(place >= 0, np.take_along_axis(away, queue, axis=0) if len(away) else 0.0, 0.0)
    hazard = share / (1.0 - share) / mean_s[queue] * np.diff(edges_s)
    told = [_told(own, edges_s, stream.of(Drawn.PAUSES, person(name))) for own, name in zip(hazard, names, strict=True)]
    counts = [len(start_s) for start_s, _ in told]
    if not sum(counts):
        return plain
    start_s, lengths = (np.concatenate([one[part] for one in told]) for part in range(2))
    agent = np.repeat(np.arange(len(names)), counts)
    interval = np.searchsorted(edges_s, start_s, side="right") - 1
    length_s = lengths * mean_s[place[agent, interval]]
    order = np.argsort(start_s, kind="stable")
    return plain._replace(pause_s=start_s[order], pause_agent=agent[order], pause_length_s=length_s[order])


def _told(hazard: FloatArray, edges_s: FloatArray, random: np.random.Generator) -> tuple[FloatArray, FloatArray]:
    """Times of a Poisson process with so many events expected in each interval, and as many exponential numbers."""
    summed = np.append(0.0, hazard.cumsum())
    count = random.poisson(summed[-1]) if summed[-1] > 0.0 else 0
    at = np.sort(random.random(count)) * summed[-1]
    return np.interp(at, summed, edges_s), random.standard_exponential(count)

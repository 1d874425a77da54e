"""One queue's part of a forecast: rates from its model, overrides on top, whole inquiries drawn."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from desk import Desk, Finding
from forecast.noticed import noticed
from forecast.outlook import Outlook, outlook
from forecast.override import LEAST_MEAN, apply_overrides
from forecast.path import sample_rates
from forecast.queue import QueueModel
from forecast.series import Floats
from forecast.spread import Places, interval_rates, places


@dataclass(frozen=True, slots=True)
class Drawn:
    """One queue drawn: ``counts`` of shape (path, interval), the factors of its mean, and what was noticed."""

    counts: npt.NDArray[np.float64]
    explanation: pd.DataFrame
    findings: tuple[Finding, ...]


def draw(desk: Desk, model: QueueModel, starts: pd.DatetimeIndex, surprises: Floats, rng: np.random.Generator) -> Drawn:
    """Draw the queue of ``model``, whose setting reaches the last of ``starts``.

    Parameters
    ----------
    surprises : standard normal draws of each day's own chance, shape (path, day).
    """
    queue, series = model.setting.series.queue, model.setting.series
    first = starts[0].tz_localize(None).normalize()
    days = (first - series.first) // pd.Timedelta(days=1) + np.arange(surprises.shape[1])
    ahead = outlook(model, days)
    where = places(starts, first, series.step_min, desk.settings.interval_min)
    modelled = interval_rates(sample_rates(model, ahead, surprises, rng), where, desk.settings.queues[queue].hours)
    rates, factors = apply_overrides(desk, queue, starts, modelled)
    counts = rng.poisson(rates).astype(np.float64)
    explanation = explained(queue, starts, counts.mean(axis=0), factors, ahead, where)
    return Drawn(counts, explanation, noticed(model, days))


def draw_unknown(desk: Desk, queue: str, starts: pd.DatetimeIndex, paths: int, rng: np.random.Generator) -> Drawn:
    """A queue without history: nothing but what overrides say, and a warning."""
    rates, factors = apply_overrides(desk, queue, starts, np.zeros((paths, len(starts))))
    counts = rng.poisson(rates).astype(np.float64)
    finding = Finding("queue_without_history", "warning", "history", facts={"queue": queue})
    return Drawn(counts, explained(queue, starts, counts.mean(axis=0), factors, None, None), (finding,))


def explained(
    queue: str, starts: pd.DatetimeIndex, mean: Floats, overrides: Floats, ahead: Outlook | None, where: Places | None
) -> pd.DataFrame:
    """Factors whose product is the mean: level takes what the others leave."""
    names = ("calendar", "promotion", "drivers")
    factors = {name: np.ones(len(starts)) for name in names}
    if ahead is not None and where is not None:
        factors = {name: getattr(ahead, name)[where.day, where.slot] for name in names}
    factors["overrides"] = overrides
    rest = np.prod(list(factors.values()), axis=0)
    level = np.where(rest > 0, mean / np.where(rest > 0, rest, 1.0), LEAST_MEAN)
    return pd.DataFrame({"start": starts, "queue": queue, "level": level} | factors)

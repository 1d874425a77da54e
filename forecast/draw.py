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


@dataclass(frozen=True, slots=True)
class Prepared:
    """A queue ready to be drawn: its ``model``, the outlook on the days ahead, and what was noticed."""

    model: QueueModel
    ahead: Outlook
    findings: tuple[Finding, ...]


def prepared(model: QueueModel, starts: pd.DatetimeIndex) -> Prepared:
    """``model``, whose setting reaches the last of ``starts``, ready to draw these days."""
    begin, end = (moment.tz_localize(None).normalize() for moment in (starts[0], starts[-1]))
    days = np.arange((begin - model.setting.series.first).days, (end - model.setting.series.first).days + 1)
    return Prepared(model, outlook(model, days), noticed(model, days))


def draw(desk: Desk, model: QueueModel, starts: pd.DatetimeIndex, surprises: Floats, rng: np.random.Generator) -> Drawn:
    """Draw the queue of ``model``, whose setting reaches the last of ``starts``.

    Parameters
    ----------
    surprises : standard normal draws of each day's own chance, shape (path, day).
    """
    return drawn_from(desk, prepared(model, starts), starts, surprises, rng)


def drawn_from(
    desk: Desk, own: Prepared, starts: pd.DatetimeIndex, surprises: Floats, rng: np.random.Generator
) -> Drawn:
    """Draw what ``prepared`` made ready."""
    queue, series = own.model.setting.series.queue, own.model.setting.series
    where = places(starts, starts[0].tz_localize(None).normalize(), series.step_min, desk.settings.interval_min)
    rates = sample_rates(own.model, own.ahead, surprises, rng)
    modelled = interval_rates(rates, where, desk.settings.queues[queue].hours)
    rates, factors = apply_overrides(desk, queue, starts, modelled)
    counts = counted(modelled, rates, rng)
    means = Means(counts.mean(axis=0), modelled.mean(axis=0), factors)
    return Drawn(counts, explained(queue, starts, means, own.ahead, where), own.findings)


def counted(modelled: Floats, rates: Floats, rng: np.random.Generator) -> Floats:
    """Whole inquiries of ``rates``: intervals that no hand changed have those that they would have without hands, for
    how many random numbers a draw takes hangs on its rate.
    """
    counts = rng.poisson(modelled).astype(np.float64)
    changed = (rates != modelled).any(axis=0)
    if changed.any():
        counts[:, changed] = rng.spawn(1)[0].poisson(rates[:, changed])
    return counts


def draw_unknown(desk: Desk, queue: str, starts: pd.DatetimeIndex, paths: int, rng: np.random.Generator) -> Drawn:
    """A queue without history: nothing but what overrides say, and a warning."""
    rates, factors = apply_overrides(desk, queue, starts, np.zeros((paths, len(starts))))
    counts = rng.poisson(rates).astype(np.float64)
    finding = Finding("queue_without_history", "warning", "history", facts={"queue": queue})
    means = Means(counts.mean(axis=0), np.zeros(len(starts)), factors)
    return Drawn(counts, explained(queue, starts, means, None, None), (finding,))


@dataclass(frozen=True, slots=True)
class Means:
    """Of every interval the mean of what was ``drawn``, what the model expected before overrides (``modelled``), and
    the factor of the ``overrides``."""

    drawn: Floats
    modelled: Floats
    overrides: Floats


def explained(
    queue: str, starts: pd.DatetimeIndex, means: Means, ahead: Outlook | None, where: Places | None
) -> pd.DataFrame:
    """Factors whose product is the mean: level takes what the others leave; where hands leave nothing, what the model
    expected without them."""
    names = ("calendar", "promotion", "drivers")
    factors = {name: np.ones(len(starts)) for name in names}
    if ahead is not None and where is not None:
        factors = {name: getattr(ahead, name)[where.day, where.slot] for name in names}
    rest = np.prod(list(factors.values()), axis=0)
    by_hand = means.overrides
    model = np.where(by_hand > 0, means.drawn / np.where(by_hand > 0, by_hand, 1.0), means.modelled)
    level = np.where(rest > 0, model / np.where(rest > 0, rest, 1.0), LEAST_MEAN)
    return pd.DataFrame({"start": starts, "queue": queue, "level": level} | factors | {"overrides": by_hand})

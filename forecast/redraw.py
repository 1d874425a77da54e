"""One queue's part of a forecast made while the day runs: what was seen stands, the rest follows from it."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from desk import Desk, Finding
from desk.grid import interval_starts
from forecast.draw import Drawn, Means, counted, explained
from forecast.intraday import updated_rates
from forecast.noticed import noticed
from forecast.outlook import outlook
from forecast.override import apply_overrides
from forecast.queue import QueueModel
from forecast.seen import Seen, on_intervals
from forecast.series import Bools, Floats, Ints, Series
from forecast.silence import counter_failed
from forecast.spread import Places, interval_rates, places

DAY = pd.Timedelta(days=1)


def draw_seen(
    desk: Desk, model: QueueModel, starts: pd.DatetimeIndex, surprises: Floats, seen: Seen, rng: np.random.Generator
) -> Drawn:
    """Draw the queue of ``model``, whose setting reaches the last of ``starts``, given ``seen``.

    Parameters
    ----------
    surprises : standard normal draws of each day's own chance, shape (path, day of ``starts``).
    """
    series, queue = model.setting.series, model.setting.series.queue
    asked = (starts[0].tz_localize(None).normalize() - series.first) // DAY
    first, last = min(int(asked), seen.first), int(asked) + surprises.shape[1] - 1
    days = np.arange(first, max(last, seen.first + len(seen.counts) - 1) + 1)
    ahead, whole = outlook(model, days), _starts(desk, model, days)
    where = places(whole, series.first + first * DAY, series.step_min, desk.settings.interval_min)
    hours = desk.settings.queues[queue].hours
    usual = interval_rates((np.exp(ahead.mean)[:, None] * ahead.weights)[None], where, hours)
    handwork = _by_slot(apply_overrides(desk, queue, whole, usual)[1], usual[0], where, ahead.weights.shape)
    counts = np.full((seen.first + len(seen.counts) - first, ahead.weights.shape[1]), np.nan)
    counts[seen.first - first :] = seen.counts
    failed = counter_failed(counts, (np.exp(ahead.mean)[:, None] * ahead.weights * handwork)[: len(counts)])
    told = tuple(_silent(queue, failed, series, first))
    counts[failed] = np.nan
    rates = updated_rates(model, ahead, counts, handwork, _padded(surprises, int(asked) - first, len(days), rng), rng)
    own = np.asarray((whole >= starts[0]) & (whole <= starts[-1]))
    modelled = interval_rates(rates, where, hours)[:, own]
    inside = Places(where.day[own], where.slot[own], where.part[own], where.parts)
    changed, factors = apply_overrides(desk, queue, starts, modelled)
    drawn = counted(modelled, changed, rng)
    counts_drawn, factors = stands(drawn, factors, on_intervals(seen, starts, desk.settings.interval_min))
    means = Means(counts_drawn.mean(axis=0), modelled.mean(axis=0), factors)
    explanation = explained(queue, starts, means, ahead, inside)
    return Drawn(counts_drawn, explanation, (*told, *noticed(model, days)))


def _silent(queue: str, failed: Bools, series: Series, first: int) -> Iterator[Finding]:
    """The last run of slots that the rest of the day does not follow."""
    at = np.flatnonzero(failed.ravel())
    if len(at):
        begin = at[np.flatnonzero(np.diff(at, prepend=-2) > 1)[-1]]
        step = pd.Timedelta(minutes=series.step_min)
        start, end = (series.first + first * DAY + int(slot) * step for slot in (begin, at[-1] + 1))
        facts = {"queue": queue, "start": f"{start:%Y-%m-%d %H:%M}", "end": f"{end:%H:%M}"}
        yield Finding("actuals_silent", "warning", "actuals", facts=facts)


def unknown_but_seen(desk: Desk, queue: str, starts: pd.DatetimeIndex, drawn: Drawn, seen: Seen) -> Drawn:
    """A queue without history (``drawn``), with what was seen of it."""
    by_hand = drawn.explanation["overrides"].to_numpy(dtype=np.float64)
    counts, factors = stands(drawn.counts, by_hand, on_intervals(seen, starts, desk.settings.interval_min))
    means = Means(counts.mean(axis=0), np.zeros(len(starts)), factors)
    return Drawn(counts, explained(queue, starts, means, None, None), drawn.findings)


def stands(drawn: Floats, factors: Floats, known: Floats) -> tuple[Floats, Floats]:
    """Every path with the counts ``known`` where they are, and the factors of overrides, 1 there."""
    seen = ~np.isnan(known)
    return np.where(seen, np.nan_to_num(known), drawn), np.where(seen, 1.0, factors)


def _starts(desk: Desk, model: QueueModel, days: Ints) -> pd.DatetimeIndex:
    first, after = (model.setting.series.first + int(day) * DAY for day in (days[0], days[-1] + 1))
    return interval_starts(first.date(), after.date(), desk.settings.interval_min, desk.settings.timezone)


def _by_slot(factors: Floats, usual: Floats, where: Places, shape: tuple[int, ...]) -> Floats:
    """Factor of each slot: its intervals' factors, weighed by what is usual; 1 where no interval lies."""
    before, after = np.zeros(shape), np.zeros(shape)
    np.add.at(before, (where.day, where.slot), usual + 1e-12)
    np.add.at(after, (where.day, where.slot), (usual + 1e-12) * factors)
    return np.where(before > 0, after / np.where(before > 0, before, 1.0), 1.0)


def _padded(surprises: Floats, before: int, days: int, rng: np.random.Generator) -> Floats:
    """Surprises for days before and after those asked for as well."""
    if not before and days == surprises.shape[1]:
        return surprises
    found = rng.standard_normal((len(surprises), days))
    found[:, before : before + surprises.shape[1]] = surprises
    return found

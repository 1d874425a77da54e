"""The forecaster's face: fit a desk, predict its horizon."""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from desk import Desk, Finding, Forecast
from desk.grid import interval_starts
from forecast.driver import driver_names, read_driver
from forecast.evidence import evidence_frame
from forecast.foresight import Driver, foresee
from forecast.noticed import noticed
from forecast.outlook import Outlook, outlook
from forecast.override import LEAST_MEAN, apply_overrides
from forecast.path import sample_rates
from forecast.queue import QueueModel, extended, fit_queue
from forecast.series import Floats, first_day, queue_series
from forecast.spread import Places, interval_rates, places


@dataclass(frozen=True, slots=True)
class Model:
    """A desk's fitted forecaster.

    Parameters
    ----------
    desk : what it was fitted on.
    queues : model of each queue; None where the queue has no history.
    findings : what was noticed of the desk as a whole.
    """

    desk: Desk
    queues: dict[str, QueueModel | None]
    findings: tuple[Finding, ...] = ()

    def predict(
        self,
        start: date | pd.Timestamp | None = None,
        end: date | pd.Timestamp | None = None,
        *,
        paths: int | None = None,
        seed: int | None = None,
    ) -> Forecast:
        """Sample paths of the inquiries offered from ``start`` until before ``end``.

        Parameters
        ----------
        start, end : first day, and the day after the last; the desk's horizon where not given.
        paths, seed : as in the settings where not given.

        Returns
        -------
        Forecast with whole, never negative inquiries; overrides are applied and told apart in ``explanation``.

        Raises
        ------
        ValueError : ``start`` is not before ``end``.
        """
        settings = self.desk.settings
        first, last = _day(start, settings.horizon.start), _day(end, settings.horizon.end)
        if first >= last:
            raise ValueError(f"nothing to forecast from {first:%Y-%m-%d} until {last:%Y-%m-%d}")
        starts = interval_starts(first.date(), last.date(), settings.interval_min, settings.timezone)
        count, own_seed = paths or settings.forecast.paths, settings.forecast.seed if seed is None else seed
        drawn = [
            _predict(
                self.desk, queue, model, starts, count, np.random.default_rng([own_seed, zlib.crc32(queue.encode())])
            )
            for queue, model in self.queues.items()
        ]
        return Forecast(
            starts=starts,
            queues=tuple(self.queues),
            paths=np.stack([own.counts for own in drawn], axis=2).astype(np.float32),
            interval_min=settings.interval_min,
            evidence=evidence_frame(self.queues),
            explanation=pd.concat([own.explanation for own in drawn], ignore_index=True),
            findings=_distinct([*self.findings, *(finding for own in drawn for finding in own.findings)]),
        )


def fit(desk: Desk) -> Model:
    """Fit the forecaster of every queue of ``desk`` on its history, drivers and promotions.

    Raises
    ------
    InputError : a history that can't be used as it stands.
    """
    last = pd.Timestamp(desk.settings.horizon.end) - pd.Timedelta(days=1)
    drivers: dict[int, tuple[Driver, ...]] = {}
    models: dict[str, QueueModel | None] = {}
    for queue in desk.settings.queues:
        series = queue_series(desk, queue)
        if series is not None and series.step_min not in drivers:
            drivers[series.step_min] = foreseen_drivers(desk, series.step_min, driver_names(desk), last)
        models[queue] = None if series is None else fit_queue(desk, series, last, drivers[series.step_min])
    return Model(desk, models, _unusable(desk, drivers))


def _unusable(desk: Desk, drivers: dict[int, tuple[Driver, ...]]) -> tuple[Finding, ...]:
    """Columns of the drivers' table that could not be read."""
    read = {driver.name for own in drivers.values() for driver in own}
    names = [name for name in driver_names(desk) if drivers and name not in read]
    return tuple(Finding("driver_unusable", "warning", "drivers", column=name) for name in names)


def foreseen_drivers(desk: Desk, step_min: int, names: Iterable[str], last: pd.Timestamp) -> tuple[Driver, ...]:
    """The drivers ``names`` on slots of ``step_min``, foreseen until ``last``; those never measured are left out."""
    readings = (read_driver(desk, name, first_day(desk), step_min, last) for name in names)
    return tuple(foresee(reading) for reading in readings if reading is not None)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """One queue's part of a forecast."""

    counts: npt.NDArray[np.float64]
    explanation: pd.DataFrame
    findings: tuple[Finding, ...]


def _day(given: date | pd.Timestamp | None, default: date) -> pd.Timestamp:
    stamp = pd.Timestamp(default if given is None else given)
    return stamp.tz_localize(None).normalize()


def _predict(
    desk: Desk, queue: str, model: QueueModel | None, starts: pd.DatetimeIndex, paths: int, rng: np.random.Generator
) -> _Drawn:
    """Rates from the model, overrides on top, whole inquiries drawn."""
    if model is None:
        return _unknown(desk, queue, starts, paths, rng)
    first, last = (moment.tz_localize(None).normalize() for moment in (starts[0], starts[-1]))
    longer = _reaching(desk, model, last)
    offset = (first - longer.setting.series.first) // pd.Timedelta(days=1)
    days = np.arange(offset, offset + (last - first) // pd.Timedelta(days=1) + 1)
    ahead = outlook(longer, days)
    where = places(starts, first, longer.setting.series.step_min, desk.settings.interval_min)
    modelled = interval_rates(sample_rates(longer, ahead, paths, rng), where, desk.settings.queues[queue].hours)
    rates, factors = apply_overrides(desk, queue, starts, modelled)
    counts = rng.poisson(rates).astype(np.float64)
    explanation = _explained(queue, starts, counts.mean(axis=0), factors, ahead, where)
    return _Drawn(counts, explanation, noticed(longer, days))


def _reaching(desk: Desk, model: QueueModel, last: pd.Timestamp) -> QueueModel:
    """The model, its calendar, promotions and drivers read on where they end before ``last``."""
    if last <= model.setting.days[-1]:
        return model
    names = [driver.name for driver in model.drivers]
    return extended(desk, model, last, foreseen_drivers(desk, model.setting.series.step_min, names, last))


def _unknown(desk: Desk, queue: str, starts: pd.DatetimeIndex, paths: int, rng: np.random.Generator) -> _Drawn:
    """A queue without history: nothing but what overrides say, and a warning."""
    rates, factors = apply_overrides(desk, queue, starts, np.zeros((paths, len(starts))))
    counts = rng.poisson(rates).astype(np.float64)
    finding = Finding("queue_without_history", "warning", "history", facts={"queue": queue})
    return _Drawn(counts, _explained(queue, starts, counts.mean(axis=0), factors, None, None), (finding,))


def _explained(
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


def _distinct(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    found = {(finding.code, finding.column, finding.value, str(finding.facts)): finding for finding in findings}
    return tuple(found.values())

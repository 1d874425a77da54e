"""The forecaster's face: fit a desk, predict its horizon."""

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import pandas as pd

from desk import Desk, Finding, Forecast, InputError
from desk.grid import interval_starts
from desk.quota import with_quotas
from forecast.borrow import lent
from forecast.choice import AUTO, OURS
from forecast.correlation import day_correlation
from forecast.draw import Drawn, draw, draw_unknown
from forecast.driver import driver_names
from forecast.event_kernel import KERNELS, kernels_of
from forecast.evidence import evidence_frame
from forecast.explanation import ANALOGUES, analogues_of, factors_of
from forecast.first_lift import with_first_lifts
from forecast.foreseen import foreseen_drivers
from forecast.foresight import Driver
from forecast.noticed import borrowings, shift_sizes
from forecast.odd import odd_days
from forecast.outlook import outlook
from forecast.queue import QueueModel, extended, fit_borrowed, fit_queue
from forecast.reason import LAGS, lag_frame
from forecast.redraw import draw_seen, unknown_but_seen
from forecast.rival import RIVALS
from forecast.seen import Seen, seen_of, whole_rows
from forecast.series import Floats, every_series, refuse_days
from forecast.simple import settled
from forecast.together import missed_of, shocks
from forecast.told import told_of_desk

MODELS = (AUTO, OURS, *RIVALS)
"""What may forecast, by name."""


@dataclass(frozen=True, slots=True)
class Model:
    """A desk's fitted forecaster.

    Parameters
    ----------
    desk : what it was fitted on.
    queues : model of each queue; None where the queue has no history.
    correlation : of the daily surprises between the queues that have a model, shape (queue, queue).
    findings : what was noticed of the desk as a whole.
    seen : per queue what has come since the history's end; None where nothing.
    """

    desk: Desk
    queues: dict[str, QueueModel | None]
    correlation: Floats
    findings: tuple[Finding, ...] = ()
    seen: Mapping[str, Seen | None] = field(default_factory=dict)

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
        ValueError : ``start`` is not before ``end``, or before the history.
        """
        settings = self.desk.settings
        first, after = _day(start, settings.horizon.start), _day(end, settings.horizon.end)
        refuse_days(self.desk, first, after)
        starts = interval_starts(first.date(), after.date(), settings.interval_min, settings.timezone)
        count, own_seed = paths or settings.forecast.paths, settings.forecast.seed if seed is None else seed
        drawn = self._drawn(starts, (after - first) // pd.Timedelta(days=1), count, own_seed)
        made = Forecast(
            starts=starts,
            queues=tuple(self.queues),
            paths=np.stack([own.counts for own in drawn], axis=2).astype(np.float32),
            interval_min=settings.interval_min,
            evidence=evidence_frame(self.queues),
            explanation=pd.concat([own.explanation for own in drawn], ignore_index=True),
            findings=distinct([*self.findings, *(finding for own in drawn for finding in own.findings)]),
        )
        return with_quotas(self.desk, made)

    def update(self, actuals: pd.DataFrame, now: pd.Timestamp | str) -> "Model":
        """The model with what has come until ``now``: its forecasts keep what was seen and redraw the rest.

        Parameters
        ----------
        actuals : rows ``start, queue, offered`` as in table ``history`` (``open``, ``observed`` where there), of the
            days since the history's end, times without a zone in the desk's; rows that end after ``now`` are not looked
            at.
        now : a moment; in the desk's zone where it has none.

        Returns
        -------
        Model whose ``predict`` has the counts of the intervals seen in every path; the hours that remain, and the
        days after, are conditioned on them.

        Raises
        ------
        InputError : no such column or queue, what is no time, negative counts, rows of one interval that differ.
        """
        zone = self.desk.settings.timezone
        moment = self._moment(now)
        rows = whole_rows(actuals, zone, self.queues)
        each = self.desk.settings.interval_min
        known = {queue: None if model is None else model.setting.series for queue, model in self.queues.items()}
        seen = {queue: seen_of(queue, series, rows, moment, each) for queue, series in known.items()}
        old = [queue for queue, own in seen.items() if own is not None and own.all_known(known[queue])]
        told = tuple(Finding("actuals_nothing_new", "warning", "actuals", facts={"queue": queue}) for queue in old)
        return replace(self, seen=seen, findings=(*self.findings, *told))

    def explain(self, start: pd.Timestamp, end: pd.Timestamp, queue: str) -> pd.DataFrame:
        """Why ``queue`` is forecast as it is from ``start`` until before ``end``: an interval, a day, a phase.

        Returns
        -------
        One row per part (``level, calendar, promotion, drivers, overrides``): ``part``, ``factor`` (inquiries for
        ``level``), ``inquiries``, the total once it is applied. The factors multiply to the mean of the paths.

        Raises
        ------
        ValueError : no interval starts there. KeyError : an unknown queue.
        """
        first, last = self._moment(start), self._moment(end)
        horizon = self.desk.starts
        whole = len(horizon) and horizon[0] <= first and last <= horizon[-1] + (horizon[1] - horizon[0])
        found = (self.predict() if whole else self.predict(first, last + pd.Timedelta(days=1))).explanation
        own = found[(found["queue"] == queue) & (found["start"] >= first) & (found["start"] < last)]
        if queue not in self.queues:
            raise KeyError(queue)
        if own.empty:
            raise ValueError(f"no interval starts from {first} until {last}")
        return factors_of(own)

    def analogues(self, start: pd.Timestamp, end: pd.Timestamp, queue: str) -> pd.DataFrame:
        """The earlier phases of promotions from which the lift of ``queue`` on these days is learned.

        Returns
        -------
        One row per earlier phase, the weightiest first: ``phase, promotion, start, days``, its own ``lift``, its
        ``weight`` among all (a share), and the ``factor`` that it adds; the factors multiply to the lift of the days.
        """
        first, last = self._moment(start), self._moment(end) - pd.Timedelta(seconds=1)
        model = self.queues[queue]
        if model is None or model.choice.model != OURS:
            return pd.DataFrame(columns=list(ANALOGUES))
        days = pd.date_range(first.tz_localize(None).normalize(), last.tz_localize(None).normalize(), freq="D")
        reaching = _reaching(self.desk, model, days[-1])
        numbers = np.asarray((days - model.setting.series.first) // pd.Timedelta(days=1), dtype=np.int64)
        ahead = outlook(reaching, numbers)
        return analogues_of(reaching, numbers, (np.exp(ahead.mean)[:, None] * ahead.weights).sum(axis=1))

    def borrowings(self, start: pd.Timestamp, end: pd.Timestamp, queue: str) -> tuple[Finding, ...]:
        """What the forecast of ``queue`` on these days rests on that is not its own: other queues, other phases, what
        was stated."""
        first, last = self._moment(start), self._moment(end) - pd.Timedelta(seconds=1)
        model = self.queues[queue]
        if model is None:
            return ()
        days = pd.DatetimeIndex([own.tz_localize(None).normalize() for own in (first, last)])
        numbers = np.asarray((days - model.setting.series.first) // pd.Timedelta(days=1), dtype=np.int64)
        return borrowings(_reaching(self.desk, model, days[-1]), numbers)

    def kernels(self, queue: str) -> pd.DataFrame:
        """What is learned of each kind of phase by hour and by day since its start, and the earlier events behind it.

        Returns
        -------
        Rows as in ``forecast.event_kernel.kernels_of``; empty where the queue has seen no promotion.
        """
        model = self.queues[queue]
        if model is None or model.choice.model != OURS:
            return pd.DataFrame(columns=list(KERNELS))
        return kernels_of(self.desk, model)

    def odd_days(self) -> pd.DataFrame:
        """Rows of table ``verdicts``: days that were judged, and those found odd that wait for a verdict."""
        shifts = {queue: shift_sizes(model) for queue, model in self.queues.items() if model is not None}
        return odd_days(self.desk, self.queues, shifts)

    def lags(self, queue: str) -> pd.DataFrame:
        """How ``queue`` follows its drivers, and each reason by itself where the contact log tells them.

        Returns
        -------
        One row per driver, reason and lag bin, as in ``forecast.reason.lag_frame``; empty without drivers.
        """
        model = self.queues[queue]
        if model is None or model.kernel is None:
            return pd.DataFrame(columns=list(LAGS))
        return lag_frame(model.kernel, model.reasons, model.setting.series.step_min)

    def precedents(self) -> pd.DataFrame:
        """``analogues`` of every queue for each phase in the desk's horizon, with ``queue`` and ``coming``."""
        horizon, found = self.desk.starts, []
        until = horizon[-1] + pd.Timedelta(minutes=self.desk.settings.interval_min)
        table = self.desk.table("promotions").sort_values("start", kind="stable")
        for start, end, name in zip(table["start"], table["end"], table["phase"], strict=True):
            first, last = max(start, horizon[0]), min(end, until)
            for queue in self.queues if first < last else ():
                own = self.analogues(first, last, queue)
                found.append(own.assign(queue=queue, coming=str(name)))
        columns = ["queue", "coming", *ANALOGUES]
        return pd.concat(found, ignore_index=True)[columns] if found else pd.DataFrame(columns=columns)

    def _moment(self, given: pd.Timestamp | str) -> pd.Timestamp:
        zone, given = self.desk.settings.timezone, pd.Timestamp(given)
        return given.tz_localize(zone) if given.tzinfo is None else given.tz_convert(zone)

    def _drawn(self, starts: pd.DatetimeIndex, days: int, paths: int, seed: int) -> list[Drawn]:
        """Every queue drawn; the days' surprises are common, the rest has random numbers of its own per queue."""
        known = [queue for queue, model in self.queues.items() if model is not None]
        surprises = dict(zip(known, shocks(self.correlation, paths, days, np.random.default_rng(seed)), strict=True))
        last, found = starts[-1].tz_localize(None).normalize(), []
        for queue, model in self.queues.items():
            rng, seen = np.random.default_rng([seed, zlib.crc32(queue.encode())]), self.seen.get(queue)
            if model is None:
                found.append(_unknown(self.desk, queue, starts, paths, seen, rng))
                continue
            reaching = _reaching(self.desk, model, last if seen is None else max(last, seen.last(model.setting.series)))
            own = (self.desk, reaching, starts, surprises[queue])
            found.append(draw(*own, rng) if seen is None else draw_seen(*own, seen, rng))
        return found


def fit(desk: Desk, *, model: str | None = None) -> Model:
    """Fit the forecaster of every queue of ``desk`` on its history, drivers and promotions.

    Parameters
    ----------
    model : ``auto``, ``peakdesk``, or the name of a simple model; as in the settings where not given.

    Raises
    ------
    InputError : a history that can't be used as it stands, or an unknown model.
    """
    wanted = model or desk.settings.forecast.model
    if wanted not in MODELS:
        raise InputError([Finding("unknown_model", value=wanted, facts={"known": ", ".join(MODELS)})])
    last = pd.Timestamp(desk.settings.horizon.end) - pd.Timedelta(days=1)
    drivers: dict[int, tuple[Driver, ...]] = {}
    models: dict[str, QueueModel | None] = {}
    found = every_series(desk)
    loans = lent(desk, found) if wanted in (AUTO, OURS) else {}
    for queue, series in found.items():
        if queue in loans:
            models[queue] = fit_borrowed(desk, *loans[queue], last)
            continue
        if series is not None and series.step_min not in drivers:
            drivers[series.step_min] = foreseen_drivers(desk, series.step_min, driver_names(desk), last)
        models[queue] = None if series is None else fit_queue(desk, series, last, drivers[series.step_min], wanted)
    models = {queue: None if own is None else settled(own) for queue, own in with_first_lifts(desk, models).items()}
    missed = [missed_of(model) for model in models.values() if model is not None]
    unseen = {queue: [lift.phase for lift in own.first_lifts] for queue, own in models.items() if own is not None}
    return Model(desk, models, day_correlation(missed), told_of_desk(desk, drivers, found, unseen))


def _unknown(
    desk: Desk, queue: str, starts: pd.DatetimeIndex, paths: int, seen: Seen | None, rng: np.random.Generator
) -> Drawn:
    """A queue without history, as far as it is seen or set by hand."""
    drawn = draw_unknown(desk, queue, starts, paths, rng)
    return drawn if seen is None else unknown_but_seen(desk, queue, starts, drawn, seen)


def _day(given: date | pd.Timestamp | None, default: date) -> pd.Timestamp:
    stamp = pd.Timestamp(default if given is None else given)
    return stamp.tz_localize(None).normalize()


def _reaching(desk: Desk, model: QueueModel, last: pd.Timestamp) -> QueueModel:
    """The model, its calendar, promotions and drivers read on where they end before ``last``."""
    if last <= model.setting.days[-1]:
        return model
    drivers = foreseen_drivers(desk, model.setting.series.step_min, driver_names(desk), last) if model.drivers else ()
    return extended(desk, model, last, drivers)


def distinct(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    found = {(finding.code, finding.column, finding.value, str(finding.facts)): finding for finding in findings}
    return tuple(found.values())

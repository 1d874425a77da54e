"""What surrounds a series: its days, past and to come, their calendar, promotions and kinds of day."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from desk import Desk
from forecast.calendar import DayKinds, holiday_features, holiday_own_sd, kinds_between, month_features
from forecast.covariance import DayTable
from forecast.event import Phase, day_effects, felt_strength, phases_of, under_way, with_beginnings
from forecast.felt_intensity import with_felt
from forecast.profile import EVENT_WEIGHT, long_run
from forecast.series import Bools, Floats, Ints, Series, days_told

MIDWEEK = 2
KINDS = 7
FELT = 0.5
"""From this strength on a promotion is felt on a day."""
PLAIN_DAYS = 28
"""From so many days without promotions on they alone tell the usual hours."""

VERDICTS = ("ordinary", "explained", "shift", "steady")
"""What an analyst may say of a day; of an ``outlier`` nothing is left to be learned."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A history and what is known of its days and of those to come.

    Parameters
    ----------
    series : the history.
    days : from the first day of the history to the last one to forecast.
    country : whose public calendar they have.
    kinds : their public calendar.
    phases : promotions' phases.
    kind : kind of each day for the profile, 0 to ``KINDS - 1``.
    table : their features for the day level.
    on_event : days on which a promotion is felt.
    ordinary : days that an analyst calls ordinary, however odd they look.
    explained : odd days of which an analyst knows why.
    shift, steady : days on which an analyst says that the level did, or did not, shift.
    """

    series: Series
    days: pd.DatetimeIndex
    country: str
    kinds: DayKinds
    phases: tuple[Phase, ...]
    kind: Ints
    table: DayTable
    on_event: Bools
    ordinary: Ints
    explained: Ints
    shift: Ints
    steady: Ints

    @property
    def past(self) -> Ints:
        """Numbers of the days of the history."""
        return np.arange(len(self.series.offered))

    @property
    def to_come(self) -> Bools:
        """Which of all days lie in a phase of a promotion that is not over, the last one where it is not whole."""
        until, day = self.series.until_d, np.arange(len(self.days))
        spans = [(own.start_d, own.end_d) for own in self.phases if own.intensity > 0 and own.end_d > until]
        inside = [(day + 1 > start) & (day < end) for start, end in spans]
        return np.asarray(np.logical_or.reduce([day < 0, *inside]) & (day + 1 > until))

    @property
    def apart(self) -> Bools:
        """Past days whose hours are others for a while only: promotions and holidays."""
        return np.asarray((self.on_event | self.kinds.is_holiday)[self.past])

    @property
    def profile_weight(self) -> Floats:
        """Weight of each past day in the profile."""
        return np.where(self.on_event[self.past], EVENT_WEIGHT, 1.0)


def setting_of(desk: Desk, series: Series, last: pd.Timestamp) -> Setting:
    """Calendar and promotions for the history and on to the day ``last``."""
    end = max(last, series.days[-1])
    days = pd.date_range(series.first, end, freq="D", unit="us")
    kinds = kinds_between(series.first, end, desk.settings.country)
    phases = with_felt(phases_of(desk, series.first), series)
    phases = with_beginnings(phases, _usual_hours(series, phases))
    weekday = np.where(kinds.makeup, MIDWEEK, np.asarray(days.day_of_week))
    effects = replace(day_effects(phases, len(days)), begun=under_way(phases, series.until_d))
    levels = _weekday_levels(series, weekday)
    strength = (levels / max(float(levels.max()), 1e-9))[weekday]
    holiday, own_sd = holiday_features(kinds, strength), holiday_own_sd(kinds, strength)
    table = DayTable(np.arange(len(days)), weekday, holiday, month_features(days), own_sd, effects)
    on_event = felt_strength(phases, len(days)) >= FELT
    kind = _profile_kind(series, kinds, weekday, levels)
    told = {word: days_told(desk, series.queue, series.first, len(series.offered), word) for word in VERDICTS}
    if 0 < series.borrowed < len(series.offered):
        told["shift"] = np.append(told["shift"], series.borrowed)
    return Setting(series, days, desk.settings.country, kinds, phases, kind, table, on_event, **told)


def _usual_hours(series: Series, phases: tuple[Phase, ...]) -> Floats:
    """Inquiries by slot on days without promotions; on all days where there are few such."""
    touched = day_effects(phases, len(series.offered)).beyond
    plain = series.counted & ~((touched == 0).any(axis=0))
    return np.asarray(np.nansum(series.offered[plain] if plain.sum() >= PLAIN_DAYS else series.offered, axis=0))


def _weekday_levels(series: Series, weekday: Ints) -> Floats:
    """Median day of each weekday; 0 where there is none."""
    counted = series.counted
    own = [series.totals[counted & (weekday[: len(counted)] == day)] for day in range(7)]
    return np.array([float(np.median(values)) if len(values) else 0.0 for values in own])


def _profile_kind(series: Series, kinds: DayKinds, weekday: Ints, levels: Floats) -> Ints:
    """Profile of each day: its weekday's; on holidays that of the quietest weekday where it fits them better."""
    past = len(series.offered)
    holiday = np.flatnonzero(kinds.is_holiday[:past] & series.counted)
    if not len(holiday):
        return weekday
    quiet = int(np.argmin(np.where(levels > 0, levels, np.inf)))
    ordinary = np.where(kinds.is_holiday[:past], EVENT_WEIGHT, 1.0)
    shape = long_run(series.offered, np.ones(series.offered.shape), weekday[:past], KINDS, ordinary)
    own, other = (
        _misfit(series.offered[holiday], shape[kind]) for kind in (weekday[holiday], np.full(len(holiday), quiet))
    )
    return np.where(kinds.is_holiday, quiet, weekday) if other < own else weekday


def _misfit(offered: Floats, shape: Floats) -> float:
    """Absolute error of a shape, given each day's total."""
    expected = np.where(np.isnan(offered), 0.0, shape)
    total = np.maximum(expected.sum(axis=1, keepdims=True), 1e-9)
    return float(np.abs(np.nan_to_num(offered) - expected / total * np.nansum(offered, axis=1, keepdims=True)).sum())

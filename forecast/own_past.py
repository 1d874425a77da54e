"""What a driver's own past says of its days, and how far its plans know what the past does not."""

from dataclasses import dataclass, replace

import numpy as np

from forecast.campaign import PlanError, learn_plan_error
from forecast.covariance import Scales, combine, parts
from forecast.daylevel import posterior, roll
from forecast.driver import Reading
from forecast.level import Level, day_parts, fit_level
from forecast.series import Bools, Floats, Ints
from forecast.step import steps
from forecast.tuning import AHEAD_DAYS, weekly_origins

SIZE = 1000.0
"""Drivers are brought to this mean a day, so that their counting noise is small whatever their unit."""
BELIEVED_DAYS = 10.0
FARTHEST_SURPRISE = 3.0
"""A surprise counts at most this many usual ones."""
MOST_WEEKS = 104
UNKNOWN = 1.0
"""Variance of a past day's log level where nothing told it."""


@dataclass(frozen=True, slots=True)
class Guess:
    """Log levels of days about the offset, their covariance without the days' own chance, and the variance of that."""

    log: Floats
    covariance: Floats
    chance: Floats


@dataclass(frozen=True, slots=True)
class OwnPast:
    """One driver by itself.

    Parameters
    ----------
    reading : measured and planned values.
    level : the driver's own day level.
    scale : by which its values were multiplied for that.
    plans : how its plans erred.
    surprises : log of what came over what past weekly origins foretold, in usual ones, by day.
    unknowing : part of a day's own chance that its plans do not know, 0-1.
    """

    reading: Reading
    level: Level
    scale: float
    plans: PlanError
    surprises: dict[int, float]
    unknowing: float

    def totals(self, rows: Ints, log: Floats) -> Floats:
        """Day totals, in the driver's unit, at log levels ``log`` about the offset."""
        size = self.level.profile.shape.sum(axis=1)[self.reading.setting.kind[rows]]
        return np.asarray(np.exp(log + self.level.observed.offset) * size / self.scale)

    def ahead(self, rows: Ints) -> Guess:
        """The days ``rows`` as the whole past foretells them."""
        level = self.level
        table = level.table(self.reading.setting)
        coming, known = table.take(rows), table.take(level.observed.days)
        cross, among = combine(parts(coming, known), level.scales), combine(parts(coming, coming), level.scales)
        return self._widened(rows, *posterior(level.solved, cross, among))

    def at(self, origin: int, rows: Ints) -> Guess:
        """The days ``rows`` from the past day ``origin`` on as those before foretold them; 0 where they could not."""
        days, solved = self.level.observed.days, self.level.solved
        known, last = np.searchsorted(days, [origin, int(rows[-1]) + 1])
        log, covariance = np.zeros(len(rows)), UNKNOWN * np.eye(len(rows))
        if 0 < known < last:
            block, where = solved.factor[known:last, :known], days[known:last] - origin
            log[where] = block @ solved.white[:known]
            covariance[np.ix_(where, where)] = self.level.prior[known:last, known:last] - block @ block.T
        return self._widened(rows, log, covariance)

    def _widened(self, rows: Ints, log: Floats, covariance: Floats) -> Guess:
        width = _width(self.reading, self.level, rows)
        return Guess(log, covariance * np.outer(width, width), (self.level.scales.noise * width) ** 2)


def learn_own_past(reading: Reading) -> OwnPast:
    """Fit the driver's own level, and learn how its plans erred."""
    days = int((~np.isnan(reading.measured)).any(axis=1).sum())
    scale = SIZE / max(float(np.nansum(reading.measured)) / days, 1e-12)
    level = _own_level(reading, scale)
    plans = learn_plan_error(reading.promotion, reading.missed)
    days_ahead, missed, sd = _past_misses(reading, level)
    cut = np.clip(missed, -FARTHEST_SURPRISE * sd, FARTHEST_SURPRISE * sd)
    usual = dict(zip(days_ahead.tolist(), (cut / sd).tolist(), strict=True))
    chance = (level.scales.noise * _width(reading, level, days_ahead)) ** 2
    return OwnPast(reading, level, scale, plans, usual, _unknowing(plans.about()[days_ahead], cut, chance))


def as_now(own: OwnPast) -> tuple[Reading, int] | None:
    """The driver with all values in today's terms, and the day since which they are those; None where nothing changed.

    A shift of its own level is taken for another definition: visits counted otherwise, a channel added.
    """
    lasting = [shift for shift in own.level.shifts if shift.memory_d == np.inf]
    if not lasting:
        return None
    level, reading = own.level, own.reading
    size = level.scales.shift**2 * (steps(level.observed.days, lasting).T @ level.solved.alpha)
    log = ((1 - steps(np.arange(len(reading.measured)), lasting)) * size).sum(axis=1)
    already = _already(reading.missed, log)
    factor, of_plans = (np.exp(own)[:, None] for own in (log, np.where(already, 0.0, log)))
    series = replace(reading.setting.series, offered=reading.setting.series.offered * factor[reading.setting.past])
    setting = replace(reading.setting, series=series)
    measured, planned = reading.measured * factor, reading.planned * of_plans
    missed = np.where(already, reading.missed + log, reading.missed)
    return replace(reading, setting=setting, measured=measured, planned=planned, missed=missed), lasting[-1].day


def _already(missed: Floats, log: Floats) -> Bools:
    """Days, each to be brought to today's terms by ``log``, whose plans were in these already: robots, not visits."""
    found = np.zeros(len(log), dtype=bool)
    for own in np.unique(log):
        days = (log == own) & ~np.isnan(missed)
        usual = float(np.median(missed[days])) if days.any() else 0.0
        found[log == own] = abs(usual + own) < abs(usual)
    return found


def _own_level(reading: Reading, scale: float) -> Level:
    """The driver's day level, as of a queue, at default scales."""
    series = replace(reading.setting.series, offered=reading.setting.series.offered * scale)
    setting = replace(reading.setting, series=series)
    return fit_level(setting, day_parts(setting), np.ones(series.offered.shape), Scales(), tuned=False)


def _width(reading: Reading, level: Level, rows: Ints) -> Floats:
    return level.width.of(reading.setting.kind[rows], reading.setting.on_event[rows])


def _past_misses(reading: Reading, level: Level) -> tuple[Ints, Floats, Floats]:
    """Days ahead of past weekly origins, what came over what was foretold (log), and the sd of that."""
    origins = weekly_origins(len(reading.setting.past), MOST_WEEKS)
    rolled = roll(level.solved, np.diag(level.prior), origins, AHEAD_DAYS)
    if not rolled:
        return np.zeros(0, dtype=int), np.zeros(0), np.ones(0)
    rows = np.concatenate([ahead.rows for ahead in rolled])
    missed = level.observed.z[rows] - np.concatenate([ahead.mean for ahead in rolled])
    variance = np.concatenate([ahead.variance for ahead in rolled]) + level.scales.noise**2
    days = level.observed.days[rows]
    return days, missed, _width(reading, level, days) * np.sqrt(variance)


def _unknowing(error: Floats, surprise: Floats, chance: Floats) -> float:
    """Part of a day's own chance that plans do not know: a plan that does not falls short where a day surprises."""
    known = ~np.isnan(error)
    if not known.any():
        return 0.0
    against = -float(np.mean(error[known] * surprise[known])) / float(np.mean(chance[known]))
    return float(np.clip(against, 0.0, 1.0)) * int(known.sum()) / (int(known.sum()) + BELIEVED_DAYS)

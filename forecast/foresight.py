"""What a driver was, is, and will be: the plan where there is one, drawn towards the driver's own forecast.

Plans err, and so does a forecast from the driver's past. What the days of a promotion that have come missed of the plan
is expected of its other days. How far to believe the plan's departure from the own
forecast is learned, on ordinary days and on those of promotions, from past weekly origins:
log(actual / own) = w log(plan / own) + b + error, by Huber's robust regression (statsmodels RLM).

Source: Bates & Granger, The combination of forecasts, Operational Research Quarterly 20 (1969).
"""

from dataclasses import dataclass, field, replace

import numpy as np

from forecast.campaign import shared_miss
from forecast.covariance import Scales, combine, parts
from forecast.daylevel import posterior, roll
from forecast.driver import Reading
from forecast.level import Level, day_parts, fit_level
from forecast.series import Bools, Floats, Ints
from forecast.tuning import AHEAD_DAYS, weekly_origins

SIZE = 1000.0
"""Drivers are brought to this mean a day, so that their counting noise is small whatever their unit."""
LEAST_COMPARED = 8
BELIEVED_DAYS = 10.0
"""What was learned of plans is believed by n / (n + 10), n the days compared."""
FIRST_GUESS_SD = 0.15
"""Error of a plan (log) where none can be compared with what came."""
FIRST_GUESS_COMMON = 0.5
SMALLEST_SD = 0.005
FARTHEST = 1.0
"""Where plan and own forecast are further apart (log), the own one counts as this far from the plan."""
MOST_WEEKS = 104


@dataclass(frozen=True, slots=True)
class Trust:
    """How plans fared on one kind of day.

    Parameters
    ----------
    bias : log of actual over the two combined.
    weight : how far a plan's departure from the own forecast is believed, 0-1.
    sd : sd of the log error that remains.
    common : part of that variance that all days ahead share.
    """

    bias: float = 0.0
    weight: float = 1.0
    sd: float = FIRST_GUESS_SD
    common: float = FIRST_GUESS_COMMON


@dataclass(frozen=True, slots=True)
class Driver:
    """One driver, foreseen; n days of S slots.

    Parameters
    ----------
    reading : measured and planned values.
    level : the driver's own day level.
    scale : by which its values were multiplied for that.
    best : measured, else foreseen, shape (n, S).
    first_day, known_days : first day measured, and number of days until the last one.
    unplanned : days to come without a plan.
    error_sd, common : log error of what is foreseen per day, and the part of its variance that days share.
    trust : on ordinary days, and on those of promotions.
    kept : what was foreseen at an origin for so many days, once asked for: every queue asks the same.
    """

    reading: Reading
    level: Level
    scale: float
    best: Floats
    first_day: int
    known_days: int
    unplanned: Bools
    error_sd: Floats
    common: Floats
    trust: tuple[Trust, Trust]
    kept: dict[tuple[int, int], Floats] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Its column."""
        return self.reading.name

    def foreseen(self, origin: int, days: int) -> Floats:
        """The ``days`` after ``origin`` as they were to be foreseen then, shape (day, slot).

        Where no plan is known: what came, if the desk's own days to come are planned; else the own forecast.
        """
        if (origin, days) not in self.kept:
            self.kept[origin, days] = self._foreseen(origin, np.arange(origin, min(origin + days, len(self.best))))
        return self.kept[origin, days]

    def _foreseen(self, origin: int, rows: Ints) -> Floats:
        ahead = combined(self.reading, self.trust, rows, self._own_at(origin, rows), origin)
        if not self.unplanned.any():
            bare = np.isnan(self.reading.planned[rows]).any(axis=1)
            ahead[bare] = self.best[rows[bare]]
        return ahead

    def _own_at(self, origin: int, rows: Ints) -> Floats:
        """Total of each day as the driver's own past foretold it at ``origin``; its mean where it could not."""
        log = np.zeros(len(rows))
        for ahead in roll(self.level.solved, np.diag(self.level.prior), [origin], len(rows)):
            log[self.level.observed.days[ahead.rows] - origin] = ahead.mean
        return _totals(self.reading, self.level, self.scale, rows, log)


def foresee(reading: Reading) -> Driver:
    """Fit a driver's own level, learn how far its plans can be believed, and look ahead."""
    measured = ~np.isnan(reading.measured)
    days = np.flatnonzero(measured.any(axis=1))
    scale = SIZE / max(float(np.nansum(reading.measured)) / len(days), 1e-12)
    level = _own_level(reading, scale)
    rows = np.flatnonzero(~measured.all(axis=1))
    trust = learn_trust(reading, level, scale)
    log, sd = _own_ahead(reading, level, rows)
    best = reading.measured.copy()
    error_sd, common = np.zeros(len(measured)), np.zeros(len(measured))
    ahead = combined(reading, trust, rows, _totals(reading, level, scale, rows, log), int(days[-1]) + 1)
    best[rows] = np.where(measured[rows], best[rows], ahead)
    error_sd[rows], common[rows] = _errors(reading, trust, rows, sd)
    bare = np.isnan(reading.planned).any(axis=1) & (np.arange(len(measured)) > days[-1])
    return Driver(reading, level, scale, best, int(days[0]), int(days[-1]) + 1, bare, error_sd, common, trust)


def _own_level(reading: Reading, scale: float) -> Level:
    """The driver's day level, as of a queue, at default scales."""
    series = replace(reading.setting.series, offered=reading.setting.series.offered * scale)
    setting = replace(reading.setting, series=series)
    return fit_level(setting, day_parts(setting), np.ones(series.offered.shape), Scales(), tuned=False)


def _own_ahead(reading: Reading, level: Level, rows: Ints) -> tuple[Floats, Floats]:
    """Log level of the days ``rows`` about its offset, and its sd."""
    if not len(rows):
        return np.zeros(0), np.zeros(0)
    table = replace(reading.setting.table, shifts=level.shifts)
    coming, known = table.take(rows), table.take(level.observed.days)
    cross, own = combine(parts(coming, known), level.scales), combine(parts(coming, coming), level.scales)
    mean, covariance = posterior(level.solved, cross, own)
    width = level.width.of(reading.setting.kind[rows], reading.setting.on_event[rows])
    return mean, width * np.sqrt(np.maximum(np.diag(covariance), 0) + level.scales.noise**2)


def _totals(reading: Reading, level: Level, scale: float, rows: Ints, log: Floats) -> Floats:
    """Day totals, in the driver's unit, at log levels ``log`` about the offset."""
    size = level.profile.shape.sum(axis=1)[reading.setting.kind[rows]]
    return np.asarray(np.exp(log + level.observed.offset) * size / scale)


def _plan_at(reading: Reading, origin: int, rows: Ints) -> Floats:
    """The plan of the days ``rows``, shape (day, slot), corrected by what it missed of their promotion before
    ``origin``."""
    more = shared_miss(reading.promotion, reading.missed, origin, rows)
    return np.asarray(reading.planned[rows] * np.exp(more)[:, None])


def combined(reading: Reading, trust: tuple[Trust, Trust], rows: Ints, own: Floats, origin: int) -> Floats:
    """Plan and own forecast (totals ``own``) of the days ``rows`` together as at ``origin``, shape (day, slot)."""
    planned, shape = _plan_at(reading, origin, rows), reading.shape[rows]
    plan = planned.sum(axis=1)
    has_plan, on_event = ~np.isnan(plan), reading.setting.on_event[rows]
    weight, bias = (_by_day(trust, on_event, name) for name in ("weight", "bias"))
    apart = np.clip(_log_ratio(plan, own), -FARTHEST, FARTHEST)
    factor = np.where(has_plan, np.exp(bias - (1 - weight) * apart), 1.0)
    even = shape * (own / np.maximum(shape.sum(axis=1), 1e-12))[:, None]
    return np.asarray(np.where(has_plan[:, None], planned * factor[:, None], even))


def _by_day(trust: tuple[Trust, Trust], on_event: Bools, name: str) -> Floats:
    return np.asarray(np.where(on_event, getattr(trust[1], name), getattr(trust[0], name)))


def _log_ratio(values: Floats, by: Floats) -> Floats:
    """Log of the quotient; 0 where either is not positive or not known."""
    good = (np.nan_to_num(values) > 0) & (np.nan_to_num(by) > 0)
    return np.where(good, np.log(np.where(good, values, 1.0) / np.where(good, by, 1.0)), 0.0)


def _errors(reading: Reading, trust: tuple[Trust, Trust], rows: Ints, own_sd: Floats) -> tuple[Floats, Floats]:
    """Log error of what is foreseen on ``rows``, and the part of its variance that days share."""
    has_plan, on_event = ~np.isnan(reading.planned[rows]).any(axis=1), reading.setting.on_event[rows]
    sd = np.where(has_plan, _by_day(trust, on_event, "sd"), own_sd)
    return sd, np.where(has_plan, _by_day(trust, on_event, "common"), FIRST_GUESS_COMMON)


def learn_trust(reading: Reading, level: Level, scale: float) -> tuple[Trust, Trust]:
    """Trust in plans on ordinary days and on those of promotions, from past weekly origins."""
    origins = weekly_origins(len(reading.setting.past), MOST_WEEKS)
    rolled = roll(level.solved, np.diag(level.prior), origins, AHEAD_DAYS)
    if not rolled:
        return Trust(), Trust()
    days = np.concatenate([level.observed.days[ahead.rows] for ahead in rolled])
    own = _totals(reading, level, scale, days, np.concatenate([ahead.mean for ahead in rolled]))
    came = reading.measured[days].sum(axis=1)
    plan = np.concatenate(
        [_plan_at(reading, ahead.origin, level.observed.days[ahead.rows]).sum(axis=1) for ahead in rolled]
    )
    usable = (np.nan_to_num(came) > 0) & (np.nan_to_num(plan) > 0)
    missed, apart = _log_ratio(came, own), np.clip(_log_ratio(plan, own), -FARTHEST, FARTHEST)
    on_event = reading.setting.on_event[days]
    classes = [np.flatnonzero(usable & own_class) for own_class in (~on_event, on_event)]
    ordinary, promotion = (_fitted(days[rows], missed[rows], apart[rows]) for rows in classes)
    return ordinary, promotion


def _fitted(days: Ints, missed: Floats, apart: Floats) -> Trust:
    """Robust regression of what the own forecast missed on what the plan said of it."""
    if len(days) < LEAST_COMPARED:
        return Trust()
    slope, shift, scale = _regressed(missed, apart)
    belief = len(days) / (len(days) + BELIEVED_DAYS)
    weight, bias = belief * float(np.clip(slope, 0, 1)) + 1 - belief, belief * shift
    rest = np.clip(missed - weight * apart - bias, -3 * scale, 3 * scale)
    order = np.argsort(days)
    follows = np.diff(days[order]) == 1
    shared = float(np.mean((rest[order][1:] * rest[order][:-1])[follows])) if follows.any() else 0.0
    return Trust(bias, weight, scale, float(np.clip(shared / scale**2, 0.0, 1.0)))


def _regressed(missed: Floats, apart: Floats) -> tuple[float, float, float]:
    """Slope, constant and robust scale; exact where plans are, a constant alone where they always say the same."""
    if np.abs(missed - apart).max() < SMALLEST_SD:
        return 1.0, 0.0, SMALLEST_SD
    if np.ptp(apart) < SMALLEST_SD:
        shift = float(np.median(missed - apart))
        return 1.0, shift, max(float((missed - apart - shift).std()), SMALLEST_SD)
    from statsmodels.robust.norms import HuberT
    from statsmodels.robust.robust_linear_model import RLM

    found = RLM(missed, np.column_stack([apart, np.ones(len(apart))]), M=HuberT()).fit()
    rest = missed - found.fittedvalues
    return float(found.params[0]), float(found.params[1]), max(float(found.scale), float(rest.std()) / 2, SMALLEST_SD)

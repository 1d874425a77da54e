"""How the log levels of days belong together: the covariance of the day-level model, part by part."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

import numpy as np

from forecast.calendar import Features
from forecast.event import DayEffects
from forecast.event_lift import LIFTS, event_lift
from forecast.series import Floats, Ints
from forecast.step import Shift, steps

LEVEL_DAYS, TREND_DAYS, SWING_DAYS, WEEKDAY_DAYS = 1460.0, 600.0, 8.0, 60.0
YEAR_DAYS, YEAR_WIDTH, YEAR_MEMORY_DAYS = 365.25, 0.25, 1500.0
CONSTANT_SD, WEEKDAY_SD = 2.0, 1.0
SHIFT_SD = 0.7


@dataclass(frozen=True, slots=True)
class Scales:
    """Standard deviation of each part of a day's log level.

    Parameters
    ----------
    level : slow drift (memory four years, so that it hardly comes back).
    trend : smooth trend over two years.
    swing : deviation that fades within days (memory 8 days).
    weekday : drift of a weekday against the others (memory 60 days).
    year : time of year.
    shift : size of a step from one day on, where the level was found to shift.
    holiday, month : multiples of the prior effects of holidays and of days of the month.
    holiday_own : multiple of what one holiday has of its own.
    event : lift of a phase, learned from earlier phases of its name.
    event_own : what one promotion has of its own.
    event_any : what all phases share at the same place within or after them, so that one borrows from other kinds.
    unlike : what promotions under way have of their own beyond that, where their days so far tell it.
    noise : a day's own chance, beyond counting noise.
    """

    level: float = 0.3
    trend: float = 0.1
    swing: float = 0.05
    weekday: float = 0.04
    year: float = 0.03
    shift: float = SHIFT_SD
    holiday: float = 0.8
    holiday_own: float = 1.0
    month: float = 1.2
    event: float = 0.6
    event_own: float = 0.1
    event_any: float = 0.3
    unlike: float = 0.0
    noise: float = 0.08

    def scaled(self, name: str, factor: float) -> "Scales":
        """The same with one part multiplied."""
        changes: dict[str, Any] = {name: getattr(self, name) * factor}
        return replace(self, **changes)


GROUPS: Mapping[str, tuple[str, ...]] = {
    "level": ("constant", "weekday_fixed", "level", "shift", "trend", "swing", "weekday"),
    "calendar": ("year", "holiday", "holiday_own", "month"),
    "promotion": (*LIFTS, "unlike"),
}
"""Which parts an explanation tells together."""


@dataclass(frozen=True, slots=True)
class DayTable:
    """What the day-level model knows of each day.

    Parameters
    ----------
    number : days since the first day of the history.
    weekday : 0 = Monday; a made-up workday counts as a midweek day.
    holiday, month : design columns.
    holiday_own_sd : what a day near a holiday has of its own.
    events : phases on these days.
    shifts : changes of the level.
    """

    number: Ints
    weekday: Ints
    holiday: Features
    month: Features
    holiday_own_sd: Floats
    events: DayEffects
    shifts: tuple[Shift, ...] = ()

    @property
    def steps(self) -> Floats:
        """How much of each shift of the level is there, shape (day, shift)."""
        return steps(self.number, self.shifts)

    def take(self, days: Ints) -> "DayTable":
        """The rows of ``days``."""
        events = self.events.part(slice(None), days)
        holiday = Features(self.holiday.columns[days], self.holiday.sd)
        month = Features(self.month.columns[days], self.month.sd)
        return DayTable(
            self.number[days], self.weekday[days], holiday, month, self.holiday_own_sd[days], events, self.shifts
        )


WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Parts(Mapping[str, Floats]):
    """Covariance of every part between the days of ``a`` and of ``b`` at unit scale, made when it is asked for.

    Each has shape (day of a, day of b); ``apart`` are their distances in days. What costs much and is asked for
    again is ``kept``: the lifts of promotions, and the whole at default scales.

    Notes
    -----
    With t the distance in days: level exp(-t / 1460), trend exp(-t^2 / (2 600^2)), swing exp(-t / 8), weekday
    1[same] exp(-t / 60), year exp(-2 sin^2(pi t / 365.25) / 0.25^2) exp(-t / 1500), calendar X diag(sd^2) X'.

    Source: Rasmussen & Williams, Gaussian Processes for Machine Learning (2006), ch. 4.
    """

    a: DayTable
    b: DayTable
    apart: Ints
    kept: dict[str, Floats] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Floats:
        if name in GROUPS["promotion"]:
            return self._lift(name)
        return self.total({name: 1.0})

    def __iter__(self) -> Iterator[str]:
        return (name for group in GROUPS.values() for name in group)

    def __contains__(self, name: object) -> bool:
        return any(name in group for group in GROUPS.values())

    def __len__(self) -> int:
        return sum(len(group) for group in GROUPS.values())

    def total(self, variances: Mapping[str, float]) -> Floats:
        """Sum of the parts named, each times its variance."""
        found = _by_distance(DISTANCES, variances, self.apart)
        for day in np.unique(self.a.weekday) if WEEKDAYS.keys() & variances.keys() else ():
            where = np.ix_(np.flatnonzero(self.a.weekday == day), np.flatnonzero(self.b.weekday == day))
            found[where] += _by_distance(WEEKDAYS, variances, self.apart[where])
        _add_features(found, self.a, self.b, variances)
        _, rows, columns = np.intersect1d(self.a.number, self.b.number, assume_unique=True, return_indices=True)
        own = self.a.holiday_own_sd[rows] * self.b.holiday_own_sd[columns]
        found[rows, columns] += variances.get("holiday_own", 0.0) * own
        for name in GROUPS["promotion"] if self.a.events.names and self.b.events.names else ():
            if variances.get(name):
                found += variances[name] * self._lift(name)
        return found

    def among(self, rows: Ints, names: Iterable[str] = ()) -> "Parts":
        """The parts among some of the days, where ``a`` is ``b``; of what is kept, ``names`` are."""
        taken, where = self.a.take(rows), np.ix_(rows, rows)
        return Parts(
            taken, taken, self.apart[where], {name: self.kept[name][where] for name in names if name in self.kept}
        )

    def _lift(self, name: str) -> Floats:
        if name not in self.kept:
            self.kept[name] = event_lift(self.a.events, self.b.events, name)
        return self.kept[name]

    def usual(self) -> Floats:
        """The whole covariance at default scales; to be read only."""
        if WHOLE not in self.kept:
            self.kept[WHOLE] = combine(self, Scales())
        return self.kept[WHOLE]


def _year(distance: Floats) -> Floats:
    wave = np.sin(np.pi * distance / YEAR_DAYS) ** 2
    return np.asarray(np.exp(-2 * wave / YEAR_WIDTH**2 - distance / YEAR_MEMORY_DAYS))


DISTANCES: Mapping[str, Callable[[Floats], Floats]] = {
    "constant": lambda t: np.full(t.shape, CONSTANT_SD**2),
    "level": lambda t: np.exp(-t / LEVEL_DAYS),
    "trend": lambda t: np.exp(-((t / TREND_DAYS) ** 2) / 2),
    "swing": lambda t: np.exp(-t / SWING_DAYS),
    "year": _year,
}
"""Parts that depend on the distance of two days alone."""
WEEKDAYS: Mapping[str, Callable[[Floats], Floats]] = {
    "weekday_fixed": lambda t: np.full(t.shape, WEEKDAY_SD**2),
    "weekday": lambda t: np.exp(-t / WEEKDAY_DAYS),
}
"""The same between equal weekdays only."""


def parts(a: DayTable, b: DayTable) -> Parts:
    """Covariance of every part between the days of ``a`` and of ``b``."""
    return Parts(a, b, np.abs(a.number[:, None] - b.number[None, :]))


def _by_distance(
    kinds: Mapping[str, Callable[[Floats], Floats]], variances: Mapping[str, float], apart: Ints
) -> Floats:
    """Sum of the parts of ``kinds`` that are asked for, worked out once a distance."""
    distance = np.arange(int(apart.max(initial=0)) + 1, dtype=np.float64)
    own = [variances[name] * kind(distance) for name, kind in kinds.items() if name in variances]
    return np.asarray(np.take(np.sum(own, axis=0), apart)) if own else np.zeros(apart.shape)


def _add_features(found: Floats, a: DayTable, b: DayTable, variances: Mapping[str, float]) -> None:
    """Add the parts that are linear in columns, on the days that have any."""
    for name, own, other in (("holiday", a.holiday, b.holiday), ("month", a.month, b.month)):
        rows, columns = (np.flatnonzero(features.columns.any(axis=1)) for features in (own, other))
        if name in variances:
            scaled = own.columns[rows] * (own.sd**2 * variances[name])
            found[np.ix_(rows, columns)] += scaled @ other.columns[columns].T
    if "shift" in variances and a.shifts:
        found += variances["shift"] * a.steps @ b.steps.T


def combine(found: Parts, scales: Scales) -> Floats:
    """The whole covariance: parts times their squared scales."""
    variances = {scale.name: float(getattr(scales, scale.name)) ** 2 for scale in fields(scales)}
    own = {name: variance for name, variance in variances.items() if name in found}
    return found.total({"constant": 1.0, "weekday_fixed": 1.0} | own)


def rescaled(whole: Floats, found: Parts, before: Scales, after: Scales) -> Floats:
    """The whole covariance at scales ``after``, from that at scales ``before``."""
    changed = whole
    for scale in fields(after):
        more = getattr(after, scale.name) ** 2 - getattr(before, scale.name) ** 2
        if more and scale.name in found:
            changed = changed + more * found[scale.name]
    return changed

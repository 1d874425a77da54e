"""How the log levels of days belong together: the covariance of the day-level model, part by part."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

import numpy as np

from forecast.calendar import Features
from forecast.event import DayEffects
from forecast.series import Floats, Ints

LEVEL_DAYS, TREND_DAYS, SWING_DAYS, WEEKDAY_DAYS = 365.0, 600.0, 8.0, 60.0
YEAR_DAYS, YEAR_WIDTH, YEAR_MEMORY_DAYS = 365.25, 0.25, 1500.0
CONSTANT_SD, WEEKDAY_SD = 2.0, 1.0
EVENT_REACH = 2.0
SHIFT_SD = 0.7


@dataclass(frozen=True, slots=True)
class Scales:
    """Standard deviation of each part of a day's log level.

    Parameters
    ----------
    level : slow drift (memory a year).
    trend : smooth trend over two years.
    swing : deviation that fades within days (memory 8 days).
    weekday : drift of a weekday against the others (memory 60 days).
    year : time of year.
    shift : size of a step from one day on, where the level was found to shift.
    holiday, month : multiples of the prior effects of holidays and of days of the month.
    holiday_own : multiple of what one holiday has of its own.
    event : lift of a phase, learned from earlier phases of its name.
    event_own : what one promotion has of its own.
    event_any : what all phases share, so that a first one borrows.
    noise : a day's own chance, beyond counting noise.
    """

    level: float = 0.15
    trend: float = 0.1
    swing: float = 0.05
    weekday: float = 0.04
    year: float = 0.03
    shift: float = SHIFT_SD
    holiday: float = 0.8
    holiday_own: float = 1.0
    month: float = 1.2
    event: float = 0.45
    event_own: float = 0.1
    event_any: float = 0.1
    noise: float = 0.08

    def scaled(self, name: str, factor: float) -> "Scales":
        """The same with one part multiplied."""
        changes: dict[str, Any] = {name: getattr(self, name) * factor}
        return replace(self, **changes)


GROUPS: Mapping[str, tuple[str, ...]] = {
    "level": ("constant", "weekday_fixed", "level", "shift", "trend", "swing", "weekday"),
    "calendar": ("year", "holiday", "holiday_own", "month"),
    "promotion": ("event", "event_own", "event_any"),
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
    shifts : numbers of the days from which on the level is another.
    """

    number: Ints
    weekday: Ints
    holiday: Features
    month: Features
    holiday_own_sd: Floats
    events: DayEffects
    shifts: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    @property
    def steps(self) -> Floats:
        """1 from each shift of the level on, shape (day, shift)."""
        return np.asarray(self.number[:, None] >= self.shifts[None, :], dtype=np.float64)

    def take(self, days: Ints) -> "DayTable":
        """The rows of ``days``."""
        own = self.events
        events = replace(own, strength=own.strength[:, days], since=own.since[:, days], until=own.until[:, days])
        holiday = Features(self.holiday.columns[days], self.holiday.sd)
        month = Features(self.month.columns[days], self.month.sd)
        return DayTable(
            self.number[days], self.weekday[days], holiday, month, self.holiday_own_sd[days], events, self.shifts
        )


def parts(a: DayTable, b: DayTable) -> dict[str, Floats]:
    """Covariance of every part between the days of ``a`` and of ``b`` at unit scale, shape (day of a, day of b).

    Notes
    -----
    With t the distance in days: level exp(-t / 365), trend exp(-t^2 / (2 600^2)), swing exp(-t / 8), weekday
    1[same] exp(-t / 60), year exp(-2 sin^2(pi t / 365.25) / 0.25^2) exp(-t / 1500), calendar X diag(sd^2) X'.

    Source: Rasmussen & Williams, Gaussian Processes for Machine Learning (2006), ch. 4.
    """
    apart = np.abs(a.number[:, None] - b.number[None, :])
    distance = np.arange(int(apart.max(initial=0)) + 1, dtype=np.float64)
    same = (a.weekday[:, None] == b.weekday[None, :]).astype(np.float64)
    year = np.exp(-2 * np.sin(np.pi * distance / YEAR_DAYS) ** 2 / YEAR_WIDTH**2 - distance / YEAR_MEMORY_DAYS)
    found = {
        "constant": np.full(apart.shape, CONSTANT_SD**2),
        "weekday_fixed": same * WEEKDAY_SD**2,
        "level": np.exp(-distance / LEVEL_DAYS)[apart],
        "shift": a.steps @ b.steps.T,
        "trend": np.exp(-((distance / TREND_DAYS) ** 2) / 2)[apart],
        "swing": np.exp(-distance / SWING_DAYS)[apart],
        "weekday": same * np.exp(-distance / WEEKDAY_DAYS)[apart],
        "year": year[apart],
        "holiday": _linear(a.holiday, b.holiday),
        "holiday_own": np.where(apart == 0, np.outer(a.holiday_own_sd, b.holiday_own_sd), 0.0),
        "month": _linear(a.month, b.month),
    }
    return found | _events(a.events, b.events, apart.shape)


def _linear(a: Features, b: Features) -> Floats:
    return np.asarray((a.columns * a.sd**2) @ b.columns.T)


def _events(a: DayEffects, b: DayEffects, shape: tuple[int, ...]) -> dict[str, Floats]:
    """Lifts of phases: alike where the name is, at the same place since the start and until the end."""
    shared, own = np.zeros(shape), np.zeros(shape)
    for i, j, rows, columns in _kin(a, b):
        where = np.ix_(rows, columns)
        strength = np.outer(a.strength[i, rows], b.strength[j, columns])
        near = np.exp(-np.abs(a.since[i, rows][:, None] - b.since[j, columns][None, :]) / EVENT_REACH)
        if a.names[i] == b.names[j]:
            end = np.exp(-np.abs(a.until[i, rows][:, None] - b.until[j, columns][None, :]) / EVENT_REACH)
            shared[where] += strength * (0.25 + 0.55 * near + 0.2 * end)
        if a.promotions[i] == b.promotions[j]:
            own[where] += strength * (0.5 + 0.5 * near if i == j else 0.5)
    anyone = np.outer(a.strength.sum(axis=0), b.strength.sum(axis=0))
    return {"event": shared, "event_own": own, "event_any": anyone}


def _kin(a: DayEffects, b: DayEffects) -> "list[tuple[int, int, Ints, Ints]]":
    """Pairs of phases of one name or one promotion, with the days that each touches."""
    rows = [np.flatnonzero(strength) for strength in a.strength]
    columns = [np.flatnonzero(strength) for strength in b.strength]
    both = [(i, j) for i in range(len(rows)) for j in range(len(columns))]
    kin = [(i, j) for i, j in both if a.names[i] == b.names[j] or a.promotions[i] == b.promotions[j]]
    return [(i, j, rows[i], columns[j]) for i, j in kin if len(rows[i]) and len(columns[j])]


def combine(found: Mapping[str, Floats], scales: Scales) -> Floats:
    """The whole covariance: parts times their squared scales."""
    total = found["constant"] + found["weekday_fixed"]
    for scale in fields(scales):
        if scale.name in found:
            total += getattr(scales, scale.name) ** 2 * found[scale.name]
    return total

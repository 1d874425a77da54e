"""Phases of promotions: which days and hours they touch, how strongly, and how far from their start and end."""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pandas as pd

from desk import Desk
from forecast.intensity import usual_intensities
from forecast.series import DAY_MIN, Bools, Floats, Ints

TAIL_DAYS = 35
"""After-sale work follows an event for five weeks."""
TAIL_HALF_DAYS = 4.0
LEAD_DAYS = 2
LEAD_SHARE = 0.15
"""How much of an event's strength may be felt on the day before it."""
TYPICAL_LIFT, STEP = 1.5, 0.05
"""Log lift of a big promotion, and the steps in which it is told how much a day feels that it begins late."""
START_KNOTS_H = (0.0, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0)
END_KNOTS_H = (0.0, 2.0, 6.0, 16.0)
CLOCK_KNOTS_H = (0.0, 4.0, 8.0, 12.0, 16.0, 20.0)
HOUR_FEATURES = 1 + len(START_KNOTS_H) + len(END_KNOTS_H) + len(CLOCK_KNOTS_H)


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase of one promotion, in days since the first day of the history (a part of a day as fraction).

    ``begun`` is how strongly its first day feels it; 1 where it is there from the day's first inquiry on.
    """

    promotion: str
    name: str
    start_d: float
    end_d: float
    intensity: float
    begun: float = 1.0


@dataclass(frozen=True, slots=True)
class DayEffects:
    """Day-level view of the phases, arrays of shape (phase, day).

    Parameters
    ----------
    names, promotions : code of the phase's name and of its promotion, one per phase.
    strength : intensity inside the phase, fading before and after it.
    since, until : log(1 + days) since the phase's start and until its end on the days that it touches, 0 on others.
    beyond : log(1 + days) since the phase's end on days after it, minus the days until its start on those before it.
    begun : of promotions under way where the history ends, whether each phase has begun; None of others.
    """

    names: tuple[str, ...]
    promotions: tuple[str, ...]
    strength: Floats
    since: Floats
    until: Floats
    beyond: Floats
    begun: tuple[bool | None, ...]

    def part(self, phases: Bools | slice, days: Ints | slice = slice(None)) -> "DayEffects":
        """Some of the phases, on some of the days."""
        chosen = np.arange(len(self.names))[phases]
        names, promotions = (tuple(own[index] for index in chosen) for own in (self.names, self.promotions))
        strength, since, until, beyond = (
            own[phases][:, days] for own in (self.strength, self.since, self.until, self.beyond)
        )
        begun = tuple(self.begun[index] for index in chosen)
        return DayEffects(names, promotions, strength, since, until, beyond, begun)

    def of(self, name: str) -> "DayEffects":
        """The phases of one name alone."""
        return self.part(np.array([own == name for own in self.names], dtype=bool))


def phases_of(desk: Desk, first: pd.Timestamp) -> tuple[Phase, ...]:
    """The phases of the desk's promotions on a time axis of days since ``first``, in local wall clock.

    Their intensities are in units of the usual one of their kind.
    """
    table, units = desk.table("promotions"), usual_intensities(desk)
    start, end = (_days_since(table[column], first) for column in ("start", "end"))
    intensity = table["intensity"].fillna(1.0).to_numpy(dtype=np.float64)
    intensity = intensity / np.array([units.get(str(name), 1.0) for name in table["phase"]])
    rows = zip(table["promotion"], table["phase"], start, end, intensity, strict=True)
    return tuple(Phase(str(promotion), str(name), *map(float, numbers)) for promotion, name, *numbers in rows)


def with_beginnings(phases: tuple[Phase, ...], usual: Floats) -> tuple[Phase, ...]:
    """The phases with what their first days feel of them, where the slots of a day usually see ``usual``.

    Notes
    -----
    With a share w of the day after the start (until its end, of a phase that ends on that day), a log lift L makes
    log(1 + w (exp(L) - 1)) of the day: told in shares of L at ``TYPICAL_LIFT``, in steps, so that queues of like hours
    share their covariances.
    """
    before = np.concatenate([[0.0], np.cumsum(usual)]) / max(float(usual.sum()), 1e-9)
    whole = np.floor([phase.start_d for phase in phases])
    start, end = (np.array([getattr(phase, side) for phase in phases]) - whole for side in ("start_d", "end_d"))
    begin, over = (np.interp(own * len(usual), np.arange(len(before)), before) for own in (start, np.minimum(end, 1.0)))
    share = over - begin if usual.any() else np.ones(len(phases))
    told = np.log1p(share * np.expm1(TYPICAL_LIFT)) / TYPICAL_LIFT
    begun = np.maximum(np.round(told / STEP) * STEP, LEAD_SHARE)
    return tuple(replace(phase, begun=float(own)) for phase, own in zip(phases, begun, strict=True))


def _days_since(times: "pd.Series[pd.Timestamp]", first: pd.Timestamp) -> Floats:
    return np.asarray((times.dt.tz_localize(None) - first) / pd.Timedelta(days=1), dtype=np.float64)


def felt_strength(phases: tuple[Phase, ...], days: int) -> Floats:
    """The strongest phase of days 0 to ``days - 1``, a first day counted in full however late on it a phase begins."""
    whole = tuple(replace(phase, begun=1.0) for phase in phases)
    return np.asarray(day_effects(whole, days).strength.max(axis=0, initial=0.0))


def day_effects(phases: tuple[Phase, ...], days: int) -> DayEffects:
    """Strength and place of every phase on days 0 to ``days - 1``.

    Notes
    -----
    Strength is ``intensity`` on the days that the phase touches (times ``begun`` on the first) and
    ``intensity / (1 + (k / 4)^1.5)`` on the k-th day after, to five weeks; on the two days before a small share may be
    anticipated.
    """
    day = np.arange(days, dtype=np.float64)
    first, last = (np.array([value(p) for p in phases]).reshape(-1, 1) for value in (_first_day, _last_day))
    after, before = np.maximum(day - last, 0), np.maximum(first - day, 0)
    fade = 1 / (1 + (after / TAIL_HALF_DAYS) ** 1.5) * (after <= TAIL_DAYS)
    lead = np.where(before > 0, LEAD_SHARE ** np.maximum(before, 1), 1.0) * (before <= LEAD_DAYS)
    intensity, begun = (np.array([value(p) for p in phases]).reshape(-1, 1) for value in (_intensity, _begun))
    begun = np.where(day == first, begun, 1.0)
    touched = (after == 0) & (before == 0)
    since, until = np.log1p((day - first) * touched), np.log1p((last - day) * touched)
    names, promotions = tuple(phase.name for phase in phases), tuple(phase.promotion for phase in phases)
    strength, beyond = intensity * begun * fade * lead, np.log1p(after) - before
    return DayEffects(names, promotions, strength, since, until, beyond, (None,) * len(phases))


def under_way(phases: tuple[Phase, ...], until_d: float) -> tuple[bool | None, ...]:
    """Of each phase of a promotion that is under way ``until_d`` whether it has begun; None of other promotions."""
    begun = {phase.promotion for phase in phases if phase.start_d < until_d}
    going = begun & {phase.promotion for phase in phases if phase.end_d > until_d}
    return tuple(own.start_d < until_d if own.promotion in going else None for own in phases)


def _intensity(phase: Phase) -> float:
    return phase.intensity


def _begun(phase: Phase) -> float:
    return phase.begun


def _first_day(phase: Phase) -> float:
    return float(np.floor(phase.start_d))


def _last_day(phase: Phase) -> float:
    return max(float(np.ceil(phase.end_d)) - 1, _first_day(phase))


@lru_cache(maxsize=8)
def hour_features(phases: tuple[Phase, ...], names: tuple[str, ...], days: int, slots: int) -> tuple[Floats, Floats]:
    """What a slot inside a phase may have of its own, per phase name, scaled by intensity; to be read only.

    Returns
    -------
    rows, features : numbers of the days touched, and an array (day touched, slot, feature): the phase itself, and
        tents over the hours since its start, the hours until its end, and the clock.
    """
    touched = np.zeros(days, dtype=bool)
    for phase in phases:
        touched[_clip(_first_day(phase), days) : _clip(_last_day(phase) + 1, days)] = True
    rows = np.flatnonzero(touched)
    time_d = rows[:, None] + (np.arange(slots) + 0.5) / slots
    blocks = [_block([phase for phase in phases if phase.name == name], time_d) for name in names]
    return rows.astype(np.float64), np.concatenate(blocks, axis=2) if blocks else np.zeros((len(rows), slots, 0))


def clock_strength(features: Floats) -> Floats:
    """How strongly each name of ``hour_features`` is felt, shape (day touched, name, slot)."""
    blocks = features.reshape(*features.shape[:2], -1, HOUR_FEATURES)
    return np.asarray(blocks[..., -len(CLOCK_KNOTS_H) :].sum(axis=3).swapaxes(1, 2))


def _clip(day: float, days: int) -> int:
    return int(min(max(day, 0), days))


def _block(phases: list[Phase], time_d: Floats) -> Floats:
    """Features of all phases of one name."""
    found = np.zeros((*time_d.shape, HOUR_FEATURES))
    clock_h = (time_d % 1) * DAY_MIN / 60
    clock = _tents(clock_h, (*CLOCK_KNOTS_H, 24.0))
    clock = np.concatenate([clock[..., :1] + clock[..., -1:], clock[..., 1:-1]], axis=2)
    for phase in phases:
        inside = (time_d >= phase.start_d) & (time_d < phase.end_d)
        since = _tents(np.log1p((time_d - phase.start_d) * 24 * inside), np.log1p(START_KNOTS_H))
        until = _tents(np.log1p((phase.end_d - time_d) * 24 * inside), np.log1p(END_KNOTS_H))
        own = np.concatenate([inside[..., None], since, until, clock], axis=2)
        found += own * (inside * phase.intensity)[..., None]
    return found


def _tents(values: Floats, knots: "tuple[float, ...] | Floats") -> Floats:
    """Piecewise-linear partition of unity over ``knots``; nothing beyond the last but its neighbour's fall."""
    points = np.asarray(knots, dtype=np.float64)
    found = np.zeros((*values.shape, len(points)))
    for index in range(len(points)):
        found[..., index] = np.interp(values, points, np.eye(len(points))[index], right=0.0)
    return found

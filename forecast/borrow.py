"""Queues that are new, or whose promotions are: the days before their first are borrowed from the desk's other queues.

The others' days, each queue brought to the same size, are averaged (sizes geometrically, hours by their shares) and
brought to the new queue's size: by its own days, else by the stated level. From the first own day on the level may be
another, so that borrowed days teach weekdays, calendar and promotions, not the level. How far the others are from one
another widens the intervals, the more the fewer they are and the fewer own days there are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from desk import Desk
from desk.settings import ExpectedLevel
from forecast.calibration import SlotNoise, Width
from forecast.covariance import Scales
from forecast.event import Phase, felt_strength, phases_of
from forecast.lender import OWN_DAYS, padded, pool_of, recent, told_apart
from forecast.series import Bools, Floats, Ints, Series, within_hours

YOUNG_DAYS = 56
"""A queue with fewer counted days borrows, whatever it has seen."""
LENDING_DAYS = 56
FELT = 0.5
SHUT = ("shut", "absent")
"""What a series tells of days without counts."""


@dataclass(frozen=True, slots=True)
class Loan:
    """What a queue borrowed.

    Parameters
    ----------
    lenders : the queues.
    own_days : days counted in the queue itself.
    a_day, level_sd : the stated level and its log sd, where the queue has no day of its own; else 0.
    day_sd, event_sd, slot_sd : how far one queue's days, promotion days and hours may be from the borrowed (log).
    phases : kinds of phase known only from the lenders.
    """

    lenders: tuple[str, ...]
    own_days: int
    a_day: float
    level_sd: float
    day_sd: float
    event_sd: float
    slot_sd: float
    phases: tuple[str, ...]

    @property
    def scales(self) -> Scales:
        """Strength of the day level's parts: a promotion of this queue may differ from the lenders' as they differ."""
        return replace(Scales(), event_own=float(np.hypot(Scales().event_own, self.event_sd)))

    @property
    def unknown(self) -> float:
        """What is not known of the days of a queue that is not its lenders, as a width."""
        return float(self.day_sd / np.hypot(self.scales.noise, self.scales.swing))

    def widened(self, width: Width) -> Width:
        """The widths of the days, with what is not known of them."""
        wider = tuple(float(np.hypot(own, self.unknown)) for own in width.ordinary)
        return replace(width, ordinary=wider, event=max(width.event, 1.0))

    def roughened(self, noise: SlotNoise) -> SlotNoise:
        """The scatter of the slots, with what is not known of its hours."""
        return SlotNoise(noise.steady + self.slot_sd**2, noise.per_count, noise.memory)


def lent(desk: Desk, found: Mapping[str, Series | None]) -> dict[str, tuple[Series, Loan]]:
    """For every queue that must borrow its series with the borrowed days in front, and the loan.

    Parameters
    ----------
    found : the series of every queue of the desk.
    """
    known = [series for series in found.values() if series is not None]
    phases = phases_of(desk, known[0].first) if known else ()
    borrowed = {}
    for queue, own in found.items():
        if own is not None and _knows_enough(own, phases):
            continue
        stated = next((told for told in desk.settings.forecast.expected_levels if told.queue == queue), None)
        peers = _lenders(queue, own, stated, known)
        if not peers or (own is None and stated is None):
            continue
        unseen = _unseen(own, peers, phases)
        if own is None or int(own.counted.sum()) < YOUNG_DAYS or unseen:
            borrowed[queue] = _borrowed(queue, own, stated, peers, phases, unseen, desk.settings.queues[queue].hours)
    return borrowed


def _knows_enough(own: Series, phases: Sequence[Phase]) -> bool:
    """Whether the queue is old enough and saw every kind of phase to come, so that nobody has to be asked."""
    days = len(own.offered)
    coming = {phase.name for phase in phases if phase.end_d > own.until_d and phase.intensity > 0}
    return int(own.counted.sum()) >= YOUNG_DAYS and coming <= _seen(own, phases, days)


def _lenders(queue: str, own: Series | None, stated: ExpectedLevel | None, known: Sequence[Series]) -> list[Series]:
    """Queues of the same grid with a longer past; those that were named, where some were."""
    named = set(stated.like) if stated is not None else set()
    others = [one for one in known if one.queue != queue and (not named or one.queue in named)]
    step_min = own.step_min if own is not None else others[0].step_min if others else 0
    first = _first(own) if own is not None else None
    return [one for one in others if one.step_min == step_min and one.counted[:first].sum() >= LENDING_DAYS]


def _first(own: Series) -> int:
    """Number of the first counted day."""
    return int(np.argmax(own.counted))


def _seen(series: Series, phases: Sequence[Phase], until: int) -> set[str]:
    """Kinds of phase of which ``series`` has a counted slot before the day ``until``."""
    slots = series.offered.shape[1]
    counted = ~np.isnan(series.offered[:until]).ravel()
    felt = [phase for phase in phases if phase.intensity > 0]
    spans = {phase: (max(int(phase.start_d * slots), 0), max(int(phase.end_d * slots), 0)) for phase in felt}
    return {phase.name for phase, (begin, end) in spans.items() if counted[begin:end].any()}


def _unseen(own: Series | None, peers: Sequence[Series], phases: Sequence[Phase]) -> tuple[str, ...]:
    """Kinds of phase to come that the queue never saw, and that others saw before its first day."""
    days = len(own.offered) if own is not None else max(len(one.offered) for one in peers)
    until = own.until_d if own is not None else days
    coming = {phase.name for phase in phases if phase.end_d > until and phase.intensity > 0}
    seen = _seen(own, phases, days) if own is not None else set()
    lent_by = set().union(*(_seen(one, phases, _first(own) if own is not None else days) for one in peers))
    return tuple(sorted((coming - seen) & lent_by))


def _borrowed(
    queue: str,
    own: Series | None,
    stated: ExpectedLevel | None,
    peers: Sequence[Series],
    phases: Sequence[Phase],
    unseen: tuple[str, ...],
    hours: str | None,
) -> tuple[Series, Loan]:
    days = len(own.offered) if own is not None else max(len(one.offered) for one in peers)
    first = _first(own) if own is not None else days
    on_event = felt_strength(tuple(phases), days) >= FELT
    pool = pool_of(peers, days)
    pool = pool.near_to(own, first) if own is not None else pool
    inside = within_hours(hours, peers[0].step_min)
    usual = np.where(inside, np.nan_to_num(pool.offered), 0.0)
    if own is None and stated is not None:
        size = stated.a_day / max(recent(usual.sum(axis=1), pool.counted & ~on_event), 1e-9)
    else:
        size = _size(own.offered[first:], usual[first:]) if own is not None else 1.0
    offered = np.where(inside & ~np.isnan(pool.offered), size * usual, np.nan)
    if own is not None:
        offered[first:] = own.offered[first:]
    is_open = _open(own, peers) & inside
    shut, absent = (np.logical_and.reduce([padded(getattr(one, name), days) for one in peers]) for name in SHUT)
    if own is not None:
        shut[first:], absent[first:] = own.shut[first:], own.absent[first:]
    series = Series(queue, peers[0].first, peers[0].step_min, offered, is_open, shut, absent, first)
    own_days = int(own.counted.sum()) if own is not None else 0
    a_day, level_sd = (stated.a_day, stated.spread) if own is None and stated is not None else (0.0, 0.0)
    day_sd, event_sd, slot_sd = pool.apart(on_event)
    if own is not None:
        plain = first + np.flatnonzero(~on_event[first:])
        day_sd, slot_sd = told_apart(day_sd, slot_sd, own.offered[plain], usual[plain])
    fading = np.sqrt(OWN_DAYS / (OWN_DAYS + own_days))
    sds = (float(day_sd * fading), event_sd, float(slot_sd * fading))
    return series, Loan(tuple(one.queue for one in peers), own_days, a_day, level_sd, *sds, unseen)


def _size(offered: Floats, usual: Floats) -> float:
    """Size of the queue against the average of its lenders, from its own days; of all days where none is shared."""
    known = ~np.isnan(offered)
    came, expected = np.nansum(offered, axis=1), np.where(known, usual, 0.0).sum(axis=1)
    both: Ints = np.flatnonzero((expected > 0) & known.any(axis=1))
    if not len(both):
        return float(came[known.any(axis=1)].mean())
    return float(np.exp(np.median(np.log((came[both] + 0.5) / expected[both]))))


def _open(own: Series | None, peers: Sequence[Series]) -> Bools:
    """Own hours where a weekday was seen; on the other weekdays those of most lenders, as far as ever open oneself."""
    lenders = np.mean([one.is_open for one in peers], axis=0) >= 0.5
    if own is None:
        return np.asarray(lenders)
    weekday = np.asarray(own.days.day_of_week)
    slots = (~np.isnan(own.offered)).sum(axis=1)
    whole = slots >= slots.max() / 2
    seen = np.array([(whole & (weekday == day)).any() for day in range(7)])
    return np.where(seen[:, None], own.is_open, lenders & own.is_open.any(axis=0))

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
from forecast.series import Bools, Floats, Ints, Series, within_hours

YOUNG_DAYS = 56
"""A queue with fewer counted days borrows, whatever it has seen."""
LENDING_DAYS = 56
RECENT_DAYS, JUDGED_DAYS = 56, 365
FELT = 0.5
USUAL_DAY_SD, USUAL_EVENT_SD, USUAL_SLOT_SD = 0.2, 0.4, 0.3
"""How far queues of one desk are thought to be apart (log) as long as one alone can lend."""
FARTHEST, LEAST_SHARE = 1.0, 1e-3
"""A day's size counts at most as this far (log) from a lender's; a slot's share as at least this."""
OWN_DAYS = 28.0
"""So many own days count as much as what was borrowed."""


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
    pool = _pool(peers, days)
    pool = pool.near_to(own, first) if own is not None else pool
    inside = within_hours(hours, peers[0].step_min)
    usual = np.where(inside, np.nan_to_num(pool.offered), 0.0)
    if own is None and stated is not None:
        size = stated.a_day / max(_recent(usual.sum(axis=1), pool.counted & ~on_event), 1e-9)
    else:
        size = _size(own.offered[first:], usual[first:]) if own is not None else 1.0
    offered = np.where(inside & ~np.isnan(pool.offered), size * usual, np.nan)
    if own is not None:
        offered[first:] = own.offered[first:]
    is_open = _open(own, peers) & inside
    shut = np.logical_and.reduce([_padded(one.shut, days) for one in peers])
    if own is not None:
        shut[first:] = own.shut[first:]
    series = Series(queue, peers[0].first, peers[0].step_min, offered, is_open, shut, first)
    own_days = int(own.counted.sum()) if own is not None else 0
    a_day, level_sd = (stated.a_day, stated.spread) if own is None and stated is not None else (0.0, 0.0)
    names, sds = tuple(one.queue for one in peers), pool.apart(on_event, own_days)
    return series, Loan(names, own_days, a_day, level_sd, *sds, unseen)


@dataclass(frozen=True, slots=True)
class _Pool:
    """The lenders' days, each queue at a size of 1.

    Parameters
    ----------
    sizes : log of each day's size, shape (queue, day), NaN where not counted.
    shares : of each slot in its day, shape (queue, day, slot), NaN where not counted.
    weight : of each lender in the average.
    """

    sizes: Floats
    shares: Floats
    weight: Floats

    @property
    def counted(self) -> Bools:
        return np.asarray(~np.isnan(self.sizes).all(axis=0))

    @property
    def offered(self) -> Floats:
        """The average, shape (day, slot); NaN where no lender counted."""
        return np.asarray(np.exp(_mean(self.sizes, self.weight))[:, None] * _mean(self.shares, self.weight))

    def near_to(self, own: Series, first: int) -> "_Pool":
        """The same, each lender as heavy as the queue's own days from ``first`` on are like its days.

        With d the log sd between the two by days and by slots, the weight is 1 / (d^2 + c), c what queues usually
        differ by, the larger the fewer own days there are: a queue of few days takes all lenders alike.
        """
        total = np.nansum(own.offered[first:], axis=1)
        days = first + np.flatnonzero(total > 0)
        if not len(days):
            return self
        size = np.log(total[days - first]) - self.sizes[:, days]
        size = np.clip(size - _median(size), -FARTHEST, FARTHEST)
        share = own.offered[days] / total[days - first, None]
        missed = _mean((share - self.shares[:, days]).swapaxes(0, 1))
        common = np.maximum(_mean(_mean(self.shares[:, days])), LEAST_SHARE)
        usual = (USUAL_DAY_SD**2 + USUAL_SLOT_SD**2) * OWN_DAYS / len(days)
        apart = _mean((size**2).T) + np.nansum(missed**2 / common, axis=1)
        weight = np.where(np.isnan(apart), 0.0, 1 / (np.nan_to_num(apart) + usual))
        return replace(self, weight=weight) if weight.any() else self

    def apart(self, on_event: Bools, own_days: int) -> tuple[float, float, float]:
        """Log sd between queues of an ordinary day, of a promotion day and of a slot, shrunk to what is usual."""
        judged = np.arange(self.sizes.shape[1]) >= self.sizes.shape[1] - JUDGED_DAYS
        ordinary, event = judged & ~on_event & self.counted, judged & on_event & self.counted
        miss = self.sizes - _mean(self.sizes)
        miss = miss - np.array([[np.nanmedian(own[ordinary]) if own[ordinary].size else 0.0] for own in miss])
        profiles = np.array([_mean(own[ordinary]) for own in self.shares])
        common = np.maximum(_mean(profiles), 1e-9)
        slot = np.sqrt(common / np.nansum(common)) * (profiles / common - 1) * np.sqrt(len(common))
        day_sd, event_sd = (self._shrunk(miss[:, own], usual) for own, usual in _classes(ordinary, event))
        slot_sd = self._shrunk(slot, USUAL_SLOT_SD)
        fading = np.sqrt(OWN_DAYS / (OWN_DAYS + own_days))
        return day_sd * fading, event_sd, slot_sd * fading

    def _shrunk(self, miss: Floats, usual: float) -> float:
        """Root of the variance between queues, that of a queue more than these; ``usual`` counts as one queue."""
        queues = len(miss)
        own = float(np.nanmean(miss**2)) * queues if np.isfinite(miss).any() else 0.0
        return float(np.sqrt((own + usual**2) / queues * (1 + 1 / queues)))


def _classes(ordinary: Bools, event: Bools) -> tuple[tuple[Bools, float], tuple[Bools, float]]:
    return (ordinary, USUAL_DAY_SD), (event, USUAL_EVENT_SD)


def _pool(peers: Sequence[Series], days: int) -> _Pool:
    sizes, shares = [], []
    for one in peers:
        offered = _padded(one.offered, days, np.nan)
        total = np.where(np.isnan(offered).all(axis=1), np.nan, np.nansum(offered, axis=1))
        scale = max(_recent(np.nan_to_num(total), ~np.isnan(total)), 1e-9)
        sizes.append(np.log(np.maximum(total, 0.5) / scale))
        shares.append(offered / np.maximum(total, 1e-9)[:, None])
    return _Pool(np.array(sizes), np.array(shares), np.ones(len(peers)))


def _padded(values: "Floats | Bools", days: int, filler: float = 0.0) -> "Floats":
    """The first ``days`` rows, ``filler`` where there are fewer."""
    found = np.full((days, *values.shape[1:]), filler, dtype=values.dtype)
    rows = min(days, len(values))
    found[:rows] = values[:rows]
    return found


def _mean(values: Floats, weight: Floats | None = None) -> Floats:
    """Mean over the first axis of what is known; NaN where nothing is."""
    own = np.ones(len(values)) if weight is None else weight
    known = ~np.isnan(values) * own.reshape(-1, *(1,) * (values.ndim - 1))
    count = known.sum(axis=0)
    return np.where(count > 0, (known * np.nan_to_num(values)).sum(axis=0) / np.where(count > 0, count, 1.0), np.nan)


def _median(values: Floats) -> Floats:
    """Median of each row over what is known; 0 where nothing is."""
    return np.array([[float(np.nanmedian(row))] if np.isfinite(row).any() else [0.0] for row in values])


def _recent(totals: Floats, counted: Bools) -> float:
    """Mean of the last eight weeks' counted days."""
    own = totals[counted][-RECENT_DAYS:]
    return float(np.mean(own)) if len(own) else 0.0


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

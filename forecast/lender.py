"""What other queues lend: their days, each queue at a size of 1, and how far a new queue may be from them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from forecast.series import Bools, Floats, Series

RECENT_DAYS, JUDGED_DAYS = 56, 365
USUAL_DAY_SD, USUAL_EVENT_SD, USUAL_SLOT_SD = 0.2, 0.4, 0.3
"""How far queues of one desk are thought to be apart (log) as long as one alone can lend."""
FARTHEST, LEAST_SHARE = 1.0, 1e-3
"""A day's size counts at most as this far (log) from a lender's; a slot's share as at least this."""
OWN_DAYS = 28.0
"""So many own days count as much as what was borrowed."""
BELIEVED, FEWEST_OWN_DAYS, CHANCE_SD = 2.0, 3, 0.08
"""What is believed of how far a queue is from its lenders weighs as much as so many of its days, or slots; a day of
either has this chance of its own (log sd)."""


@dataclass(frozen=True, slots=True)
class Pool:
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

    def near_to(self, own: Series, first: int) -> "Pool":
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

    def apart(self, on_event: Bools) -> tuple[float, float, float]:
        """Log sd between queues of an ordinary day, of a promotion day and of a slot, shrunk to what is usual."""
        judged = np.arange(self.sizes.shape[1]) >= self.sizes.shape[1] - JUDGED_DAYS
        ordinary, event = judged & ~on_event & self.counted, judged & on_event & self.counted
        miss = self.sizes - _mean(self.sizes)
        miss = miss - np.array([[np.nanmedian(own[ordinary]) if own[ordinary].size else 0.0] for own in miss])
        profiles = np.array([_mean(own[ordinary]) for own in self.shares])
        common = np.maximum(_mean(profiles), 1e-9)
        slot = np.sqrt(common / np.nansum(common)) * (profiles / common - 1) * np.sqrt(len(common))
        day_sd, event_sd = (self._shrunk(miss[:, own], usual) for own, usual in _classes(ordinary, event))
        return day_sd, event_sd, self._shrunk(slot, USUAL_SLOT_SD)

    def _shrunk(self, miss: Floats, usual: float) -> float:
        """Root of the variance between queues, that of a queue more than these; ``usual`` counts as one queue."""
        queues = len(miss)
        own = float(np.nanmean(miss**2)) * queues if np.isfinite(miss).any() else 0.0
        return float(np.sqrt((own + usual**2) / queues * (1 + 1 / queues)))


def told_apart(day_sd: float, slot_sd: float, offered: Floats, expected: Floats) -> tuple[float, float]:
    """Log sd between a queue and its lenders, of its days and of its slots, once its own days have told theirs.

    Parameters
    ----------
    day_sd, slot_sd : what is believed before that; worth so much as ``BELIEVED`` days, or slots, that tell it.
    offered : inquiries of its ordinary days, shape (day, slot), NaN where unknown.
    expected : what the lenders make of them.

    Notes
    -----
    What days and sums of slots miss of what the lenders make of them, beyond counting noise and a day's own chance.
    """
    both = ~np.isnan(offered) & (expected > 0)
    both &= (np.where(both, offered, 0.0).sum(axis=1) > 0)[:, None]
    came, told = (np.where(both, own, 0.0)[both.any(axis=1)] for own in (offered, expected))
    days, counts = len(came), came.sum(axis=1, keepdims=True)
    if days < FEWEST_OWN_DAYS:
        return day_sd, slot_sd
    ratio = counts / told.sum(axis=1, keepdims=True)
    missed = float(np.log(ratio).var(ddof=1) - (1 / counts).mean()) - 2 * CHANCE_SD**2
    slots, seen = (told * ratio).sum(axis=0), came.sum(axis=0)
    size, counting = float((slots**2).sum()), float(slots.sum() / (slots**2).sum())
    told_by = float(slots.sum()) ** 2 / size * slot_sd**2 / (slot_sd**2 + counting)
    apart = float(((seen - slots) ** 2).sum() / size) - counting
    return _given(day_sd, missed, days - 1), _given(slot_sd, apart, told_by)


def _given(sd: float, variance: float, number: float) -> float:
    """Root of the variance believed, once ``number`` days or slots have told theirs."""
    return float(np.sqrt((BELIEVED * sd**2 + number * max(variance, 0.0)) / (BELIEVED + number)))


def _classes(ordinary: Bools, event: Bools) -> tuple[tuple[Bools, float], tuple[Bools, float]]:
    return (ordinary, USUAL_DAY_SD), (event, USUAL_EVENT_SD)


def pool_of(peers: Sequence[Series], days: int) -> Pool:
    sizes, shares = [], []
    for one in peers:
        offered = padded(one.offered, days, np.nan)
        total = np.where(np.isnan(offered).all(axis=1), np.nan, np.nansum(offered, axis=1))
        scale = max(recent(np.nan_to_num(total), ~np.isnan(total)), 1e-9)
        sizes.append(np.log(np.maximum(total, 0.5) / scale))
        shares.append(offered / np.maximum(total, 1e-9)[:, None])
    return Pool(np.array(sizes), np.array(shares), np.ones(len(peers)))


def padded(values: "Floats | Bools", days: int, filler: float = 0.0) -> "Floats":
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


def recent(totals: Floats, counted: Bools) -> float:
    """Mean of the last eight weeks' counted days."""
    own = totals[counted][-RECENT_DAYS:]
    return float(np.mean(own)) if len(own) else 0.0

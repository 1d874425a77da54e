"""When inquiries began to come at other hours: clocks changed abroad, a shop opens longer, a month of fasting began.

Every day of the last weeks is tried as the one from which on the hours are others. What all days since have in common
against what their profiles were until then bends the profiles of all kinds of day; it must foretell each next day
better than profiles that follow at their own pace.
"""

from dataclasses import dataclass

import numpy as np

from forecast.series import Bools, Floats, Ints

TRIED_DAYS, JUDGED_DAYS = 63, 182
LATE_DAYS, EVERY = 14, 6
"""At first every other of the last two weeks is tried, and every sixth day before; then those near the best."""
FEWEST_DAYS = 4
"""Days since the change that tell of it, at least."""
STILL_DAYS = 2
"""The latest of them must gain too: a holiday's hours end with it."""
LEAST_GAIN, LEAST_SIGMAS = 25.0, 3.5
"""Log likelihood that the days since must gain, the best of them left out, and its standard errors over the days."""
PSEUDO_DAYS, PSEUDO_COUNTS = 1.0, 2.0
"""What the hours have become is shrunk to what they were by this usual day and by so many inquiries a slot."""
LEAST_SHARE = 1e-3
"""A slot is taken to expect at least this part of what a mean slot does."""


@dataclass(frozen=True, slots=True)
class Turn:
    """From ``day`` on slots see ``factor`` times what they saw, shape (slot,); ``before``: the profile of each kind of
    day until then, shape (kind, slot)."""

    day: int
    factor: Floats
    before: Floats


@dataclass(frozen=True, slots=True)
class Foretold:
    """Days and what profiles foretold of them.

    Parameters
    ----------
    offered : inquiries, shape (day, slot), NaN where unknown.
    exposure : expected size by the drivers, same shape.
    shares : one-step-ahead profile of each day, same shape, NaN where there was none.
    kind : kind of each day.
    shape : profile of each kind of day as of now, shape (kind, slot).
    """

    offered: Floats
    exposure: Floats
    shares: Floats
    kind: Ints
    shape: Floats

    def told(self) -> Bools:
        """Days of which anything was foretold and came."""
        known = ~np.isnan(self.offered) & ~np.isnan(self.shares)
        return np.asarray(np.where(known, self.offered, 0.0).sum(axis=1) > 0)

    def until(self, day: int) -> Floats:
        """Profile of each kind of day as it stood before ``day``, shape (kind, slot)."""
        found = self.shape.copy()
        for kind in np.unique(self.kind[day:]):
            own = self.shares[day:][self.kind[day:] == kind]
            own = own[~np.isnan(own).any(axis=1)]
            found[kind] = own[0] if len(own) else found[kind]
        return np.asarray(found + LEAST_SHARE * found.mean(axis=1, keepdims=True))

    def means(self, days: Ints, shares: Floats) -> Floats:
        """The totals of ``days`` spread by ``shares``, shape (day, slot); 0 where nothing is known."""
        known = ~np.isnan(self.offered[days])
        weight = np.where(known, self.exposure[days] * shares, 0.0)
        sums = weight.sum(axis=1, keepdims=True)
        return np.asarray(weight / np.where(sums > 0, sums, 1.0) * self.counts(days).sum(axis=1, keepdims=True))

    def counts(self, days: Ints) -> Floats:
        """Inquiries of ``days``, 0 where unknown."""
        return np.asarray(np.nan_to_num(self.offered[days]))

    def losses(self, days: Ints, shares: Floats) -> Floats:
        """Less the log likelihood of the hours of each of ``days``, given their totals."""
        means = self.means(days, shares)
        return np.asarray(-(self.counts(days) * np.log(np.maximum(means, 1e-12))).sum(axis=1))

    def spread(self, days: Ints) -> float:
        """Pearson's statistic per degree of freedom of ``days``, at least 1."""
        means = self.means(days, self.shares[days])
        used = means > 1
        square = (self.counts(days) - means)[used] ** 2 / means[used]
        return max(1.0, float(square.mean())) if used.any() else 1.0

    def factors(self, days: Ints, shares: Floats, spread: float) -> Floats:
        """After each of ``days`` what they saw by slot over what ``shares`` make of them, shape (day, slot)."""
        means = self.means(days, shares)
        pseudo = PSEUDO_DAYS * means.mean(axis=0) + PSEUDO_COUNTS * spread
        return np.asarray((self.counts(days).cumsum(axis=0) + pseudo) / (means.cumsum(axis=0) + pseudo))


def find_turn(past: Foretold, apart: Bools) -> Turn | None:
    """The day since which the hours are others; None where they are not.

    Parameters
    ----------
    apart : days whose hours are others for a while only, such as those of promotions.
    """
    told = np.flatnonzero(past.told() & ~apart)
    tried = told[told >= len(apart) - TRIED_DAYS]
    if len(tried) < FEWEST_DAYS or len(told) == len(tried):
        return None
    trial = _Trial(past, tried, past.spread(told[-JUDGED_DAYS:]), past.losses(tried, past.shares[tried]))
    roughly = max(((trial.gain(place), place) for place in _places(len(tried))), default=(0.0, 0))
    if roughly[0] <= 0:
        return None
    near = range(max(roughly[1] - EVERY, 0), min(roughly[1] + EVERY, len(tried) - FEWEST_DAYS) + 1)
    gain, place = max((trial.gain(place), place) for place in near)
    return trial.turn(place) if gain > LEAST_GAIN else None


@dataclass(frozen=True, slots=True)
class _Trial:
    """Days ``tried`` as the first of other hours: how plain days scatter, and what their own profiles lose of each."""

    past: Foretold
    tried: Ints
    spread: float
    usual: Floats

    def gain(self, place: int) -> float:
        """What the days since would gain, the best of them left out; nothing where it is not sure, or over."""
        days, shares, factors = self._since(place)
        losses = self.past.losses(days[1:], shares[1:] * factors[:-1])
        gains = (self.usual[place + 1 :] - losses) / self.spread
        sure = gains.sum() > LEAST_SIGMAS * gains.std() * np.sqrt(len(gains)) and gains[-STILL_DAYS:].sum() > 0
        return float(gains.sum() - gains.max()) if sure else 0.0

    def turn(self, place: int) -> Turn:
        """The turn on that day."""
        days, _, factors = self._since(place)
        return Turn(int(days[0]), factors[-1], self.past.until(int(days[0])))

    def _since(self, place: int) -> tuple[Ints, Floats, Floats]:
        days = self.tried[place:]
        shares = self.past.until(int(days[0]))[self.past.kind[days]]
        return days, shares, self.past.factors(days, shares, self.spread)


def _places(days: int) -> list[int]:
    """Which of ``days`` are tried at first: every other of the latest, and of those before every sixth."""
    last = days - FEWEST_DAYS
    return [place for place in range(last + 1) if (last - place) % (2 if last - place < LATE_DAYS else EVERY) == 0]


def brought_on(offered: Floats, turn: Turn) -> Floats:
    """The days before the turn as they would be at the hours since; every day keeps its total."""
    turned = offered * turn.factor
    sums, totals = (np.nansum(values, axis=1, keepdims=True) for values in (turned, offered))
    turned = turned * totals / np.where(sums > 0, sums, 1.0)
    return np.where(np.arange(len(offered))[:, None] < turn.day, turned, offered)

"""How a day's inquiries spread over its slots: one profile a kind of day, forgetting and shrunken.

Each kind of day (weekday, or holiday) has a chain of estimates from slow to fast forgetting, every one shrunk to the
slower one by a pseudo-day. How fast to forget is chosen per kind by one-step-ahead error on its own past. What all
kinds have lately in common against their profiles is learned from all days together.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.signal import lfilter

from forecast.habit import Foretold, Turn, brought_on, find_turn
from forecast.series import Bools, Floats, Ints

HALF_LIVES = (60.0, 20.0, 7.0, 3.0)
"""Occurrences of the kind (weeks, for a weekday), slow to fast."""
PSEUDO_DAYS = 1.0
POOLED_DAYS = 0.5
JUDGED = 26
"""The last half year of a kind judges how fast it forgets."""
MARGIN = 0.01
"""A faster profile must be this much better."""
EVENT_WEIGHT = 0.05
"""Weight of a promotion's days, whose shape has a model of its own."""
LEAST_JUDGED = 4
LATELY_DAYS = 28.0
"""Half-life of what all kinds of day have in common against their profiles."""
LATELY_PSEUDO_DAYS, LATELY_PSEUDO_COUNTS = 3.0, 400.0
"""It is shrunk to nothing by these usual days and by these inquiries a slot."""
WEEK = 7
TURNED_WEIGHT = 0.1
"""Weight of days before the hours became others, once they are brought to the new ones."""
ODD = 3.0
"""A day whose shape is this many times the median distance away, or whose level is as high, begins to count less."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Inquiries per unit of exposure and slot at log level 0.

    Parameters
    ----------
    shape : (kind of day, slot).
    half_life : chosen per kind of day, occurrences.
    shares : one-step-ahead profile of each past day, shape (day, slot); NaN before a kind's second day.
    turn : since when the hours are others, where they are.
    """

    shape: Floats
    half_life: Floats
    shares: Floats
    turn: Turn | None = None

    def of_past(self, kind: Ints) -> Floats:
        """Shape of each past day by its ``kind``, as it was then, shape (day, slot)."""
        if self.turn is None:
            return np.asarray(self.shape[kind])
        early = np.arange(len(kind))[:, None] < self.turn.day
        return np.where(early, self.turn.before[kind], self.shape[kind])


def level_of_days(offered: Floats, exposure: Floats, shape: Floats, kind: Ints) -> Floats:
    """Inquiries of a day against what its profile expects in the slots counted; NaN where none was counted."""
    known = ~np.isnan(offered)
    expected = np.einsum("ij,ij->i", np.where(known, exposure, 0.0), shape[kind])
    counted = np.where(known, offered, 0.0).sum(axis=1)
    return np.where(expected > 0, counted / np.where(expected > 0, expected, 1.0), np.nan)


def long_run(offered: Floats, exposure: Floats, kind: Ints, kinds: int, weight: Floats) -> Floats:
    """The plain weighted profile of each kind of day, shrunk to the pooled one; shape (kind, slot), sums to about 1."""
    known = ~np.isnan(offered) & (exposure > 0)
    open_exposure = np.where(known, exposure, 0.0)
    counts = np.where(known, offered, 0.0) * weight[:, None]
    days = [np.flatnonzero(kind == index) for index in range(kinds)]
    pooled, came = counts.sum(axis=0), [counts[own].sum(axis=0) for own in days]
    shape = np.full((kinds, offered.shape[1]), 1 / offered.shape[1])
    for _ in range(2):
        level = level_of_days(offered, exposure, shape, kind)
        exposed = open_exposure * (weight * np.where(np.nan_to_num(level) > 0, level, 0.0))[:, None]
        usual = pooled / np.maximum(exposed.sum(axis=0), 1e-9)
        for index, own in enumerate(days):
            among = exposed[own] if len(own) else exposed
            pseudo = POOLED_DAYS * _typical(among)
            size = among.sum(axis=0) if len(own) else 0.0
            shape[index] = (came[index] + pseudo * usual) / np.maximum(size + pseudo, 1e-9)
        shape = _scaled(shape, exposure)
    return shape


def _typical(exposed: Floats) -> float:
    """Exposure of a slot on a typical day."""
    positive = exposed[exposed > 0]
    return float(np.median(positive)) if len(positive) else 1.0


def _scaled(shape: Floats, exposure: Floats) -> Floats:
    """Profiles that expect one inquiry a day at the mean exposure."""
    mean = np.nanmean(exposure, axis=0)
    total = (shape * mean).sum(axis=1, keepdims=True)
    return np.where(total > 0, shape / np.where(total > 0, total, 1.0), 1 / max(shape.shape[1], 1))


def fit_profile(
    offered: Floats, exposure: Floats, kind: Ints, kinds: int, on_event: Bools, apart: Bools | None = None
) -> Profile:
    """Fit the profile of every kind of day.

    Parameters
    ----------
    offered : inquiries, shape (day, slot), NaN where unknown.
    exposure : expected size by the drivers, same shape; 1 without drivers.
    kind : kind of each day, 0 to ``kinds - 1``.
    on_event : days whose shape a promotion bends.
    apart : days that tell nothing of hours that changed for good; those of promotions where not given.
    """
    weight = np.where(on_event, EVENT_WEIGHT, 1.0)
    found = _fitted(offered, exposure, kind, kinds, weight)
    past = Foretold(offered, exposure, found.shares, kind, found.shape)
    turn = find_turn(past, on_event if apart is None else apart)
    if turn is None:
        return found
    early = np.arange(len(offered)) < turn.day
    since = _fitted(brought_on(offered, turn), exposure, kind, kinds, weight * np.where(early, TURNED_WEIGHT, 1.0))
    return replace(since, shares=np.where(early[:, None], found.shares, since.shares), turn=turn)


def _fitted(offered: Floats, exposure: Floats, kind: Ints, kinds: int, weight: Floats) -> Profile:
    """The profile of every kind of day, where days weigh ``weight`` and odd ones less."""
    weight = weight * _not_huge(np.nansum(offered, axis=1), kind)
    slow = long_run(offered, exposure, kind, kinds, weight)
    weight = weight * _alike(offered, exposure, slow[kind], kind)
    slow = long_run(offered, exposure, kind, kinds, weight)
    level = np.nan_to_num(level_of_days(offered, exposure, slow, kind))
    shape, half_life, shares = slow.copy(), np.full(kinds, HALF_LIVES[0]), np.full(offered.shape, np.nan)
    for index in range(kinds):
        days = np.flatnonzero((kind == index) & (level > 0))
        if len(days) < LEAST_JUDGED:
            continue
        chain = _chain(offered[days], exposure[days] * level[days, None], weight[days], slow[index])
        best = _best(chain, offered[days], exposure[days], weight[days])
        shape[index], half_life[index] = chain[best][-1], HALF_LIVES[best]
        shares[days[1:]] = chain[best][:-1]
    common = _lately(offered, exposure, shares, weight)
    shares[WEEK:] *= common[:-WEEK]
    return Profile(shape * common[-1], half_life, shares)


def _lately(offered: Floats, exposure: Floats, shares: Floats, weight: Floats) -> Floats:
    """After every day, what came lately over what the profiles expected of these days' totals, shape (day, slot)."""
    known = ~np.isnan(offered) & ~np.isnan(shares)
    came, expected = (np.where(known, values, 0.0) for values in (offered, exposure * shares))
    sums = expected.sum(axis=1, keepdims=True)
    expected = expected * came.sum(axis=1, keepdims=True) / np.where(sums > 0, sums, 1.0)
    keep = 0.5 ** (1 / LATELY_DAYS)
    numerator, denominator = (
        lfilter([1.0], [1.0, -keep], values * weight[:, None], axis=0) for values in (came, expected)
    )
    usual = expected[sums[:, 0] > 0].mean(axis=0) if (sums > 0).any() else np.zeros(offered.shape[1])
    pseudo = LATELY_PSEUDO_DAYS * usual + LATELY_PSEUDO_COUNTS
    return np.asarray((numerator + pseudo) / (denominator + pseudo))


def _not_huge(totals: Floats, kind: Ints) -> Floats:
    """Weight of each day: 1 while its total is within thrice its kind's median, then falling."""
    return np.asarray(np.minimum(1.0, (ODD * _medians(totals, kind, totals > 0) / np.maximum(totals, 1e-9)) ** 2))


def _alike(offered: Floats, exposure: Floats, shape: Floats, kind: Ints) -> Floats:
    """Weight of each day: 1 while its shape is within thrice its kind's median distance, then falling."""
    known = ~np.isnan(offered) & (exposure > 0)
    expected = np.where(known, exposure * shape, 0.0)
    counted = np.where(known, offered, 0.0)
    total, came = (np.maximum(values.sum(axis=1, keepdims=True), 1e-9) for values in (expected, counted))
    distance = np.abs(counted / came - expected / total).sum(axis=1)
    usual = _medians(distance, kind, counted.sum(axis=1) > 0)
    return np.asarray(np.minimum(1.0, (ODD * usual / np.maximum(distance, 1e-9)) ** 2))


def _medians(values: Floats, kind: Ints, used: Bools) -> Floats:
    """Median of each day's kind over the days used; infinite where there is none."""
    found = np.full(len(values), np.inf)
    for own in np.unique(kind[used]):
        found[kind == own] = np.median(values[used & (kind == own)])
    return found


def _chain(offered: Floats, exposed: Floats, weight: Floats, slow: Floats) -> list[Floats]:
    """For each half-life the profile after every day of the kind, shape (day, slot), shrunk to the slower one."""
    known = ~np.isnan(offered)
    counts = np.where(known, offered, 0.0) * weight[:, None]
    size = np.where(known, exposed, 0.0) * weight[:, None]
    pseudo = PSEUDO_DAYS * _typical(size)
    below, found, both = np.broadcast_to(slow, offered.shape), [], np.concatenate([counts, size], axis=1)
    for half_life in HALF_LIVES:
        keep = 0.5 ** (1 / half_life)
        numerator, denominator = np.split(lfilter([1.0], [1.0, -keep], both, axis=0), 2, axis=1)
        below = (numerator + pseudo * below) / (denominator + pseudo)
        found.append(below)
    return found


def _best(chain: list[Floats], offered: Floats, exposure: Floats, weight: Floats) -> int:
    """Which half-life foretold the shape of the following days of the kind best."""
    y, e = offered[1:][-JUDGED:], exposure[1:][-JUDGED:]
    losses = []
    for shapes in chain:
        expected = np.where(np.isnan(y), 0.0, e * shapes[:-1][-JUDGED:])
        total = expected.sum(axis=1, keepdims=True)
        counted = np.nansum(y, axis=1, keepdims=True)
        error = np.abs(np.nan_to_num(y) - expected * counted / np.where(total > 0, total, 1.0)).sum(axis=1)
        losses.append(float((error * weight[1:][-JUDGED:]).sum()))
    best = 0
    for index, loss in enumerate(losses):
        if loss < (1 - MARGIN) * losses[best]:
            best = index
    return best

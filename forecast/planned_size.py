"""Promotions, and other days, whose plans are unlike all before: how much of their own they say that there must be."""

from collections.abc import Callable

import numpy as np
from scipy.linalg import cho_factor, cho_solve

from forecast.covariance import Scales
from forecast.event import DayEffects
from forecast.series import Floats, Ints
from forecast.unlike import PRICE, UNLIKE

FAR = 2.0
"""Days without promotion are looked at whose plans lie this many sd from what is expected of them."""
RARE = 3.0
"""Log odds against such a run of days, beside which days it is."""
Seen = Callable[[Floats], Floats]


def planned_sizes(effects: DayEffects, rows: Ints, missed: Floats, seen: Seen) -> Floats:
    """Covariance, shape (day, day), of what days have of their own beyond the usual, as far as plans tell it.

    A promotion may be 2, 4, 8 or 16 times as unlike all others as promotions usually are, whichever makes the plans
    likeliest, each step at a price: plans at half of what earlier promotions brought are read as a promotion of half
    the size as far as plans proved better than that, and not as an error of the plans. So may days in a row that no
    promotion tells of, which is rarer.

    Parameters
    ----------
    effects : promotions on the days ``rows``.
    missed : log of every plan over what is expected of it, (driver and day), NaN where there is none.
    seen : covariance of that, (driver and day) along both axes, from what days have of their own.
    """
    found = np.zeros((len(rows), len(rows)))
    told = np.flatnonzero(~np.isnan(missed))
    if not len(told):
        return found
    spoken = np.isin(np.arange(len(rows)), told % len(rows))
    inside = _promotions(effects, rows)
    z = np.nan_to_num(missed / np.sqrt(np.diag(seen(found)))).reshape(-1, len(rows))
    far = z[np.abs(z).argmax(axis=0), np.arange(len(rows))] * ~inside.any(axis=0)
    units = [(own, 0.0) for own in inside if own[spoken].any()]
    units += [(own, RARE + float(np.log(len(rows)))) for own in _runs(far, rows)]
    for unit, price in units:
        found = _best(found, np.outer(unit, unit), price, missed[told], lambda own: seen(own)[np.ix_(told, told)])
    return found


def _best(found: Floats, unit: Floats, price: float, missed: Floats, seen: Seen) -> Floats:
    """``found`` with as much of ``unit`` as makes ``missed`` likeliest, less what it costs."""
    usual = Scales().event_own
    tried = [found, *(found + usual**2 * (times**2 - 1) * unit for times in UNLIKE)]
    costs = [0.0, *(price + PRICE * step for step in range(1, len(tried)))]
    gains = [_likelihood(missed, seen(own)) - cost for own, cost in zip(tried, costs, strict=True)]
    return tried[int(np.argmax(gains))]


def _promotions(effects: DayEffects, rows: Ints) -> Floats:
    """How strongly each promotion is felt within its phases, shape (promotion, day)."""
    felt = (effects.strength * (effects.beyond == 0))[:, rows]
    names = np.array(effects.promotions)
    found = [felt[names == name].max(axis=0) for name in sorted(set(effects.promotions))]
    return np.array(found).reshape(len(found), len(rows))


def _runs(far: Floats, rows: Ints) -> list[Floats]:
    """Days in a row that lie ``FAR`` to the same side, each such run as 0 and 1."""
    side = np.where(np.abs(far) >= FAR, np.sign(far), 0.0)
    new = np.concatenate([[True], (np.diff(side) != 0) | (np.diff(rows) != 1)])
    run = np.cumsum(new)
    return [(run == number).astype(np.float64) for number in np.unique(run[side != 0])]


def _likelihood(missed: Floats, covariance: Floats) -> float:
    """Log likelihood of jointly normal numbers, but for a constant."""
    factor = cho_factor(covariance, lower=True)
    return float(-np.log(np.diag(factor[0])).sum() - missed @ cho_solve(factor, missed) / 2)

"""A promotion whose plans are unlike all before it: how much of its own they say that it must have."""

from collections.abc import Callable

import numpy as np
from scipy.linalg import cho_factor, cho_solve

from forecast.covariance import Scales
from forecast.event import DayEffects
from forecast.series import Bools, Floats, Ints
from forecast.unlike import PRICE, UNLIKE


def planned_sizes(effects: DayEffects, rows: Ints, missed: Floats, seen: Callable[[Floats], Floats]) -> Floats:
    """Covariance, shape (day, day), of what promotions on the days ``rows`` have of their own beyond the usual.

    Each may be 2, 4, 8 or 16 times as unlike all others as promotions usually are, whichever makes the plans likeliest,
    each step at a price: plans at half of what earlier promotions brought are read as a promotion of half the size as
    far as plans proved better than that, and not as an error of the plans.

    Parameters
    ----------
    missed : log of every plan over what is expected of it, (driver and day), NaN where there is none.
    seen : covariance of that, (driver and day) along both axes, from what promotions have of their own.
    """
    found = np.zeros((len(rows), len(rows)))
    told = np.flatnonzero(~np.isnan(missed))
    spoken = np.isin(np.arange(len(rows)), told % len(rows))
    for unit in _units(effects, rows, spoken):
        tried = [found + size**2 * unit for size in _sizes()]
        likely = [_likelihood(missed[told], seen(own)[np.ix_(told, told)]) for own in tried]
        found = tried[int(np.argmax(np.array(likely) - PRICE * np.arange(len(tried))))]
    return found


def _sizes() -> list[float]:
    usual = Scales().event_own
    return [0.0, *(usual * float(np.sqrt(times**2 - 1)) for times in UNLIKE)]


def _units(effects: DayEffects, rows: Ints, spoken: Bools) -> list[Floats]:
    """What days within phases share at unit scale, of each promotion that has any of which a plan has ``spoken``."""
    found = []
    for name in sorted(set(effects.promotions)):
        own = effects.part(np.array([one == name for one in effects.promotions]), rows)
        inside = (own.strength * (own.beyond == 0)).max(axis=0)
        if (inside[spoken] > 0).any():
            found.append(np.outer(inside, inside))
    return found


def _likelihood(missed: Floats, covariance: Floats) -> float:
    """Log likelihood of jointly normal numbers, but for a constant."""
    factor = cho_factor(covariance, lower=True)
    return float(-np.log(np.diag(factor[0])).sum() - missed @ cho_solve(factor, missed) / 2)

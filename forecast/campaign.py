"""What the days of a promotion that have come say of the plan for the rest of it.

A plan that missed the first week of a promotion misses the second alike: all its days share an error. What came over
the plan on the days before an origin, drawn to nothing by n / (n + 2), is expected of the days of the same promotion
after it.
"""

import numpy as np

from forecast.event import Phase
from forecast.series import Floats, Ints

BELIEVED_DAYS = 2.0
FARTHEST = 1.0
"""One day's miss (log) counts at most this much."""


def promotion_of_days(phases: tuple[Phase, ...], days: int) -> Ints:
    """Number of the promotion that each day lies in, -1 where in none; the later one where two overlap."""
    names = {name: number for number, name in enumerate(dict.fromkeys(phase.promotion for phase in phases))}
    found = np.full(days, -1)
    for phase in sorted(phases, key=lambda own: own.start_d):
        found[max(int(np.floor(phase.start_d)), 0) : max(int(np.ceil(phase.end_d)), 0)] = names[phase.promotion]
    return found


def shared_miss(promotion: Ints, missed: Floats, origin: int, rows: Ints) -> Floats:
    """Log of what is to be expected over the plan on the days ``rows``, as known at ``origin``.

    Parameters
    ----------
    promotion : of every day, as ``promotion_of_days`` gives it.
    missed : log of what came over the plan on every day; NaN where not known.
    """
    found = np.zeros(len(rows))
    for number in np.unique(promotion[rows][promotion[rows] >= 0]):
        seen = missed[:origin][promotion[:origin] == number]
        seen = np.clip(seen[~np.isnan(seen)], -FARTHEST, FARTHEST)
        found[promotion[rows] == number] = seen.sum() / (len(seen) + BELIEVED_DAYS)
    return found

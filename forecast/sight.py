"""What was seen of the days under way, joined to what can be weighed: sums of slots beside what they expected."""

from dataclasses import dataclass

import numpy as np

from forecast.series import Bools, Floats, Ints

ENOUGH = 10.0
"""Slots are seen together until they expect as many inquiries: fewer say little of the rate on their own."""
LEAST_EXPECTED = 1e-6


@dataclass(frozen=True, slots=True)
class Sights:
    """What was seen, n sights on h days of S slots.

    Parameters
    ----------
    day : place of each among the days, length n.
    share : part of what was expected that each slot has in it, shape (n, S).
    count, expected : inquiries that came, and that the outlook's mean expected.
    """

    day: Ints
    share: Floats
    count: Floats
    expected: Floats

    def part(self, chosen: Bools) -> "Sights":
        """Some of them."""
        return Sights(self.day[chosen], self.share[chosen], self.count[chosen], self.expected[chosen])


def sights(counts: Floats, expected: Floats, stretch: Ints) -> Sights:
    """Earlier days as a whole, then today (the last row) slot by slot, quiet slots joined until they expect enough.

    Parameters
    ----------
    counts : inquiries per day and slot; NaN where not seen.
    expected : what was expected of them, same shape; what nobody expected says nothing.
    stretch : number of the stretch between beginnings and ends of phases that each slot lies in, same shape: earlier
        days in which a phase begins or ends are seen in parts.
    """
    known = ~np.isnan(counts) & (expected > LEAST_EXPECTED)
    usual, came = np.where(known, expected, 0.0), np.where(known, counts, 0.0)
    within = stretch[:-1] - stretch[:-1, :1]
    parts = np.concatenate([known[:-1] & (within == part) for part in range(int(within.max(initial=0)) + 1)])
    before = np.flatnonzero(parts.any(axis=1))
    before = before[np.argsort(before % max(len(counts) - 1, 1), kind="stable")]
    day, joined = before % max(len(counts) - 1, 1), _joined(usual[-1], known[-1])
    usual, came = (np.concatenate([parts[before] * own[day], joined * own[-1]]) for own in (usual, came))
    total = usual.sum(axis=1)
    day = np.concatenate([day, np.full(len(joined), len(counts) - 1)])
    return Sights(day.astype(np.int64), usual / total[:, None], came.sum(axis=1), total)


def _joined(usual: Floats, known: Bools) -> Bools:
    """Which slots make one sight, shape (sight, slot): runs that expect ``ENOUGH``, the rest with the last run."""
    if not known.any():
        return np.zeros((0, len(usual)), dtype=bool)
    run, size, runs = 0, 0.0, np.full(len(usual), -1)
    for slot in np.flatnonzero(known):
        runs[slot], size = run, size + usual[slot]
        if size >= ENOUGH:
            run, size = run + 1, 0.0
    runs[runs == run] = max(run - 1, 0)
    return np.asarray(runs[None, :] == np.arange(max(run, 1))[:, None])

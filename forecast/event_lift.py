"""How the lifts of promotions belong together: the covariance of what phases do to the days."""

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from forecast.event import DayEffects, Phase, day_effects
from forecast.series import Floats

INSIDE_REACH, OUTSIDE_REACH = 3.0, 2.0
"""Places of days, log(1 + days), over which lifts become unlike: within phases, and before and after them."""
ANYWHERE, BY_START, BY_END = 0.25, 0.55, 0.2
"""Shares of a lift that phases of a name have alike anywhere, by their start, and by their end."""
ACROSS = 0.5
"""How much alike what days within a phase, before it and after it share is where days of two of these meet."""
LIFTS = ("event", "event_own", "event_any")
"""Parts of the covariance: of phases of a name, of one promotion, of all phases."""


@lru_cache(maxsize=4)
def past_lifts(phases: tuple[Phase, ...], days: int) -> Mapping[str, Floats]:
    """Every part among days 0 to ``days - 1``, worked out once for all queues and drivers; to be read only."""
    effects = day_effects(phases, days)
    return {name: event_lift(effects, effects, name) for name in LIFTS if phases}


def event_lift(a: DayEffects, b: DayEffects, name: str) -> Floats:
    """Covariance of the part ``name`` of the lifts at unit scale, shape (day of a, day of b).

    Alike are phases of a name, of a promotion, or all, at the same place: within them, before their start, or after
    their end, however long they last.
    """
    if name == "event_any":
        return shared_lifts(a, b)
    if name == "unlike":
        return _under_way(a, b)
    of_name = name == "event"
    own, other = (effects.names if of_name else effects.promotions for effects in (a, b))
    found = np.zeros((a.strength.shape[1], b.strength.shape[1]))
    for key in sorted(set(own) & set(other)):
        i, j = (np.array([kin == key for kin in kins]) for kins in (own, other))
        rows, columns = (np.flatnonzero(e.strength[k].any(axis=0)) for e, k in ((a, i), (b, j)))
        one, two = a.part(i, rows), b.part(j, columns)
        found[np.ix_(rows, columns)] += _named(one, two) if of_name else _of_one_promotion(one, two)
    return found


def _named(a: DayEffects, b: DayEffects) -> Floats:
    """Lifts of phases of one name: a part alike anywhere within, before or after them, the rest by place."""
    (until_a, side_a, by_a), (until_b, side_b, by_b) = (
        _by_place(own, own.until, np.sign(own.beyond)) for own in (a, b)
    )
    across = np.where(side_a[:, None] == side_b[None, :], 1.0, ACROSS)
    alike = (ANYWHERE + BY_END * _near(until_a, until_b, INSIDE_REACH)) * across
    return np.asarray(BY_START * shared_lifts(a, b) + by_a @ alike @ by_b.T)


def _of_one_promotion(a: DayEffects, b: DayEffects) -> Floats:
    """What one promotion has of its own: half by its phases together, half by each at its place."""
    found = np.outer(a.strength.sum(axis=0), b.strength.sum(axis=0))
    for i in range(len(a.strength)):
        rows, columns = np.flatnonzero(a.strength[i]), np.flatnonzero(b.strength[i])
        one = slice(i, i + 1)
        found[np.ix_(rows, columns)] += shared_lifts(a.part(one, rows), b.part(one, columns))
    return found / 2


def _under_way(a: DayEffects, b: DayEffects) -> Floats:
    """What promotions under way have of their own within their phases: half by all together, half by each begun."""
    found = np.zeros((a.strength.shape[1], b.strength.shape[1]))
    one, two = (own.strength * (own.beyond == 0) for own in (a, b))
    for key in sorted({key for key, begun in zip(a.promotions, a.begun, strict=True) if begun is not None}):
        same = np.array([own == key for own in a.promotions])
        found += np.outer(one[same].max(axis=0), two[same].max(axis=0))
    for index in np.flatnonzero([begun is True for begun in a.begun]):
        found += np.outer(one[index], two[index])
    return found / 2


def shared_lifts(a: DayEffects, b: DayEffects) -> Floats:
    """What all phases have in common by their place, whatever their names, at unit scale.

    Notes
    -----
    exp(-distance) on a tree whose root is a phase's first day, with the days within it, before it and after it as
    branches: days within tell days after nothing that the first day does not, so that phases may differ in length.
    """
    (since_a, beyond_a, by_a), (since_b, beyond_b, by_b) = (_by_place(own, own.since, own.beyond) for own in (a, b))
    near = _near(since_a, since_b, INSIDE_REACH) * _near(beyond_a, beyond_b, OUTSIDE_REACH)
    return np.asarray(by_a @ near @ by_b.T)


def _by_place(own: DayEffects, inside: Floats, outside: Floats) -> tuple[Floats, Floats, Floats]:
    """The pairs of places that occur, and the strength of phases at each on every day, shape (day, pair)."""
    phase, day = np.nonzero(own.strength)
    places, index = np.unique(inside[phase, day] + 1j * outside[phase, day], return_inverse=True)
    found = np.zeros((own.strength.shape[1], len(places)))
    np.add.at(found, (day, index), own.strength[phase, day])
    return places.real, places.imag, found


def _near(a: Floats, b: Floats, reach: float) -> Floats:
    """exp(-|a - b| / reach) of every pair."""
    return np.asarray(np.exp(-np.abs(a[:, None] - b[None, :]) / reach))

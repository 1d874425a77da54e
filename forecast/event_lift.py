"""How the lifts of promotions belong together: the covariance of what phases do to the days."""

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from forecast.event import DayEffects, Phase, day_effects
from forecast.series import Floats

EVENT_REACH = 2.0
LIFTS = ("event", "event_own", "event_any")
"""Parts of the covariance: of phases of a name, of one promotion, of all phases."""


@lru_cache(maxsize=2)
def past_lifts(phases: tuple[Phase, ...], days: int) -> Mapping[str, Floats]:
    """Every part among days 0 to ``days - 1``, worked out once for all queues and drivers; to be read only."""
    effects = day_effects(phases, days)
    return {name: event_lift(effects, effects, name) for name in LIFTS if phases}


def event_lift(a: DayEffects, b: DayEffects, name: str) -> Floats:
    """Covariance of the part ``name`` of the lifts at unit scale, shape (day of a, day of b).

    Alike are phases of a name, of a promotion, or all, at the same place since the start and until the end.
    """
    if name == "event_any":
        return shared_lifts(a, b)
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
    """Lifts of phases of one name: a quarter alike anywhere, the rest by the days since the start and until the end."""
    (until_a, by_a), (until_b, by_b) = (_by_place(own, own.until) for own in (a, b))
    until = by_a @ _near(until_a, until_b) @ by_b.T
    felt = np.outer(a.strength.sum(axis=0), b.strength.sum(axis=0))
    return np.asarray(0.25 * felt + 0.55 * shared_lifts(a, b) + 0.2 * until)


def _of_one_promotion(a: DayEffects, b: DayEffects) -> Floats:
    """What one promotion has of its own: half by its phases together, half by each at its place."""
    found = np.outer(a.strength.sum(axis=0), b.strength.sum(axis=0))
    for i in range(len(a.strength)):
        rows, columns = np.flatnonzero(a.strength[i]), np.flatnonzero(b.strength[i])
        near = _near(a.since[i, rows], b.since[i, columns])
        found[np.ix_(rows, columns)] += near * np.outer(a.strength[i, rows], b.strength[i, columns])
    return found / 2


def shared_lifts(a: DayEffects, b: DayEffects) -> Floats:
    """What all phases have in common by the days since their start, whatever their names, at unit scale."""
    (since_a, by_a), (since_b, by_b) = (_by_place(own, own.since) for own in (a, b))
    return np.asarray(by_a @ _near(since_a, since_b) @ by_b.T)


def _by_place(own: DayEffects, place: Floats) -> tuple[Floats, Floats]:
    """The places that occur, and the strength of phases at each on every day, shape (day, place)."""
    phase, day = np.nonzero(own.strength)
    places, index = np.unique(place[phase, day], return_inverse=True)
    found = np.zeros((own.strength.shape[1], len(places)))
    np.add.at(found, (day, index), own.strength[phase, day])
    return places, found


def _near(a: Floats, b: Floats) -> Floats:
    """exp(-|a - b| / reach) of every pair."""
    x, y = np.exp(a / EVENT_REACH), np.exp(b / EVENT_REACH)
    return np.asarray(np.minimum(np.outer(x, 1 / y), np.outer(1 / x, y)))

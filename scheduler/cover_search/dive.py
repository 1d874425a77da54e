"""From a mixture of lines to one line each: fix the surest, generate anew, go on."""

from collections.abc import Sequence

import numpy as np

from scheduler.cover_search.generate import generate
from scheduler.cover_search.master import Column, Master, Mixture
from scheduler.cover_search.pricing import Pricing
from scheduler.watch import Watch

_SURE = 0.99
"""Part of a person's line from which it counts as decided."""
_ROUNDS = 4
"""Rounds of new lines after each decision."""


def dive(
    master: Master, pricing: Pricing, mixture: Mixture, watch: Watch, *, at_once: int = 1, worst: float = np.inf
) -> list[Column]:
    """One column a person, found by fixing the surest and generating lines for the others.

    Parameters
    ----------
    at_once : people decided in a step, beside the sure ones.
    worst : cost at which the dive is given up.

    Returns
    -------
    The columns in the order of people; none where it was given up.
    """
    held: list[Column] = []
    while len(held) < len(master.problem.people) and mixture.cost <= worst:
        for place in _surest(master, mixture, held, at_once):
            master.hold(place)
            held.append(master.columns[place])
        mixture = master.solve() if watch.over else generate(master, pricing, held, watch, _ROUNDS).mixture
    master.release()
    return sorted(held, key=lambda own: own.person) if mixture.cost <= worst else []


def _surest(master: Master, mixture: Mixture, held: Sequence[Column], at_once: int) -> list[int]:
    taken = {own.person for own in held}
    best: dict[int, int] = {}
    for place in np.argsort(-mixture.parts, kind="stable").tolist():
        person = master.columns[place].person
        if person not in taken:
            best.setdefault(person, place)
    order = sorted(best.values(), key=lambda place: -mixture.parts[place])
    sure = sum(bool(mixture.parts[place] > _SURE) for place in order)
    return order[: max(sure, at_once)]

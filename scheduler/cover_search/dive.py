"""From a mixture of lines to one line each: fix what people's lines agree on, generate anew, go on."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from scheduler.cover_search.generate import generate
from scheduler.cover_search.master import Column, Master, Mixture
from scheduler.cover_search.pricing import Pricing
from scheduler.cover_search.problem import Lines
from scheduler.watch import Watch

Array = npt.NDArray[np.float64]

_SURE = 0.999
"""Part of a person's line from which it counts as decided."""
_KEPT = 0.6
"""Part of a person's mixture that agrees with the days fixed in a step."""
_AT_ONCE = 5
"""One in so many undecided people has days fixed in a step."""
_ROUNDS = 15
"""Rounds of new lines after each decision, fewer where it costs nothing more."""
_SAME = 1e-5
"""Relative rise of the cost that counts as none."""
_RISE = 5e-4
"""Relative rise of the cost at which a decision is taken back, for a smaller one."""
_STRICTER = 0.9
"""How that changes with each decision that is not taken back."""
_MOSTLY = 0.4
"""Part of all days from which on most of a dive's time is behind it."""


def dive(
    master: Master,
    pricing: Pricing,
    mixture: Mixture,
    watch: Watch,
    worst: float,
    lax: float = 2.0,
    until_s: float = 0.0,
    latest_s: float = 0.0,
) -> list[Column]:
    """One column a person: days are fixed where most of a person's mixture agrees, and lines are generated for what is
    left open.

    Single days leave more room than whole lines do. Source: Strandmark, Qu and Curtois 2020.

    Parameters
    ----------
    worst : cost at which the dive is given up.
    lax : how much more the cost may rise after each decision taken back.
    until_s, latest_s : seconds left at which it ends; the second where most days are decided, since what is left goes
        quickly.

    Returns
    -------
    The columns in the order of people, everybody's likeliest one where time ended; none where the cost reached
    ``worst``.
    """
    decided = np.full((len(master.problem.people), master.problem.n_days), -1, dtype=np.int16)
    found: list[Column] = []
    most, rise = len(decided) // _AT_ONCE + 1, _RISE
    end_s = until_s
    while mixture.cost < worst:
        held = _settled(master, mixture)
        if len(held) == len(decided):
            found = sorted(held, key=lambda own: own.person)
            break
        following = _following(decided, master, mixture, held, most)
        master.keep(following)
        pricing.decide(following)
        level = abs(mixture.cost)
        content = mixture.cost + _SAME * level
        end_s = latest_s if (decided >= 0).mean() > _MOSTLY else until_s
        generated = generate(master, pricing, held, watch, rounds=_ROUNDS, enough=worst, content=content, until_s=end_s)
        new = generated.mixture
        if watch.over or watch.left_s() <= end_s:
            break
        if new.cost > mixture.cost + rise * level and most > 0:
            most, rise = most // 3, lax * rise
        elif new.cost < worst:
            decided, mixture, most, rise = following, new, 2 * most + 1, max(_RISE, rise * _STRICTER)
        else:
            break
    if mixture.cost < worst and not found and watch.left_s() <= end_s:
        found = _likeliest(master, mixture)
    master.release()
    pricing.decide(None)
    return found


def _settled(master: Master, mixture: Mixture) -> list[Column]:
    """The columns of people who have one line only."""
    return [master.columns[place] for place in np.flatnonzero(mixture.parts > _SURE).tolist()]


def _likeliest(master: Master, mixture: Mixture) -> list[Column]:
    """The column with the largest part of each person's mixture."""
    best: dict[int, Column] = {}
    for place in np.argsort(-mixture.parts, kind="stable").tolist():
        best.setdefault(master.columns[place].person, master.columns[place])
    return [best[person] for person in sorted(best)]


def _following(decided: Lines, master: Master, mixture: Mixture, held: Sequence[Column], most: int) -> Lines:
    """What is decided next: days of the ``most`` people with the clearest mixtures, for 0 a single day of one."""
    following = decided.copy()
    for own in held:
        following[own.person] = own.line
    kept = _KEPT if most else 1.0
    places = np.flatnonzero(mixture.parts > 1e-9)
    people = np.array([master.columns[place].person for place in places])
    offers = []
    for person in set(people.tolist()) - {own.person for own in held}:
        own = places[people == person]
        lines = np.array([master.columns[place].line for place in own])
        days, agreed = _agreed(lines, mixture.parts[own], decided[person], kept)
        offers.append((-agreed, person, days))
    for _, person, days in sorted(offers, key=lambda offer: offer[:2])[: max(1, most)]:
        following[person] = days
    return following


def _agreed(
    lines: Lines, parts: Array, decided: npt.NDArray[np.int16], least: float
) -> tuple[npt.NDArray[np.int16], float]:
    """The days after the next decision, and how much of a person's mixture agrees with it: open days are fixed from
    the clearest on, as long as enough agrees."""
    days = decided.copy()
    shares = np.array([parts @ (lines == action) for action in range(int(lines.max()) + 1)])
    first, kept, agreed = True, np.ones(len(parts), dtype=np.bool_), 1.0
    for day in np.argsort(-shares.max(axis=0), kind="stable").tolist():
        if days[day] >= 0 or (shares[:, day].max() > _SURE):
            continue
        action = int(np.argmax([parts[kept & (lines[:, day] == own)].sum() for own in range(len(shares))]))
        further = kept & (lines[:, day] == action)
        if not first and parts[further].sum() < least:
            break
        days[day], kept, agreed, first = action, further, float(parts[further].sum()), False
    return days, agreed

"""Every way to spend a shift: when the break, which role when, with blocks long enough and few enough switches."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations_with_replacement, pairwise, product
from math import comb

import numpy as np
import numpy.typing as npt

_MOST_PATTERNS = 20_000
"""Beyond this, fewer switches are tried: a choice among thousands is choice enough."""

BREAK = -1
"""The role number of an interval on break."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What the patterns of a shift depend on.

    Parameters
    ----------
    length, break_len : intervals.
    breaks : possible starts of the break, counted from the shift's first interval; empty = no break.
    n_roles : queues that the person can take.
    min_block : intervals worked in a role, break not counted, before and after a switch.
    max_switches : changes of role.
    """

    length: int
    break_len: int
    breaks: tuple[int, ...]
    n_roles: int
    min_block: int
    max_switches: int


@dataclass(frozen=True, slots=True)
class Patterns:
    """Patterns of a shape: ``roles`` per interval, shape (patterns, length), and their number of ``switches``."""

    roles: npt.NDArray[np.int8]
    switches: npt.NDArray[np.int64]
    chosen: npt.NDArray[np.float32]

    def values(self, gains: npt.NDArray[np.float64]) -> npt.NDArray[np.float32]:
        """Sum of gains, shape (days, length, roles), along each pattern: shape (patterns, days)."""
        return np.asarray(self.chosen @ gains.reshape(len(gains), -1).astype(np.float32).T)

    def on_break(self, when: npt.NDArray[np.bool_]) -> npt.NDArray[np.float32]:
        """Intervals of ``when``, shape (days, length), that fall into each pattern's break: shape (patterns, days)."""
        return np.asarray((self.roles == BREAK).astype(np.float32) @ when.astype(np.float32).T)


@cache
def patterns(shape: Shape) -> Patterns:
    """All patterns of a shape, with fewer switches than allowed only where there would be too many."""
    worked = shape.length - (shape.break_len if shape.breaks else 0)
    sequences = np.array(list(_sequences(shape, worked, _most_switches(shape, worked))), dtype=np.int8)
    roles = np.concatenate([_with_break(sequences, start, shape.break_len) for start in shape.breaks or (None,)])
    changes = (sequences[:, 1:] != sequences[:, :-1]).sum(axis=1)
    one_hot = roles[:, :, None] == np.arange(shape.n_roles)
    return Patterns(
        roles=roles,
        switches=np.tile(changes, max(1, len(shape.breaks))),
        chosen=one_hot.reshape(len(roles), -1).astype(np.float32),
    )


def lists_all(shape: Shape) -> bool:
    """Whether ``patterns`` lists every way that the rules allow."""
    worked = shape.length - (shape.break_len if shape.breaks else 0)
    most = _most_switches(shape, worked)
    fits_more = worked >= (most + 2) * max(1, shape.min_block)
    return shape.n_roles == 1 or most == shape.max_switches or not fits_more


def _with_break(sequences: npt.NDArray[np.int8], start: int | None, break_len: int) -> npt.NDArray[np.int8]:
    if start is None:
        return sequences
    rest = np.full((len(sequences), break_len), BREAK, dtype=np.int8)
    return np.hstack([sequences[:, :start], rest, sequences[:, start:]])


def _most_switches(shape: Shape, worked: int) -> int:
    """The most switches that fit into the shift and keep the patterns few enough."""
    total = 0
    for switches in range(shape.max_switches + 1 if shape.n_roles > 1 else 1):
        spare = worked - (switches + 1) * max(1, shape.min_block)
        ways = comb(spare + switches, switches) if spare >= 0 or not switches else 0
        total += ways * shape.n_roles * (shape.n_roles - 1) ** switches * max(1, len(shape.breaks))
        if switches and (not ways or total > _MOST_PATTERNS):
            return switches - 1
    return switches


def _sequences(shape: Shape, worked: int, most: int) -> Iterator[npt.NDArray[np.int64]]:
    """Role numbers of the intervals worked, for every number of switches up to ``most``."""
    block = max(1, shape.min_block)
    for switches in range(most + 1):
        for spare in combinations_with_replacement(range(worked - (switches + 1) * block + 1), switches):
            cuts = [(number + 1) * block + own for number, own in enumerate(spare)]
            sizes = np.diff([0, *cuts, worked])
            for roles in product(range(shape.n_roles), repeat=switches + 1):
                if all(before != after for before, after in pairwise(roles)):
                    yield np.repeat(roles, sizes)

"""Every way to spend a shift: when the break, which role when, with blocks long enough and few enough switches, or at
the price of what is missing."""

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
    min_block : intervals worked in a role, break not counted, before a switch.
    max_switches : changes of role.
    fees : currency of each of ``breaks``; empty = all are free.
    switch_price : currency per change of role.
    short_price : currency per interval that a block lacks before a switch; None = none may lack.
    more_price : currency per switch beyond ``max_switches``; None = there may be none.
    """

    length: int
    break_len: int
    breaks: tuple[int, ...]
    n_roles: int
    min_block: int
    max_switches: int
    fees: tuple[float, ...] = ()
    switch_price: float = 0.0
    short_price: float | None = None
    more_price: float | None = None

    @property
    def worked(self) -> int:
        """Intervals outside the break."""
        return self.length - (self.break_len if self.breaks else 0)

    @property
    def least_block(self) -> int:
        """Intervals that every block before a switch has."""
        return 1 if self.short_price is not None else max(1, self.min_block)

    @property
    def most_switches(self) -> int:
        """Switches that the rules allow at any price."""
        return self.max_switches if self.more_price is None else max(self.max_switches, self.worked - 1)


@dataclass(frozen=True, slots=True)
class Patterns:
    """Patterns of a shape: ``roles`` per interval, shape (patterns, length), their number of ``switches``, and the
    ``charge`` for these and for what is not as wanted, in currency."""

    roles: npt.NDArray[np.int8]
    switches: npt.NDArray[np.int64]
    charge: npt.NDArray[np.float64]
    chosen: npt.NDArray[np.float32]

    def values(self, gains: npt.NDArray[np.float64]) -> npt.NDArray[np.float32]:
        """Sum of gains, shape (days, length, roles), along each pattern less its charge: shape (patterns, days)."""
        saved = self.chosen @ gains.reshape(len(gains), -1).astype(np.float32).T
        return np.asarray(saved - self.charge[:, None].astype(np.float32))

    def on_break(self, when: npt.NDArray[np.bool_]) -> npt.NDArray[np.float32]:
        """Intervals of ``when``, shape (days, length), that fall into each pattern's break: shape (patterns, days)."""
        return np.asarray((self.roles == BREAK).astype(np.float32) @ when.astype(np.float32).T)


@cache
def patterns(shape: Shape) -> Patterns:
    """All patterns of a shape, with fewer switches than allowed only where there would be too many."""
    found = list(_sequences(shape, _most_switches(shape)))
    sequences = np.array([roles for roles, _ in found], dtype=np.int8)
    charge = np.array([charge for _, charge in found])
    fees = shape.fees or (0.0,) * max(1, len(shape.breaks))
    roles = np.concatenate([_with_break(sequences, start, shape.break_len) for start in shape.breaks or (None,)])
    changes = (sequences[:, 1:] != sequences[:, :-1]).sum(axis=1)
    one_hot = roles[:, :, None] == np.arange(shape.n_roles)
    return Patterns(
        roles=roles,
        switches=np.tile(changes, max(1, len(shape.breaks))),
        charge=np.concatenate([charge + fee for fee in fees]),
        chosen=one_hot.reshape(len(roles), -1).astype(np.float32),
    )


def lists_all(shape: Shape) -> bool:
    """Whether ``patterns`` lists every way that the rules allow."""
    most = _most_switches(shape)
    fits_more = shape.worked > (most + 1) * shape.least_block
    return shape.n_roles == 1 or most == shape.most_switches or not fits_more


def _with_break(sequences: npt.NDArray[np.int8], start: int | None, break_len: int) -> npt.NDArray[np.int8]:
    if start is None:
        return sequences
    rest = np.full((len(sequences), break_len), BREAK, dtype=np.int8)
    return np.hstack([sequences[:, :start], rest, sequences[:, start:]])


def _most_switches(shape: Shape) -> int:
    """The most switches that fit into the shift and keep the patterns few enough."""
    total = 0
    for switches in range(shape.most_switches + 1 if shape.n_roles > 1 else 1):
        spare = shape.worked - switches * shape.least_block - 1
        ways = comb(spare + switches, switches) if spare >= 0 or not switches else 0
        total += ways * shape.n_roles * (shape.n_roles - 1) ** switches * max(1, len(shape.breaks))
        if switches and (not ways or total > _MOST_PATTERNS):
            return switches - 1
    return switches


def _sequences(shape: Shape, most: int) -> Iterator[tuple[npt.NDArray[np.int64], float]]:
    """Role numbers of the intervals worked and their charge, for every number of switches up to ``most``; the last
    block may be short, nothing follows it."""
    block = shape.least_block
    for switches in range(most + 1):
        for spare in combinations_with_replacement(range(shape.worked - switches * block), switches):
            cuts = [(number + 1) * block + own for number, own in enumerate(spare)]
            sizes = np.diff([0, *cuts, shape.worked])
            charge = _charge(shape, switches, sizes[:-1])
            for roles in product(range(shape.n_roles), repeat=switches + 1):
                if all(before != after for before, after in pairwise(roles)):
                    yield np.repeat(roles, sizes), charge


def _charge(shape: Shape, switches: int, blocks: npt.NDArray[np.int64]) -> float:
    """Currency for switches, for those too many, and for what the blocks before them lack."""
    lacking = float(np.maximum(0, shape.min_block - blocks).sum()) if shape.short_price else 0.0
    more = max(0, switches - shape.max_switches)
    return shape.switch_price * switches + (shape.more_price or 0.0) * more + (shape.short_price or 0.0) * lacking

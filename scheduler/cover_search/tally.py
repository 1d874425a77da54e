"""What one person has worked so far, as an automaton: paid minutes, and the times of the shifts that are limited."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import gcd, prod

import numpy as np
import numpy.typing as npt

from desk.compiled import compiled

Ints = npt.NDArray[np.int64]

_MOST_CODES = 2**62
"""States are numbered by 64-bit numbers."""


@dataclass(frozen=True, slots=True)
class Tally:
    """The automaton; state 0 is nothing worked.

    Parameters
    ----------
    after : state after working shift s in state t, -1 where a limit forbids it; shape (states, shifts).
    minutes : paid minutes in each state.
    counted : the shifts whose limit the states keep.
    """

    after: npt.NDArray[np.int32]
    minutes: npt.NDArray[np.int64]
    counted: tuple[int, ...]


def tally(
    minutes: Sequence[int], most_minutes: int, caps: Mapping[int, int], most_shifts: int, most_states: int
) -> Tally:
    """The automaton of a person who may work ``most_minutes`` in ``most_shifts`` shifts, and shift s ``caps[s]`` times.

    Limited shifts are counted, the scarcest first, as long as at most ``most_states`` can be reached; the others are
    left to penalties.
    """
    found = _automaton(tuple(minutes), most_minutes, (), most_shifts, sys.maxsize)
    counted: tuple[tuple[int, int], ...] = ()
    for shift in sorted(caps, key=lambda own: (caps[own], own)):
        counted = (*counted, (shift, caps[shift]))
        further = _automaton(tuple(minutes), most_minutes, counted, most_shifts, most_states)
        if not len(further.minutes):
            break
        found = further
    return found


@lru_cache(maxsize=128)
def lengths(minutes: tuple[int, ...], most_minutes: int, most_shifts: int) -> Ints:
    """The minutes, up to ``most_minutes``, that at most so many shifts add up to, ascending."""
    unit = gcd(*minutes) or 1
    fewest = np.full(max(0, most_minutes // unit + 1), most_shifts + 1, dtype=np.int64)
    fewest[:1] = 0
    fewest_shifts(np.unique(np.array(minutes)) // unit, fewest)
    return np.flatnonzero(fewest <= most_shifts) * unit


@compiled
def fewest_shifts(units: Ints, fewest: Ints) -> None:
    """Lower to how few shifts of these ``units`` add up to each number; ``fewest`` of 0 is 0, of others too many."""
    for total in range(1, len(fewest)):
        for own in units:
            if 0 < own <= total:
                fewest[total] = min(fewest[total], fewest[total - own] + 1)


@lru_cache(maxsize=512)
def _automaton(
    minutes: tuple[int, ...], most: int, caps: tuple[tuple[int, int], ...], most_shifts: int, most_states: int
) -> Tally:
    """The automaton that counts these shifts; one of no states where it has more than ``most_states``."""
    unit = gcd(*minutes) or 1
    sizes = np.array([most // unit + 1, *(cap + 1 for _, cap in caps)])
    steps = np.zeros((len(minutes), len(sizes)), dtype=np.int64)
    steps[:, 0] = np.array(minutes) // unit
    steps[[shift for shift, _ in caps], np.arange(1, len(sizes))] = 1
    codes = _reached(sizes, steps, most_shifts, most_states) if caps else lengths(minutes, most, most_shifts) // unit
    following = _following(codes, sizes, steps)
    known = np.isin(following, codes)
    after = np.where(known, np.searchsorted(codes, following), -1).astype(np.int32)
    return Tally(after, codes % sizes[0] * unit, tuple(shift for shift, _ in caps))


def _reached(sizes: Ints, steps: Ints, most_shifts: int, most_states: int) -> Ints:
    """The states, each a number whose digits count up to ``sizes``, that so many shifts reach; none where they are too
    many."""
    if prod(sizes.tolist()) > _MOST_CODES:
        return np.zeros(0, dtype=np.int64)
    codes = new = np.zeros(1, dtype=np.int64)
    for _ in range(most_shifts):
        new = np.setdiff1d(_following(new, sizes, steps), np.append(codes, -1))
        codes = np.union1d(codes, new)
        if not len(new) or len(codes) > most_states:
            break
    return codes[: 0 if len(codes) > most_states else None]


def _following(codes: Ints, sizes: Ints, steps: Ints) -> Ints:
    """The states after each shift, shape (states, shifts), -1 where a limit forbids it."""
    radix = np.concatenate([[1], np.cumprod(sizes[:-1])])
    digits = codes[:, None] // radix % sizes
    fits = (digits[:, None, :] + steps < sizes).all(axis=2)
    return np.asarray(np.where(fits, codes[:, None] + steps @ radix, -1))

"""What one person has worked so far, as an automaton: paid minutes, and the times of the shifts that are limited."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import gcd

import numpy as np
import numpy.typing as npt


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


def tally(minutes: Sequence[int], most_minutes: int, caps: Mapping[int, int], most_states: float) -> Tally:
    """The automaton of a person who may work ``most_minutes`` in all, and shift s ``caps[s]`` times.

    Limited shifts are counted, the scarcest first, as long as there are at most ``most_states``; the others are left
    to penalties.
    """
    unit = gcd(*minutes) or 1
    lengths = most_minutes // unit + 1
    counted: list[int] = []
    for shift in sorted(caps, key=lambda own: (caps[own], own)):
        lengths *= caps[shift] + 1
        if lengths > most_states:
            break
        counted.append(shift)
    return _enumerated(tuple(minutes), most_minutes, tuple((shift, caps[shift]) for shift in counted))


@lru_cache(maxsize=4096)
def _enumerated(minutes: tuple[int, ...], most: int, caps: tuple[tuple[int, int], ...]) -> Tally:
    place = {shift: number for number, (shift, _) in enumerate(caps)}
    first = (0,) * (len(caps) + 1)
    found, order, after = {first: 0}, [first], []
    for state in order:
        row = []
        for shift, length in enumerate(minutes):
            following = _worked(state, length, place.get(shift))
            fits = following[0] <= most and all(n <= cap for n, (_, cap) in zip(following[1:], caps, strict=True))
            if fits and following not in found:
                found[following] = len(found)
                order.append(following)
            row.append(found[following] if fits else -1)
        after.append(row)
    return Tally(
        np.array(after, dtype=np.int32).reshape(len(order), len(minutes)),
        np.array([state[0] for state in order], dtype=np.int64),
        tuple(shift for shift, _ in caps),
    )


def _worked(state: tuple[int, ...], length: int, place: int | None) -> tuple[int, ...]:
    own = [state[0] + length, *state[1:]]
    if place is not None:
        own[place + 1] += 1
    return tuple(own)

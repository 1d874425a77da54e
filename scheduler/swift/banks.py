"""The ways to spend each shape of shift as arrays for the compiled search."""

from collections.abc import Sequence
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from scheduler.pattern import BREAK, Patterns, Shape, patterns
from scheduler.swift.best_seat import FEW

Numbers = npt.NDArray[np.int64]


class Bank(NamedTuple):
    """The patterns of one shape."""

    shape: Shape
    held: Patterns

    @property
    def breaks(self) -> tuple[int, ...]:
        """Starts of the break; a shift without one has it after its end."""
        return self.shape.breaks or (self.shape.length,)

    @property
    def sequences(self) -> int:
        """Ways to order the roles, each beside every break."""
        return len(self.held.roles) // len(self.breaks)

    @property
    def switches(self) -> int:
        """The most switches of a pattern."""
        return int(self.held.switches.max(initial=0))

    @property
    def goes_by_cuts(self) -> bool:
        """Whether all blocks are long enough and no switch has a further price, so that the best pattern follows from
        the best cuts."""
        is_plain = not self.shape.short_price and self.shape.more_price is None
        return self.shape.worked > 0 and self.switches <= FEW and is_plain


class Banks:
    """The patterns of every shape that occurs, one after the other."""

    def __init__(self) -> None:
        self._number: dict[Shape, int] = {}
        self._banks: list[Bank] = []

    def add(self, shape: Shape) -> int:
        """Number of the bank of a shape."""
        if shape not in self._number:
            self._number[shape] = len(self._banks)
            self._banks.append(Bank(shape, patterns(shape)))
        return self._number[shape]

    def held(self, bank: int) -> Patterns:
        """The patterns of a bank."""
        return self._banks[bank].held

    def arrays(self) -> dict[str, Any]:
        """All patterns as runs, and what finding the best one by its cuts needs."""
        sizes = [len(own.held.roles) for own in self._banks]
        runs = [_runs(own.held.roles) for own in self._banks]
        nothing = np.zeros(0, dtype=np.int64)
        counts, begins, stops, roles = (np.concatenate([nothing, *(own[part] for own in runs)]) for part in range(4))
        return {
            "bank_at": _ends(sizes),
            "run_at": _ends(counts.tolist()),
            "run_from": begins,
            "run_to": stops,
            "run_role": roles,
            "charge": np.concatenate([np.zeros(0), *(own.held.charge for own in self._banks)]),
            **self._cuts(),
        }

    def _cuts(self) -> dict[str, Any]:
        banks = self._banks
        fees = [fee for own in banks for fee in own.shape.fees or (0.0,) * len(own.breaks)]
        places = [_places(own) if own.goes_by_cuts else np.zeros(0, dtype=np.int32) for own in banks]
        return {
            "sequences": _numbers(own.sequences if own.goes_by_cuts else 0 for own in banks),
            "bank_roles": _numbers(own.shape.n_roles for own in banks),
            "worked": _numbers(own.shape.worked for own in banks),
            "least_block": _numbers(own.shape.least_block for own in banks),
            "most_switches": _numbers(own.switches for own in banks),
            "break_len": _numbers(own.shape.break_len if own.shape.breaks else 0 for own in banks),
            "break_at": _ends([len(own.breaks) for own in banks]),
            "break_start": _numbers(start for own in banks for start in own.breaks),
            "break_fee": np.array(fees, dtype=np.float64),
            "place_at": _ends([len(own) for own in places]),
            "place": np.concatenate([np.zeros(0, dtype=np.int32), *places]),
            "switch_price": max((own.shape.switch_price for own in banks), default=0.0),
        }


def _numbers(values: Any) -> Numbers:
    return np.array(list(values), dtype=np.int64)


def _ends(sizes: Sequence[int]) -> Numbers:
    """Where each of several lists begins in all of them together, and the end."""
    return _numbers(accumulate(sizes, initial=0))


def _runs(roles: npt.NDArray[np.int8]) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Runs per pattern, and of each run its first interval, the one after its last, and its role."""
    length = roles.shape[1]
    begins = np.hstack([np.ones((len(roles), 1), dtype=np.bool_), roles[:, 1:] != roles[:, :-1]])
    pattern, start = np.nonzero(begins)
    stop = np.append(start[1:], length)
    stop = np.where(stop == 0, length, stop)
    return begins.sum(axis=1), start.astype(np.int64), stop.astype(np.int64), roles[pattern, start].astype(np.int64)


def _places(bank: Bank) -> npt.NDArray[np.int32]:
    """Number of the sequence with these first and second cuts (0: none) and these three roles (0 beyond the last)."""
    worked, roles = bank.shape.worked, bank.shape.n_roles
    place = np.full((worked, worked, roles, roles, roles), -1, dtype=np.int32)
    for number, own in enumerate(bank.held.roles[: bank.sequences]):
        sequence = own[own != BREAK]
        cuts = np.flatnonzero(sequence[1:] != sequence[:-1]) + 1
        in_turn = [int(role) for role in sequence[[0, *cuts]]]
        at = (*cuts.tolist(), *(0,) * (FEW - len(cuts)), *in_turn, *(0,) * (FEW + 1 - len(in_turn)))
        place[at] = number
    return place.reshape(-1)

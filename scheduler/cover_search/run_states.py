"""One person's run of days, worked or off, as an automaton: what a day's action leads to, and what it costs."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from desk.settings import Limit
from scheduler.facts import OFF, Agent, Shift

Pairing = Callable[[Shift, Shift], float]
"""What the second shift on the day after the first costs; inf where it is forbidden."""
State = tuple[str, int, bool, int]
"""Kind (``fresh``: the day before is unknown; ``off``; ``on``), length so far, free of the minimum, kind of the last
shift."""

Array = npt.NDArray[np.float64]
Limits = tuple[Limit | None, Limit | None, Limit | None]

_FRESH: State = ("fresh", 0, True, 0)
_REMEMBERED = 64
"""Automata kept: people of one kind share one."""


@dataclass(frozen=True, slots=True)
class RunStates:
    """The automaton.

    Parameters
    ----------
    after : state that action a leads to from state r, -1 where it is forbidden; shape (states, actions), the last
        action is a day off.
    cost : what the step costs.
    is_on : whether the day before was worked.
    start : the state on the first day.
    """

    after: npt.NDArray[np.int16]
    cost: npt.NDArray[np.float64]
    is_on: npt.NDArray[np.bool_]
    start: int


class _Steps:
    """The limits of one person, and the step from a state by an action.

    Parameters
    ----------
    limits : most days worked in a row, least worked, least off.
    pairs : what each shift costs on the day after each, shape (shifts, shifts).
    """

    def __init__(self, limits: Limits, pairs: Array) -> None:
        self.most, self.least_on, self.least_off = limits
        self.pairs, self.kind = np.unique(pairs.reshape(len(pairs), -1), axis=0, return_inverse=True)
        self.longest_on = max(1, _days(self.least_on, math.ceil), _days(self.most, math.floor))
        self.longest_off = max(1, _days(self.least_off, math.ceil))

    def on(self, state: State, action: int) -> tuple[State, float]:
        kind, length, exempt, last = state
        if kind == "on":
            price = _price(self.most, length >= _days(self.most, math.floor) if self.most else False)
            return self._worked(length + 1, exempt, action), price + float(self.pairs[last, action])
        short = 0.0 if kind == "fresh" else _missing(self.least_off, length)
        over = _price(self.most, self.most is not None and math.floor(self.most.limit) < 1)
        return self._worked(1, kind == "fresh", action), short + over

    def off(self, state: State) -> tuple[State, float]:
        kind, length, exempt, _ = state
        if kind == "fresh":
            return self.rested(self.longest_off), 0.0
        if kind == "off":
            return self.rested(length + 1), 0.0
        return self.rested(1), 0.0 if exempt else _missing(self.least_on, length)

    def rested(self, length: int) -> State:
        return ("off", min(length, self.longest_off), False, 0)

    def _worked(self, length: int, exempt: bool, action: int) -> State:
        still = exempt and length < _days(self.least_on, math.ceil)
        return ("on", min(length, self.longest_on), still, int(self.kind[action]))

    def eve(self, agent: Agent, shifts: Sequence[Shift]) -> State:
        """The state that the known days before the horizon leave."""
        if agent.span.start > 0 or -1 not in agent.past:
            return _FRESH
        worked, day = agent.past[-1] != OFF, -1
        while day - 1 in agent.past and (agent.past[day - 1] != OFF) == worked:
            day -= 1
        whole = day - 1 in agent.past
        if not worked:
            return self.rested(-day if whole else self.longest_off)
        codes = [shift.code for shift in shifts]
        return self._worked(-day, not whole, codes.index(agent.past[-1]))


def run_states(agent: Agent, shifts: Sequence[Shift], pairing: Pairing) -> RunStates:
    """The automaton of one person; action numbers are places in ``shifts``, the number after them is a day off."""
    contract = agent.contract
    limits = contract.max_consecutive_days, contract.min_consecutive_days, contract.min_consecutive_days_off
    pairs = np.array([[pairing(before, after) for after in shifts] for before in shifts], dtype=np.float64)
    steps = _Steps(limits, pairs)
    return _automaton(limits, pairs.tobytes(), len(shifts), steps.eve(agent, shifts))


@lru_cache(maxsize=_REMEMBERED)
def _automaton(limits: Limits, pairs: bytes, shifts: int, eve: State) -> RunStates:
    """The same for everybody with these limits and this state on the eve."""
    steps = _Steps(limits, np.frombuffer(pairs).reshape(shifts, shifts))
    found: dict[State, int] = {eve: 0}
    after: list[list[int]] = []
    cost: list[list[float]] = []
    for state in (order := list(found)):
        moves = [*(steps.on(state, action) for action in range(shifts)), steps.off(state)]
        for (following, price), _ in zip(moves, range(len(moves)), strict=True):
            if math.isfinite(price) and following not in found:
                found[following] = len(found)
                order.append(following)
        after.append([found[own] if math.isfinite(price) else -1 for own, price in moves])
        cost.append([price if math.isfinite(price) else 0.0 for _, price in moves])
    is_on = np.array([kind == "on" for kind, *_ in order])
    return RunStates(np.array(after, dtype=np.int16), np.array(cost), is_on, 0)


def _days(limit: Limit | None, rounded: Callable[[float], int]) -> int:
    return 0 if limit is None else rounded(limit.limit)


def _price(limit: Limit | None, beyond: bool) -> float:
    """What one day more costs."""
    if limit is None or not beyond:
        return 0.0
    return math.inf if limit.price is None else limit.price


def _missing(limit: Limit | None, length: int) -> float:
    """What a run that ends too short costs."""
    if limit is None or length >= limit.limit:
        return 0.0
    return math.inf if limit.price is None else limit.price * (limit.limit - length)

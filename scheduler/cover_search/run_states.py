"""One person's run of days, worked or off, as an automaton: what a day's action leads to, and what it costs."""

import math
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

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
_MOST_GIVEN = 6.0
"""Days and clashes up to which states count by how much hard limits have given."""

Known = TypeVar("Known", bound=Hashable)
Given = tuple[State, State, State, float, float]
"""The states of priced limits, of hard ones on days and of clashes, and how many days and clashes have been given."""


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

    def moves(self, state: State, shifts: int) -> list[tuple[State, float]]:
        """Each action's state and price; the last one is a day off."""
        return [*(self.on(state, action) for action in range(shifts)), self.off(state)]

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
    limits, pairs = _limits(agent), _pairs(shifts, pairing)
    steps = _Steps(limits, pairs)
    return _automaton(limits, pairs.tobytes(), len(shifts), steps.eve(agent, shifts))


def _limits(agent: Agent) -> Limits:
    contract = agent.contract
    return contract.max_consecutive_days, contract.min_consecutive_days, contract.min_consecutive_days_off


def _pairs(shifts: Sequence[Shift], pairing: Pairing) -> Array:
    return np.array([[pairing(before, after) for after in shifts] for before in shifts], dtype=np.float64)


@lru_cache(maxsize=_REMEMBERED)
def _automaton(limits: Limits, pairs: bytes, shifts: int, eve: State) -> RunStates:
    """The same for everybody with these limits and this state on the eve."""
    steps = _Steps(limits, np.frombuffer(pairs).reshape(shifts, shifts))
    return _explored(eve, lambda state: steps.moves(state, shifts), lambda state: state[0] == "on")


def _explored(
    eve: Known, moves: Callable[[Known], list[tuple[Known, float]]], is_on: Callable[[Known], bool]
) -> RunStates:
    """The automaton of all states that moves lead to from ``eve``, at prices of which inf forbids a move."""
    found: dict[Known, int] = {eve: 0}
    after: list[list[int]] = []
    cost: list[list[float]] = []
    for state in (order := list(found)):
        own = moves(state)
        for following, price in own:
            if math.isfinite(price) and following not in found:
                found[following] = len(found)
                order.append(following)
        after.append([found[then] if math.isfinite(price) else -1 for then, price in own])
        cost.append([price if math.isfinite(price) else 0.0 for _, price in own])
    return RunStates(np.array(after, dtype=np.int16), np.array(cost), np.array([is_on(state) for state in order]), 0)


class _Giving:
    """Steps at which hard limits give: what that costs, and by how much they do."""

    def __init__(self, limits: Limits, pairs: Array, clashes: Array) -> None:
        most, least_on, least_off = (_priced(own, is_hard=False) for own in limits)
        self.priced = _Steps((most, least_on, least_off), np.where(np.isinf(pairs), 0.0, pairs))
        most, least_on, least_off = (_priced(own, is_hard=True) for own in limits)
        self.days = _Steps((most, least_on, least_off), np.zeros_like(clashes))
        self.clashes = _Steps((None, None, None), clashes)

    def eve(self, agent: Agent, shifts: Sequence[Shift]) -> Given:
        first, second, third = (own.eve(agent, shifts) for own in (self.priced, self.days, self.clashes))
        return first, second, third, 0.0, 0.0

    def moves(self, state: Given, shifts: int, days: float, clashes: float) -> list[tuple[Given, float]]:
        """Each action's state and price, inf where more than so many days or clashes would have been given."""
        first, second, third, given, clashed = state
        moves = self.priced.moves(first, shifts), self.days.moves(second, shifts), self.clashes.moves(third, shifts)
        return [
            ((one, other, last, own, its), price if own <= days and its <= clashes else math.inf)
            for (one, price), (other, more), (last, also) in zip(*moves, strict=True)
            for own, its in [(round(given + more, 6), clashed + also)]
        ]


def giving_states(
    agent: Agent, shifts: Sequence[Shift], pairing: Pairing, clashing: Pairing, line: Sequence[int]
) -> RunStates | None:
    """The automaton of one person whose hard limits give by as many days and as many clashes in all as a ``line`` of
    the days of employment needs it; None where those are very many.

    Parameters
    ----------
    clashing : how many clashes it is where the second shift is worked on the day after the first.
    """
    limits = _limits(agent)
    steps = _Giving(limits, _pairs(shifts, pairing), _pairs(shifts, clashing))
    eve = state = steps.eve(agent, shifts)
    for action in line:
        state = steps.moves(state, len(shifts), math.inf, math.inf)[action][0]
    *_, days, clashes = state
    if days + clashes > _MOST_GIVEN:
        return None
    return _explored(eve, lambda own: steps.moves(own, len(shifts), days, clashes), lambda own: own[0][0] == "on")


def _priced(limit: Limit | None, *, is_hard: bool) -> Limit | None:
    """A limit that costs its price, or nothing where it is hard; of hard ones, what is beyond them instead."""
    if limit is None:
        return None
    price = float(limit.price is None) if is_hard else limit.price or 0.0
    return limit.model_copy(update={"price": price})


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

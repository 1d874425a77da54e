"""One person, compiled: what each day's action costs alone, and the automata of the rules over several days."""

import math
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import numpy.typing as npt

from desk.settings import Limit
from scheduler.cover_search.run_states import RunStates, giving_states, run_states
from scheduler.cover_search.tally import lengths
from scheduler.facts import OFF, Agent, Facts, Shift
from scheduler.line import workable
from scheduler.rules.credit import leave_credit_h
from scheduler.wage import overtime_h, wage

Array = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Person:
    """One person.

    Parameters
    ----------
    code : who.
    span : days of the horizon on which the person is employed.
    cost : currency of action a on day d, inf where barred; shape (days, shifts + 1), the last action is a day off.
    runs, end_run : the automaton of runs, and currency of ending in each of its states, inf where forbidden.
    minutes, most_minutes : paid minutes of each shift, and how many may be worked in all.
    end_price : currency of so many minutes worked in all, one or many of them, inf where forbidden.
    caps : most times of each shift, shape (shifts,).
    weekends : most weekends; further ones cost ``weekend_price`` each, inf where forbidden.
    """

    code: str
    span: range
    cost: Array
    runs: RunStates
    end_run: Array
    minutes: tuple[int, ...]
    most_minutes: int
    end_price: Callable[[Ints], Array]
    caps: npt.NDArray[np.int64]
    weekends: int
    weekend_price: float

    @property
    def lengths(self) -> Ints:
        """The minutes that shifts can add up to in the end, whatever they cost, ascending."""
        return lengths(self.minutes, self.most_minutes, len(self.span))

    @property
    def legal_lengths(self) -> Ints:
        """Those of them that are not forbidden."""
        return self.lengths[self.end_price(self.lengths) < np.inf]

    @property
    def elsewhere_cost(self) -> float:
        """Currency of the days outside the employment."""
        return float(np.delete(self.cost[:, -1], slice(self.span.start, self.span.stop)).sum())

    @property
    def least_cost(self) -> float:
        """Currency of every day's cheapest action, whatever the rules over several days."""
        return float(self.cost.min(axis=1).sum() + self.end_price(self.lengths).min(initial=math.inf))


def read_person(facts: Facts, agent: Agent) -> Person:
    """Compile a person whose rules ``suits`` found to be of the kinds known here."""
    shifts = list(facts.shifts.values())
    cost = _costs(facts, agent, shifts)
    caps = _caps(agent, shifts, facts.n_days)
    cost[:, :-1][:, caps < 1] = np.inf
    limit = agent.contract.max_weekends
    forbidden = {(before, after) for before, after in agent.contract.forbidden_successions}
    runs = run_states(agent, shifts, lambda before, after: _pair_cost(agent, forbidden, before, after))
    return Person(
        code=agent.code,
        span=agent.span,
        cost=cost,
        runs=runs,
        end_run=np.zeros(len(runs.is_on)),
        minutes=tuple(round(60 * shift.paid_h) for shift in shifts),
        most_minutes=_most_minutes(facts, agent),
        end_price=partial(_end_price, agent, leave_credit_h(agent, range(facts.n_days))),
        caps=caps,
        weekends=len(facts.weekends) if limit is None else math.floor(limit.limit + 1e-9),
        weekend_price=math.inf if limit is None or limit.price is None else limit.price,
    )


def giving_person(facts: Facts, agent: Agent, line: Sequence[int]) -> Person | None:
    """The person whose hard limits on days in a row, and those on rests and successions, give as far in all as ``line``
    needs it; None where that is by very much."""
    person, shifts = read_person(facts, agent), list(facts.shifts.values())
    forbidden = {(before, after) for before, after in agent.contract.forbidden_successions}
    runs = giving_states(
        agent,
        shifts,
        lambda before, after: _pair_cost(agent, forbidden, before, after),
        lambda before, after: _clashes(agent, forbidden, before, after),
        line[person.span.start : person.span.stop],
    )
    return None if runs is None else replace(person, runs=runs, end_run=np.zeros(len(runs.is_on)))


def _clashes(agent: Agent, forbidden: Set[tuple[str, str]], before: Shift, after: Shift) -> float:
    """How many hard limits ``after`` breaks on the day after ``before``."""
    return float(_rest_h(before, after) < _hard_rest_h(agent) - 1e-9) + float((before.code, after.code) in forbidden)


def _rest_h(before: Shift, after: Shift) -> float:
    return 24 + (after.start_min - before.end_min) / 60


def _hard_rest_h(agent: Agent) -> float:
    limit = agent.contract.min_rest_h
    return limit.limit if limit is not None and limit.price is None else 0.0


def _pair_cost(agent: Agent, forbidden: Set[tuple[str, str]], before: Shift, after: Shift) -> float:
    """What ``after`` costs on the day after ``before``: rest that is missing; inf where it may not follow."""
    rest_h, limit = _rest_h(before, after), agent.contract.min_rest_h
    if rest_h < _hard_rest_h(agent) - 1e-9 or (before.code, after.code) in forbidden:
        return math.inf
    if limit is None or limit.price is None:
        return 0.0
    return limit.price * max(0.0, limit.limit - rest_h)


def _costs(facts: Facts, agent: Agent, shifts: Sequence[Shift]) -> Array:
    cost = np.full((facts.n_days, len(shifts) + 1), np.inf)
    number = {shift.code: place for place, shift in enumerate(shifts)}
    alone = [_shift_cost(agent, shift) for shift in shifts]
    for day, shift in workable(facts, agent):
        cost[day, number[shift.code]] = alone[number[shift.code]]
    cost[:, -1] = 0.0
    for day, code in agent.pinned.items():
        if code != OFF and 0 <= day < facts.n_days:
            cost[day, -1] = np.inf
    _add_wishes(cost, agent, number)
    return cost


def _shift_cost(agent: Agent, shift: Shift) -> float:
    contract = agent.contract
    least, most, daily = contract.min_paid_h_day, contract.max_paid_h_day, contract.max_overtime_h_day
    total = wage(agent, shift).total
    if least is not None and least.price is not None:
        total += least.price * max(0.0, least.limit - shift.paid_h)
    if most is not None and most.price is not None:
        total += most.price * max(0.0, shift.paid_h - most.limit)
    if daily is not None and daily.price is not None:
        total += daily.price * max(0.0, overtime_h(agent, shift) - daily.limit)
    return total


def _add_wishes(cost: Array, agent: Agent, number: Mapping[str, int]) -> None:
    """A wish costs its weight with every action that refuses it."""
    for wish in agent.wishes:
        if 0 <= wish.day < len(cost):
            meant = np.zeros(cost.shape[1], dtype=np.bool_)
            if not wish.shift:
                meant[:-1] = True
            elif wish.shift in number:
                meant[number[wish.shift]] = True
            cost[wish.day, meant != (wish.wish == "on")] += wish.weight


def _caps(agent: Agent, shifts: Sequence[Shift], n_days: int) -> npt.NDArray[np.int64]:
    limits = agent.contract.max_shifts
    most = [limits[own.code].limit if own.code in limits else n_days for own in shifts]
    return np.minimum(n_days, np.floor(np.array(most) + 1e-9)).astype(np.int64)


def _most_minutes(facts: Facts, agent: Agent) -> int:
    limit = agent.contract.max_paid_h_horizon
    longest = max(round(60 * shift.paid_h) for shift in facts.shifts.values()) * facts.n_days
    return longest if limit is None or limit.price is not None else min(longest, math.floor(60 * limit.limit + 1e-4))


def _end_price(agent: Agent, credit_h: float, minutes: Ints) -> Array:
    contract, paid_h = agent.contract, minutes / 60
    least, most = contract.min_paid_h_horizon, contract.max_paid_h_horizon
    total = np.maximum(0.0, contract.min_cost_h_horizon - paid_h) * agent.cost_per_h
    if least is not None:
        total = total + _beyond(least, least.limit - paid_h - credit_h)
    return np.asarray(total if most is None else total + _beyond(most, paid_h - most.limit))


def _beyond(limit: Limit, over_h: Array) -> Array:
    """What so many hours beyond a limit cost."""
    return np.where(over_h > 1e-6, math.inf if limit.price is None else limit.price * over_h, 0.0)

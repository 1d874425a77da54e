"""People whose own hard rules contradict each other: which of them give, by as little as they must."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from desk.settings import Limit
from scheduler.adapter import Solver
from scheduler.cover_search.approach import loose_line
from scheduler.cover_search.line_cost import line_cost
from scheduler.cover_search.person import Person, giving_person, read_person
from scheduler.cover_search.run_states import RunStates
from scheduler.facts import Agent, Facts
from scheduler.rules.credit import leave_credit_h
from scheduler.solo import Solo

Line = npt.NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Bent:
    """A person with rules that can be kept, a line that keeps them, and whether the true rules contradict each
    other."""

    person: Person
    line: Line
    is_bent: bool


def bent(facts: Facts, code: str, weekend: Line, solver: Solver, seconds: float) -> Bent:
    """The person of whom no legal line was found.

    Limits give as far as the line of the least breach needs it, those over the horizon each for itself, those on days
    in a row together, and those on rests and successions; and the person is planned within them as everybody is. Where
    that is not enough, that line stands. Where there was a legal line after all, it is the answer.

    Parameters
    ----------
    seconds : in which the least breach has to be found; where it is not, a line that keeps the rules from day to day,
        or else days off, take its place.
    """
    agent = facts.agents[code]
    own = read_person(facts, agent)
    worked, is_bent = _least_breach(facts, agent, solver, seconds) if seconds > 0 else ({}, False)
    if not is_bent and line_cost(own, weekend, _line(facts, worked)) == math.inf:
        worked = _quickly(facts, own, weekend)
    line = _line(facts, worked)
    looser = replace(agent, contract=agent.contract.model_copy(update=_looser(facts, agent, worked)))
    for person in (own, read_person(facts, looser), giving_person(facts, looser, line.tolist())):
        if person is not None and line_cost(person, weekend, line) < math.inf:
            return Bent(person, line, is_bent)
    return Bent(_fixed(read_person(facts, looser), line), line, is_bent)


def _least_breach(facts: Facts, agent: Agent, solver: Solver, seconds: float) -> tuple[Mapping[int, str], bool]:
    """The shifts of the line that breaks as little as possible, and whether it breaks anything; no shifts and no breach
    where time ended first."""
    solo = Solo(facts, agent, solver, seconds)
    return solo.first.line, solo.bend > 0


def _quickly(facts: Facts, person: Person, weekend: Line) -> Mapping[int, str]:
    """The shifts of some line; nobody knows whether the rules contradict each other."""
    codes = list(facts.shifts)
    line = loose_line(person, weekend, np.zeros((facts.n_days, len(codes))))
    return {} if line is None else {day: codes[own] for day, own in enumerate(line.tolist()) if own < len(codes)}


def _line(facts: Facts, worked: Mapping[int, str]) -> Line:
    number = {shift: place for place, shift in enumerate(facts.shifts)}
    line = np.full(facts.n_days, len(number), dtype=np.int16)
    for day, shift in worked.items():
        line[day] = number[shift]
    return line


def _looser(facts: Facts, agent: Agent, worked: Mapping[int, str]) -> dict[str, Any]:
    """The hard limits over the horizon, as far as the line needs them."""
    contract, codes = agent.contract, list(worked.values())
    paid_h = sum(facts.shifts[shift].paid_h for shift in codes)
    credited_h = paid_h + leave_credit_h(agent, range(facts.n_days))
    weekends = sum(any(day in worked for day in weekend) for weekend in facts.weekends)
    return {
        "min_paid_h_horizon": _reaching(contract.min_paid_h_horizon, credited_h, most=False),
        "max_paid_h_horizon": _reaching(contract.max_paid_h_horizon, paid_h, most=True),
        "max_weekends": _reaching(contract.max_weekends, weekends, most=True),
        "max_shifts": {
            shift: _reaching(limit, codes.count(shift), most=True) for shift, limit in contract.max_shifts.items()
        },
    }


def _reaching(limit: Limit | None, value: float, *, most: bool) -> Limit | None:
    """The limit, just loose enough for ``value`` where it is hard."""
    if limit is None or limit.price is not None:
        return limit
    return Limit(limit=max(limit.limit, value) if most else min(limit.limit, value))


def _fixed(person: Person, line: Line) -> Person:
    """The person whose line stands."""
    days, actions = np.arange(len(line)), person.cost.shape[1]
    cost = np.full(person.cost.shape, np.inf)
    cost[days, line] = np.where(np.isfinite(person.cost[days, line]), person.cost[days, line], 0.0)
    runs = RunStates(np.zeros((1, actions), dtype=np.int16), np.zeros((1, actions)), np.zeros(1, dtype=np.bool_), 0)
    free = replace(person, span=range(len(line)), cost=cost, runs=runs, end_run=np.zeros(1), end_price=_free)
    return replace(free, caps=np.full_like(person.caps, len(line)), weekends=len(line))


def _free(minutes: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """Whatever the minutes, they cost nothing."""
    return np.zeros(minutes.shape)

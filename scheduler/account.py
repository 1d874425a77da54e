"""The cost account of a finished plan, worked out from its tables alone."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

from desk import Curves
from desk.grid import epoch_s
from scheduler.backlog import read_work, run
from scheduler.curve import read_curves
from scheduler.demand import Demand, read_demand
from scheduler.duty import Duty, Turn, sitting
from scheduler.facts import Facts
from scheduler.judge import duty_breaches, roster_breaches
from scheduler.on_call import absences, has_calls
from scheduler.roster import Roster
from scheduler.rules import duty_block, duty_break
from scheduler.rules.parts import Breach
from scheduler.shift_cover import ShiftCover
from scheduler.wage import unworked_h, wage

Array = npt.NDArray[np.float64]


def account(
    facts: Facts, roster: Roster, duty: Duty, curves: Curves | None, breaches: Iterable[Breach] | None = None
) -> pd.DataFrame:
    """Table ``costs``: every term of the objective in currency; the objective is their sum.

    The solver's word is not asked: wages come from the roster, service from the curves at the duty's effective
    agents, priced rules from their checkers; ``breaches`` are what those found, where somebody has asked them already.
    """
    if breaches is None:
        breaches = chain(roster_breaches(facts, roster), duty_breaches(facts, duty, curves))
    terms: dict[str, float] = defaultdict(float)
    for term, amount in (*_terms(facts, roster, duty, curves), *_priced(breaches)):
        terms[term] += amount
    return pd.DataFrame({"term": list(terms), "amount": list(terms.values())}).astype(
        {"term": "str", "amount": "float64"}
    )


def _terms(facts: Facts, roster: Roster, duty: Duty, curves: Curves | None) -> Iterator[tuple[str, float]]:
    yield from _wages(facts, roster)
    effective, heads = sitting(duty)
    if curves is not None:
        yield from _service(facts, effective, curves)
    demand = read_demand(facts.desk, None)
    yield from _heads(demand, heads)
    yield from _shift_cover("cover", demand.shift_cover, roster)
    if curves is not None and has_calls(facts.desk):
        unabsorbed = absences(facts.desk, read_curves(curves.points, facts.desk.starts))
        yield from _shift_cover("absence", unabsorbed, roster)
    switches = sum(switches_of(turn) for turn in duty.turns if turn.is_whole)
    yield "switches", switches * facts.desk.settings.rules.switch_price


def _priced(breaches: Iterable[Breach]) -> Iterator[tuple[str, float]]:
    return ((breach.code, breach.cost) for breach in breaches if breach.price is not None)


def charge_of(facts: Facts, turn: Turn) -> float:
    """Currency for the switches of a turn, and for blocks, switches and a break beyond priced limits."""
    beyond = (breach.cost for rule in (duty_block.RULE, duty_break.RULE) for breach in rule.check(facts, turn))
    return switches_of(turn) * facts.desk.settings.rules.switch_price + sum(beyond)


def switches_of(turn: Turn) -> int:
    """Changes of role in a turn; breaks and activities between don't count."""
    roles = [own for own in turn.activities if own in turn.agent.skills]
    return sum(before != after for before, after in pairwise(roles))


def _wages(facts: Facts, roster: Roster) -> Iterator[tuple[str, float]]:
    for agent in facts.agents.values():
        shifts = [shift for day, shift in roster.shifts(agent).items() if day >= 0]
        for shift in shifts:
            own = wage(agent, shift)
            yield "wages", own.base
            yield "overtime", own.overtime
            yield "night", own.night
        yield "unworked", unworked_h(agent, shifts) * agent.cost_per_h


def _service(facts: Facts, effective: Mapping[str, Array], curves: Curves) -> Iterator[tuple[str, float]]:
    starts = facts.desk.starts
    place = {second: at for at, second in enumerate(epoch_s(starts))}
    at = np.array([place.get(own, -1) for own in epoch_s(pd.DatetimeIndex(curves.points["start"]))], dtype=np.int64)
    points = curves.points.assign(at=at).sort_values(["queue", "at", "agents"])
    for queue, own in points[points["at"] >= 0].groupby("queue", sort=True):
        for cost in _interpolated(own, effective[str(queue)]):
            yield f"service.{queue}", cost
    interval_h = facts.desk.settings.interval_min / 60
    for queue, work in read_work(curves.work, starts, interval_h).items():
        yield f"late_work.{queue}", run(work, interval_h * effective[queue]).cost


def _interpolated(points: pd.DataFrame, effective: Array) -> Iterator[float]:
    """The cost in each interval that has points, which are ordered by interval and agents."""
    at, agents, cost = (points[name].to_numpy() for name in ("at", "agents", "cost"))
    edges = [*np.flatnonzero(np.diff(at, prepend=-1)).tolist(), len(at)]
    for first, stop in pairwise(edges):
        yield float(np.interp(effective[at[first]], agents[first:stop], cost[first:stop]))


def _heads(demand: Demand, heads: Mapping[str, Array]) -> Iterator[tuple[str, float]]:
    everywhere = np.arange(demand.n)
    for queue, wanted in demand.cover.items():
        yield "cover", float(wanted.value(heads[queue], everywhere).sum())


def _shift_cover(term: str, wanted: Iterable[ShiftCover], roster: Roster) -> Iterator[tuple[str, float]]:
    worked = Counter((day, code) for line in roster.lines.values() for day, code in line.items())
    for cover in wanted:
        yield term, cover.cost(worked[cover.day, cover.shift])

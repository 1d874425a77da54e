"""What the people at the queues are worth: curves, deferrable work, headcounts and presence, as rows of the master.

Everything here is continuous, and optimistic in the small things only (whole breaks, whole roles, blocks, switches):
the master is a relaxation of roster, breaks and roles together, so its bound holds for the whole cost.
"""

from collections.abc import Sequence

import numpy as np

from scheduler.backlog import Work
from scheduler.curve import Curve
from scheduler.demand import Demand, Heads
from scheduler.model import Model, Row
from scheduler.presence import Presence
from scheduler.rules.parts import Line


def add_queues(model: Model, demand: Demand, presence: Presence) -> None:
    """Add the cost of every queue."""
    for queue in demand.queues:
        if queue in demand.curves:
            _add_curve(model, queue, demand.curves[queue], presence)
        if queue in demand.work:
            _add_work(model, queue, demand.work[queue], demand.interval_h, presence)
        for heads in (demand.cover.get(queue), demand.presence.get(queue)):
            if heads is not None:
                _add_heads(model, queue, heads, presence)


def _add_curve(model: Model, queue: str, curve: Curve, presence: Presence) -> None:
    """Cost = cost(0) + sum of slope x width used; widths used <= effective agents. Slopes rise, so the steepest are
    used first; pieces that nobody can reach are left out."""
    model.constant += float(curve.cost[:, 0].sum())
    widths = np.diff(curve.agents, axis=1).tolist()
    for at, (own, begins, slopes) in enumerate(zip(widths, curve.agents.tolist(), curve.slope.tolist(), strict=True)):
        there = presence.effective(queue, at)
        reach = sum(factor * var.upBound for var, factor in there)
        used = [
            (model.variable(("curve", queue, at, k), width, slope), 1.0)
            for k, (width, begin, slope) in enumerate(zip(own, begins, slopes, strict=False))
            if width > 0 and slope < 0 and begin < reach
        ]
        if used:
            less = [(var, -factor) for var, factor in there]
            model.require(("curve", queue, at), [*used, *less], "<=", 0.0)


def _add_work(model: Model, queue: str, work: Work, interval_h: float, presence: Presence) -> None:
    """In each case b[t] >= b[t-1] + arriving[t] - served[t] - late[t]; b[t] <= room[t]; served[t], the same in all, <=
    interval_h x effective; late_price x late + ageing_price x b is paid."""
    totals_h = work.arriving_h.sum(axis=1).tolist()
    before: list[list[tuple[object, float]]] = [[] for _ in totals_h]
    for at, standing in enumerate(work.standing_h.tolist()):
        served = model.variable(("served", queue, at), max(totals_h))
        there = [(var, -interval_h * factor) for var, factor in presence.effective(queue, at)]
        model.require(("served", queue, at), [(served, 1.0), *there], "<=", standing)
        for case, total_h in enumerate(totals_h):
            late = model.variable(("late", queue, at, case), total_h, float(work.late_price[case, at]))
            room, price = float(work.room_h[case, at]), float(work.ageing_price[case, at])
            waiting = model.variable(("waiting", queue, at, case), room, price)
            flow = [(waiting, 1.0), (served, 1.0), (late, 1.0), *before[case]]
            model.require(("backlog", queue, at, case), flow, ">=", float(work.arriving_h[case, at]))
            before[case] = [(waiting, -1.0)]


def _add_heads(model: Model, queue: str, heads: Heads, presence: Presence) -> None:
    """required - heads <= short at under_cost; heads - required <= over at over_cost; heads as favourable as the mass
    allows."""
    for at in np.flatnonzero(heads.required + heads.over_cost).tolist():
        required, label = float(heads.required[at]), (queue, at)
        if required > 0 and heads.under_cost[at]:
            most = presence.most_heads(queue, at)
            model.add(Row(("under", *label), most, ">=", required, float(heads.under_cost[at])))
        if heads.over_cost[at]:
            fewest = presence.fewest_heads(queue, at)
            model.add(Row(("over", *label), fewest, "<=", required, float(heads.over_cost[at])))


def add_shift_cover(model: Model, demand: Demand, lines: Sequence[Line]) -> None:
    """Heads on a shift of a day: required - under <= sum over a of x[a, d, s] <= required + over."""
    for cover in demand.shift_cover:
        key = (cover.day, cover.shift)
        terms = [(line.x[key], 1.0) for line in lines if key in line.x]
        under = model.variable(("under", *key), max(0.0, cover.required), cover.under_cost)
        over = model.variable(("over", *key), float(len(terms)) + max(0.0, -cover.required), cover.over_cost)
        model.require(("cover", *key), [*terms, (under, 1.0), (over, -1.0)], "==", cover.required)

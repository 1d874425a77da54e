# mypy: allow-untyped-defs, allow-untyped-calls
"""Deferrable work in the walk, compiled: what a change of capacity makes late, from where it begins to where the
backlog is again what it was."""

from desk.compiled import inlined

_SAME_H = 1e-9
"""Hours of work by which two backlogs may differ and be the same."""
_IDLE, _NONE_WAITS, _WAITS, _LATE = -1, 0, 1, 2
"""What work does at an interval's end: capacity is idle, all is done, some waits, some has become late."""


@inlined
def forget(desk, plan):
    """No interval has been touched since."""
    for queue in range(desk.has_work.shape[0]):
        plan.touched[queue, 0], plan.touched[queue, 1] = desk.n, 0


@inlined
def aftermath(desk, plan):
    """What late work costs more since intervals were touched."""
    rise = 0.0
    for queue in range(desk.has_work.shape[0]):
        if desk.has_work[queue] and plan.touched[queue, 0] < plan.touched[queue, 1]:
            rise += _rise(desk, plan, queue)
    return rise


@inlined
def renew(desk, plan):
    """Take over what ``aftermath`` found."""
    for queue in range(desk.has_work.shape[0]):
        if desk.has_work[queue] and plan.touched[queue, 0] < plan.touched[queue, 1]:
            for at in range(plan.touched[queue, 0], plan.settled[queue]):
                plan.backlog[queue, at] = plan.fresh_backlog[queue, at]
                plan.late_cost[queue, at] = plan.fresh_late_cost[queue, at]
                plan.ends[queue, at] = plan.fresh_ends[queue, at]
            _value(desk, plan, queue)


@inlined
def _rise(desk, plan, queue):
    """The balance of a queue from the first interval touched on; what it costs more."""
    at, stop, rise = plan.touched[queue, 0], plan.touched[queue, 1], 0.0
    backlog = plan.backlog[queue, at - 1] if at > 0 else 0.0
    while at < desk.n and (at < stop or abs(backlog - plan.backlog[queue, at - 1]) > _SAME_H):
        backlog += desk.arriving[queue, at]
        capacity = desk.interval_h * plan.effective[queue, at]
        served = min(backlog, capacity)
        late = max(0.0, backlog - served - desk.room[queue, at])
        backlog -= served + late
        cost = late * desk.late_price[queue, at] + backlog * desk.ageing_price[queue, at]
        rise += cost - plan.late_cost[queue, at]
        plan.fresh_backlog[queue, at], plan.fresh_late_cost[queue, at] = backlog, cost
        if capacity - served > _SAME_H:
            plan.fresh_ends[queue, at] = _IDLE
        elif late > _SAME_H:
            plan.fresh_ends[queue, at] = _LATE
        else:
            plan.fresh_ends[queue, at] = _WAITS if backlog > _SAME_H else _NONE_WAITS
        at += 1
    plan.settled[queue] = at
    return rise


@inlined
def _value(desk, plan, queue):
    """What an hour of capacity saves, from the last interval that changed back to where it is what it was."""
    first, at = plan.touched[queue, 0], plan.settled[queue] - 1
    carry = plan.worth[queue, at + 1] if at + 1 < desk.n else 0.0
    while at >= 0:
        if plan.ends[queue, at] == _LATE:
            carry = desk.late_price[queue, at]
        elif plan.ends[queue, at] == _WAITS:
            carry += desk.ageing_price[queue, at]
        else:
            carry = 0.0
        if at < first and carry == plan.worth[queue, at]:
            break
        plan.worth[queue, at] = carry
        at -= 1

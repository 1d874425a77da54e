# mypy: allow-untyped-defs, allow-untyped-calls
"""Deferrable work in the walk, compiled: what a change of capacity makes late, from where it begins to where the
backlog is again what it was."""

from desk.compiled import inlined

_SAME_H = 1e-9
"""Hours of work by which two backlogs may differ and be the same."""
NONE_WAITS = -1.0
"""In place of what an hour less waiting at an interval's end saves, where all is done."""


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
                plan.relief[queue, at] = plan.fresh_relief[queue, at]
            _value(desk, plan, queue)


@inlined
def _rise(desk, plan, queue):
    """The balance of a queue from the first interval touched on; what it costs more."""
    at, stop, rise = plan.touched[queue, 0], plan.touched[queue, 1], 0.0
    backlog = plan.backlog[queue, at - 1] if at > 0 else 0.0
    while at < desk.n and (at < stop or abs(backlog - plan.backlog[queue, at - 1]) > _SAME_H):
        backlog += desk.arriving[queue, at]
        backlog -= min(backlog, desk.interval_h * plan.effective[queue, at])
        overdue = max(0.0, backlog - desk.room[queue, at])
        late = min(desk.due[queue, at], overdue)
        cost = late * desk.late_price[queue, at] + backlog * desk.ageing_price[queue, at]
        rise += cost - plan.late_cost[queue, at]
        plan.fresh_backlog[queue, at], plan.fresh_late_cost[queue, at] = backlog, cost
        plan.fresh_relief[queue, at] = NONE_WAITS
        if backlog > _SAME_H:
            part = late / overdue if late > _SAME_H else 0.0
            plan.fresh_relief[queue, at] = desk.ageing_price[queue, at] + part * desk.late_price[queue, at]
        at += 1
    plan.settled[queue] = at
    return rise


@inlined
def _value(desk, plan, queue):
    """What an hour of capacity saves, from the last interval that changed back to where it is what it was."""
    first, at = plan.touched[queue, 0], plan.settled[queue] - 1
    carry = plan.worth[queue, at + 1] if at + 1 < desk.n else 0.0
    while at >= 0:
        if plan.relief[queue, at] == NONE_WAITS:
            carry = 0.0
        else:
            carry = max(carry + desk.ageing_price[queue, at], plan.relief[queue, at])
        if at < first and carry == plan.worth[queue, at]:
            break
        plan.worth[queue, at] = carry
        at -= 1

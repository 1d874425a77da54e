# mypy: allow-untyped-defs, allow-untyped-calls
"""Deferrable work in the walk, compiled: what a change of capacity makes late, from where it begins to where the
backlog is again what it was."""

from desk.compiled import inlined

_SAME_H = 1e-11
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
            for case in range(desk.arriving.shape[0]):
                rise += _rise(desk, plan, case, queue)
    return rise


@inlined
def renew(desk, plan):
    """Take over what ``aftermath`` found."""
    for queue in range(desk.has_work.shape[0]):
        if desk.has_work[queue] and plan.touched[queue, 0] < plan.touched[queue, 1]:
            first, stop = desk.n, 0
            for case in range(desk.arriving.shape[0]):
                for at in range(plan.touched[queue, 0], plan.settled[case, queue]):
                    plan.backlog[case, queue, at] = plan.fresh_backlog[case, queue, at]
                    plan.late_cost[case, queue, at] = plan.fresh_late_cost[case, queue, at]
                    plan.relief[case, queue, at] = plan.fresh_relief[case, queue, at]
                first = min(first, _value(desk, plan, case, queue))
                stop = max(stop, plan.settled[case, queue])
            for at in range(first, stop):
                plan.worth[queue, at] = 0.0
                for case in range(desk.arriving.shape[0]):
                    plan.worth[queue, at] += plan.case_worth[case, queue, at]


@inlined
def _rise(desk, plan, case, queue):
    """The balance of a queue in one case from the first interval touched on; what it costs more."""
    at, stop, rise = plan.touched[queue, 0], plan.touched[queue, 1], 0.0
    backlog = plan.backlog[case, queue, at - 1] if at > 0 else 0.0
    while at < desk.n and (at < stop or abs(backlog - plan.backlog[case, queue, at - 1]) > _SAME_H):
        backlog += desk.arriving[case, queue, at]
        backlog -= min(backlog, desk.interval_h * plan.effective[queue, at])
        overdue = max(0.0, backlog - desk.room[case, queue, at])
        late = min(desk.due[case, queue, at], overdue)
        cost = late * desk.late_price[case, queue, at] + backlog * desk.ageing_price[case, queue, at]
        rise += cost - plan.late_cost[case, queue, at]
        plan.fresh_backlog[case, queue, at], plan.fresh_late_cost[case, queue, at] = backlog, cost
        plan.fresh_relief[case, queue, at] = NONE_WAITS
        if backlog > _SAME_H:
            part = late / overdue if late > _SAME_H else 0.0
            relief = desk.ageing_price[case, queue, at] + part * desk.late_price[case, queue, at]
            plan.fresh_relief[case, queue, at] = relief
        at += 1
    plan.settled[case, queue] = at
    return rise


@inlined
def _value(desk, plan, case, queue):
    """What an hour of capacity saves in one case, from the last interval that changed back to where it is what it was;
    the first interval that was looked at."""
    first, at = plan.touched[queue, 0], plan.settled[case, queue] - 1
    carry = plan.case_worth[case, queue, at + 1] if at + 1 < desk.n else 0.0
    while at >= 0:
        if plan.relief[case, queue, at] == NONE_WAITS:
            carry = 0.0
        else:
            carry = max(carry + desk.ageing_price[case, queue, at], plan.relief[case, queue, at])
        if at < first and carry == plan.case_worth[case, queue, at]:
            break
        plan.case_worth[case, queue, at] = carry
        at -= 1
    return at + 1

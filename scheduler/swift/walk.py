# mypy: allow-untyped-defs, allow-untyped-calls
"""The walk, compiled: proposals drawn beforehand are tried one after the other at a falling temperature."""

import math

from desk.compiled import compiled, inlined
from scheduler.swift.best_seat import best_pattern
from scheduler.swift.cell import cell, piece
from scheduler.swift.kernel import missed, obey, reseat, restore, sit, switch, unseat, write
from scheduler.swift.late import aftermath, forget, renew
from scheduler.swift.proposal import GRAFT, proposed

UNKNOWN = -2
"""The pattern of a shift that takes duty and has no seat yet; -1 is that of a shift that takes none."""
_URGENCIES = (1.0, 0.6, 0.3, 0.1, 0.02)
"""Parts of its price for which an hour of deferrable work is taken when seats are chosen, drawn at every step: many
hours of one shift save less than each would alone, and the exact cost decides."""
_INFEASIBLE = 1e7
"""A rise that only a hard rule can cause."""


@inlined
def _missed_by_all(desk, plan, number):
    """What the people of a proposal miss of activities."""
    total = 0.0
    for at in range(number):
        if at == 0 or plan.who[at] != plan.who[at - 1]:
            total += missed(desk, plan, plan.who[at])
    return total


@inlined
def _tried(desk, law, plan, number, limit, is_told):
    """Try a proposal, with its own seats or the best; what it costs more, where kept, else 0."""
    rise = switch(desk, law, plan, number)
    if rise > _INFEASIBLE:
        restore(desk, law, plan, number)
        return 0.0
    forget(desk, plan)
    rise += reseat(desk, plan, number, is_told)
    rise += aftermath(desk, plan)
    rise -= _missed_by_all(desk, plan, number)
    write(plan, number, plan.new, plan.fit)
    rise += _missed_by_all(desk, plan, number)
    if rise <= limit:
        renew(desk, plan)
        return rise
    write(plan, number, plan.old, plan.seat)
    unseat(desk, plan, number)
    restore(desk, law, plan, number)
    return 0.0


@compiled
def walk(desk, law, plan, draws, chances, temperatures, cost):
    """Try one proposal after the other; the cost afterwards.

    ``draws`` are random whole numbers, shape (steps, 7), the first of each the kind; ``chances`` are uniform in (0, 1).
    """
    for step in range(len(draws)):
        number = proposed(desk, plan, draws[step])
        plan.urgency[0] = _URGENCIES[draws[step, 5] // 64 % 5]
        if number > 0:
            limit = -temperatures[step] * math.log(chances[step])
            cost += _tried(desk, law, plan, number, limit, draws[step, 0] == GRAFT)
    return cost


@compiled
def go_to(desk, law, plan, shift, pattern):
    """Make the plan another one, whatever that costs."""
    number = 0
    for person in range(plan.shift.shape[0]):
        for at in range(plan.shift.shape[1]):
            if plan.shift[person, at] != shift[person, at] or plan.pattern[person, at] != pattern[person, at]:
                plan.who[number], plan.day[number] = person, at
                plan.old[number], plan.new[number] = plan.shift[person, at], shift[person, at]
                plan.told[number] = pattern[person, at]
                number += 1
    switch(desk, law, plan, number)
    forget(desk, plan)
    reseat(desk, plan, number, True)
    aftermath(desk, plan)
    write(plan, number, plan.new, plan.fit)
    renew(desk, plan)


@compiled
def settle(desk, law, plan):
    """Count everybody's shifts and seats, on top of those of the eve; who has no pattern yet gets the best one."""
    for queue in range(plan.cell.shape[0]):
        for at in range(desk.n):
            plan.piece[queue, at] = left = piece(desk, queue, at, 0, plan.effective[queue, at])
            plan.cell[queue, at] = cell(desk, queue, at, left, plan.effective[queue, at], plan.heads[queue, at])
    for missing in (False, True):
        for person in range(plan.shift.shape[0]):
            for day in range(plan.shift.shape[1]):
                shift, pattern = plan.shift[person, day], plan.pattern[person, day]
                if shift >= 0 and (pattern == UNKNOWN) == missing:
                    obey(law, plan, desk, person, day, shift, 1.0)
                    if missing:
                        plan.pattern[person, day] = pattern = best_pattern(desk, plan, person, day, shift)
                    sit(desk, plan, person, day, shift, pattern, 1.0)
    for queue in range(desk.has_work.shape[0]):
        plan.touched[queue, 0], plan.touched[queue, 1] = 0, desk.n
    aftermath(desk, plan)
    renew(desk, plan)

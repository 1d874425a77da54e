# mypy: allow-untyped-defs, allow-untyped-calls
"""The best way to spend a shift, compiled: where the break goes, and which role when."""

import numpy as np

from desk.compiled import inlined
from scheduler.swift.cell import cell, piece

_NEVER = -1e12
FEW = 2
"""Switches up to which the best pattern is found by its cuts; with more, each pattern is looked at."""


@inlined
def _worth(desk, plan, person, day, shift):
    """Fill ``plan.sums``: what the person would save in each role up to each interval of the shift, hours of work taken
    for a part (``plan.urgency``) of what each saves alone; whether an interval is at an activity."""
    urgency = plan.urgency[0]
    first, length, absent = desk.first[day, shift], desk.stop[day, shift] - desk.first[day, shift], False
    for role in range(desk.roles[person]):
        queue, speed = desk.queue[person, role], desk.speed[person, role]
        plan.sums[role, 0] = 0.0
        for place in range(length):
            at = first + place
            gain = 0.0
            if 0 <= at < desk.n:
                if desk.has_away and desk.away[person, at]:
                    absent = True
                else:
                    more = plan.effective[queue, at] + speed
                    left = piece(desk, queue, at, plan.piece[queue, at], more)
                    after = cell(desk, queue, at, left, more, plan.heads[queue, at] + 1)
                    gain = plan.cell[queue, at] - after + urgency * desk.interval_h * speed * plan.worth[queue, at]
                    if desk.has_barred:
                        gain -= desk.barred[person, at, role]
            plan.sums[role, place + 1] = plan.sums[role, place] + gain
    return absent


@inlined
def _is_absent(desk, person, first, begin, end):
    """Whether any of these intervals of a shift falls into an activity."""
    falls = False
    for at in range(max(0, first + begin), min(desk.n, first + end)):
        falls |= desk.away[person, at]
    return falls


@inlined
def _listed(desk, plan, person, first, bank, absent):
    """The best pattern of a bank, by looking at each."""
    best, most = desk.bank_at[bank], -np.inf
    for pattern in range(desk.bank_at[bank], desk.bank_at[bank + 1]):
        value = -desk.charge[pattern]
        for run in range(desk.run_at[pattern], desk.run_at[pattern + 1]):
            role = desk.run_role[run]
            if role >= 0:
                value += plan.sums[role, desk.run_to[run]] - plan.sums[role, desk.run_from[run]]
        for run in range(desk.run_at[pattern], desk.run_at[pattern + 1]) if absent else range(0):
            if desk.run_role[run] < 0 and _is_absent(desk, person, first, desk.run_from[run], desk.run_to[run]):
                value += _NEVER
        if value > most:
            best, most = pattern, value
    return best


@inlined
def _up_to(desk, plan, bank, start, role, worked):
    """What a role saves in the first intervals worked, with the break at ``start``."""
    if worked <= start:
        return plan.sums[role, worked]
    rest = desk.break_len[bank]
    return plan.sums[role, worked + rest] - plan.sums[role, start + rest] + plan.sums[role, start]


@inlined
def _other(plan, row, roles, role):
    """The role but ``role`` of which ``plan.ahead`` says most."""
    best = -1
    for own in range(roles):
        if own != role and (best < 0 or plan.ahead[row, own] > plan.ahead[row, best]):
            best = own
    return best


@inlined
def _try_cut(desk, plan, bank, start, cut, switches, charge):
    """The last role begins at ``cut``, after ``switches`` changes; ``plan.ahead``: what each role before it saved."""
    roles, worked = desk.bank_roles[bank], desk.worked[bank]
    for role in range(roles):
        before = _other(plan, switches - 1, roles, role)
        value = plan.ahead[switches - 1, before] - switches * desk.switch_price - charge
        value += _up_to(desk, plan, bank, start, role, worked) - _up_to(desk, plan, bank, start, role, cut)
        if value > plan.most[0]:
            plan.most[0] = value
            plan.found[0], plan.found[1] = switches, start
            plan.found[2], plan.found[3] = cut, role
            plan.found[4], plan.found[5] = before, 0
            plan.found[6] = 0
            if switches == FEW:
                plan.found[5], plan.found[6] = plan.first_cut[before], plan.first_role[before]


@inlined
def _cuts(desk, plan, bank, start, charge):
    """The best pattern with the break at ``start``: without a switch, with one, with two."""
    roles, worked, block = desk.bank_roles[bank], desk.worked[bank], desk.least_block[bank]
    for role in range(roles):
        value = _up_to(desk, plan, bank, start, role, worked) - charge
        if value > plan.most[0]:
            plan.most[0] = value
            plan.found[0], plan.found[1] = 0, start
            plan.found[2], plan.found[3] = 0, role
        plan.opened[role] = -np.inf
    if roles == 1 or desk.most_switches[bank] == 0:
        return
    for cut in range(block, worked):
        for role in range(roles):
            plan.ahead[0, role] = _up_to(desk, plan, bank, start, role, cut)
        _try_cut(desk, plan, bank, start, cut, 1, charge)
        if desk.most_switches[bank] == 1 or cut < 2 * block:
            continue
        for role in range(roles):
            opens = cut - block
            best, most = -1, -np.inf
            for own in range(roles):
                if own != role:
                    value = _up_to(desk, plan, bank, start, own, opens)
                    if value > most:
                        best, most = own, value
            most -= _up_to(desk, plan, bank, start, role, opens)
            if most > plan.opened[role]:
                plan.opened[role], plan.first_cut[role], plan.first_role[role] = most, opens, best
            plan.ahead[1, role] = plan.opened[role] + plan.ahead[0, role]
        _try_cut(desk, plan, bank, start, cut, 2, charge)


@inlined
def _by_cuts(desk, plan, person, first, bank, absent):
    """The best pattern of a bank, by the best cuts between its roles for each break; every block but the last is long
    enough."""
    plan.most[0], best_break = -np.inf, 0
    begin, end, rest = desk.break_at[bank], desk.break_at[bank + 1], desk.break_len[bank]
    for number in range(begin, end):
        before, charge, start = plan.most[0], desk.break_fee[number], desk.break_start[number]
        if absent and rest > 0 and _is_absent(desk, person, first, start, start + rest):
            charge -= _NEVER
        _cuts(desk, plan, bank, start, charge)
        if plan.most[0] > before:
            best_break = number - begin
    worked, roles = desk.worked[bank], desk.bank_roles[bank]
    cut1, cut2, role0, role1, role2 = 0, 0, plan.found[3], 0, 0
    if plan.found[0] == 1:
        cut1, role0, role1 = plan.found[2], plan.found[4], plan.found[3]
    elif plan.found[0] == FEW:
        cut1, cut2 = plan.found[5], plan.found[2]
        role0, role1, role2 = plan.found[6], plan.found[4], plan.found[3]
    place = ((((cut1 * worked + cut2) * roles) + role0) * roles + role1) * roles + role2
    return desk.bank_at[bank] + best_break * desk.sequences[bank] + desk.place[desk.place_at[bank] + place]


@inlined
def best_pattern(desk, plan, person, day, shift):
    """The best way to spend a shift, given everybody who sits now; -1 where it takes no duty."""
    bank = desk.bank[desk.roles[person], day, shift]
    if bank < 0:
        return -1
    absent = _worth(desk, plan, person, day, shift)
    if desk.sequences[bank] > 0:
        return _by_cuts(desk, plan, person, desk.first[day, shift], bank, absent)
    return _listed(desk, plan, person, desk.first[day, shift], bank, absent)

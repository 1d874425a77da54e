# mypy: allow-untyped-defs, allow-untyped-calls
"""The best way to spend a shift, compiled: where the break goes, and which role when."""

import numpy as np

from desk.compiled import apart, inlined
from scheduler.swift.cell import cell, piece

_NEVER = -1e12
FEW = 2
"""Switches up to which the best pattern is found by its cuts; with more, each pattern is looked at."""


@inlined
def _worth(desk, plan, person, day, shift):
    """Fill ``plan.cuts.sums``: what the person would save in each role up to each interval of the shift, hours of work
    taken for a part (``plan.urgency``) of what each saves alone; whether an interval is at an activity."""
    urgency = plan.urgency[0]
    first, length, absent = desk.first[day, shift], desk.stop[day, shift] - desk.first[day, shift], False
    for role in range(desk.roles[person]):
        queue, speed = desk.queue[person, role], desk.speed[person, role]
        plan.cuts.sums[role, 0] = 0.0
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
            plan.cuts.sums[role, place + 1] = plan.cuts.sums[role, place] + gain
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
                value += plan.cuts.sums[role, desk.run_to[run]] - plan.cuts.sums[role, desk.run_from[run]]
        for run in range(desk.run_at[pattern], desk.run_at[pattern + 1]) if absent else range(0):
            if desk.run_role[run] < 0 and _is_absent(desk, person, first, desk.run_from[run], desk.run_to[run]):
                value += _NEVER
        if value > most:
            best, most = pattern, value
    return best


@inlined
def _up_to(sums, start, rest, role, worked):
    """What a role saves in the first intervals worked, with a break of ``rest`` at ``start``."""
    if worked <= start:
        return sums[role, worked]
    return sums[role, worked + rest] - sums[role, start + rest] + sums[role, start]


@inlined
def _most_ahead(plan, switches, roles, role):
    """The role but ``role`` that saved most before a cut, with one switch fewer than ``switches``."""
    best = -1
    for own in range(roles):
        if own != role and (best < 0 or plan.ahead[switches - 1, own] > plan.ahead[switches - 1, best]):
            best = own
    return best


@apart
def cut_best(plan, roles, worked, block, switches, start, rest, price, charge):
    """The best pattern with the break at ``start``, where it beats ``plan.most``: without a switch, with one, with two.

    ``plan.ahead`` says what each role saved up to a cut that it comes to with none or one switch; ``plan.opened`` the
    most that a role's beginning after a first cut saves, less what the role would have saved up to there.
    """
    found, sums, is_better = plan.found, plan.sums, False
    for role in range(roles):
        value = _up_to(sums, start, rest, role, worked) - charge
        if value > plan.most[0]:
            plan.most[0], is_better = value, True
            found[0], found[1], found[2], found[3], found[4] = 0, 0, role, 0, 0
        plan.opened[role] = -np.inf
    for cut in range(block, worked if roles > 1 and switches > 0 else 0):
        last = 1
        for role in range(roles):
            plan.ahead[0, role] = _up_to(sums, start, rest, role, cut)
        if switches > 1 and cut >= 2 * block:
            last, opens = 2, cut - block
            for role in range(roles):
                plan.before[role] = _up_to(sums, start, rest, role, opens)
            for role in range(roles):
                for own in range(roles):
                    value = plan.before[own] - plan.before[role]
                    if own != role and value > plan.opened[role]:
                        plan.opened[role], plan.first_cut[role], plan.first_role[role] = value, opens, own
                plan.ahead[1, role] = plan.opened[role] + plan.ahead[0, role]
        for count in range(1, last + 1):
            for role in range(roles):
                other = _most_ahead(plan, count, roles, role)
                value = plan.ahead[count - 1, other] - plan.ahead[0, role] - count * price - charge
                value += _up_to(sums, start, rest, role, worked)
                if value > plan.most[0]:
                    plan.most[0], is_better = value, True
                    if count == 1:
                        found[0], found[1], found[2], found[3], found[4] = cut, 0, other, role, 0
                    else:
                        found[0], found[1] = plan.first_cut[other], cut
                        found[2], found[3], found[4] = plan.first_role[other], other, role
    return is_better


@inlined
def _by_cuts(desk, plan, person, first, bank, absent):
    """The best pattern of a bank, by the best cuts between its roles for each break; every block but the last is long
    enough."""
    scratch, best_break = plan.cuts, 0
    scratch.most[0] = -np.inf
    roles, worked, rest = desk.bank_roles[bank], desk.worked[bank], desk.break_len[bank]
    block, switches = desk.least_block[bank], desk.most_switches[bank]
    for number in range(desk.break_at[bank], desk.break_at[bank + 1]):
        charge, start = desk.break_fee[number], desk.break_start[number]
        if absent and rest > 0 and _is_absent(desk, person, first, start, start + rest):
            charge -= _NEVER
        if cut_best(scratch, roles, worked, block, switches, start, rest, desk.switch_price, charge):
            best_break = number - desk.break_at[bank]
    found = scratch.found
    place = (((found[0] * worked + found[1]) * roles + found[2]) * roles + found[3]) * roles + found[4]
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

# mypy: allow-untyped-defs, allow-untyped-calls
"""The walk, compiled: proposals drawn beforehand are tried one after the other at a falling temperature."""

import math

from desk.compiled import compiled, inlined
from scheduler.swift.best_seat import best_pattern
from scheduler.swift.cell import cell, piece
from scheduler.swift.kernel import missed, obey, reseat, restore, sit, switch, unseat, write
from scheduler.swift.late import aftermath, forget, renew

SET, MOVE, EXCHANGE, SEATS, RUN, COPY, TURN = range(7)
"""Kinds of proposals: another shift or a day off, now and then with new breaks and roles of a colleague; a day's work
moved to a day off; some days of two people exchanged; breaks and roles of a few people of a day; one shift on all days
worked of a run of days; some days as another person has them; some days turned round, the last ones first. The last two
keep blocks of days whole."""
_LONGEST_STRETCH = 14
"""Days that the last two take at most."""
_WITH_COLLEAGUE = 4
"""Proposals of the first kind to one that seats a colleague anew: a short shift may pay only where a break moves."""
UNKNOWN = -2
"""The pattern of a shift that takes duty and has no seat yet; -1 is that of a shift that takes none."""
_URGENCIES = (1.0, 0.6, 0.3, 0.1, 0.02)
"""Parts of its price for which an hour of deferrable work is taken when seats are chosen, drawn at every step: many
hours of one shift save less than each would alone, and the exact cost decides."""
_INFEASIBLE = 1e7
"""A rise that only a hard rule can cause."""


@inlined
def _put(desk, plan, number, person, day, after):
    """One more change of a proposal, where it is one and may be; the number of changes."""
    before = plan.shift[person, day]
    if before == after or (after >= 0 and desk.column[person, day, after] < 0):
        return number
    plan.who[number], plan.day[number], plan.old[number], plan.new[number] = person, day, before, after
    return number + 1


@inlined
def _drawn_shift(desk, person, day, draw):
    """A shift that the person may work on the day; -1 where there is none."""
    begin, end = desk.option_at[person, day], desk.option_at[person, day + 1]
    if begin == end:
        return -1
    return desk.option[begin + draw % (end - begin)]


@inlined
def _set(desk, plan, person, day, draw):
    if draw % 4 == 0 and plan.shift[person, day] >= 0:
        return _put(desk, plan, 0, person, day, -1)
    return _put(desk, plan, 0, person, day, _drawn_shift(desk, person, day, draw // 4))


@inlined
def _move(desk, plan, person, day, other_day, draw):
    shift, resting = plan.shift[person, day], plan.shift[person, other_day]
    if (shift >= 0) == (resting >= 0):
        return 0
    if shift < 0:
        day, other_day, shift = other_day, day, resting
    number = _put(desk, plan, 0, person, day, -1)
    if draw % 3 == 0 or desk.column[person, other_day, shift] < 0:
        shift = _drawn_shift(desk, person, other_day, draw // 3)
    return _put(desk, plan, number, person, other_day, shift) if shift >= 0 else 0


@inlined
def _exchange(desk, plan, person, other, day, length):
    end, number = min(plan.shift.shape[1], day + length), 0
    for at in range(day, end):
        mine, theirs = plan.shift[person, at], plan.shift[other, at]
        if mine >= 0 and desk.column[other, at, mine] < 0:
            return 0
        if theirs >= 0 and desk.column[person, at, theirs] < 0:
            return 0
    for at in range(day, end):
        number = _put(desk, plan, number, person, at, plan.shift[other, at])
    for at in range(day, end):
        number = _put(desk, plan, number, other, at, plan.shift[person, at])
    return number


@inlined
def _seats(desk, plan, number, person, day, few, draw):
    people = desk.movable.shape[0]
    for step in range(min(people, 4 * few)):
        who = desk.movable[(person + step * (1 + draw % people)) % people]
        if plan.shift[who, day] >= 0 and plan.pattern[who, day] >= 0 and number < few:
            known = False
            for at in range(number):
                known |= plan.who[at] == who
            if not known:
                plan.who[number], plan.day[number] = who, day
                plan.old[number] = plan.new[number] = plan.shift[who, day]
                number += 1
    return number


@inlined
def _run(desk, plan, person, day, length, draw):
    shift, number = _drawn_shift(desk, person, day, draw), 0
    if shift >= 0:
        for at in range(day, min(plan.shift.shape[1], day + length)):
            if plan.shift[person, at] >= 0:
                number = _put(desk, plan, number, person, at, shift)
    return number


@inlined
def _copy(desk, plan, person, other, day, end):
    number = 0
    for at in range(day, end):
        theirs = plan.shift[other, at]
        if theirs >= 0 and desk.column[person, at, theirs] < 0:
            return 0
        number = _put(desk, plan, number, person, at, theirs)
    return number


@inlined
def _turn(desk, plan, person, day, end, draw):
    length, number = end - day, 0
    if length < 2:
        return 0
    by = (1, 1, length - 1, 1 + draw // 4 % (length - 1))[draw % 4]
    for at in range(day, end):
        shift = plan.shift[person, day + (at - day + by) % length]
        if shift >= 0 and desk.column[person, at, shift] < 0:
            return 0
        number = _put(desk, plan, number, person, at, shift)
    return number


@inlined
def _proposed(desk, plan, draw):
    """Write a proposal down; the number of its changes, 0 where there is nothing to try."""
    people, days = desk.movable.shape[0], plan.shift.shape[1]
    person, other = desk.movable[draw[1] % people], desk.movable[draw[2] % people]
    day, other_day, length = draw[3] % days, draw[4] % days, 1 + draw[5] % min(7, days)
    if draw[0] == SET:
        number = _set(desk, plan, person, day, draw[6])
        if number > 0 and draw[5] % _WITH_COLLEAGUE == 0:
            return _seats(desk, plan, number, draw[2] % people, day, number + 1, draw[4])
        return number
    if draw[0] == MOVE:
        return _move(desk, plan, person, day, other_day, draw[6])
    if draw[0] == EXCHANGE:
        return _exchange(desk, plan, person, other, day, length) if person != other else 0
    if draw[0] == SEATS:
        return _seats(desk, plan, 0, draw[1] % people, day, 1 + draw[5] % 4, draw[6])
    if draw[0] == RUN:
        return _run(desk, plan, person, day, length, draw[6])
    end = min(days, day + 2 + draw[5] % (_LONGEST_STRETCH - 1))
    if draw[0] == COPY:
        return _copy(desk, plan, person, other, day, end) if person != other else 0
    return _turn(desk, plan, person, day, end, draw[6])


@inlined
def _missed_by_all(desk, plan, number):
    """What the people of a proposal miss of activities."""
    total = 0.0
    for at in range(number):
        if at == 0 or plan.who[at] != plan.who[at - 1]:
            total += missed(desk, plan, plan.who[at])
    return total


@inlined
def _tried(desk, law, plan, number, limit):
    """Try a proposal; what it costs more, where kept, else 0."""
    rise = switch(desk, law, plan, number)
    if rise > _INFEASIBLE:
        restore(desk, law, plan, number)
        return 0.0
    forget(desk, plan)
    rise += reseat(desk, plan, number)
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
        number = _proposed(desk, plan, draws[step])
        plan.urgency[0] = _URGENCIES[draws[step, 5] // 64 % 5]
        if number > 0:
            limit = -temperatures[step] * math.log(chances[step])
            cost += _tried(desk, law, plan, number, limit)
    return cost


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

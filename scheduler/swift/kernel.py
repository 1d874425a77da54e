# mypy: allow-untyped-defs, allow-untyped-calls
"""The search, compiled: a change of a few shifts is tried, costed exactly, and kept or undone."""

from desk.compiled import inlined
from scheduler.swift.best_seat import best_pattern
from scheduler.swift.cell import cell, piece

HARD = 1e9
"""Price per unit of a hard rule: no change that breaks one is ever kept."""
_ROUNDING = 1e-6


@inlined
def _beyond(low, high, price, value):
    """What a row costs at a value."""
    missed = max(low - value, value - high)
    if missed <= _ROUNDING:
        return 0.0
    return missed * price


@inlined
def _feel(law, plan, row, change):
    """Move a row; what its cost rises by."""
    before = _beyond(law.low[row], law.high[row], law.price[row], plan.activity[row])
    plan.activity[row] += change
    return _beyond(law.low[row], law.high[row], law.price[row], plan.activity[row]) - before


@inlined
def obey(law, plan, desk, person, day, shift, sign):
    """Add (or take away) a shift of a person in all rules; what that costs."""
    column = law.column[person, day, shift]
    rise = sign * law.cost[column]
    for place in range(law.row_at[column], law.row_at[column + 1]):
        rise += _feel(law, plan, law.row[place], sign * law.row_factor[place])
    for place in range(law.tally_at[column], law.tally_at[column + 1]):
        tally = law.tally[place]
        before = plan.tally[tally]
        plan.tally[tally] += sign * law.tally_factor[place]
        change = plan.tally[tally] - before
        if law.is_any[tally]:
            change = (1.0 if plan.tally[tally] > 0.5 else 0.0) - (1.0 if before > 0.5 else 0.0)
        if change != 0.0:
            for own in range(law.felt_at[tally], law.felt_at[tally + 1]):
                rise += _feel(law, plan, law.felt[own], change * law.felt_factor[own])
    heads = plan.on_shift[day, shift]
    plan.on_shift[day, shift] = heads + sign
    rise += desk.shift_cost[day, shift, int(heads + sign)] - desk.shift_cost[day, shift, int(heads)]
    return rise


@inlined
def sit(desk, plan, person, day, shift, pattern, sign):
    """Add (or take away) a person's seat; what the cells and its charge cost more."""
    if pattern < 0:
        return 0.0
    first, rise = desk.first[day, shift], sign * desk.charge[pattern]
    for run in range(desk.run_at[pattern], desk.run_at[pattern + 1]):
        role = desk.run_role[run]
        if role < 0:
            continue
        queue, speed = desk.queue[person, role], desk.speed[person, role]
        begin, end = max(0, first + desk.run_from[run]), min(desk.n, first + desk.run_to[run])
        if desk.has_work[queue]:
            plan.touched[queue, 0] = min(plan.touched[queue, 0], begin)
            plan.touched[queue, 1] = max(plan.touched[queue, 1], end)
        for at in range(begin, end):
            if desk.has_away and desk.away[person, at]:
                continue
            plan.effective[queue, at] += sign * speed
            plan.heads[queue, at] += sign
            left = piece(desk, queue, at, plan.piece[queue, at], plan.effective[queue, at])
            plan.piece[queue, at] = left
            cost = cell(desk, queue, at, left, plan.effective[queue, at], plan.heads[queue, at])
            rise += cost - plan.cell[queue, at]
            plan.cell[queue, at] = cost
            if desk.has_barred:
                rise += sign * desk.barred[person, at, role]
    return rise


@inlined
def missed(desk, plan, person):
    """Price of the activities that a person at work in their windows does not attend, and of training that the line
    leaves out."""
    total = 0.0
    for activity in range(desk.meets.shape[0]):
        if desk.invited[person, activity]:
            met, session = False, desk.going[person, activity]
            fits = False
            for day in range(plan.shift.shape[1]):
                shift = plan.shift[person, day]
                if shift >= 0:
                    met |= desk.meets[activity, day, shift]
                    fits |= session >= 0 and desk.fits[session, day, shift]
            if met and not fits:
                total += desk.attendance_price
            if session >= 0 and not fits:
                total += desk.untrained_price[person, activity]
    return total


@inlined
def switch(desk, law, plan, number):
    """Make a proposal's changes to the shifts, in the rules only; what that costs."""
    rise = 0.0
    for at in range(number):
        person, day, before, after = plan.who[at], plan.day[at], plan.old[at], plan.new[at]
        if before >= 0 and before != after:
            rise += obey(law, plan, desk, person, day, before, -1.0)
        if after >= 0 and before != after:
            rise += obey(law, plan, desk, person, day, after, 1.0)
    return rise


@inlined
def restore(desk, law, plan, number):
    """Undo ``switch``."""
    for at in range(number):
        plan.old[at], plan.new[at] = plan.new[at], plan.old[at]
    switch(desk, law, plan, number)
    for at in range(number):
        plan.old[at], plan.new[at] = plan.new[at], plan.old[at]


@inlined
def reseat(desk, plan, number, is_told):
    """Give the new shifts the best seats, one after the other, or those told; what that costs."""
    rise = 0.0
    for at in range(number):
        plan.seat[at] = plan.pattern[plan.who[at], plan.day[at]]
        if plan.old[at] >= 0:
            rise += sit(desk, plan, plan.who[at], plan.day[at], plan.old[at], plan.seat[at], -1.0)
    for at in range(number):
        person, day, shift = plan.who[at], plan.day[at], plan.new[at]
        plan.fit[at] = -1
        if shift >= 0:
            plan.fit[at] = plan.told[at] if is_told else best_pattern(desk, plan, person, day, shift)
            rise += sit(desk, plan, person, day, shift, plan.fit[at], 1.0)
    return rise


@inlined
def unseat(desk, plan, number):
    """Undo ``reseat``."""
    for at in range(number):
        if plan.new[at] >= 0:
            sit(desk, plan, plan.who[at], plan.day[at], plan.new[at], plan.fit[at], -1.0)
    for at in range(number):
        if plan.old[at] >= 0:
            sit(desk, plan, plan.who[at], plan.day[at], plan.old[at], plan.seat[at], 1.0)


@inlined
def write(plan, number, shifts, patterns):
    """Note the lines and seats of a proposal."""
    for at in range(number):
        plan.shift[plan.who[at], plan.day[at]] = shifts[at]
        plan.pattern[plan.who[at], plan.day[at]] = patterns[at]

# mypy: allow-untyped-defs, allow-untyped-calls
"""The search, compiled: a change of a few shifts is tried, costed exactly, and kept or undone."""

import numpy as np

from desk.compiled import inlined

HARD = 1e9
"""Price per unit of a hard rule: no change that breaks one is ever kept."""
_ROUNDING = 1e-6
_NEVER = -1e12


@inlined
def _beyond(low, high, price, value):
    """What a row costs at a value."""
    missed = max(low - value, value - high)
    if missed <= _ROUNDING:
        return 0.0
    return missed * price


@inlined
def cell(desk, queue, at, effective, heads):
    """Cost of a queue in an interval."""
    left, right = 0, desk.agents.shape[2] - 1
    while left < right:
        middle = (left + right + 1) // 2
        if desk.agents[queue, at, middle] <= effective:
            left = middle
        else:
            right = middle - 1
    total = desk.cost[queue, at, left] + desk.slope[queue, at, left] * (effective - desk.agents[queue, at, left])
    for kind in range(desk.required.shape[0]):
        short = desk.required[kind, queue, at] - heads
        if short > 0:
            total += desk.under[kind, queue, at] * short
        else:
            total -= desk.over[kind, queue, at] * short
    return total


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
        for at in range(max(0, first + desk.run_from[run]), min(desk.n, first + desk.run_to[run])):
            if desk.has_away and desk.away[person, at]:
                continue
            plan.effective[queue, at] += sign * speed
            plan.heads[queue, at] += sign
            cost = cell(desk, queue, at, plan.effective[queue, at], plan.heads[queue, at])
            rise += cost - plan.cell[queue, at]
            plan.cell[queue, at] = cost
            if desk.has_barred:
                rise += sign * desk.barred[person, at, role]
    return rise


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
                    after = cell(desk, queue, at, plan.effective[queue, at] + speed, plan.heads[queue, at] + 1)
                    gain = plan.cell[queue, at] - after + urgency * desk.interval_h * speed * plan.worth[queue, at]
                    if desk.has_barred:
                        gain -= desk.barred[person, at, role]
            plan.sums[role, place + 1] = plan.sums[role, place] + gain
    return absent


@inlined
def _absent_break(desk, person, first, begin, end):
    """Charge of a break that falls into an activity."""
    for at in range(max(0, first + begin), min(desk.n, first + end)):
        if desk.away[person, at]:
            return _NEVER
    return 0.0


@inlined
def best_pattern(desk, plan, person, day, shift):
    """The best way to spend a shift, given everybody who sits now; -1 where it takes no duty."""
    bank = desk.bank[desk.roles[person], day, shift]
    if bank < 0:
        return -1
    absent = _worth(desk, plan, person, day, shift)
    best, most = desk.bank_at[bank], -np.inf
    for pattern in range(desk.bank_at[bank], desk.bank_at[bank + 1]):
        value = -desk.charge[pattern]
        for run in range(desk.run_at[pattern], desk.run_at[pattern + 1]):
            role = desk.run_role[run]
            if role >= 0:
                value += plan.sums[role, desk.run_to[run]] - plan.sums[role, desk.run_from[run]]
            elif absent:
                value += _absent_break(desk, person, desk.first[day, shift], desk.run_from[run], desk.run_to[run])
        if value > most:
            best, most = pattern, value
    return best


@inlined
def _late(desk, plan, queue):
    """Cost of work that waits or becomes late in a queue; its worth per hour is kept beside it."""
    backlog, cost = 0.0, 0.0
    for at in range(desk.n):
        backlog += desk.arriving[queue, at]
        capacity = desk.interval_h * plan.effective[queue, at]
        served = min(backlog, capacity)
        late = max(0.0, backlog - served - desk.room[queue, at])
        backlog -= served + late
        cost += late * desk.late_price[queue, at] + backlog * desk.ageing_price[queue, at]
        plan.waits[at] = (
            -1.0 if capacity - served > 1e-9 else (2.0 if late > 1e-9 else (1.0 if backlog > 1e-9 else 0.0))
        )
    carry = 0.0
    for at in range(desk.n - 1, -1, -1):
        if plan.waits[at] == 2.0:
            carry = desk.late_price[queue, at]
        elif plan.waits[at] <= 0.0:
            carry = 0.0
        else:
            carry += desk.ageing_price[queue, at]
        plan.fresh[queue, at] = carry
    return cost


@inlined
def missed(desk, plan, person):
    """Price of the activities that a person at work in their windows does not attend."""
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
def reseat(desk, plan, number):
    """Give the new shifts the best seats, one after the other; what that costs."""
    rise = 0.0
    for at in range(number):
        plan.seat[at] = plan.pattern[plan.who[at], plan.day[at]]
        if plan.old[at] >= 0:
            rise += sit(desk, plan, plan.who[at], plan.day[at], plan.old[at], plan.seat[at], -1.0)
    for at in range(number):
        person, day, shift = plan.who[at], plan.day[at], plan.new[at]
        plan.fit[at] = -1
        if shift >= 0:
            plan.fit[at] = best_pattern(desk, plan, person, day, shift)
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
def aftermath(desk, plan):
    """What late work and missed activities cost more; the lines are those after the change."""
    rise = 0.0
    for queue in range(desk.has_work.shape[0]):
        if desk.has_work[queue]:
            plan.fresh_late[queue] = _late(desk, plan, queue)
            rise += plan.fresh_late[queue] - plan.late[queue]
    return rise


@inlined
def write(plan, number, shifts, patterns):
    """Note the lines and seats of a proposal."""
    for at in range(number):
        plan.shift[plan.who[at], plan.day[at]] = shifts[at]
        plan.pattern[plan.who[at], plan.day[at]] = patterns[at]

# mypy: allow-untyped-defs, allow-untyped-calls
"""Proposals of the walk, compiled: a few shifts, or seats, to be changed at once."""

from desk.compiled import inlined

SET, MOVE, EXCHANGE, SEATS, RUN, COPY, TURN, TWO, GRAFT = range(9)
"""Kinds of proposals: another shift or a day off, now and then with new breaks and roles of a colleague; a day's work
moved to a day off; some days of two people exchanged; breaks and roles of a few people of a day; one shift on all days
worked of a run of days; some days as another person has them; some days turned round, the last ones first; other
shifts or a day off for two people of a day; some days of everybody as in another good plan. The sixth and seventh keep
blocks of days whole."""
_LONGEST_STRETCH = 14
"""Days that these two take at most."""
_WITH_COLLEAGUE = 4
"""Proposals of other shifts to one that seats a colleague anew: a short shift may pay only where a break moves."""
_MOST_GRAFTED = 4
"""Days that are taken from another plan at most."""


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
def _drawn(desk, plan, number, person, day, draw):
    if draw % 3 == 0 and plan.shift[person, day] >= 0:
        return _put(desk, plan, number, person, day, -1)
    shift = _drawn_shift(desk, person, day, draw // 3)
    return _put(desk, plan, number, person, day, shift) if shift >= 0 else number


@inlined
def _two(desk, plan, person, other, day, draw):
    number = _drawn(desk, plan, 0, person, day, draw)
    return _drawn(desk, plan, number, other, day, draw // 1024) if number > 0 else 0


@inlined
def _graft(desk, plan, good, day, end):
    number = 0
    for person in desk.movable:
        for at in range(day, end):
            after, seat = plan.good_shift[good, person, at], plan.good_pattern[good, person, at]
            if plan.shift[person, at] != after or plan.pattern[person, at] != seat:
                plan.who[number], plan.day[number] = person, at
                plan.old[number], plan.new[number], plan.told[number] = plan.shift[person, at], after, seat
                number += 1
    return number


@inlined
def proposed(desk, plan, draw):
    """Write a proposal down; the number of its changes, 0 where there is nothing to try."""
    people, days = desk.movable.shape[0], plan.shift.shape[1]
    person, other = desk.movable[draw[1] % people], desk.movable[draw[2] % people]
    day, other_day, length = draw[3] % days, draw[4] % days, 1 + draw[5] % min(7, days)
    if draw[0] == SET or (draw[0] == TWO and person != other):
        is_one = draw[0] == SET
        number = _set(desk, plan, person, day, draw[6]) if is_one else _two(desk, plan, person, other, day, draw[6])
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
    if draw[0] == GRAFT:
        good = plan.good_shift.shape[0]
        return _graft(desk, plan, draw[1] % good, day, min(days, day + 1 + draw[5] % _MOST_GRAFTED)) if good > 0 else 0
    end = min(days, day + 2 + draw[5] % (_LONGEST_STRETCH - 1))
    if draw[0] == COPY:
        return _copy(desk, plan, person, other, day, end) if person != other else 0
    return _turn(desk, plan, person, day, end, draw[6]) if draw[0] == TURN else 0

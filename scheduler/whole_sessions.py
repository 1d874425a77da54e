"""The last look at activities: a session is attended whole or not at all, and nobody takes a queue untrained who could
do something else."""

from collections.abc import Mapping
from dataclasses import replace

from scheduler.activity import Activity
from scheduler.board import AWAY
from scheduler.crew import Crew
from scheduler.facts import Shift

_MOST_LINES = 3
"""Lines that somebody who sits untrained is given, one after the other."""


def keep_sessions_whole(crew: Crew) -> None:
    """Who could attend a session in part only misses it and keeps to the queues; who would sit untrained gets the best
    line and seats that avoid it, where the hard rules know one; so does everybody where time ended before there was a
    session."""
    activities = crew.attendance.activities
    for code in sorted({code for own in activities for code in own.who} & crew.choices.keys() & crew.solos.keys()):
        crew.give_back(code, crew.take(code))
        _drop_parts(crew, code)
        if crew.board.is_barred(code):
            _seat_anew(crew, code, crew.attendance.plan_of(code))
        for _ in range(_MOST_LINES):
            if not crew.board.is_barred(code):
                break
            held = crew.take(code)
            crew.insert(code, held.choice)
            _drop_parts(crew, code)
        if crew.board.is_barred(code):
            _leave_untrained(crew, code)
    if activities:
        crew.cost = crew.measured()


def _leave_untrained(crew: Crew, code: str) -> None:
    """Nothing but the queue to learn could be done until the session: the best line without it, where that keeps the
    person from the queue."""
    held = crew.take(code)
    plan = {name: start for name, start in held.sessions.items() if not crew.attendance.trains(code, name)}
    crew.send(code, plan)
    crew.seat_carried(code)
    crew.insert(code, held.choice)
    if crew.board.is_barred(code):
        crew.give_back(code, held)


def _drop_parts(crew: Crew, code: str) -> None:
    """Keep the sessions that are attended whole, with the best seats on the same line."""
    plan = crew.attendance.plan_of(code)
    while broken := [
        own.name for own in crew.attendance.activities if own.name in plan and not _is_whole(crew, code, own)
    ]:
        del plan[broken[0]]
        if any((seat.roles == AWAY).any() for seat in crew.board.seats[code].values()):
            _seat_anew(crew, code, plan)
        else:
            crew.give_back(code, replace(crew.take(code), sessions=plan))


def _seat_anew(crew: Crew, code: str, plan: Mapping[str, int]) -> None:
    """The best seats on the same line for somebody who goes to these sessions."""
    held = crew.take(code)
    crew.send(code, plan)
    crew.seat_carried(code)
    crew.put(code, held.choice)


def _is_whole(crew: Crew, code: str, activity: Activity) -> bool:
    """Whether a person's session lies in one shift, apart from the break and from other sessions."""
    plan = crew.attendance.plan_of(code)
    start = plan[activity.name]
    others = ((own, plan[own.name]) for own in crew.attendance.activities if own.name in plan and own != activity)
    if any(at < start + activity.length and start < at + own.length for own, at in others):
        return False
    return any(
        _holds(crew, code, day, crew.facts.shifts[shift], start, activity.length)
        for day, shift in crew.choices[code].line.items()
    )


def _holds(crew: Crew, code: str, day: int, shift: Shift, start: int, length: int) -> bool:
    span, roles = crew.board.grid.span(day, shift), crew.board.seats[code][day].roles
    if not shift.takes_duty or start < span.first or start + length > span.stop:
        return False
    return not len(roles) or bool((roles[start - span.first : start - span.first + length] == AWAY).all())

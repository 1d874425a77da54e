"""Chooses when briefings and trainings are held, from a first roster."""

from dataclasses import replace

import numpy as np

from scheduler.activity import Activity
from scheduler.crew import Crew, Snapshot
from scheduler.facts import OFF

_WINDOWS = (0.0, 0.25, 0.5, 1.0)
"""First parts of a window in which all sessions are tried; in none of it there are none."""
_TRIED = 4
"""Times to which a session may be moved that are tried with whole seats."""


def place_activities(crew: Crew) -> None:
    """Fix the sessions of every activity, and send everybody to the one that costs least.

    Sessions are chosen one after the other, each where the people still to go who are at work then are worth more,
    at the price of missing it, than their absence costs. The search may move them and send people elsewhere later.
    What grants a skill is worth more the sooner it is known, and more than missing it costs: the first parts of its
    window are tried alone as well, and none. Activities that have sessions keep them.
    """
    for activity in crew.attendance.activities:
        if not crew.attendance.sessions[activity.name]:
            parts = _WINDOWS if activity.grants else _WINDOWS[-1:]
            best = min((_placed(crew, activity, part) for part in parts), key=lambda own: own[0].cost)
            crew.attendance.sessions[activity.name] = best[1]
            crew.restore(best[0])
    crew.cost = crew.measured()


def _placed(crew: Crew, activity: Activity, part: float) -> tuple[Snapshot, list[int]]:
    """The plan with sessions in the first part of the window, and their starts; the crew stays as it is."""
    before = crew.snapshot()
    stop = activity.first + max(activity.length, round(part * (activity.stop - activity.first)))
    sessions = crew.attendance.sessions[activity.name] = _chosen(crew, replace(activity, stop=stop)) if part else []
    for code in sorted(activity.who & crew.choices.keys()):
        crew.attend_best(code, activity.name)
    crew.cost = crew.measured()
    after = crew.snapshot()
    crew.attendance.sessions[activity.name] = []
    crew.restore(before)
    return after, sessions


def attend_anew(crew: Crew) -> None:
    """Move sessions to times that cost less, and send everybody to the one that costs least with the line that stands,
    or to none where missing it costs less; nothing changes where that is no gain in all."""
    before = crew.snapshot()
    sessions = {name: list(own) for name, own in crew.attendance.sessions.items()}
    for activity in crew.attendance.activities:
        for start in list(crew.attendance.sessions[activity.name]):
            _move(crew, activity, start)
        for code in sorted(activity.who & crew.choices.keys()):
            crew.attend_best(code, activity.name, may_miss=True)
    crew.cost = crew.measured()
    if crew.cost > before.cost:
        crew.attendance.sessions.update(sessions)
        crew.restore(before)


def _move(crew: Crew, activity: Activity, start: int) -> None:
    """Hold a session at another time at which all who attend are at work, where that costs less: the few at which their
    absence costs least at once are tried."""
    sessions = crew.attendance.sessions[activity.name]
    sent = sorted(code for code, own in crew.attendance.going[activity.name].items() if own == start)
    possible = {code: _possible(crew, activity, code) for code in sent}
    people = [code for code, own in possible.items() if start in own]
    free = [possible[code] - _taken(crew, activity, code) for code in people]
    times = sorted(frozenset.intersection(*free) - set(sessions)) if free else []
    absence = {at: crew.board.absence_cost(people, np.arange(at, at + activity.length)) for at in times}
    cost = crew.measured()
    for at in sorted(times, key=lambda own: absence[own])[:_TRIED]:
        held = {code: crew.take(code) for code in people}
        for code, own in held.items():
            crew.send(code, {**own.sessions, activity.name: at})
            crew.put(code, own.choice)
        if crew.measured() < cost:
            sessions[sessions.index(start)] = at
            return
        for code, own in held.items():
            crew.give_back(code, own)


def _taken(crew: Crew, activity: Activity, code: str) -> frozenset[int]:
    """Starts at which a person is at a session of another activity for a part of the time."""
    plan = crew.attendance.plan_of(code)
    others = [(own, plan[own.name]) for own in crew.attendance.activities if own.name in plan and own != activity]
    spans = (range(at - activity.length + 1, at + own.length) for own, at in others)
    return frozenset(at for span in spans for at in span)


def _chosen(crew: Crew, activity: Activity) -> list[int]:
    """Starts of the sessions; each is to take its part of the people still to go, the least flexible first."""
    waiting = {code: _possible(crew, activity, code) for code in sorted(activity.who & crew.choices.keys())}
    waiting = {code: own for code, own in waiting.items() if own}
    starts: list[int] = []
    for left in range(activity.sessions_max, 0, -1):
        part = -(-len(waiting) // left)
        worth = {at: _worth(crew, activity, at, waiting, part) for at in sorted(set().union(*waiting.values()))}
        best = max(worth, key=lambda at: worth[at], default=None)
        if best is None or (worth[best] <= 0 and not activity.grants):
            break
        starts.append(best)
        gone = _able(waiting, best)[:part]
        waiting = {code: own for code, own in waiting.items() if code not in gone}
    return starts


def _able(waiting: dict[str, frozenset[int]], at: int) -> list[str]:
    """Who could attend at ``at``, the least flexible first."""
    return sorted((code for code, own in waiting.items() if at in own), key=lambda code: len(waiting[code]))


def _possible(crew: Crew, activity: Activity, code: str) -> frozenset[int]:
    """The starts at which the person could attend with the line that stands."""
    worked = [(day, crew.facts.shifts[own]) for day, own in crew.choices[code].line.items() if own != OFF]
    spans = [crew.board.grid.span(day, shift) for day, shift in worked if shift.takes_duty]
    starts = range(activity.first, activity.stop - activity.length + 1)
    return frozenset(at for span in spans for at in starts if activity.fits(span, at))


def _worth(crew: Crew, activity: Activity, at: int, waiting: dict[str, frozenset[int]], part: int) -> float:
    """What the house saves when ``part`` of the people go then, less what their absence costs at once."""
    people = _able(waiting, at)[:part]
    absence = crew.board.absence_cost(people, np.arange(at, at + activity.length))
    return crew.attendance.price * len(people) - absence

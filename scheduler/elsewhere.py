"""Sessions held at other times, and everybody's answer to them: for desks small enough to try many."""

import numpy as np

from scheduler.activity import Activity
from scheduler.cooling import Goal
from scheduler.crew import Crew
from scheduler.placing import attend_anew
from scheduler.swift.law import Law
from scheduler.swift.pace import first_pace
from scheduler.swift.search import Swift
from scheduler.watch import Watch

_ROUNDS, _MOST_ROUNDS = 12, 200
"""Times that are tried where steps end the search, and at most where time does."""
_APART = 0.5
"""How often only one session is moved, how often people are sent to any session, and how many of them."""


def hold_elsewhere(
    crew: Crew, law: Law, goal: Goal, steps: int | None, seconds: float, rng: np.random.Generator, watch: Watch
) -> None:
    """Again and again hold an activity at times drawn anew, let everybody answer by one short cycle of the walk, and
    keep what is cheaper; the crew ends no dearer.

    Parameters
    ----------
    steps : of each cycle at most; None: as many as a first cycle takes.
    """
    possible = {own: starts for own in crew.attendance.activities if (starts := _possible(crew, own))}
    activities, until_s = list(possible), watch.elapsed_s() + seconds
    rounds = _MOST_ROUNDS if steps is None else _ROUNDS
    for _ in range(rounds if activities else 0):
        if watch.over or watch.elapsed_s() >= until_s or goal.reached(crew.cost):
            return
        before, sessions = crew.snapshot(), {name: list(own) for name, own in crew.attendance.sessions.items()}
        drawn = activities[int(rng.integers(len(activities)))]
        _hold(crew, drawn, possible[drawn], rng)
        pace = first_pace(crew, steps, is_warm=True)
        Swift(crew, law, tells=False).search(goal, pace, until_s - watch.elapsed_s(), rng, watch)
        attend_anew(crew)
        if crew.cost >= before.cost:
            crew.attendance.sessions.update(sessions)
            crew.restore(before)
        watch.incumbent = crew.cost


def _possible(crew: Crew, activity: Activity) -> list[int]:
    """The starts at which somebody who is invited may be on a shift with room for a session."""
    invited = activity.who & crew.solos.keys()
    may = {(day, shift) for code in invited for shift, own in crew.solos[code].wanted.items() for day in own}
    starts = range(activity.first, activity.stop - activity.length + 1)
    return [at for at in starts if not may.isdisjoint(crew.attendance.fitting(activity.name, at))]


def _hold(crew: Crew, activity: Activity, possible: list[int], rng: np.random.Generator) -> None:
    """Sessions at other times, and everybody in the one that costs least with the line that stands; every other time
    some people in any of them, since who goes where may have to change for several at once."""
    many = int(rng.integers(1, min(activity.sessions_max, len(possible)) + 1))
    drawn = [*map(int, rng.choice(possible, many, replace=False))]
    if rng.random() < _APART:
        stay = crew.attendance.sessions[activity.name]
        left = [*map(int, rng.permutation(np.array(stay, dtype=np.int64)))][: activity.sessions_max - 1]
        drawn = [*left, *(own for own in drawn[:1] if own not in left)]
    crew.attendance.sessions[activity.name] = sorted(drawn)
    people, apart = sorted(activity.who & crew.choices.keys()), rng.random() < _APART
    for code in map(str, rng.permutation(np.array(people))):
        if apart and rng.random() < _APART:
            _send_anywhere(crew, code, activity.name, rng)
        else:
            crew.attend_best(code, activity.name, may_miss=True)
    crew.cost = crew.measured()


def _send_anywhere(crew: Crew, code: str, name: str, rng: np.random.Generator) -> None:
    """Send a person to any session of an activity, with the best seats on the line that stands, or with the best line
    where one must attend it to be trained."""
    held = crew.take(code)
    others = {own: at for own, at in held.sessions.items() if own != name}
    free = crew.attendance.free_sessions(name, others)
    crew.send(code, {**others, name: int(rng.choice(free))} if free else others)
    if crew.attendance.trains(code, name) and not crew.attendance.is_fitting(code, name, held.choice.line):
        crew.insert(code, held.choice)
    else:
        crew.put(code, held.choice)

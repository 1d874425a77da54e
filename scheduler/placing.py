"""Places briefings and trainings: when they are held, and who goes to which session."""

import numpy as np
import numpy.typing as npt

from scheduler.activity import Activity, read_activities
from scheduler.crew import Crew
from scheduler.watch import Watch

_UNTRAINED = 1e6
"""Charge per interval for a queue that a person may not take yet: more than any interval is worth."""

Sessions = dict[str, int]
"""Agent -> interval at which the person's session starts."""


def place_activities(crew: Crew, watch: Watch) -> dict[tuple[str, int], str]:
    """Place every activity where it costs least, and seat its people around it.

    Sessions are chosen one after the other, each where most people still to go are at work and their absence costs
    least; then everybody tries each session. Whoever is cheaper missed than sent, at the price of the house, is missed.

    Returns
    -------
    (agent, interval) -> activity.
    """
    named: dict[tuple[str, int], str] = {}
    for activity in read_activities(crew.facts, crew.board.grid):
        sessions = _chosen(crew, activity)
        going: Sessions = {}
        for code in sorted(activity.who):
            if not watch.cancelled:
                _send(crew, activity, code, sessions, going)
        named |= {(code, at + step): activity.name for code, at in going.items() for step in range(activity.length)}
        _forbid(crew, activity, going)
    crew.cost = crew.measured()
    return named


def _chosen(crew: Crew, activity: Activity) -> list[int]:
    """Starts of the sessions."""
    free = {code: _possible(crew, activity, code) for code in sorted(activity.who)}
    starts: list[int] = []
    for _ in range(activity.sessions_max):
        waiting = [code for code, own in free.items() if own.any() and not own[starts].any()]
        if not waiting:
            break
        worth = [
            _worth(crew, activity, at, [code for code in waiting if free[code][at]])
            for at in range(len(free[waiting[0]]))
        ]
        best = int(np.argmax(worth))
        if worth[best] <= 0:
            break
        starts.append(best)
    return starts


def _possible(crew: Crew, activity: Activity, code: str) -> npt.NDArray[np.bool_]:
    """Per interval: whether a session that starts there fits into a shift of the person, break aside."""
    possible = np.zeros(crew.board.demand.n, dtype=np.bool_)
    length = activity.length
    for day, seat in crew.board.seats[code].items():
        span = crew.board.grid.span(day, crew.facts.shifts[seat.shift])
        first, last = max(span.first, activity.first), min(span.stop, activity.stop) - length
        for at in range(first, last + 1):
            rest = [own for own in span.breaks if own >= at + length or own + span.break_len <= at]
            possible[at] = len(seat.roles) > 0 and bool(rest or not span.breaks)
    return possible


def _worth(crew: Crew, activity: Activity, at: int, people: list[str]) -> float:
    """What the house saves by this session, less what the absence costs at once."""
    price = crew.facts.desk.settings.rules.attendance_price
    return price * len(people) - crew.board.absence_cost(people, np.arange(at, at + activity.length))


def _send(crew: Crew, activity: Activity, code: str, sessions: list[int], going: Sessions) -> None:
    """The cheapest session for one person, or none."""
    possible = _possible(crew, activity, code)
    held = crew.take(code)
    away = crew.board.away[code]
    crew.put(code, held.choice)
    price = crew.facts.desk.settings.rules.attendance_price
    best, best_cost = None, crew.board.cost() + price
    for at in [own for own in sessions if possible[own]]:
        crew.take(code)
        away[at : at + activity.length] = True
        crew.put(code, held.choice)
        away[at : at + activity.length] = False
        if crew.board.cost() < best_cost:
            best, best_cost = at, crew.board.cost()
    crew.take(code)
    if best is not None:
        going[code] = best
        away[best : best + activity.length] = True
    crew.put(code, held.choice)


def _forbid(crew: Crew, activity: Activity, going: Sessions) -> None:
    """Who is not trained yet may not take the queue; seats are chosen anew."""
    for code in sorted(activity.who) if activity.grants else ():
        skills = list(crew.facts.agents[code].skills)
        if activity.grants in skills:
            trained_at = going[code] + activity.length if code in going else crew.board.demand.n
            crew.board.forbidden[code][:trained_at, skills.index(activity.grants)] = _UNTRAINED
            crew.put(code, crew.take(code).choice)

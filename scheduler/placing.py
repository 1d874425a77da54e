"""Chooses when briefings and trainings are held, from a first roster."""

import numpy as np

from scheduler.activity import Activity
from scheduler.attendance import Attendance
from scheduler.crew import Crew
from scheduler.facts import OFF


def place_activities(crew: Crew) -> None:
    """Fix the sessions of every activity, and send everybody to the one that costs least.

    Sessions are chosen one after the other, each where the people still to go who are at work then are worth more,
    at the price of missing it, than their absence costs. The search may send people elsewhere later; the times stay.
    """
    for activity in crew.attendance.activities:
        crew.attendance.sessions[activity.name] = _chosen(crew, activity)
        for code in sorted(activity.who & crew.choices.keys()):
            crew.attend_best(code, activity.name)
    crew.cost = crew.measured()


def _chosen(crew: Crew, activity: Activity) -> list[int]:
    """Starts of the sessions."""
    waiting = {code: _possible(crew, activity, code) for code in sorted(activity.who & crew.choices.keys())}
    starts: list[int] = []
    for _ in range(activity.sessions_max):
        worth = {at: _worth(crew, activity, at, waiting) for at in sorted(set().union(*waiting.values()))}
        best = max(worth, key=lambda at: worth[at], default=None)
        if best is None or worth[best] <= 0:
            break
        starts.append(best)
        waiting = {code: own for code, own in waiting.items() if best not in own}
    return starts


def _possible(crew: Crew, activity: Activity, code: str) -> frozenset[int]:
    """The starts at which the person could attend with the line that stands."""
    agent, shifts = crew.facts.agents[code], crew.facts.shifts
    if not agent.skills:
        return frozenset()
    spans = [crew.board.grid.span(day, shifts[own]) for day, own in crew.choices[code].line.items() if own != OFF]
    starts = range(activity.first, activity.stop - activity.length + 1)
    return frozenset(at for span in spans for at in starts if activity.fits(span, at))


def _worth(crew: Crew, activity: Activity, at: int, waiting: dict[str, frozenset[int]]) -> float:
    """What the house saves by this session, less what the absence costs at once."""
    people = [code for code, own in waiting.items() if at in own]
    absence = crew.board.absence_cost(people, np.arange(at, at + activity.length))
    return crew.attendance.price * len(people) - absence

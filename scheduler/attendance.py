"""Briefings and trainings while the plan is made: when they are held, and who is to go to which session."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from scheduler.activity import Activity
from scheduler.facts import Facts
from scheduler.span import Grid, Span

Bools = npt.NDArray[np.bool_]
Shifts = tuple[int, str]
"""A day and the code of a shift."""

_UNTRAINED = 1e6
"""Charge per interval for a queue that a person may not take yet, and once for who counts as trained by a session that
the line leaves out: more than anything is worth."""


class Attendance:
    """The sessions of every activity, and everybody's session.

    Parameters
    ----------
    sessions : activity -> starts of its sessions.
    going : activity -> agent -> start of the session that the person is to attend.
    """

    def __init__(self, facts: Facts, grid: Grid, activities: Sequence[Activity]) -> None:
        self._facts, self._grid = facts, grid
        self.activities = activities
        self.price = facts.desk.settings.rules.attendance_price
        self.sessions: dict[str, list[int]] = {activity.name: [] for activity in activities}
        self.going: dict[str, dict[str, int]] = {activity.name: {} for activity in activities}
        self._fits: dict[tuple[str, int | None], frozenset[Shifts]] = {}

    def plan_of(self, code: str) -> dict[str, int]:
        """Activity -> session of one person."""
        return {name: own[code] for name, own in self.going.items() if code in own}

    def send(self, code: str, plan: Mapping[str, int]) -> None:
        """Send a person to these sessions and to no others."""
        for name, own in self.going.items():
            own.pop(code, None)
            if name in plan:
                own[code] = plan[name]

    def drawn(self, code: str, rng: np.random.Generator) -> dict[str, int]:
        """Random sessions for a person, one of each activity."""
        found: dict[str, int] = {}
        for activity in self.activities:
            free = self.free_sessions(activity.name, found) if code in activity.who else []
            if free:
                found[activity.name] = int(rng.choice(free))
        return found

    def free_sessions(self, name: str, plan: Mapping[str, int]) -> list[int]:
        """The sessions of an activity that share no time with those of other activities in a person's ``plan``."""
        length = {own.name: own.length for own in self.activities}
        taken = [range(start, start + length[other]) for other, start in plan.items() if other != name]
        return [
            start
            for start in self.sessions[name]
            if all(start + length[name] <= own.start or own.stop <= start for own in taken)
        ]

    def away(self, code: str) -> Bools:
        """The intervals in which the person is at a session, if at work then."""
        away = np.zeros(self._grid.n, dtype=np.bool_)
        for activity in self.activities:
            start = self.going[activity.name].get(code)
            if start is not None:
                away[start : start + activity.length] = True
        return away

    def forbidden(self, code: str, queues: Sequence[str]) -> npt.NDArray[np.float64]:
        """Charge per interval and queue while the person is not trained for it."""
        charge = np.zeros((self._grid.n, len(queues)))
        for activity in self.activities:
            if activity.grants in queues and code in activity.who:
                start = self.going[activity.name].get(code)
                trained_at = self._grid.n if start is None else start + activity.length
                charge[:trained_at, queues.index(activity.grants)] = _UNTRAINED
        return charge

    def worth(self, code: str) -> dict[Shifts, float]:
        """(day, shift) -> what working it saves by letting the person attend."""
        found: dict[Shifts, float] = {}
        for name, start in self.plan_of(code).items():
            saved = self.price + self.untrained_price(code, name)
            for key in self.fitting(name, start):
                found[key] = found.get(key, 0.0) + saved
        return found

    def trains(self, code: str, name: str) -> bool:
        """Whether an activity grants the person a queue."""
        own = next(activity for activity in self.activities if activity.name == name)
        return own.grants in self._facts.agents[code].skills and code in own.who

    def is_fitting(self, code: str, name: str, line: Mapping[int, str]) -> bool:
        """Whether a line lets a person go to the own session, or there is none."""
        start = self.going[name].get(code)
        return start is None or not self.fitting(name, start).isdisjoint(line.items())

    def missed_cost(self, code: str, line: Mapping[int, str]) -> float:
        """Price of the activities that a person at work in their windows does not attend, and of training that the line
        leaves out."""
        worked = line.items()
        cost = 0.0
        for activity in self.activities:
            left_out = not self.is_fitting(code, activity.name, line)
            if left_out:
                cost += self.untrained_price(code, activity.name)
            if code in activity.who and not self.meeting(activity.name).isdisjoint(worked):
                cost += self.price * (left_out or code not in self.going[activity.name])
        return cost

    def untrained_price(self, code: str, name: str) -> float:
        """What it costs to count as trained by a session that the line leaves out."""
        return _UNTRAINED if self.trains(code, name) else 0.0

    def named(self) -> dict[tuple[str, int], str]:
        """(agent, interval) -> activity."""
        return {
            (code, at): activity.name
            for activity in self.activities
            for code, start in self.going[activity.name].items()
            for at in range(start, start + activity.length)
        }

    def fitting(self, name: str, start: int) -> frozenset[Shifts]:
        """The shifts in which a session fits."""
        if (name, start) not in self._fits:
            activity = next(own for own in self.activities if own.name == name)
            self._fits[name, start] = self._where(lambda span: activity.fits(span, start))
        return self._fits[name, start]

    def meeting(self, name: str) -> frozenset[Shifts]:
        """The shifts that leave room for a session somewhere in the window."""
        if (name, None) not in self._fits:
            activity = next(own for own in self.activities if own.name == name)
            self._fits[name, None] = self._where(activity.meets)
        return self._fits[name, None]

    def _where(self, test: Callable[[Span], bool]) -> frozenset[Shifts]:
        days, shifts = range(self._facts.n_days), self._facts.shifts.values()
        seated = [shift for shift in shifts if shift.takes_duty]
        return frozenset((day, own.code) for day in days for own in seated if test(self._grid.span(day, own)))

"""What activities take from people's shifts at least: for a bound."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from scheduler.activity import Activity
from scheduler.crew import Crew
from scheduler.invitation import Invitation, Shifts
from scheduler.seating import Seating

Array = npt.NDArray[np.float64]


def invitations(
    crew: Crew, own: Sequence[Activity], seating: Seating, gains: Array, worth: Mapping[Shifts, float]
) -> list[Invitation]:
    """What the activities ``own`` of somebody take from each shift, held at its best time.

    Parameters
    ----------
    gains : what the person saves in each interval and own queue, nowhere below 0 in a window.
    worth : what each shift saves with no session.
    """
    found = []
    for activity in own:
        part = 1 / sum(_are_near(activity, other, crew) for other in own)
        away = seating.with_session(gains, activity)
        charge = {key: part * max(0.0, worth[key] - saved) for key, saved in away.items()}
        found.append(Invitation(crew.attendance.meeting(activity.name), charge, crew.attendance.price))
    return found


def _are_near(activity: Activity, other: Activity, crew: Crew) -> bool:
    """Whether one shift may hold sessions of both: each is charged a part then, since both together may take no more
    than the dearer one."""
    longest_min = max(own.end_min - own.start_min for own in crew.facts.shifts.values())
    reach = longest_min / (60 * crew.demand.interval_h)
    return activity.first < other.stop + reach and other.first < activity.stop + reach

"""How everybody stands with every activity: still to go, attended, passed, failed, missed."""

from collections.abc import Iterable, Iterator
from typing import Any, Protocol

import pandas as pd

from desk import Desk
from planner.rows import rows

PASSED, ATTENDED, FAILED, MISSED, TO_COME, UNPLACED = "passed", "attended", "failed", "missed", "to_come", "unplaced"
DONE = (PASSED, ATTENDED)
"""Who may go on: attended, and passed where there was a test."""
NOT_DONE = (FAILED, MISSED)
COLUMNS = ["activity", "agent", "name", "team", "queue", "session", "attended", "passed", "state", "invited"]


class Recorded(Protocol):
    """One record of the store: whether an agent attended an activity, and passed its test (None: not tested)."""

    @property
    def agent(self) -> str: ...
    @property
    def activity(self) -> str: ...
    @property
    def attended(self) -> bool: ...
    @property
    def passed(self) -> bool | None: ...


def standing(desk: Desk, records: Iterable[Recorded], sessions: pd.DataFrame) -> pd.DataFrame:
    """One row an activity and invited person, and one a record of somebody who is not invited (any more).

    Parameters
    ----------
    records : the newest of each person and activity.
    sessions : as `sessions_of` gives them.

    Returns
    -------
    ``activity, agent, name, team``; ``queue`` that only who passed may take (empty for none), ``session`` planned
    (its start), ``attended, passed`` (blank: not recorded, not tested) and ``state``: passed, attended (no test),
    failed, missed, to_come (a session is planned), unplaced (none is); ``invited``: whether the desk still sends
    the person there.
    """
    known = {(own.activity, own.agent): own for own in records}
    planned = {(own["activity"], code): own["start"] for own in sessions.to_dict("records") for code in own["agents"]}
    going = dict.fromkeys(_invited(desk))
    keys = dict.fromkeys([*going, *known])
    queues = {own.activity: own.grants_skill for own in rows(desk.table("activities"))}
    people = desk.table("agents").drop_duplicates("agent").set_index("agent")
    there = [key for key in keys if key[1] in people.index]
    table = [(*_row(key, known.get(key), planned.get(key), queues, people), key in going) for key in there]
    return pd.DataFrame(table, columns=COLUMNS)


def _row(key: tuple[str, str], own: Recorded | None, session: Any, queues: dict[str, Any], people: pd.DataFrame) -> Any:
    activity, agent = key
    queue = queues.get(activity)
    named = (activity, agent, people.loc[agent, "name"], people.loc[agent, "team"], "" if pd.isna(queue) else queue)
    seen = (None, None) if own is None else (own.attended, own.passed)
    return (*named, pd.NaT if session is None else session, *seen, _state(own, session))


def _state(own: Recorded | None, session: Any) -> str:
    if own is None:
        return UNPLACED if session is None else TO_COME
    if not own.attended:
        return MISSED
    return ATTENDED if own.passed is None else PASSED if own.passed else FAILED


def _invited(desk: Desk) -> Iterator[tuple[str, str]]:
    """Each activity with each person of its ``who``."""
    agents = desk.table("agents")
    for own in rows(desk.table("activities")):
        there = agents["agent"].isin(own.who) | agents["team"].isin(own.who)
        yield from ((own.activity, code) for code in agents.loc[there, "agent"])


def uninvited(desk: Desk, activity: str) -> list[str]:
    """Codes of those who can take the queue that an activity is for, and are not invited to it: nothing would keep them
    from taking it unbriefed."""
    own = desk.table("activities").set_index("activity")["grants_skill"].get(activity)
    if own is None or pd.isna(own):
        return []
    skills = desk.table("skills")
    going = {code for name, code in _invited(desk) if name == activity}
    return sorted(set(skills.loc[skills["queue"] == own, "agent"]) - going)

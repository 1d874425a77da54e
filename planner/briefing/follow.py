"""What follows from briefings for the desk: skills and certificates of who passed, no queue for who did not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from desk import Desk
from planner.briefing.standing import DONE, NOT_DONE

PROFICIENCY = 0.25
"""Who newly has a skill begins at the pace of the slowest quarter of those who have it."""


@dataclass(frozen=True, slots=True)
class Again:
    """Another session for those who failed or missed one: earliest start and latest end, by the desk's wall clock."""

    start: datetime
    end: datetime
    sessions_max: int = 1


def certified(
    desk: Desk, standing: pd.DataFrame, activity: str, again: Again | None = None, before: Desk | None = None
) -> dict[str, pd.DataFrame]:
    """Tables of the desk after an activity, as far as attendance is recorded.

    Who attended (and passed, where there was a test) has the activity among the certificates and the skill of its
    queue, and is not invited any more. Who failed or missed it is invited to another session, before whose end the
    optimiser lets them take nothing of the queue; without another session their skill is taken away. Who has no record
    yet stays as they are.

    Parameters
    ----------
    standing : as `planner.briefing.standing`.
    before : an earlier version of the desk: the queue of an activity that nobody is invited to any more, and the
        proficiencies that come back with a skill that was taken away.

    Returns
    -------
    ``activities, agents, skills``, whole, for `planner.desk_change.changed_desk`.
    """
    done, failed = settled(standing, activity)
    own = standing[(standing["activity"] == activity) & standing["invited"]]
    left = own.loc[~own["state"].isin([*DONE, *NOT_DONE]), "agent"].tolist()
    queue = _queue(desk, activity) or ("" if before is None else _queue(before, activity))
    barred = [] if again is not None else failed
    return {
        "activities": _invitations(desk, activity, left, failed, again),
        "agents": _with_certificate(desk, activity, done, failed),
        "skills": _with_skill(desk, queue, done, barred, before) if queue else desk.table("skills"),
    }


def settled(standing: pd.DataFrame, activity: str) -> tuple[list[str], list[str]]:
    """Codes of who attended (and passed), and of who failed or missed it and is still invited."""
    own = standing[standing["activity"] == activity]
    failed = own["state"].isin(NOT_DONE) & own["invited"]
    return own.loc[own["state"].isin(DONE), "agent"].tolist(), own.loc[failed, "agent"].tolist()


def pending(desk: Desk, standing: pd.DataFrame, activity: str) -> bool:
    """Whether something follows from the records that the desk does not have yet."""
    done, failed = settled(standing, activity)
    agents = desk.table("agents").drop_duplicates("agent").set_index("agent")["certificates"]
    return bool(failed) or any(activity not in _as_tuple(agents.get(code)) for code in done)


def invited(desk: Desk, row: Mapping[str, Any]) -> dict[str, pd.DataFrame]:
    """Table ``activities`` with one more, as `planner.desk_change.changed_desk` takes it."""
    known = desk.table("activities")
    return {"activities": _under(known, _timed(desk, [dict(row)]))}


def _queue(desk: Desk, activity: str) -> str:
    own = desk.table("activities").drop_duplicates("activity").set_index("activity")["grants_skill"].get(activity)
    return "" if own is None or pd.isna(own) else str(own)


def _invitations(
    desk: Desk, activity: str, left: Sequence[str], failed: Sequence[str], again: Again | None
) -> pd.DataFrame:
    """The activity for who has no record yet, and once more, under a name of its own, for who needs another session."""
    known = desk.table("activities")
    of = known["activity"] == activity
    kept = known if left else known[~of]
    who = [tuple(left) if own == activity else who for own, who in zip(kept["activity"], kept["who"], strict=True)]
    kept = kept.assign(who=pd.Series(who, index=kept.index, dtype="object"))
    if again is None or not failed or not of.any():
        return kept.reset_index(drop=True)
    own = {str(name): value for name, value in known[of].iloc[0].to_dict().items()}
    own |= {"activity": _next_name(known, activity) if left else activity, "who": tuple(failed)}
    own |= {"window_start": again.start, "window_end": again.end, "sessions_max": again.sessions_max}
    return _under(kept, _timed(desk, [own]))


def _next_name(known: pd.DataFrame, activity: str) -> str:
    """The activity's name with the first number that is free."""
    taken, number = set(known["activity"]), 2
    while f"{activity} {number}" in taken:
        number += 1
    return f"{activity} {number}"


def _with_certificate(desk: Desk, activity: str, done: Sequence[str], failed: Sequence[str]) -> pd.DataFrame:
    agents = desk.table("agents").copy()

    def held(agent: str, certificates: Any) -> tuple[str, ...]:
        others = tuple(own for own in _as_tuple(certificates) if own != activity or agent not in failed)
        return (*others, activity) if agent in done and activity not in others else others

    pairs = zip(agents["agent"], agents["certificates"], strict=True)
    agents["certificates"] = pd.Series([held(*pair) for pair in pairs], index=agents.index, dtype="object")
    return agents


def _as_tuple(own: Any) -> tuple[str, ...]:
    return tuple(own) if isinstance(own, tuple | list) else ()


def _with_skill(
    desk: Desk, queue: str, done: Sequence[str], barred: Sequence[str], before: Desk | None
) -> pd.DataFrame:
    skills = desk.table("skills")
    kept = skills[~((skills["queue"] == queue) & skills["agent"].isin(barred))].reset_index(drop=True)
    holders = skills[skills["queue"] == queue]
    missing = [code for code in done if code not in set(holders["agent"])]
    if not missing:
        return kept
    usual = float(holders["proficiency"].quantile(PROFICIENCY)) if len(holders) else 1.0 - PROFICIENCY
    earlier = skills if before is None else before.table("skills")
    level = earlier[earlier["queue"] == queue].set_index("agent")[["proficiency", "home"]].to_dict("index")
    new = [{"agent": code, "queue": queue} | level.get(code, {"proficiency": usual, "home": False}) for code in missing]
    return _under(kept, pd.DataFrame(new))


def _timed(desk: Desk, own: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows of table ``activities`` whose windows are by the desk's wall clock where they have no zone."""
    frame = pd.DataFrame({name: pd.Series([row.get(name) for row in own], dtype="object") for name in own[0]})
    for name in ("window_start", "window_end"):
        times = [pd.Timestamp(value) for value in frame[name]]
        zone = desk.settings.timezone
        zoned = [
            own if own.tzinfo else own.tz_localize(zone, ambiguous=True, nonexistent="shift_forward") for own in times
        ]
        frame[name] = pd.Series(zoned, dtype=f"datetime64[us, {zone}]")
    return frame


def _under(frame: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """``new`` below ``frame``, in its columns and types."""
    fitted = new.reindex(columns=frame.columns).astype(frame.dtypes.to_dict())
    return pd.concat([frame, fitted], ignore_index=True)

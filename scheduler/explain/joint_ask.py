"""What keeps people from where they are wanted: each reason as something that can be taken away from the whole desk."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from desk import Desk
from scheduler.explain.ask import Change, called_any_time, certified

_DAY_LIMITS = ("min_paid_h_day", "max_paid_h_day", "max_overtime_h_day")


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason; its words stand under ``explain_joint_<code>``."""

    code: str
    without: Change


def reasons(desk: Desk, queue: str) -> list[Reason]:
    """Everything that may keep somebody away; the skill where a queue is asked."""
    found = [Reason(table, _emptied(table)) for table in ("leave", "pinned") if desk.has(table)]
    found += [Reason("availability", _always_there), Reason("shifts_allowed", _all_allowed)]
    found += [Reason("hours_of_a_day", _any_hours), Reason("certificates", _all_certified)]
    if desk.settings.rules.call_in_from is not None:
        found.append(Reason("call_in", called_any_time))
    if queue and (desk.table("activities")["grants_skill"] == queue).any():
        found.append(Reason("training", lambda own: _known_already(own, queue)))
    if queue:
        found.append(Reason("skill", lambda own: trained(own, queue, list(own.table("agents")["agent"]))))
    return found


def trained(desk: Desk, queue: str, people: list[str]) -> Desk:
    """The desk with these people trained for ``queue``, at standard speed."""
    frame = desk.table("skills")
    known = set(frame.loc[frame["queue"] == queue, "agent"])
    new = [person for person in people if person not in known]
    rows = pd.DataFrame({"agent": new, "queue": queue, "proficiency": 1.0, "home": False})
    return with_table(desk, "skills", _joined(frame, rows))


def hired(desk: Desk, like: str, count: int) -> Desk:
    """The desk with ``count`` further people of the kind of ``like``, always there; whoever was hired before stays."""
    known = set(desk.table("agents")["agent"])
    names = [name for number in range(1, len(known) + count + 1) if (name := f"{like}+{number}") not in known][:count]
    for table in ("agents", "skills"):
        frame = desk.table(table)
        own = frame[frame["agent"] == like]
        copies = [own.assign(agent=name) for name in names]
        desk = with_table(desk, table, _joined(frame, *copies))
    frame = desk.table("agents").copy()
    frame.loc[frame["agent"].isin(names), ["from", "to"]] = pd.NaT
    return with_table(desk, "agents", frame)


def with_table(desk: Desk, table: str, frame: pd.DataFrame) -> Desk:
    """The desk with another table."""
    return replace(desk, tables={**desk.tables, table: frame})


def with_presence(desk: Desk, presence: Mapping[str, Any]) -> Desk:
    """The desk with other minimum presence."""
    rules = desk.settings.rules.model_copy(update={"min_presence": dict(presence)})
    return replace(desk, settings=desk.settings.model_copy(update={"rules": rules}))


def with_on_duty(desk: Desk, on_duty: Mapping[str, float]) -> Desk:
    """The desk with other holders of certificates on duty."""
    rules = desk.settings.rules.model_copy(update={"on_duty": dict(on_duty)})
    return replace(desk, settings=desk.settings.model_copy(update={"rules": rules}))


def _known_already(desk: Desk, queue: str) -> Desk:
    """The desk whose people take the queue before they are trained for it."""
    frame = desk.table("activities")
    return with_table(
        desk, "activities", frame.assign(grants_skill=frame["grants_skill"].mask(frame["grants_skill"] == queue))
    )


def without_breaks(desk: Desk) -> Desk:
    """The desk whose shifts have no break."""
    return with_table(desk, "shifts", desk.table("shifts").assign(break_min=0))


def breaks_anywhere(desk: Desk) -> Desk:
    """The desk whose breaks may lie anywhere in their shifts."""
    frame = desk.table("shifts")
    return with_table(desk, "shifts", frame.assign(break_from=frame["start"], break_to=frame["end"]))


def _joined(*frames: pd.DataFrame) -> pd.DataFrame:
    first = frames[0]
    some = [frame.astype(first.dtypes.to_dict()) for frame in frames if len(frame)]
    return pd.concat(some, ignore_index=True) if some else first


def _emptied(table: str) -> Change:
    return lambda desk: with_table(desk, table, desk.table(table)[:0])


def _always_there(desk: Desk) -> Desk:
    frame = desk.table("agents").copy()
    frame[["from", "to"]] = pd.NaT
    return with_table(desk, "agents", frame)


def _all_allowed(desk: Desk) -> Desk:
    frame = desk.table("shifts").copy()
    frame["contracts"] = frame["contracts"].map(lambda _: ())
    return _contracts(with_table(desk, "shifts", frame), {"shifts": None})


def _all_certified(desk: Desk) -> Desk:
    needed = frozenset(name for names in desk.table("shifts")["needs"] if isinstance(names, tuple) for name in names)
    return certified(desk, desk.table("agents")["agent"], needed)


def _any_hours(desk: Desk) -> Desk:
    return _contracts(desk, dict.fromkeys(_DAY_LIMITS))


def _contracts(desk: Desk, change: Mapping[str, Any]) -> Desk:
    changed = {name: own.model_copy(update=dict(change)) for name, own in desk.settings.contracts.items()}
    return replace(desk, settings=desk.settings.model_copy(update={"contracts": changed}))

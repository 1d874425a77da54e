"""Calendars: one .ics file an agent, one event a shift."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from desk import Desk, Plan
from desk.grid import at_clock
from desk.i18n import catalogue, text
from planner.output.file_name import file_names
from planner.rows import rows

Roles = dict[tuple[str, pd.Timestamp], list[str]]


def write_calendars(desk: Desk, plan: Plan, folder: Path, *, lang: str, made_at: datetime) -> None:
    """Write ``folder``/<agent>.ics for every agent of the desk, also for those without a shift.

    Parameters
    ----------
    made_at : the plan's moment, the stamp of every event.
    """
    folder.mkdir()
    names = file_names(desk.table("agents")["agent"])
    roles = roles_by_shift(plan.duty, desk.settings.interval_min, lang)
    rosters = dict(iter(plan.roster.groupby("agent", sort=False)))
    for agent, name in names.items():
        own = rosters.get(agent, plan.roster.iloc[:0])
        content = calendar(desk, agent, own, roles, lang=lang, made_at=made_at)
        (folder / f"{name}.ics").write_bytes(content)


def calendar(desk: Desk, agent: str, roster: pd.DataFrame, roles: Roles, *, lang: str, made_at: datetime) -> bytes:
    """The calendar of one agent in UTC, so that every calendar program shows it in its owner's zone."""
    from icalendar import Calendar

    own = Calendar()
    own.add("prodid", "-//Peakdesk//EN")
    own.add("version", "2.0")
    own.add("method", "PUBLISH")
    own.add("x-wr-calname", text("planner.calendar.title", lang, desk=desk.settings.name, agent=agent))
    for event in _events(desk, agent, roster, roles, lang, made_at):
        own.add_component(event)
    content: bytes = own.to_ical()
    return content


def _events(desk: Desk, agent: str, roster: pd.DataFrame, roles: Roles, lang: str, made_at: datetime) -> Iterator[Any]:
    from icalendar import Event

    times = desk.table("shifts").set_index("shift")[["start", "end"]].to_dict("index")
    worked = roster[roster["shift"].isin(list(times))].sort_values("date")
    for row in worked.to_dict("records"):
        day, shift = row["date"], times[row["shift"]]
        event = Event()
        event.add("uid", _uid(desk, agent, day))
        event.add("dtstamp", made_at)
        event.add("dtstart", _utc(desk, day, shift["start"]))
        event.add("dtend", _utc(desk, day, shift["end"]))
        event.add("summary", text("planner.calendar.event", lang, shift=row["shift"], desk=desk.settings.name))
        event.add("description", "\n".join(roles.get((agent, day), ())))
        yield event


def _uid(desk: Desk, agent: str, day: Any) -> str:
    identity = f"{desk.settings.name}\n{agent}\n{day:%Y-%m-%d}".encode("utf-8", "surrogatepass")
    return f"{hashlib.sha256(identity).hexdigest()[:32]}@peakdesk"


def _utc(desk: Desk, day: Any, minute: float) -> datetime:
    moment = at_clock(day, int(minute), desk.settings.timezone)
    return moment.tz_convert("UTC").to_pydatetime()


def roles_by_shift(duty: pd.DataFrame, interval_min: int, lang: str) -> Roles:
    """For each agent and shift date one line a run of equal activity: ``09:00-12:00 presale``."""
    ordered = duty.sort_values(["agent", "date", "start"])
    same = (ordered[["agent", "date", "activity"]] == ordered[["agent", "date", "activity"]].shift()).all(axis=1)
    runs = ordered.groupby((~same).cumsum()).agg(
        agent=("agent", "first"), date=("date", "first"), activity=("activity", "first"),
        first=("start", "first"), last=("start", "last"),
    )  # fmt: skip
    lines: Roles = {}
    length = pd.Timedelta(minutes=interval_min)
    for run in rows(runs):
        words = f"{run.first:%H:%M}-{run.last + length:%H:%M} {activity_title(run.activity, lang)}"
        lines.setdefault((run.agent, run.date), []).append(words)
    return lines


def activity_title(activity: str, lang: str) -> str:
    """The words of an activity of ours (break, briefing, off); a queue's own name otherwise."""
    return catalogue(lang).get(f"planner.activity.{activity}", activity)

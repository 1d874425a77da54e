"""Calendars: one .ics file an agent, one event a shift."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from desk import Desk, Plan
from desk.grid import at_clock
from desk.i18n import catalogue, text
from planner.output.file_name import file_names
from planner.rows import rows

Roles = dict[tuple[str, pd.Timestamp], list[str]]


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """An event: zone-aware start and end, its title, and lines of description."""

    uid: str
    start: datetime
    end: datetime
    summary: str
    lines: tuple[str, ...] = ()


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
    title = text("planner.calendar.title", lang, desk=desk.settings.name, agent=agent)
    return calendar_text(title, _events(desk, agent, roster, roles, lang), made_at)


def calendar_text(title: str, events: Iterable[CalendarEvent], made_at: datetime) -> bytes:
    """A calendar as the text of an .ics file; names in it are text, whatever they hold."""
    from icalendar import Calendar, Event

    own = Calendar()
    own.add("prodid", "-//Peakdesk//EN")
    own.add("version", "2.0")
    own.add("method", "PUBLISH")
    own.add("x-wr-calname", title)
    for one in events:
        event = Event()
        event.add("uid", one.uid)
        event.add("dtstamp", made_at)
        event.add("dtstart", one.start.astimezone(UTC))
        event.add("dtend", one.end.astimezone(UTC))
        event.add("summary", one.summary)
        event.add("description", "\n".join(one.lines))
        own.add_component(event)
    content: bytes = own.to_ical()
    return content


def event_uid(*identity: str) -> str:
    """An event's name for calendar programs: the same for the same identity, and nothing of it can be read."""
    digest = hashlib.sha256("\n".join(identity).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{digest[:32]}@peakdesk"


def _events(desk: Desk, agent: str, roster: pd.DataFrame, roles: Roles, lang: str) -> Iterator[CalendarEvent]:
    times = desk.table("shifts").set_index("shift")[["start", "end"]].to_dict("index")
    worked = roster[roster["shift"].isin(list(times))].sort_values("date")
    for row in worked.to_dict("records"):
        day, shift = row["date"], times[row["shift"]]
        uid = event_uid(desk.settings.name, agent, f"{day:%Y-%m-%d}")
        start, end = _utc(desk, day, shift["start"]), _utc(desk, day, shift["end"])
        summary = text("planner.calendar.event", lang, shift=row["shift"], desk=desk.settings.name)
        yield CalendarEvent(uid, start, end, summary, tuple(roles.get((agent, day), ())))


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

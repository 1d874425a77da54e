"""Calendars that any calendar program can read."""

from dataclasses import replace
from pathlib import Path

from icalendar import Calendar

from planner.output.calendar_file import write_calendars
from planner.planned import Planned


def test_a_shift_is_an_event_at_the_right_moment(planned: Planned, tmp_path: Path) -> None:
    """09:00 in Shanghai is 01:00 UTC, and the roles of the day stand in the description."""
    write_calendars(planned.desk, planned.plan, tmp_path / "ics", lang="en", made_at=planned.made_at)
    events = Calendar.from_ical((tmp_path / "ics" / "a1.ics").read_bytes()).walk("VEVENT")
    assert len(events) == 5
    first = events[0]
    assert first["dtstart"].dt.isoformat() == "2026-03-02T01:00:00+00:00"
    assert first["dtend"].dt.isoformat() == "2026-03-02T08:00:00+00:00"
    assert first["description"] == "09:00-11:00 presale\n11:00-12:00 break\n12:00-16:00 presale"
    assert len({event["uid"] for event in events}) == 5


def test_an_event_keeps_its_identity_when_planned_again(planned: Planned, tmp_path: Path) -> None:
    """The same agent and day keep their uid, so a calendar updates instead of doubling."""
    for name in ("a", "b"):
        write_calendars(planned.desk, planned.plan, tmp_path / name, lang="zh", made_at=planned.made_at)
    first, again = ((tmp_path / name / "a1.ics").read_bytes() for name in ("a", "b"))
    assert first == again


def test_ids_cannot_lead_out_of_the_folder(planned: Planned, tmp_path: Path) -> None:
    """Whatever an agent is called, there is one calendar for each, inside the folder."""
    nasty = ["../../x", "CON", "/etc/passwd", "a\\b", "张三", "=cmd"]
    agents = planned.desk.table("agents").assign(agent=nasty)
    names = dict(zip(planned.desk.table("agents")["agent"], nasty, strict=True))
    desk = replace(planned.desk, tables={**planned.desk.tables, "agents": agents})
    roster, duty = (frame.assign(agent=frame["agent"].map(names)) for frame in (planned.plan.roster, planned.plan.duty))
    plan = replace(planned.plan, roster=roster, duty=duty)
    (tmp_path / "deep").mkdir()
    write_calendars(desk, plan, tmp_path / "deep" / "ics", lang="en", made_at=planned.made_at)
    written = [path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()]
    assert len(written) == 6
    assert all(len(path.parts) == 3 for path in written)
    assert "张三.ics" in {path.name for path in written}

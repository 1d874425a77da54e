"""The calendar of one agent over all plans that are published to them: edits of the duty included."""

from datetime import UTC, datetime

from desk.i18n import text
from planner.output.calendar_file import CalendarEvent, activity_title, calendar_text, event_uid
from planner.own_shifts import OwnShift, ReadDesk, own_shifts
from store import Principal, Store


def calendar(store: Store, principal: Principal, lang: str, read_desk: ReadDesk | None = None) -> bytes:
    """Every shift of the principal's own agent, and nobody else's; see :func:`planner.own_shifts.own_shifts`."""
    events = [_event(principal, one, lang) for one in own_shifts(store, principal, read_desk)]
    title = text("api.calendar.title", lang, agent=principal.agent or "")
    return calendar_text(title, events, datetime.now(UTC))


def _event(principal: Principal, shift: OwnShift, lang: str) -> CalendarEvent:
    identity = event_uid(str(principal.agent), f"{shift.date:%Y-%m-%d}")
    words = text("api.calendar.event", lang, shift=shift.shift)
    roles = [f"{one.start:%H:%M}-{one.end:%H:%M} {activity_title(one.activity, lang)}" for one in shift.blocks]
    return CalendarEvent(identity, shift.start, shift.end, words, tuple(roles))

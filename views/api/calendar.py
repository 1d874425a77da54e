"""The calendar of one agent over all plans that are published to them: edits of the duty included."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pandas as pd

from desk.i18n import text
from planner.output.calendar_file import CalendarEvent, calendar_text, event_uid, roles_by_shift
from store import PlanVersion, Principal, Store, list_plans, read_duty

_NOT_THERE = ("off",)
_FINAL = "published"


def calendar(store: Store, principal: Principal, lang: str) -> bytes:
    """Every shift of the principal's own agent; of two plans for a day the newer one. Nobody else's."""
    events: list[CalendarEvent] = []
    taken: set[pd.Timestamp] = set()
    for plan in list_plans(store, principal):
        if principal.agent is None or plan.status != _FINAL:
            continue
        days = dict(_events(store, principal, plan, lang))
        events += [event for day, event in days.items() if day not in taken]
        taken |= set(pd.date_range(min(days), max(days))) if days else set()
    title = text("api.calendar.title", lang, agent=principal.agent or "")
    return calendar_text(title, sorted(events, key=lambda event: event.start), datetime.now(UTC))


def _events(
    store: Store, principal: Principal, plan: PlanVersion, lang: str
) -> Iterator[tuple[pd.Timestamp, CalendarEvent]]:
    duty = read_duty(store, principal, plan.hash)
    own = duty[(duty["agent"] == principal.agent) & duty["activity"].notna() & ~duty["activity"].isin(_NOT_THERE)]
    length = _interval(duty)
    roles = roles_by_shift(own, int(length / pd.Timedelta(minutes=1)), lang)
    for (day, shift), rows in own.groupby(["date", "shift"], sort=True):
        date, words = pd.Timestamp(str(day)), text("api.calendar.event", lang, shift=shift)
        start, end = rows["start"].min(), rows["start"].max() + length
        identity = event_uid(str(principal.agent), f"{date:%Y-%m-%d}")
        yield date, CalendarEvent(identity, start, end, words, tuple(roles.get((str(principal.agent), date), ())))


def _interval(duty: pd.DataFrame) -> pd.Timedelta:
    """Length of an interval: the shortest time between two starts; an hour where there is only one."""
    starts = duty["start"].drop_duplicates().sort_values().diff()
    return pd.Timedelta(hours=1) if starts.notna().sum() == 0 else starts.min()

"""What of a forecast is shown: a queue, and the whole, a phase or a day."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from desk.i18n import text
from planner.explained import Span
from planner.tuned import day_spans, hour_spans, phases_of, whole_of
from views.addressed import by_address
from views.forecast.sight import Sight
from views.paging import queue_choice


@dataclass(frozen=True, slots=True)
class Shown:
    """A queue, and the stretch that is looked at; ``day`` where it is one day."""

    queue: str
    span: Span
    day: Span | None = None

    def rows(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Rows of the queue that start in the stretch."""
        inside = (frame["queue"] == self.queue) & (frame["start"] >= self.span.start) & (frame["start"] < self.span.end)
        own: pd.DataFrame = frame[inside]
        return own


def choose_shown(sight: Sight, lang: str) -> Shown:
    """Draw the choice of a queue and of what of it to look at."""
    left, right = st.columns(2)
    with left:
        queue = queue_choice(list(sight.forecast.queues), lang, key="forecast-queue")
    phases, days = phases_of(sight.desk, sight.forecast), day_spans(sight.forecast, lang)
    spans = [whole_of(sight.forecast, lang), *phases, *days]
    by_address("span", "forecast-span", range(len(spans)), lambda place: _written(spans[place]))
    with right:
        place = st.selectbox(
            text("view.forecast.show", lang),
            range(len(spans)),
            format_func=lambda place: spans[place].name,
            key="forecast-span",
        )
    span = spans[place if place < len(spans) else 0]
    return Shown(queue, span, span if place > len(phases) else None)


def _written(span: Span) -> str:
    return f"{span.start:%Y-%m-%dT%H:%M}/{span.end:%Y-%m-%dT%H:%M}"


def choose_reason(sight: Sight, shown: Shown, lang: str) -> Span:
    """Draw the choice of what is to be explained: all that is shown, or an hour of the day."""
    if shown.day is None:
        return shown.span
    hours = [shown.day, *hour_spans(sight.forecast, shown.day)]
    place = st.selectbox(
        text("view.forecast.why_of", lang),
        range(len(hours)),
        format_func=lambda place: hours[place].name,
        key=f"forecast-hour-{shown.day.start:%Y%m%d}",
    )
    if place == 0:
        return shown.day
    return Span(f"{shown.day.name} {hours[place].name}", hours[place].start, hours[place].end)

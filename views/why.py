"""Why the forecast is what it is: an hour, a day or a phase in factors, and the earlier promotions behind it."""

import pandas as pd
import streamlit as st

import charts
from charts.theme import day_words
from desk import Desk
from desk.i18n import text
from planner.explained import Span, factors_between, phase_spans
from planner.planned import Planned
from views.picture import show_picture


def show_why(planned: Planned, queue: str, day: pd.Timestamp | None, lang: str) -> None:
    """Draw the choice of a span, its waterfall, and for a phase the earlier ones that its lift is learned from."""
    spans = spans_of(planned.desk, day, lang)
    label = text("view.forecast.span", lang)
    chosen = spans[st.selectbox(label, range(len(spans)), format_func=lambda at: spans[at].name, key="why-span")]
    parts = factors_between(planned.forecast, queue, chosen)
    figure = charts.why(parts, lang=lang, queue=queue, span=chosen.name)
    show_picture(figure, parts, "forecast", lang, key="why")
    behind = planned.forecast.analogues
    if len(behind):
        own = behind[(behind["queue"] == queue) & (behind["coming"] == chosen.name)]
        if len(own):
            figure = charts.analogues(own, lang=lang, queue=queue, coming=chosen.name)
            show_picture(figure, own, "forecast", lang, key="analogues")


def spans_of(desk: Desk, day: pd.Timestamp | None, lang: str) -> list[Span]:
    """The whole horizon and its phases; of a chosen day the day and its intervals."""
    each = pd.Timedelta(minutes=desk.settings.interval_min)
    if day is None:
        whole = Span(text("view.forecast.whole_horizon", lang), desk.starts[0], desk.starts[-1] + each)
        return [whole, *phase_spans(desk)]
    own = desk.starts[desk.starts.tz_localize(None).normalize() == day]
    whole = Span(day_words(day, lang), own[0], own[-1] + each)
    return [whole, *(Span(f"{start:%H:%M}", start, start + each) for start in own)]

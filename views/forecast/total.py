"""How many inquiries in all, by phase and by day."""

import streamlit as st

import charts
from desk.i18n import text
from planner.page.number import between, whole
from planner.rows import rows
from planner.tuned import day_spans, phases_of, totals_of, whole_of
from views.figure import Figure, show_figures
from views.forecast.shown import Shown
from views.forecast.sight import Sight
from views.picture import show_picture

_CUTS = ("day", "phase")


def show_figures_of(sight: Sight, shown: Shown, lang: str) -> None:
    """Draw the total of what is shown with its intervals, and its busiest interval."""
    [total] = rows(totals_of(sight.forecast, shown.queue, [shown.span]))
    top = next(rows(shown.rows(sight.frame).sort_values("mean", ascending=False)))
    likely = text("view.forecast.likely", lang, range=between(total.q10, total.q90))
    far = text("view.forecast.far", lang, range=between(total.q025, total.q975))
    when = text("chart.format.moment", lang, time=top.start)
    figures = [
        Figure("forecast.total", whole(total.mean), f"{likely} · {far}"),
        Figure("forecast.busiest", when, f"{whole(top.mean)} ({between(top.q10, top.q90)})"),
    ]
    show_figures(figures, lang)


def show_totals(sight: Sight, shown: Shown, lang: str) -> None:
    """Draw totals with their intervals by day or by phase, and the whole in the table behind."""
    words = {cut: text(f"view.forecast.cut_{cut}", lang) for cut in _CUTS}
    cut = st.radio(
        text("view.forecast.table_cut", lang), _CUTS, format_func=words.__getitem__, horizontal=True, key="forecast-cut"
    )
    phases, days = phases_of(sight.desk, sight.forecast), day_spans(sight.forecast, lang)
    if cut == "phase" and not phases:
        st.info(text("view.forecast.no_phases", lang))
        return
    spans = phases if cut == "phase" else days
    found = totals_of(sight.forecast, shown.queue, [*spans, whole_of(sight.forecast, lang)])
    show_picture(charts.volumes(found.iloc[:-1], lang=lang), found, "forecast", lang, key=f"forecast-{cut}")

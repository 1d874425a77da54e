"""How many inquiries come when, how sure that is, why, and what a person who knows better changes."""

import streamlit as st

from desk.i18n import text
from views.findings import show_findings
from views.forecast.hand import show_hands
from views.forecast.picture import show_fan
from views.forecast.reason import show_reason
from views.forecast.shown import choose_shown
from views.forecast.sight import Sight, sight_page
from views.forecast.total import show_figures_of, show_totals


def _draw(sight: Sight, lang: str) -> None:
    if sight.frame.empty:
        st.info(text("view.forecast.none", lang))
        return
    shown = choose_shown(sight, lang)
    show_figures_of(sight, shown, lang)
    show_fan(sight, shown, lang)
    show_reason(sight, shown, lang)
    if sight.version is not None and sight.saved is not None:
        show_hands(sight, shown, lang)
    st.header(text("view.forecast.totals", lang))
    show_totals(sight, shown, lang)
    if sight.forecast.findings:
        st.header(text("view.forecast.findings", lang))
        show_findings(sight.forecast.findings, lang, key="forecast-findings")


sight_page("forecast", _draw)

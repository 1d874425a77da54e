"""When briefings are held: a picture and a list."""

import pandas as pd
import streamlit as st

from charts.sessions import sessions as sessions_chart
from desk.i18n import text
from planner.page.number import whole
from planner.requests import names_of
from views.briefing.ground import Ground
from views.markdown import plain
from views.own.words import person
from views.picture import show_picture


def show_held(own: Ground, lang: str) -> None:
    """Draw the sessions of the plan, who goes, and what their absence costs the queues."""
    if own.planned is None:
        st.info(text("view.briefings.unplanned", lang))
        return
    if own.sessions.empty:
        st.info(text("view.briefings.no_session", lang))
        return
    shown = listed(own)
    show_picture(
        sessions_chart(shown, lang=lang, currency=own.desk.settings.currency), shown, "activities", lang, key="sessions"
    )
    cost = own.sessions["cost"].sum(min_count=1)
    if pd.notna(cost):
        amount = f"{whole(cost)} {own.desk.settings.currency}"
        st.markdown(plain(text("view.briefings.cost", lang, count=len(shown), amount=amount)))


def listed(own: Ground) -> pd.DataFrame:
    """Sessions by the desk's wall clock, with the names and codes of who goes."""
    names = names_of(own.desk.table("agents"))
    local = {name: pd.to_datetime(own.sessions[name]).dt.tz_localize(None) for name in ("start", "end")}
    who = own.sessions["agents"].map(lambda codes: ", ".join(person(code, names) for code in codes))
    return own.sessions.drop(columns="agents").assign(**local, who=who)

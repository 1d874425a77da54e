"""Briefings and quizzes: when they are held, who attended and passed, who may take which queue."""

import pandas as pd
import streamlit as st

from desk.i18n import text
from store import Principal, allowed
from views.briefing.adding import may_add, show_adding, show_uninvited
from views.briefing.attended import show_attended
from views.briefing.following import show_following, show_planning
from views.briefing.ground import Ground, ground
from views.briefing.held import show_held
from views.link import show_link
from views.markdown import plain
from views.page import own_page


def _draw(principal: Principal, lang: str) -> None:
    own = ground(principal)
    if own is None:
        st.info(text("view.empty.words", lang))
        show_link("start", lang)
        return
    st.markdown(plain(text("view.briefings.intro", lang, name=own.name)))
    if own.version is None and own.planned is not None:
        if allowed(principal, "desk.write"):
            st.info(text("view.empty.folder", lang))
            show_link("roster", lang)
        else:
            st.caption(plain(text("view.briefings.read_only", lang)))
    show_planning(principal, own, lang)
    st.header(text("view.briefings.held", lang))
    show_held(own, lang)
    _activity(principal, own, lang)
    show_adding(principal, own, lang)


def _activity(principal: Principal, own: Ground, lang: str) -> None:
    names = list(dict.fromkeys([*own.desk.table("activities")["activity"], *own.standing["activity"]]))
    if not names:
        st.info(text("view.briefings.none" if may_add(principal, own) else "view.briefings.none_here", lang))
        return
    st.header(text("view.briefings.attended", lang))
    activity = st.selectbox(text("view.briefings.which", lang), names, key="briefing-which")
    _told(own, activity, lang)
    show_uninvited(own, activity, lang)
    show_attended(principal, own, activity, lang)
    show_following(principal, own, activity, lang)


def _told(own: Ground, activity: str, lang: str) -> None:
    table = own.desk.table("activities")
    found = table[table["activity"] == activity]
    if found.empty:
        return
    row = found.iloc[0]
    facts = {"minutes": int(row["minutes"]), "most": int(row["sessions_max"])}
    facts |= {name: row[f"window_{name}"].tz_localize(None) for name in ("start", "end")}
    said = text("view.briefings.told", lang, **facts)
    grants = row["grants_skill"]
    if not pd.isna(grants):
        said += " " + text("view.briefings.gate", lang, queue=grants)
    st.markdown(plain(said))


own_page("briefings", _draw)

"""My shifts: today's or the next one first, hour by hour; those that follow; the calendar to take along."""

import pandas as pd
import streamlit as st

from charts.theme import day_words
from desk.i18n import text
from planner.own_shifts import OwnShift, own_shifts, upcoming
from store import Principal
from views.api.serve import the_store
from views.kept_desk import kept_desk
from views.markdown import plain
from views.own.day import show_day
from views.own.subscription import show_subscription
from views.own.words import shift_words
from views.page import own_page

_LISTED = 14


def _draw(principal: Principal, lang: str) -> None:
    if principal.agent is None:
        st.info(text("view.mine.nobody", lang))
        return
    shifts = own_shifts(the_store(), principal, kept_desk)
    if shifts:
        _shifts(shifts, lang)
    else:
        st.info(text("view.mine.none", lang))
    show_subscription(principal, lang)


def _shifts(shifts: tuple[OwnShift, ...], lang: str) -> None:
    now = pd.Timestamp.now(tz=shifts[-1].start.tz)
    coming = upcoming(shifts, now)
    if not coming:
        st.info(text("view.mine.over", lang))
    place = st.container()
    if len(coming) > 1:
        _following(coming[1:], lang)
    days = {one.date: one for one in shifts}
    chosen = st.selectbox(
        text("view.mine.other", lang),
        list(days),
        index=list(days).index((coming or shifts[-1:])[0].date),
        format_func=lambda day: f"{day_words(day, lang)} · {days[day].shift}",
        key="mine-day",
    )
    with place:
        show_day(days[chosen], now, lang, key="mine")


def _following(coming: tuple[OwnShift, ...], lang: str) -> None:
    st.header(text("view.mine.next", lang))
    shown = coming[:_LISTED]
    lines = [f"- **{plain(day_words(one.date, lang))}** {plain(shift_words(one, lang))}" for one in shown]
    st.markdown("\n".join(lines))
    if len(coming) > len(shown):
        st.caption(text("view.mine.more", lang, count=len(coming) - len(shown)))


own_page("mine", _draw)

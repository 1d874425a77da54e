"""One shift: when, paid how long, and its roles hour by hour as a picture and in words."""

import pandas as pd
import streamlit as st

from charts import alt_text
from charts.own_day import own_day
from charts.theme import day_words
from desk.i18n import text
from planner.own_shifts import OwnShift
from views.markdown import plain
from views.own.words import near_day, role_words, shift_words

_CONFIG = {"displayModeBar": False, "responsive": True, "staticPlot": True}


def show_day(shift: OwnShift, now: pd.Timestamp, lang: str, *, key: str) -> None:
    """Draw the shift."""
    st.header(plain(near_day(shift.date, now.tz_localize(None).normalize(), lang)))
    st.markdown(f"**{plain(shift_words(shift, lang))}**")
    if not shift.blocks:
        st.info(text("view.mine.on_call", lang))
        return
    st.markdown(plain(role_words(shift, lang)))
    title = text("view.mine.title_of", lang, shift=shift.shift, day=day_words(shift.date, lang))
    figure = own_day(blocks_frame(shift), lang=lang, title=title, now=now)
    st.plotly_chart(figure, theme=None, key=f"{key}-chart", config=_CONFIG, alt=alt_text(figure))


def blocks_frame(shift: OwnShift) -> pd.DataFrame:
    """The roles as rows: ``start``, ``end``, ``activity``."""
    rows = [(own.start, own.end, own.activity) for own in shift.blocks]
    return pd.DataFrame(rows, columns=["start", "end", "activity"])

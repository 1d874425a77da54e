"""A chart of what is no declared table: the picture, its words, and the rows behind it."""

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from charts import alt_text
from desk.i18n import text
from views.markdown import plain
from views.picture import CHART_CONFIG
from views.table_shown import show_plain_table

COLUMNS = "view.forecast.column"
"""Where the titles of the columns stand."""

MINUS = "\u2212"
"""A minus that no spreadsheet takes for the beginning of a formula."""


def show_drawn(figure: go.Figure, behind: pd.DataFrame, lang: str, *, key: str) -> None:
    """Draw ``figure`` with its words, and the rows ``behind`` it under a fold."""
    alt = alt_text(figure)
    st.plotly_chart(figure, theme=None, key=f"{key}-chart", config=CHART_CONFIG, alt=alt)
    st.caption(plain(alt))
    if not behind.empty:
        with st.expander(text("view.app.table_behind", lang)):
            show_plain_table(behind, lang, key=key, words=COLUMNS)


def as_share(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """``frame`` with some columns as percentages in words; a blank where nothing is known."""
    words = {
        name: ["" if pd.isna(value) else f"{value:.1%}".replace("-", MINUS) for value in frame[name]]
        for name in columns
    }
    return frame.assign(**words)

"""A chart on a page: the picture, what it says in words, and the table behind it."""

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from charts import alt_text
from desk.i18n import text
from views.markdown import plain
from views.table_shown import show_table

CHART_CONFIG = {"displaylogo": False, "responsive": True, "showSendToCloud": False, "plotlyServerURL": ""}
"""What every picture's tool bar can do; nothing of it asks anybody else."""


def show_picture(figure: go.Figure, behind: pd.DataFrame, name: str, lang: str, *, key: str) -> None:
    """Draw ``figure`` with its words, and the rows ``behind`` it (of table ``name``) under a fold.

    Parameters
    ----------
    key : unique on the page; also the stem of the download's file name.
    """
    alt = alt_text(figure)
    st.plotly_chart(figure, theme=None, key=f"{key}-chart", config=CHART_CONFIG, alt=alt)
    if len(figure.data):
        st.caption(plain(alt))
    show_behind(behind, name, lang, key=key)


def show_behind(behind: pd.DataFrame, name: str, lang: str, *, key: str) -> None:
    """Draw the rows behind a picture (of table ``name``) under a fold."""
    if not behind.empty:
        with st.expander(text("view.app.table_behind", lang)):
            show_table(behind, name, lang, key=key)

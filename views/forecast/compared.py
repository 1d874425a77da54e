"""Two saved forecasts of a desk side by side."""

from typing import Literal

import pandas as pd
import streamlit as st

import charts
from desk.i18n import text
from planner.tuned import beside, changed_days
from store import ForecastVersion
from views.forecast.drawn import COLUMNS, show_drawn
from views.forecast.sight import made_words, opened
from views.markdown import plain
from views.paging import queue_choice
from views.table_shown import show_plain_table

MOST = 200
"""Rows of what moved that are shown."""
Cut = Literal["day", "hour"]
_CUTS: tuple[Cut, ...] = ("day", "hour")


def show_compared(versions: tuple[ForecastVersion, ...], lang: str) -> None:
    """Draw the choice of two forecasts, a queue and days or hours, both forecasts, and what moved most."""
    if len(versions) < 2:
        st.info(text("view.versions.few", lang))
        return
    stamp = versions[0].hash[:12]
    left, right = st.columns(2)
    with left:
        before = _choice(versions, 1, "before", stamp, lang)
    with right:
        after = _choice(versions, 0, "after", stamp, lang)
    if before.hash == after.hash:
        st.warning(text("view.versions.same", lang))
        return
    old, new = opened(before).forecast, opened(after).forecast
    queue = queue_choice([name for name in new.queues if name in old.queues], lang, key="forecast-queue")
    words = {cut: text(f"view.versions.{cut}", lang) for cut in _CUTS}
    cut: Cut = st.radio(
        text("view.versions.cut", lang), _CUTS, format_func=words.__getitem__, horizontal=True, key="versions-cut"
    )
    both = beside(old, new, cut)
    own = both[both["queue"] == queue]
    show_drawn(charts.forecast_beside(own, lang=lang, queue=queue), _told(own, cut), lang, key="versions")
    _moved(both, cut, lang)


def _choice(versions: tuple[ForecastVersion, ...], first: int, side: str, stamp: str, lang: str) -> ForecastVersion:
    return st.selectbox(
        text(f"view.versions.{side}", lang), versions, first, key=f"versions-{side}-{stamp}",
        format_func=lambda own: made_words(own, lang),
    )  # fmt: skip


def _moved(both: pd.DataFrame, cut: Cut, lang: str) -> None:
    """The days or hours of any queue that moved, the most first."""
    st.header(text("view.versions.changed", lang))
    found = changed_days(both).head(MOST)
    if found.empty:
        st.info(plain(text("view.versions.nothing", lang, cut=text(f"view.versions.{cut}", lang))))
        return
    show_plain_table(_told(found, cut), lang, key="versions-moved", words=COLUMNS)


def _told(both: pd.DataFrame, cut: Cut) -> pd.DataFrame:
    form = "%Y-%m-%d" if cut == "day" else "%Y-%m-%d %H:%M"
    return both.assign(group=both["group"].dt.strftime(form)).round(1)

"""The fan of a forecast, on which hours can be chosen by dragging."""

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

import charts
from charts import alt_text
from views.forecast.shown import LONGEST_BY_HOUR, Shown
from views.forecast.sight import Sight
from views.markdown import plain
from views.picture import CHART_CONFIG, show_behind
from views.summary import past

Dragged = tuple[pd.Timestamp, pd.Timestamp]
"""From and until, on the desk's wall clock."""


def show_fan(sight: Sight, shown: Shown, lang: str) -> Dragged | None:
    """Draw the fan with history and the table behind it; the stretch that was dragged over, if any."""
    own = shown.rows(sight.frame)
    figure = charts.forecast_fan(own, lang=lang, queue=shown.queue, history=_history(sight, shown))
    dragged = None
    if _by_hour(sight, shown):
        dragged = _dragged(figure, sight, shown)
    else:
        st.plotly_chart(figure, theme=None, key="forecast-chart", config=CHART_CONFIG, alt=alt_text(figure))
    st.caption(plain(alt_text(figure)))
    show_behind(own, "forecast", lang, key="forecast")
    return dragged


def _history(sight: Sight, shown: Shown) -> pd.DataFrame:
    """Counts of the shown days, and of the week before them where the whole is shown."""
    known = past(sight.desk, shown.queue)
    if len(shown.rows(sight.frame)) == len(sight.frame) / len(sight.forecast.queues):
        return known
    inside = (known["start"] >= shown.span.start) & (known["start"] < shown.span.end)
    own: pd.DataFrame = known[inside]
    return own


def _by_hour(sight: Sight, shown: Shown) -> bool:
    return sight.may_change and shown.span.end - shown.span.start <= LONGEST_BY_HOUR


def _dragged(figure: go.Figure, sight: Sight, shown: Shown) -> Dragged | None:
    figure.update_layout(dragmode="select", selectdirection="h")
    figure.update_traces(mode="lines+markers", marker={"size": 4}, selector={"line.width": 2})
    chosen = st.plotly_chart(
        figure, theme=None, key=f"forecast-drag-{sight.key}-{shown.queue}-{shown.span.start:%Y%m%d%H}",
        config=CHART_CONFIG, alt=alt_text(figure), on_select="rerun", selection_mode="box",
    )  # fmt: skip
    boxes = chosen["selection"]["box"] if chosen else []
    if not boxes or len(boxes[0].get("x", ())) != 2:
        return None
    first, last = sorted(pd.Timestamp(side) for side in boxes[0]["x"])
    each = f"{sight.forecast.interval_min}min"
    return first.floor(each), max(last.ceil(each), first.floor(each) + pd.Timedelta(each))

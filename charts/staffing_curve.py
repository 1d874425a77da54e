"""What one more agent is worth in one interval."""

import pandas as pd
import plotly.graph_objects as go

from charts.theme import ALARM, PLANNED, finish, nothing, titled
from desk.i18n import text


def staffing_curve(points: pd.DataFrame, *, lang: str, queue: str, planned: float | None = None) -> go.Figure:
    """Expected cost of waiting and lost inquiries against effective agents, with the plan's place on the curve.

    Parameters
    ----------
    points : rows of table ``curves`` of one interval and queue.
    planned : effective agents on duty.
    """
    if points.empty:
        return nothing(lang)
    own = points.sort_values("agents")
    figure = go.Figure()
    curve = {"mode": "lines+markers", "line": {"color": PLANNED, "width": 2}, "marker": {"size": 5}}
    words, hover = text("chart.staffing_curve.cost", lang), "%{y:,.0f}"
    figure.add_scatter(x=own["agents"], y=own["cost"], name=words, hovertemplate=hover, **curve)
    if planned is not None:
        line = {"color": ALARM, "width": 2, "dash": "dot"}
        figure.add_vline(x=planned, line=line, annotation={"text": text("chart.staffing_curve.planned", lang)})
    figure.update_xaxes(title_text=text("chart.staffing_curve.x", lang), rangemode="tozero")
    figure.update_yaxes(title_text=words, tickformat="~s", rangemode="tozero")
    first, last = own["cost"].iloc[0], own["cost"].iloc[-1]
    alt = text("chart.staffing_curve.alt", lang, queue=queue, first=first, last=last, agents=own["agents"].iloc[-1])
    finish(figure, text("chart.staffing_curve.title", lang, queue=titled(queue)), alt, 320)
    return figure.update_layout(showlegend=False)

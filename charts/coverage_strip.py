"""Agents planned and required as a strip below another picture, on its time axis."""

import pandas as pd
import plotly.graph_objects as go

from charts.theme import ALARM, PLANNED, wall, with_end
from desk.i18n import text

STRIP_PX = 150
"""Height of the strip, px."""


def add_coverage_strip(figure: go.Figure, service: pd.DataFrame, *, lang: str, row: int) -> None:
    """Draw effective agents planned (filled) and required (dotted) into a row of ``figure``.

    Parameters
    ----------
    service : rows of table ``service`` of one queue, or summed over several, in the order of time.
    """
    steps = with_end(service)
    lines = (
        ("effective_agents", "planned", {"color": PLANNED, "width": 1.5}, "tozeroy"),
        ("required", "required", {"color": ALARM, "width": 2, "dash": "dot"}, "none"),
    )
    for column, name, line, fill in lines:
        drawn = go.Scatter(
            x=wall(steps["start"]),
            y=steps[column],
            name=text(f"chart.coverage.{name}", lang),
            line={**line, "shape": "hv"},
            mode="lines",
            fill=fill,
            fillcolor="rgba(0,114,178,0.25)",
            hovertemplate="%{x|%H:%M}: %{y:,.1f}",
        )
        figure.add_trace(drawn, row=row, col=1)
    figure.update_yaxes(title_text=text("chart.coverage.y", lang), rangemode="tozero", row=row, col=1)

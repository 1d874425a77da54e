"""One person's scores beside the middle of the desk."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from charts.theme import COLOURS, INK, PLANNED, finish, nothing, plain
from desk.i18n import text

_ROW_PX, _MIDDLE = 40, 50.0


def own_scores(scores: pd.DataFrame, *, lang: str, titles: Mapping[str, str]) -> go.Figure:
    """One row a measure: a point from 0 to 100, where 50 is the middle of the desk.

    Parameters
    ----------
    scores : table ``scores`` of one agent; measures without a score are left out.
    titles : what each measure is called.
    """
    own = scores[scores["score"].notna()]
    if own.empty:
        return nothing(lang)
    names = [plain(titles[name]) for name in own["measure"]]
    points = (100 * own["score"]).tolist()
    figure = go.Figure()
    for title, value in zip(names, points, strict=True):
        figure.add_scatter(x=[_MIDDLE, value], y=[title, title], mode="lines", line={"color": COLOURS[4], "width": 6})
    figure.add_scatter(
        x=points,
        y=names,
        mode="markers+text",
        marker={"color": PLANNED, "size": 14, "symbol": "diamond"},
        text=[f"{value:.0f}" for value in points],
        textposition="middle right",
        hovertemplate="%{y}: %{x:.0f}<extra></extra>",
    )
    figure.add_vline(x=_MIDDLE, line={"color": INK, "width": 2, "dash": "dot"})
    figure.update_xaxes(
        range=[-4, 112], tickvals=[0, 50, 100], ticktext=[_end("low", lang), _end("middle", lang), _end("high", lang)]
    )
    figure.update_yaxes(type="category", autorange="reversed", dtick=1)
    parts = ", ".join(f"{title} {value:.0f}" for title, value in zip(names, points, strict=True))
    alt = text("chart.own_scores.alt", lang, parts=parts)
    finish(figure, text("chart.own_scores.title", lang), alt, 120 + _ROW_PX * len(own))
    return figure.update_layout(showlegend=False, hovermode="closest")


def _end(key: str, lang: str) -> str:
    return text(f"chart.own_scores.{key}", lang)

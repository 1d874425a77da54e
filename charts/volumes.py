"""How many inquiries a phase or a day brings."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts.theme import COLOURS, finish, nothing, pattern, shorts, titled
from desk.i18n import text

_BETWEEN = "%{y:,.0f} (%{customdata[0]:,.0f}–%{customdata[1]:,.0f})"


def volumes(totals: pd.DataFrame, *, lang: str) -> go.Figure:
    """Inquiries expected per group and queue, with their 80 % interval where it is known.

    Parameters
    ----------
    totals : one row per group and queue: ``group`` (words), ``queue``, ``mean``, and maybe ``q10`` and ``q90``;
        groups are drawn in the order in which they come.
    """
    if totals.empty:
        return nothing(lang)
    figure = go.Figure()
    for index, (queue, rows) in enumerate(totals.groupby("queue", sort=False)):
        reach, told = None, dict[str, Any](hovertemplate="%{y:,.0f}")
        if "q10" in rows:
            reach = {"array": rows["q90"] - rows["mean"], "arrayminus": rows["mean"] - rows["q10"], "symmetric": False}
            told = {"hovertemplate": _BETWEEN, "customdata": rows[["q10", "q90"]]}
        colour = {"color": COLOURS[index % len(COLOURS)], "pattern": pattern(index)}
        groups = shorts(rows["group"])
        figure.add_bar(x=groups, y=rows["mean"], error_y=reach, name=titled(queue), marker=colour, **told)
    figure.update_xaxes(type="category", showgrid=False)
    figure.update_yaxes(title_text=text("chart.volumes.y", lang), tickformat="~s", rangemode="tozero")
    finish(figure, text("chart.volumes.title", lang), _alt(totals, lang))
    return figure.update_layout(barmode="group")


def _alt(totals: pd.DataFrame, lang: str) -> str:
    sums = totals.groupby("group", sort=False)["mean"].sum()
    facts = {"total": sums.sum(), "groups": len(sums), "largest": sums.idxmax(), "most": sums.max()}
    return text("chart.volumes.alt", lang, **facts)

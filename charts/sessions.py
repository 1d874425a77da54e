"""When briefings are held, how many go, and what their absence from the queues costs."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts.theme import COLOURS, PAPER, finish, moment, nothing, pattern, shorts, time_axis, titled
from desk.i18n import text

_ROW_PX, _MS = 46, 1000.0


def sessions(held: pd.DataFrame, *, lang: str, currency: str) -> go.Figure:
    """One row per activity, one bar per session from its start to its end, the number of people in it.

    Parameters
    ----------
    held : ``activity, start, end`` (naive wall clock), ``people, cost``: currency that the queues lose meanwhile.
    """
    if held.empty:
        return nothing(lang)
    figure = go.Figure()
    labels = iter(shorts(held["activity"].unique()))
    for place, (name, own) in enumerate(held.groupby("activity", sort=False)):
        lengths = (own["end"] - own["start"]).dt.total_seconds() * _MS
        figure.add_bar(
            base=own["start"], x=lengths, y=[next(labels)] * len(own), orientation="h", name=titled(name),
            marker={"color": COLOURS[place % len(COLOURS)], "pattern": pattern(place)},
            text=own["people"].astype(int).astype(str), textposition="inside", insidetextanchor="middle", textangle=-90,
            constraintext="none", insidetextfont={"color": PAPER, "size": 13},
            customdata=list(zip([moment(at, lang) for at in own["start"]], own["people"], own["cost"], strict=True)),
            hovertemplate=text("chart.sessions.hover", lang) + "<extra></extra>",
        )  # fmt: skip
    figure.update_yaxes(autorange="reversed", type="category", dtick=1)
    figure.update_xaxes(type="date")
    time_axis(figure, lang)
    height_px = 140 + _ROW_PX * held["activity"].nunique()
    finish(figure, text("chart.sessions.title", lang), _alt(held, lang, currency), height_px)
    return figure.update_layout(hovermode="closest", showlegend=False, barmode="overlay")


def _alt(held: pd.DataFrame, lang: str, currency: str) -> str:
    facts: dict[str, Any] = {"count": len(held), "people": int(held["people"].sum())}
    if held["cost"].isna().all():
        return text("chart.sessions.alt_no_cost", lang, **facts)
    dearest = held.sort_values("cost", kind="stable", na_position="first").iloc[-1]
    facts |= {
        "currency": currency,
        "dearest": dearest["activity"],
        "when": moment(dearest["start"], lang),
        "most": dearest["cost"],
    }
    return text("chart.sessions.alt", lang, **facts, cost=held["cost"].sum())

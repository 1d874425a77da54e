"""One person's shift, hour by hour, from top to bottom as in a calendar."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts.theme import COLOURS, INK, LINE, PAPER, finish, label, nothing, plain, wall
from desk.i18n import text

_HOUR_PX, _BLOCK_PX, _MOST_PX = 34, 24, 900
_BREAK = "break"
_HOUR = pd.Timedelta(hours=1)


def own_day(blocks: pd.DataFrame, *, lang: str, title: str = "", now: pd.Timestamp | None = None) -> go.Figure:
    """One bar a role, each with its hours and its name in it; a break is hollow.

    Parameters
    ----------
    blocks : columns ``start``, ``end`` (zone-aware), ``activity``; in order.
    title : of the day and the shift, in words.
    now : zone-aware; drawn as a line where the shift is going on.
    """
    if blocks.empty:
        return nothing(lang)
    start, end = wall(blocks["start"]), wall(blocks["end"])
    words = [f"<b>{a:%H:%M}–{b:%H:%M}</b>  {_name(one, lang)}" for a, b, one in _rows(start, end, blocks)]
    figure = go.Figure(
        go.Bar(
            base=start,
            y=(end - start).dt.total_seconds() * 1000,
            x=[""] * len(blocks),
            text=words,
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            constraintext="none",
            marker=_look(blocks),
            textfont={"size": 14},
            hovertemplate="%{text}<extra></extra>",
        )
    )
    figure.update_yaxes(type="date", range=[end.max(), start.min()], tickformat="%H:%M", dtick=3_600_000)
    figure.update_xaxes(visible=False, fixedrange=True)
    parts = text("chart.own_day.join", lang).join(_part(a, b, one, lang) for a, b, one in _rows(start, end, blocks))
    finish(figure, "", text("chart.own_day.alt", lang, title=title, parts=parts), _height_px(start, end))
    _mark(figure, now, blocks, lang)
    figure.update_layout(hovermode="closest", bargap=0.02, margin={"t": 12, "b": 12}, showlegend=False)
    return figure.update_yaxes(fixedrange=True)


def _rows(start: Any, end: Any, blocks: pd.DataFrame) -> Any:
    return zip(start, end, blocks["activity"], strict=True)


def _part(start: pd.Timestamp, end: pd.Timestamp, activity: str, lang: str) -> str:
    return f"{start:%H:%M}–{end:%H:%M} {_name(activity, lang)}"


def _name(activity: str, lang: str) -> str:
    return label(f"chart.activity.{activity}", activity, lang)


def _look(blocks: pd.DataFrame) -> dict[str, Any]:
    """A colour a role; a break white with a line around it."""
    roles = sorted(set(blocks["activity"]) - {_BREAK})
    colour = {role: COLOURS[place % len(COLOURS)] for place, role in enumerate(roles)} | {_BREAK: PAPER}
    edge = {"color": INK if _BREAK in set(blocks["activity"]) else PAPER, "width": 1}
    return {"color": [colour[one] for one in blocks["activity"]], "line": edge}


def _height_px(start: "pd.Series[pd.Timestamp]", end: "pd.Series[pd.Timestamp]") -> int:
    """Such that the words of the shortest bar have room."""
    hour_px = max(_HOUR_PX, _BLOCK_PX * (_HOUR / (end - start).min()))
    return int(min(_MOST_PX, 24 + hour_px * ((end.max() - start.min()) / _HOUR)))


def _mark(figure: go.Figure, now: pd.Timestamp | None, blocks: pd.DataFrame, lang: str) -> None:
    if now is None or not blocks["start"].min() <= now < blocks["end"].max():
        return
    at = now.tz_convert(blocks["start"].dt.tz).tz_localize(None)
    figure.add_hline(y=at, line={"color": INK, "width": 3, "dash": "dot"})
    words = plain(text("chart.own_day.now", lang, now=at))
    figure.add_annotation(
        x=1, xref="paper", xanchor="right", y=at, text=words, showarrow=False, bgcolor=PAPER, bordercolor=LINE
    )

"""The forecast with its uncertainty."""

from collections.abc import Iterator

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from charts.theme import INK, LONGEST_TITLE, PLANNED, finish, moment, nothing, shorts, time_axis, wall
from desk.i18n import text

_BANDS = (("q025", "q975", 0.15, "band95"), ("q10", "q90", 0.35, "band80"))
_PANEL_PX, _GAP_PX = 240, 56


def forecast_fan(
    forecast: pd.DataFrame, *, lang: str, queue: str | None = None, history: pd.DataFrame | None = None
) -> go.Figure:
    """Median, 80 % and 95 % bands of the inquiries offered, one panel per queue.

    Parameters
    ----------
    forecast : table ``forecast``.
    queue : only this queue; None draws all.
    history : table ``history``, in inquiries per interval of the forecast; drawn as points.
    """
    own = forecast if queue is None else forecast[forecast["queue"] == queue]
    if own.empty:
        return nothing(lang)
    queues = list(own["queue"].unique())
    titles = shorts(queues, LONGEST_TITLE)
    gap = _GAP_PX / (_PANEL_PX * len(queues))
    figure = make_subplots(rows=len(queues), shared_xaxes=True, vertical_spacing=gap, subplot_titles=titles)
    for row, name in enumerate(queues, start=1):
        past = None if history is None else history[history["queue"] == name]
        for trace in _traces(own[own["queue"] == name], past, lang):
            figure.add_trace(trace.update(showlegend=trace.showlegend is not False and row == 1), row=row, col=1)
    minutes = own["start"].diff().abs().min() / pd.Timedelta(minutes=1)
    figure.update_yaxes(title_text=text("chart.forecast_fan.y", lang, minutes=minutes), rangemode="tozero")
    time_axis(figure, lang)
    return finish(figure, text("chart.forecast_fan.title", lang), _alt(own, lang), 140 + _PANEL_PX * len(queues))


def _traces(own: pd.DataFrame, past: pd.DataFrame | None, lang: str) -> Iterator[go.Scatter]:
    x = wall(own["start"])
    for low, high, opacity, name in _BANDS:
        words, fill = text(f"chart.forecast_fan.{name}", lang), f"rgba(0,114,178,{opacity})"
        edge = {"x": x, "line": {"width": 0}, "hoverinfo": "skip", "mode": "lines"}
        yield go.Scatter(y=own[low], showlegend=False, **edge)
        yield go.Scatter(y=own[high], fill="tonexty", fillcolor=fill, name=words, **edge)
    words, hover = text("chart.forecast_fan.median", lang), "%{y:,.0f} (%{customdata[0]:,.0f}–%{customdata[1]:,.0f})"
    line = {"color": PLANNED, "width": 2}
    yield go.Scatter(x=x, y=own["q50"], line=line, name=words, customdata=own[["q10", "q90"]], hovertemplate=hover)
    if past is not None and not past.empty:
        dot, words = {"color": INK, "size": 4, "symbol": "circle-open"}, text("chart.forecast_fan.actual", lang)
        yield go.Scatter(x=wall(past["start"]), y=past["offered"], mode="markers", marker=dot, name=words)


def _alt(own: pd.DataFrame, lang: str) -> str:
    sentences = []
    for name, rows in own.groupby("queue", sort=False):
        top = rows.sort_values("mean").iloc[-1]
        facts = {"queue": name, "total": rows["mean"].sum(), "when": moment(top["start"], lang)}
        facts |= {"mean": top["mean"], "low": top["q10"], "high": top["q90"]}
        sentences.append(text("chart.forecast_fan.alt", lang, **facts))
    return " ".join(sentences)

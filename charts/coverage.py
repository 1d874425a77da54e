"""People required against people planned."""

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from charts.theme import (
    ALARM,
    INK,
    PLANNED,
    WANTED,
    ceiling,
    finish,
    moment,
    nothing,
    percent,
    time_axis,
    titled,
    wall,
    with_end,
)
from desk.i18n import text


def coverage(service: pd.DataFrame, *, lang: str, queue: str) -> go.Figure:
    """Effective agents planned and required for ``queue``, and the load that follows; no load where nothing comes.

    Parameters
    ----------
    service : table ``service``.
    """
    own = service[service["queue"] == queue]
    if own.empty:
        return nothing(lang)
    own = own.assign(load=own["load"].where((own["offered"] > 0) | (own["load"] > 0)))
    figure = make_subplots(rows=2, shared_xaxes=True, vertical_spacing=0.08, row_heights=[0.65, 0.35])
    steps = with_end(own)
    x = wall(steps["start"])
    lines = (
        ("effective_agents", "planned", {"color": PLANNED, "width": 1.5}, "tozeroy"),
        ("required", "required", {"color": ALARM, "width": 2, "dash": "dot"}, "none"),
    )
    for column, name, line, fill in lines:
        words = text(f"chart.coverage.{name}", lang)
        stepped = go.Scatter(
            x=x, y=steps[column], line={**line, "shape": "hv"}, fill=fill, name=words, yhoverformat=",.1f"
        )
        figure.add_trace(stepped.update(fillcolor="rgba(0,114,178,0.25)"), row=1, col=1)
    load = {"color": WANTED, "width": 1.5, "shape": "hv"}
    words = text("chart.coverage.load", lang)
    told = {"customdata": steps["load"].map(percent), "hovertemplate": "%{customdata}"}
    figure.add_trace(go.Scatter(x=x, y=ceiling(steps["load"]), line=load, name=words, **told), row=2, col=1)
    figure.add_hline(y=1, line={"color": INK, "width": 1, "dash": "dash"}, row=2, col=1)
    figure.update_yaxes(title_text=text("chart.coverage.y", lang), rangemode="tozero", row=1, col=1)
    figure.update_yaxes(title_text=words, tickformat=".0%", rangemode="tozero", row=2, col=1)
    time_axis(figure, lang)
    return finish(figure, text("chart.coverage.title", lang, queue=titled(queue)), _alt(own, queue, lang), 460)


def _alt(own: pd.DataFrame, queue: str, lang: str) -> str:
    short, busy = own["required"] > own["effective_agents"], (own["offered"] > 0) | (own["required"] > 0)
    facts = {"queue": queue, "short": int(short.sum()), "intervals": int(busy.sum())}
    if own["load"].notna().any():
        top = own.sort_values("load", na_position="first").iloc[-1]
        return text("chart.coverage.alt", lang, **facts, load=percent(top["load"]), when=moment(top["start"], lang))
    return text("chart.coverage.alt_no_load", lang, **facts)

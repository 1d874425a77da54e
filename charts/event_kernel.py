"""What is learned of a kind of phase: its lift by hour and by day since the start, and the earlier events."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from charts.theme import DASHES, PLANNED, QUIET, finish, nothing, short, titled
from desk.i18n import text

CUTS = ("hour", "day")
MOST = 6
BAND = "rgba(0, 114, 178, 0.18)"
TICKS = [0.1, 0.2, 0.5, 0.7, 1, 1.5, 2, 3, 5, 7, 10, 20, 50]


def event_kernel(kernels: pd.DataFrame, *, lang: str, queue: str, phase: str, drivers: str = "") -> go.Figure:
    """The learned lift as a line with its 80 % band over the earlier events as thin lines, on a log scale.

    Parameters
    ----------
    kernels : phase, cut (hour, day), since, promotion (empty: the kernel itself), log_lift, low, high of one queue.
    drivers : whose plans are told beforehand, so that the lift is what comes beyond them.
    """
    own = kernels[kernels["phase"] == phase] if len(kernels) else kernels
    own = own.assign(promotion=own["promotion"].astype("str").fillna("")) if len(own) else own
    if own.empty:
        return nothing(lang)
    heads = [text(f"chart.event_kernel.{cut}", lang) for cut in CUTS]
    figure = make_subplots(rows=1, cols=2, shared_yaxes=True, subplot_titles=heads, horizontal_spacing=0.05)
    for place, cut in enumerate(CUTS):
        for trace in _traces(own[own["cut"] == cut], lang, shown=place == 0):
            figure.add_trace(trace, row=1, col=place + 1)
        figure.update_xaxes(unifiedhovertitle_text=f"{heads[place]}: %{{x:.0f}}", col=place + 1)
    ticks = {"tickvals": TICKS, "ticktext": [f"× {tick:g}" for tick in TICKS]}
    figure.update_yaxes(type="log", hoverformat=".2f", **ticks)
    figure.update_yaxes(title_text=text("chart.event_kernel.y", lang), row=1, col=1)
    title = text("chart.event_kernel.title", lang, queue=titled(queue), phase=titled(phase))
    if drivers:
        title = text("chart.event_kernel.beyond", lang, title=title, drivers=titled(drivers))
    finish(figure, title, _alt(own, lang, queue, phase), 420)
    return figure.update_layout(margin_t=figure.layout.margin.t + 34)


def _traces(own: pd.DataFrame, lang: str, *, shown: bool) -> Iterator[go.Scatter]:
    kernel = own[own["promotion"] == ""].sort_values("since")
    since = [*kernel["since"], *kernel["since"][::-1]]
    edge: Any = {"width": 0}
    bounds = np.exp([*kernel["high"].astype(float), *kernel["low"].astype(float)[::-1]])
    words = text("chart.event_kernel.band", lang)
    yield go.Scatter(
        x=since, y=bounds, fill="toself", fillcolor=BAND, line=edge, name=words, showlegend=shown, hoverinfo="skip"
    )
    for place, (name, event) in enumerate(list(own[own["promotion"] != ""].groupby("promotion", sort=True))[-MOST:]):
        line: Any = {"color": QUIET, "width": 1, "dash": DASHES[place % len(DASHES)]}
        steps = event.sort_values("since")
        yield go.Scatter(
            x=steps["since"],
            y=np.exp(steps["log_lift"].astype(float)),
            line=line,
            mode="lines",
            name=short(name),
            legendgroup=short(name),
            showlegend=shown,
        )
    whole: Any = {"color": PLANNED, "width": 3}
    words = text("chart.event_kernel.learned", lang)
    yield go.Scatter(
        x=kernel["since"], y=np.exp(kernel["log_lift"].astype(float)), line=whole, name=words, showlegend=shown
    )


def _alt(own: pd.DataFrame, lang: str, queue: str, phase: str) -> str:
    kernel = own[(own["promotion"] == "") & (own["since"] >= 0)]
    hours, days = (kernel[kernel["cut"] == cut].sort_values("log_lift") for cut in CUTS)
    top = (hours if len(hours) else days).iloc[-1]
    events = own.loc[own["promotion"] != "", "promotion"].nunique()
    facts = {
        "lift": float(np.exp(top["log_lift"])),
        "low": float(np.exp(top["low"])),
        "high": float(np.exp(top["high"])),
    }
    when = text(f"chart.event_kernel.at_{top['cut']}", lang, since=int(top["since"]))
    return text("chart.event_kernel.alt", lang, queue=queue, phase=phase, events=events, when=when, **facts)

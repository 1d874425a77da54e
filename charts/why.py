"""Why a total is what it is: from the level to the forecast, factor by factor."""

import pandas as pd
import plotly.graph_objects as go

from charts.theme import COLOURS, INK, PLANNED, QUIET, finish, nothing, titled
from desk.i18n import text

_WHOLE = "forecast"
TICKS = [figure * 10**power for power in range(8) for figure in (1, 2, 5)]


def why(parts: pd.DataFrame, *, lang: str, queue: str, span: str) -> go.Figure:
    """A waterfall on a log scale: equal heights are equal factors.

    Parameters
    ----------
    parts : part, factor, inquiries (the total once the part is applied), the level first.
    span : the hour, day or phase in words.
    """
    if parts.empty or parts["inquiries"].min() <= 0:
        return nothing(lang)
    totals, names = parts["inquiries"].to_numpy(dtype=float), parts["part"].to_numpy(dtype=str)
    low = min(totals) * 0.7
    words = [text(f"chart.why.{name}", lang) for name in (*names, _WHOLE)]
    before, after = [low, *totals[:-1], low], [*totals, totals[-1]]
    bottom = [min(pair) for pair in zip(before, after, strict=True)]
    height = [abs(b - a) for a, b in zip(before, after, strict=True)]
    factors = [f"{totals[0]:,.0f}", *(f"× {factor:.2f}" for factor in parts["factor"].iloc[1:]), f"{totals[-1]:,.0f}"]
    up, ends = COLOURS[5], (0, len(words) - 1)
    colours = [
        QUIET if at in ends else up if b >= a else PLANNED for at, (a, b) in enumerate(zip(before, after, strict=True))
    ]
    figure = go.Figure()
    figure.add_bar(x=words, y=height, base=bottom, marker={"color": colours}, hoverinfo="skip", showlegend=False)
    top = [max(pair) for pair in zip(before, after, strict=True)]
    label = {"mode": "text", "text": factors, "textposition": "top center", "hoverinfo": "skip", "showlegend": False}
    figure.add_scatter(x=words, y=top, textfont={"color": INK}, **label)
    figure.update_yaxes(
        type="log", title_text=text("chart.why.y", lang), tickvals=TICKS, ticktext=[f"{value:,.0f}" for value in TICKS]
    )
    facts = {"queue": queue, "span": span, "total": totals[-1]}
    facts |= {name: float(factor) for name, factor in zip(names, parts["factor"], strict=True)}
    title = text("chart.why.title", lang, queue=titled(queue), span=titled(span))
    return finish(figure, title, text("chart.why.alt", lang, **facts), 380)

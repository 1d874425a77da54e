"""Two forecasts of the same days, and the difference between them."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from charts.theme import ALARM, DASHES, INK, PLANNED, QUIET, day_words, finish, moment, nothing, time_axis, titled
from desk.i18n import text

BAND = "rgba(0, 114, 178, 0.18)"


def forecast_beside(both: pd.DataFrame, *, lang: str, queue: str) -> go.Figure:
    """Means of both over time with the 80 % band of the newer one; below, what came to it or went from it.

    Parameters
    ----------
    both : group (start of the day or hour, naive), before, after, low, high, change of one queue.
    """
    if both.empty:
        return nothing(lang)
    figure = make_subplots(rows=2, shared_xaxes=True, row_heights=[0.7, 0.3], vertical_spacing=0.06)
    edge: dict[str, Any] = {"x": both["group"], "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    figure.add_scatter(y=both["low"], showlegend=False, row=1, col=1, **edge)
    band = text("chart.forecast_beside.band", lang)
    figure.add_scatter(y=both["high"], fill="tonexty", fillcolor=BAND, name=band, row=1, col=1, **edge)
    for name, colour, dash in (("before", QUIET, DASHES[1]), ("after", PLANNED, DASHES[0])):
        line = {"color": colour, "dash": dash, "width": 2}
        words = text(f"chart.forecast_beside.{name}", lang)
        figure.add_scatter(
            x=both["group"], y=both[name], line=line, name=words, hovertemplate="%{y:,.0f}", row=1, col=1
        )
    colours = [ALARM if value > 0 else INK for value in both["change"]]
    words = text("chart.forecast_beside.change", lang)
    bars = {"marker": {"color": colours}, "showlegend": False, "name": words, "hovertemplate": "%{y:+,.0f}"}
    figure.add_bar(x=both["group"], y=both["change"], row=2, col=1, **bars)
    figure.update_yaxes(title_text=text("chart.forecast_beside.y", lang), rangemode="tozero", row=1, col=1)
    figure.update_yaxes(title_text=words, row=2, col=1)
    time_axis(figure, lang)
    title = text("chart.forecast_beside.title", lang, queue=titled(queue))
    return finish(figure, title, _alt(both, lang, queue), 440)


def _alt(both: pd.DataFrame, lang: str, queue: str) -> str:
    top = both.iloc[int(both["change"].abs().to_numpy(dtype=float).argmax())]
    facts = {"queue": queue, "before": both["before"].sum(), "after": both["after"].sum()}
    daily = bool((both["group"] == both["group"].dt.normalize()).all())
    facts |= {"when": (day_words if daily else moment)(top["group"], lang), "change": top["change"]}
    return text("chart.forecast_beside.alt", lang, **facts)

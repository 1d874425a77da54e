"""Why the forecast is what it is."""

import pandas as pd
import plotly.graph_objects as go

from charts.theme import COLOURS, DASHES, INK, finish, nothing, time_axis, titled, wall
from desk.i18n import text

FACTORS = ("calendar", "promotion", "drivers", "overrides")


def factors(explanation: pd.DataFrame, *, lang: str, queue: str) -> go.Figure:
    """What calendar, promotion, drivers and overrides multiply the level of ``queue`` by.

    Parameters
    ----------
    explanation : ``Forecast.explanation``: start, queue, level and the factors.
    """
    own = explanation[explanation["queue"] == queue] if len(explanation) else explanation
    if own.empty:
        return nothing(lang)
    x, figure = wall(own["start"]), go.Figure()
    for place, name in enumerate(FACTORS):
        line = {"color": COLOURS[place], "dash": DASHES[place], "width": 2 if place else 1}
        words = text(f"chart.factors.{name}", lang)
        figure.add_scatter(x=x, y=own[name], line=line, name=words, mode="lines", yhoverformat=".2f")
    figure.add_hline(y=1, line={"color": INK, "width": 1})
    figure.update_yaxes(title_text=text("chart.factors.y", lang), rangemode="tozero")
    time_axis(figure, lang)
    facts = {"queue": queue, "level": own["level"].median()}
    facts |= {f"{name}_{edge}": getattr(own[name], edge)() for name in FACTORS for edge in ("min", "max")}
    alt = text("chart.factors.alt", lang, **facts)
    return finish(figure, text("chart.factors.title", lang, queue=titled(queue)), alt)

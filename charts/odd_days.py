"""Days that were found odd, on the line of all days."""

import pandas as pd
import plotly.graph_objects as go

from charts.theme import ALARM, COLOURS, INK, PLANNED, finish, nothing, time_axis, titled
from desk.i18n import text

SYMBOLS = {"outlier": "diamond", "outage": "x", "shift": "triangle-up"}


def odd_days(days: pd.DataFrame, odd: pd.DataFrame, *, lang: str, queue: str) -> go.Figure:
    """Inquiries by day; an odd one with a mark of its kind, and a hollow one where the model would have expected it.

    Parameters
    ----------
    days : day (naive midnight), offered. odd : date, found, verdict, offered, usual of one queue.
    """
    if days.empty:
        return nothing(lang)
    figure = go.Figure()
    line = {"color": PLANNED, "width": 1.5}
    words = text("chart.odd_days.counted", lang)
    figure.add_scatter(x=days["day"], y=days["offered"], mode="lines", line=line, name=words)
    for place, (found, own) in enumerate(odd.groupby("found", sort=True)):
        symbol = SYMBOLS.get(str(found), "circle")
        mark = {"symbol": symbol, "size": 11, "color": (ALARM, COLOURS[3], COLOURS[2])[place % 3]}
        name = text(f"chart.odd_days.{found}", lang)
        figure.add_scatter(x=own["date"], y=own["offered"], mode="markers", marker=mark, name=name)
    if len(odd):
        hollow = {"symbol": "circle-open", "size": 10, "color": INK}
        words = text("chart.odd_days.usual", lang)
        figure.add_scatter(x=odd["date"], y=odd["usual"], mode="markers", marker=hollow, name=words)
    figure.update_yaxes(title_text=text("chart.odd_days.y", lang), rangemode="tozero")
    time_axis(figure, lang)
    figure.update_traces(hovertemplate="%{x|%Y-%m-%d}: %{y:,.0f}")
    finished = finish(figure, text("chart.odd_days.title", lang, queue=titled(queue)), _alt(days, odd, lang, queue))
    return finished.update_layout(hovermode="closest")


def _alt(days: pd.DataFrame, odd: pd.DataFrame, lang: str, queue: str) -> str:
    waiting = int(odd["verdict"].isna().sum()) if len(odd) else 0
    facts = {"queue": queue, "days": len(days), "odd": len(odd), "waiting": waiting}
    if odd.empty:
        return text("chart.odd_days.alt_none", lang, **facts)
    last = odd.sort_values("date").iloc[-1]
    facts |= {"date": last["date"], "offered": float(last["offered"]), "usual": float(last["usual"])}
    return text("chart.odd_days.alt", lang, **facts)

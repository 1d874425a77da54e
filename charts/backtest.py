"""How good the forecast would have been, beside the simple ones."""

from collections.abc import Iterator

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from charts.theme import COLOURS, DASHES, INK, finish, label, nothing, percent, titled
from desk.i18n import text

SYMBOLS = ("circle", "diamond", "square", "triangle-up", "cross", "x", "star", "hexagon")
ROWS = ("queue", "phase", "event", "ahead")
_ALL = "all"


def backtest(errors: pd.DataFrame, *, lang: str) -> go.Figure:
    """WAPE of every model per queue, phase, event and day ahead as dots, the floor as a stroke; by hour below.

    Parameters
    ----------
    errors : cut, group, model, queue, wape, floor (shares); cut ``queue`` has one row a model and queue.
    """
    if errors.empty:
        return nothing(lang)
    dots, hours = _dots(errors, lang), errors[(errors["cut"] == "hour") & (errors["queue"] == _ALL)]
    groups = list(dict.fromkeys(dots["name"]))
    heights = [26 * len(groups) + 60, 240]
    figure = make_subplots(rows=2, row_heights=heights, vertical_spacing=60 / (sum(heights) + 120))
    for trace in _strokes(dots, lang):
        figure.add_trace(trace, row=1, col=1)
    for trace in _curves(hours, lang):
        figure.add_trace(trace, row=2, col=1)
    figure.update_xaxes(tickformat=".0%", rangemode="tozero", row=1, col=1, side="top")
    figure.update_yaxes(categoryorder="array", categoryarray=groups[::-1], row=1, col=1)
    figure.update_xaxes(title_text=text("chart.backtest.hour", lang), dtick=2, row=2, col=1)
    figure.update_yaxes(title_text=text("chart.backtest.y", lang), tickformat=".0%", rangemode="tozero", row=2, col=1)
    finished = finish(figure, text("chart.backtest.title", lang), _alt(errors, lang), sum(heights) + 180)
    return finished.update_layout(hovermode="closest", margin_t=80)


def _dots(errors: pd.DataFrame, lang: str) -> pd.DataFrame:
    """The rows of the upper panel with their names."""
    parts = []
    for cut in ROWS:
        own = errors[errors["cut"] == cut]
        own = own if cut == "queue" else own[own["queue"] == _ALL]
        if cut == "queue" or own["group"].nunique() > 1:
            group = own["queue"] if cut == "queue" else own["group"]
            parts.append(own.assign(name=[_name(cut, one, lang) for one in group]))
    return pd.concat(parts, ignore_index=True).dropna(subset=["wape"])


def _name(cut: str, group: object, lang: str) -> str:
    words = text("chart.backtest.ordinary", lang) if group == "" else titled(group)
    words = text("chart.backtest.everything", lang) if cut == "queue" and group == _ALL else words
    return text(f"chart.backtest.{cut}", lang, name=words)


def _strokes(dots: pd.DataFrame, lang: str) -> Iterator[go.Scatter]:
    for place, (model, own) in reversed(list(enumerate(dots.groupby("model", sort=False)))):
        mark = {"symbol": SYMBOLS[place % len(SYMBOLS)], "size": 10 if place else 12, "color": COLOURS[place % 8]}
        hover = "%{y}: %{x:.1%}"
        yield go.Scatter(
            x=own["wape"], y=own["name"], mode="markers", marker=mark, name=_model(model, lang), hovertemplate=hover
        )
    floor = dots.drop_duplicates("name")
    mark = go.scatter.Marker(symbol="line-ns", size=14, line={"width": 2, "color": INK})
    words = text("chart.backtest.floor", lang)
    yield go.Scatter(x=floor["floor"], y=floor["name"], mode="markers", marker=mark, name=words)


def _curves(hours: pd.DataFrame, lang: str) -> Iterator[go.Scatter]:
    for place, (model, own) in enumerate(hours.groupby("model", sort=False)):
        line = {"color": COLOURS[place % 8], "dash": DASHES[place % len(DASHES)], "width": 1.5 if place else 3}
        yield go.Scatter(x=own["group"], y=own["wape"], line=line, name=_model(model, lang), showlegend=False)


def _model(model: object, lang: str) -> str:
    return label(f"chart.backtest.model.{model}", str(model), lang)


def _alt(errors: pd.DataFrame, lang: str) -> str:
    whole = errors[(errors["cut"] == "queue") & (errors["queue"] == _ALL)].sort_values("wape")
    ranked = ", ".join(f"{_model(row.model, lang)} {percent(float(str(row.wape)))}" for row in whole.itertuples())
    return text("chart.backtest.alt", lang, ranked=ranked, floor=percent(float(whole["floor"].iloc[0])))

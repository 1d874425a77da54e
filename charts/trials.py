"""What a driver, or another model, did for the error of past forecasts."""

import pandas as pd
import plotly.graph_objects as go

from charts.theme import ALARM, COLOURS, INK, QUIET, finish, nothing, shorts, titled
from desk.i18n import text


def trials(tried: pd.DataFrame, *, lang: str, queue: str) -> go.Figure:
    """Error without and with each that was tried, joined by a line; those that entered are full diamonds.

    Parameters
    ----------
    tried : name, without, having (WAPE, shares), admitted of one queue, in the order of trial.
    """
    own = tried[tried["having"].map(lambda value: value < float("inf"))] if len(tried) else tried
    if own.empty:
        return nothing(lang)
    figure = go.Figure()
    names = shorts(own["name"])
    ends = zip(names, own["without"], own["having"], strict=True)
    joined = [(x, y) for name, without, having in ends for x, y in ((without, name), (having, name), (None, None))]
    line = {"color": QUIET, "width": 2}
    figure.add_scatter(
        x=[x for x, _ in joined], y=[y for _, y in joined], mode="lines", line=line, hoverinfo="skip", showlegend=False
    )
    hover, plain_mark = "%{y}: %{x:.1%}", {"symbol": "line-ns", "size": 14, "line": {"width": 3, "color": INK}}
    words = text("chart.trials.without", lang)
    figure.add_scatter(x=own["without"], y=names, mode="markers", marker=plain_mark, name=words, hovertemplate=hover)
    entered = own["admitted"].astype(bool)
    for key, mask, symbol, colour in (("entered", entered, "diamond", COLOURS[2]), ("left", ~entered, "x", ALARM)):
        mark = {"symbol": symbol, "size": 12, "color": colour}
        x, y = own.loc[mask, "having"], [name for name, there in zip(names, mask, strict=True) if there]
        words = text(f"chart.trials.{key}", lang)
        figure.add_scatter(x=x, y=y, mode="markers", marker=mark, name=words, hovertemplate=hover)
    figure.update_xaxes(title_text=text("chart.trials.x", lang), tickformat=".1%")
    figure.update_yaxes(categoryorder="array", categoryarray=names[::-1])
    title = text("chart.trials.title", lang, queue=titled(queue))
    return finish(figure, title, _alt(own, lang, queue), 190 + 34 * len(names)).update_layout(hovermode="closest")


def _alt(own: pd.DataFrame, lang: str, queue: str) -> str:
    told = ", ".join(
        text("chart.trials.one", lang, name=name, without=f"{without:.1%}", having=f"{having:.1%}")
        for name, without, having in zip(own["name"], own["without"], own["having"], strict=True)
    )
    return text("chart.trials.alt", lang, queue=queue, told=told)

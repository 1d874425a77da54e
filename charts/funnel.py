"""Who is further from the desk's rate than chance can be: a funnel, no league table."""

from statistics import NormalDist

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.theme import ALARM, PLANNED, QUIET, finish, nothing, plain
from desk.i18n import text

LIMITS = {0.9: "dash", 0.998: "dot"}
_POINTS = 60
_NORMAL = NormalDist()


def funnel(scores: pd.DataFrame, *, lang: str, measure: str, title: str) -> go.Figure:
    """Rate of each agent at equal hours against valid contacts, with the limits within which chance alone keeps it.

    Parameters
    ----------
    scores : table ``scores``, with a column ``name`` where names are to be shown instead of ids.
    title : of the measure, which must be a share.
    """
    own = scores[(scores["measure"] == measure) & (scores["contacts"] > 0) & (scores["expected"] > 0)]
    if own.empty or not own["observed"].between(0, 1).all():
        return nothing(lang)
    middle = float(np.average(own["observed"], weights=own["contacts"]))
    own = own.assign(rate=middle * own["observed"] / own["expected"])
    count = np.geomspace(max(own["contacts"].min() * 0.8, 1), own["contacts"].max() * 1.1, _POINTS)
    figure = go.Figure()
    for share, dash in LIMITS.items():
        reach = _NORMAL.inv_cdf((1 + share) / 2) * np.sqrt(middle * (1 - middle) / count)
        ends = [*np.clip(middle + reach, 0, 1), None, *np.clip(middle - reach, 0, 1)]
        line = {"color": QUIET, "dash": dash, "width": 1.5}
        name = text("chart.funnel.limit", lang, share=share)
        figure.add_scatter(x=[*count, None, *count], y=ends, mode="lines", line=line, name=name, hoverinfo="skip")
    out = _outside(own, middle)
    _dots(figure, own[~out], PLANNED, "circle", text("chart.funnel.inside", lang))
    _dots(figure, own[out], ALARM, "diamond", text("chart.funnel.outside", lang))
    figure.add_hline(y=middle, line={"color": QUIET, "width": 1})
    figure.update_xaxes(title_text=text("chart.funnel.x", lang), rangemode="tozero")
    figure.update_yaxes(tickformat=".0%")
    facts = {"measure": title, "agents": len(own), "outside": int(out.sum()), "middle": middle}
    finish(figure, text("chart.funnel.title", lang, measure=title), text("chart.funnel.alt", lang, **facts), 420)
    return figure.update_layout(hovermode="closest")


def _outside(own: pd.DataFrame, middle: float) -> "pd.Series[bool]":
    reach = _NORMAL.inv_cdf((1 + max(LIMITS)) / 2) * np.sqrt(middle * (1 - middle) / own["contacts"])
    out: pd.Series[bool] = (own["rate"] - middle).abs() > reach
    return out


def _dots(figure: go.Figure, own: pd.DataFrame, colour: str, symbol: str, name: str) -> None:
    if len(own):
        who = own["name" if "name" in own else "agent"].map(plain)
        marker = {"color": colour, "symbol": symbol, "size": 9}
        hover = "%{text}<br>%{x:.0f}: %{y:.1%}<extra></extra>"
        figure.add_scatter(x=own["contacts"], y=own["rate"], text=who, mode="markers", marker=marker, name=name,
                           hovertemplate=hover)  # fmt: skip

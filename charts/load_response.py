"""Load against what came of it, agent by agent."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.theme import COLOURS, PLANNED, QUIET, ceiling, finish, nothing, plain
from desk.i18n import text


def load_response(loads: pd.DataFrame, *, lang: str, title: str, share: bool) -> go.Figure:
    """Result of each agent against the load in which it came about, beside what was expected there.

    Parameters
    ----------
    loads : one row per agent: ``agent`` (and ``name``), ``load``, ``observed``, ``expected``.
    title : of the measure; ``share`` says that it is one.
    """
    own = loads.dropna(subset=["load", "observed", "expected"])
    if own.empty:
        return nothing(lang)
    own = own.assign(load=ceiling(own["load"])).sort_values("load")
    who = own["name" if "name" in own else "agent"].map(plain)
    form = ".1%" if share else ".1f"
    hover = f"%{{text}}<br>%{{x:.2f}}: %{{y:{form}}}<extra></extra>"
    gaps = [value for row in zip(own["observed"], own["expected"], strict=True) for value in (*row, None)]
    places = [value for place in own["load"] for value in (place, place, None)]
    figure = go.Figure()
    figure.add_scatter(x=places, y=gaps, mode="lines", line={"color": QUIET, "width": 1}, hoverinfo="skip",
                       showlegend=False)  # fmt: skip
    hollow, full = {"symbol": "diamond-open", "size": 8, "color": COLOURS[5]}, {"size": 8, "color": PLANNED}
    for key, marker in (("expected", hollow), ("observed", full)):
        name = text(f"chart.load_response.{key}", lang)
        figure.add_scatter(x=own["load"], y=own[key], text=who, mode="markers", marker=marker, name=name,
                           hovertemplate=hover)  # fmt: skip
    figure.update_xaxes(title_text=text("chart.load_response.x", lang))
    figure.update_yaxes(tickformat=".0%" if share else "")
    facts = {"measure": title, "agents": len(own), "low": own["load"].min(), "high": own["load"].max()}
    alt = text("chart.load_response.alt", lang, **facts, link=_link(own))
    finish(figure, text("chart.load_response.title", lang, measure=title), alt, 420)
    return figure.update_layout(hovermode="closest")


def _link(own: pd.DataFrame) -> float:
    """Correlation of load and what was expected; 0 where one of them is constant."""
    still = own["load"].nunique() < 2 or own["expected"].nunique() < 2
    return 0.0 if still else float(np.corrcoef(own["load"], own["expected"])[0, 1])

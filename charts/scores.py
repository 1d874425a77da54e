"""Adjusted scores with what is not known about them."""

import pandas as pd
import plotly.graph_objects as go

from charts.theme import COLOURS, INK, PLANNED, finish, nothing, shorts, titled
from desk.i18n import text
from desk.natural import natural_rank

_ROW_PX = 22
_UNITS = {"s": "s", "min": "min"}
_SHARE, _NUMBER = ".1%", ",.3~f"
"""How a value is written where one points at it."""


def scores(scores: pd.DataFrame, *, lang: str, measure: str, title: str, unit: str = "") -> go.Figure:
    """Adjusted value and interval per agent, in the order of their names: intervals, not ranks.

    Parameters
    ----------
    scores : table ``scores``, with a column ``name`` where names are to be shown instead of ids.
    title : what the measure is called. unit : of the measure, ``share`` among others.
    """
    own = scores[(scores["measure"] == measure) & scores["adjusted"].notna()]
    if own.empty:
        return nothing(lang)
    who = "name" if "name" in own else "agent"
    own = own.sort_values([who, "agent"], ignore_index=True, key=natural_rank)
    names, title = _names(own, who), titled(title)
    reach = {"array": own["high"] - own["adjusted"], "arrayminus": own["adjusted"] - own["low"], "symmetric": False}
    figure = go.Figure()
    hollow = {"symbol": "diamond-open", "size": 8, "color": COLOURS[5]}
    observed, adjusted = text("chart.scores.observed", lang), text("chart.scores.adjusted", lang)
    form = _SHARE if unit == "share" else _NUMBER
    seen = {"hovertemplate": f"%{{y}}: %{{x:{form}}}"}
    figure.add_scatter(x=own["observed"], y=names, mode="markers", marker=hollow, name=observed, **seen)
    dot, thin = {"size": 8, "color": PLANNED}, {"thickness": 1.2, "color": INK}
    between = f"%{{y}}: %{{x:{form}}} (%{{customdata[0]:{form}}}–%{{customdata[1]:{form}}})"
    told = {"hovertemplate": between, "customdata": own[["low", "high"]], "error_x": reach | thin}
    figure.add_scatter(x=own["adjusted"], y=names, mode="markers", marker=dot, name=adjusted, **told)
    figure.update_yaxes(type="category", autorange="reversed", dtick=1)
    figure.update_xaxes(side="top", tickformat=".0%" if unit == "share" else "", title_text=_UNITS.get(unit, ""))
    ends = {name: _written(getattr(own["adjusted"], end)(), unit) for name, end in (("low", "min"), ("high", "max"))}
    facts = {"measure": title, "agents": len(own)} | ends
    alt = text("chart.scores.alt", lang, **facts, apart=_apart(own))
    finish(figure, text("chart.scores.title", lang, measure=title), alt, 170 + _ROW_PX * len(own))
    return figure.update_layout(hovermode="closest", margin_t=figure.layout.margin.t + 44)


def _written(value: float, unit: str) -> str:
    return f"{value:.1%}" if unit == "share" else f"{value:.3g}"


def _names(own: pd.DataFrame, who: str) -> list[str]:
    """Of each row its own: namesakes are told apart by their codes."""
    alike = own[who].duplicated(keep=False)
    return shorts(own[who].where(~alike, own[who] + " " + own["agent"]))


def _apart(own: pd.DataFrame) -> int:
    middle = own["adjusted"].median()
    return int(((own["low"] > middle) | (own["high"] < middle)).sum())

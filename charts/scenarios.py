"""What scenarios would change in money, side by side."""

import pandas as pd
import plotly.graph_objects as go

from charts.theme import COLOURS, INK, finish, nothing, pattern, shorts
from desk.i18n import text

_KINDS = ("staff", "rest")


def scenarios(changes: pd.DataFrame, *, lang: str) -> go.Figure:
    """Two bars a scenario: how wages change, and how everything else that the plan counts does.

    Parameters
    ----------
    changes : ``name, staff, rest``: change against the plan, currency; dearer is positive.
    """
    if changes.empty:
        return nothing(lang)
    figure, names = go.Figure(), shorts(changes["name"])
    for place, kind in enumerate(_KINDS):
        bar = {"color": COLOURS[place], "pattern": pattern(place)}
        words = text(f"chart.scenarios.{kind}", lang)
        figure.add_bar(x=changes[kind], y=names, orientation="h", name=words, marker=bar, hovertemplate="%{x:+,.0f}")
    figure.add_vline(x=0, line={"color": INK, "width": 1})
    figure.update_yaxes(autorange="reversed", type="category", dtick=1)
    figure.update_xaxes(tickformat="+~s")
    total = changes["staff"] + changes["rest"]
    best = int(total.to_numpy().argmin())
    facts = {"count": len(changes), "best": changes["name"].iloc[best], "change": f"{total.iloc[best]:+,.0f}"}
    finish(
        figure, text("chart.scenarios.title", lang), text("chart.scenarios.alt", lang, **facts), 150 + 52 * len(names)
    )
    return figure.update_layout(hovermode="y unified", bargap=0.3)

"""What one more of something is worth, by day and queue or kind."""

import pandas as pd
import plotly.graph_objects as go

from charts.theme import column_words, day_words, finish, nothing, short
from desk.i18n import text

_SCALE = ((0.0, "#FFFFFF"), (0.25, "#CFE3F2"), (0.6, "#56A3D0"), (1.0, "#0B3C5D"))
_ROW_PX, _SHOWN_FROM = 34, 0.5


def marginal_heat(worth: pd.DataFrame, *, lang: str, title: str) -> go.Figure:
    """One row per queue or kind, one column per day, the worth of one more in the cell, in currency.

    Parameters
    ----------
    worth : ``words`` (of the row), ``date``, ``amount``; a day that is missing is worth nothing.
    title : what there would be one more of, in words.
    """
    if worth.empty or worth["amount"].max() <= 0:
        return nothing(lang)
    days = pd.date_range(worth["date"].min(), worth["date"].max())
    grid = worth.pivot_table(index="words", columns="date", values="amount", aggfunc="sum", sort=False)
    grid = grid.reindex(columns=days).fillna(0.0)
    columns, heads = [day_words(day, lang) for day in days], column_words(days, lang)
    figure = go.Figure(
        go.Heatmap(
            z=grid, x=columns, y=[short(name) for name in grid.index], colorscale=_SCALE, showscale=False,
            zmin=0, zmax=float(grid.to_numpy().max()), text=grid.map(lambda own: _cell(own)), texttemplate="%{text}",
            textfont={"size": 10}, xgap=1, ygap=1, hovertemplate="%{y}<br>%{x}<br>%{z:,.0f}<extra></extra>",
        )
    )  # fmt: skip
    figure.update_yaxes(autorange="reversed", type="category", dtick=1, showgrid=False)
    figure.update_xaxes(type="category", side="top", tickvals=columns, ticktext=heads, tickangle=0, showgrid=False)
    best = worth.sort_values("amount", kind="stable").iloc[-1]
    facts = {"best": best["words"], "day": day_words(best["date"], lang), "amount": best["amount"]}
    alt = text("chart.marginal_heat.alt", lang, title=title, days=len(days), **facts)
    finish(figure, title, alt, 130 + _ROW_PX * len(grid))
    return figure.update_layout(hovermode="closest", margin_t=112)


def _cell(amount: float) -> str:
    """Short enough for a narrow cell."""
    if amount < _SHOWN_FROM:
        return ""
    return f"{amount:.0f}" if amount < 1000 else f"{amount / 1000:.1f}k"

"""What one more of something is worth, by day and queue or kind."""

import pandas as pd
import plotly.graph_objects as go

from charts.scales import WORTH
from charts.theme import day_words, finish, nothing, shorts
from desk.i18n import text

_ROW_PX, _SHOWN_FROM = 26, 0.5
_LETTER_PX, _HEAD_PX, _PHONE_PX = 8, 24, 270


def marginal_heat(worth: pd.DataFrame, *, lang: str, title: str) -> go.Figure:
    """One row per day, one column per queue or kind, the worth of one more in the cell, in currency; so that weeks fit
    on a phone.

    Parameters
    ----------
    worth : ``words`` (of the column), ``date``, ``amount``; a day that is missing is worth nothing.
    title : what there would be one more of, for the alternative text; the page says it above the picture.
    """
    if worth.empty or worth["amount"].max() <= 0:
        return nothing(lang)
    days = pd.date_range(worth["date"].min(), worth["date"].max())
    grid = worth.pivot_table(index="date", columns="words", values="amount", aggfunc="sum", sort=False)
    grid = grid.reindex(days).fillna(0.0)
    heads = shorts(grid.columns)
    longest_px = _LETTER_PX * max(map(len, heads))
    figure = go.Figure(
        go.Heatmap(
            z=grid, x=heads, y=[day_words(day, lang) for day in days], colorscale=WORTH,
            showscale=False, zmin=0, zmax=float(grid.to_numpy().max()), text=grid.map(_cell),
            texttemplate="%{text}", textfont={"size": 12}, xgap=1, ygap=1,
            hovertemplate="%{x}<br>%{y}<br>%{z:,.0f}<extra></extra>",
        )
    )  # fmt: skip
    figure.update_yaxes(autorange="reversed", type="category", dtick=1, showgrid=False)
    upright = len(heads) * longest_px > _PHONE_PX
    figure.update_xaxes(type="category", side="top", dtick=1, showgrid=False, tickangle=-90 if upright else 0)
    best = worth.sort_values("amount", kind="stable").iloc[-1]
    facts = {"best": best["words"], "day": day_words(best["date"], lang), "amount": best["amount"]}
    alt = text("chart.marginal_heat.alt", lang, title=title, days=len(days), **facts)
    head_px = longest_px if upright else _HEAD_PX
    finish(figure, "", alt, 40 + head_px + _ROW_PX * len(grid))
    return figure.update_layout(hovermode="closest", margin_t=16 + head_px)


def _cell(amount: float) -> str:
    """Short enough for a narrow cell."""
    if amount < _SHOWN_FROM:
        return ""
    return f"{amount:.0f}" if amount < 1000 else f"{amount / 1000:.1f}k"

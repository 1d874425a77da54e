"""What the plan costs, term by term."""

import pandas as pd
import plotly.graph_objects as go

from charts.cost_words import cost_words
from charts.theme import LONGEST_NAME, PLANNED, finish, nothing, shorts
from desk.i18n import text


def costs(costs: pd.DataFrame, *, lang: str) -> go.Figure:
    """One bar per term of the cost account, the largest on top.

    Parameters
    ----------
    costs : table ``costs``, currency.
    """
    shown = costs[costs["amount"].abs() > 0].sort_values("amount", ignore_index=True)
    if shown.empty:
        return nothing(lang)
    terms = shorts((cost_words(str(term), lang) for term in shown["term"]), 2 * LONGEST_NAME)
    figure = go.Figure(
        go.Bar(
            x=shown["amount"], y=terms, orientation="h", marker={"color": PLANNED}, texttemplate="%{x:,.0f}",
            textposition="auto", hovertemplate="%{y}: %{x:,.0f}<extra></extra>", cliponaxis=False,
        )
    )  # fmt: skip
    figure.update_xaxes(tickformat="~s")
    largest = {"largest": terms[-1], "amount": shown["amount"].iloc[-1]}
    alt = text("chart.costs.alt", lang, total=shown["amount"].sum(), terms=len(shown), **largest)
    finish(figure, text("chart.costs.title", lang), alt, 130 + 36 * len(shown))
    return figure.update_layout(hovermode="closest")

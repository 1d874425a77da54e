"""What the event brings and costs, as a waterfall from its whole value to what is left."""

import pandas as pd
import plotly.graph_objects as go

from charts.theme import ALARM, COLOURS, INK, PLANNED, finish, nothing, plain
from desk.i18n import text


def event_account(account: pd.DataFrame, *, lang: str) -> go.Figure:
    """Bars that begin where the last one ended; the last is what is left.

    Parameters
    ----------
    account : ``words, amount``, in order: what comes in is positive, what goes out negative, currency.
    """
    shown = account[account["amount"].abs() > 0].reset_index(drop=True)
    if shown.empty:
        return nothing(lang)
    left, total = float(shown["amount"].sum()), text("chart.event_account.left", lang)
    words = [plain(own) for own in shown["words"]] + [total]
    figure = go.Figure(
        go.Waterfall(
            x=[*shown["amount"], left], y=words, orientation="h",
            measure=["relative"] * len(shown) + ["total"],
            increasing={"marker": {"color": COLOURS[2]}}, decreasing={"marker": {"color": ALARM}},
            totals={"marker": {"color": PLANNED}}, connector={"line": {"color": INK, "width": 0.5}},
            text=[_signed(own) for own in shown["amount"]] + [_signed(left)], textposition="auto",
            hovertemplate="%{y}: %{text}<extra></extra>", cliponaxis=False,
        )
    )  # fmt: skip
    figure.update_yaxes(autorange="reversed", type="category", dtick=1)
    figure.update_xaxes(tickformat="~s")
    out = -shown.loc[shown["amount"] < 0, "amount"].sum()
    alt = text("chart.event_account.alt", lang, value=left + out, out=out, left=left)
    finish(figure, text("chart.event_account.title", lang), alt, 120 + 30 * len(words))
    return figure.update_layout(hovermode="closest", waterfallgap=0.25)


def _signed(amount: float) -> str:
    return f"{'+' if amount > 0 else '−'}{abs(amount):,.0f}"

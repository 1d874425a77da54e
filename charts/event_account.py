"""What the event brings and costs, as a waterfall from its whole value to what is left."""

import pandas as pd
import plotly.graph_objects as go

from charts.theme import ALARM, COLOURS, LONGEST_NAME, PAPER, PATTERNS, PLANNED, finish, nothing, shorts
from desk.i18n import text

_COLOURS, _LEFT = (COLOURS[2], ALARM, PLANNED), 2
"""What comes in, what goes out, what is left."""
_ROOM = 1.45
"""Of the longest bar, so that its amount fits beside it on a phone."""


def event_account(account: pd.DataFrame, *, lang: str) -> go.Figure:
    """Bars that begin where the last one ended; the last is what is left.

    Parameters
    ----------
    account : ``words, amount``, in order: what comes in is positive, what goes out negative, currency.
    """
    shown = account[account["amount"].abs() > 0].reset_index(drop=True)
    if shown.empty:
        return nothing(lang)
    left = float(shown["amount"].sum())
    amounts = [*shown["amount"], left]
    words = [*shorts(shown["words"], 2 * LONGEST_NAME), text("chart.event_account.left", lang)]
    begins = [*(shown["amount"].cumsum() - shown["amount"]), 0.0]
    kinds = [*(int(own < 0) for own in shown["amount"]), _LEFT]
    figure = go.Figure(
        go.Bar(
            base=begins, x=amounts, y=words, orientation="h", text=[_signed(own) for own in amounts],
            marker={"color": [_COLOURS[kind] for kind in kinds],
                    "pattern": {"shape": [PATTERNS[kind] for kind in kinds], "fgcolor": PAPER, "size": 6}},
            textposition="outside", hovertemplate="%{y}: %{text}<extra></extra>", cliponaxis=False,
        )
    )  # fmt: skip
    figure.update_yaxes(autorange="reversed", type="category", dtick=1)
    top = max(begin + max(own, 0.0) for begin, own in zip(begins, amounts, strict=True))
    figure.update_xaxes(tickformat="~s", range=[min(0.0, 1.3 * left), _ROOM * top])
    out = -shown.loc[shown["amount"] < 0, "amount"].sum()
    alt = text("chart.event_account.alt", lang, value=left + out, out=out, left=left)
    finish(figure, text("chart.event_account.title", lang), alt, 120 + 30 * len(words))
    return figure.update_layout(hovermode="closest", bargap=0.25)


def _signed(amount: float) -> str:
    return f"{'+' if amount > 0 else '−'}{abs(amount):,.0f}"

"""What the event brings and costs, as a waterfall from its whole value to what is left."""

import pandas as pd
import plotly.graph_objects as go

from charts.theme import ALARM, COLOURS, PAPER, PATTERNS, PLANNED, finish, nothing, shorts
from desk.i18n import text

_COLOURS, _LEFT = (COLOURS[2], ALARM, PLANNED), 2
"""What comes in, what goes out, what is left."""
_ROOM = 1.45
"""Of all bars, so that an amount fits beside the longest on a phone."""
_LONGEST = 36
"""Of a bar's words: on a phone longer ones leave the bars no room."""


def event_account(account: pd.DataFrame, *, lang: str) -> go.Figure:
    """Bars that begin where the last one ended; the last is what is left. Each is drawn from its lower end, so that its
    amount stands to its right.

    Parameters
    ----------
    account : ``words, amount``, in order: what comes in is positive, what goes out negative, currency.
    """
    shown = account[account["amount"].abs() > 0].reset_index(drop=True)
    if shown.empty:
        return nothing(lang)
    left = float(shown["amount"].sum())
    amounts = [*shown["amount"], left]
    words = [*shorts(shown["words"], _LONGEST), text("chart.event_account.left", lang)]
    lows = [*(shown["amount"].cumsum() - shown["amount"].clip(lower=0.0)), min(left, 0.0)]
    kinds = [*(int(own < 0) for own in shown["amount"]), _LEFT]
    lengths = [abs(own) for own in amounts]
    figure = go.Figure(
        go.Bar(
            base=lows, x=lengths, y=words, orientation="h", text=[_signed(own) for own in amounts],
            marker={"color": [_COLOURS[kind] for kind in kinds],
                    "pattern": {"shape": [PATTERNS[kind] for kind in kinds], "fgcolor": PAPER, "size": 6}},
            textposition="outside", hovertemplate="%{y}: %{text}<extra></extra>", cliponaxis=False,
        )
    )  # fmt: skip
    figure.update_yaxes(autorange="reversed", type="category", dtick=1)
    top = max(low + own for low, own in zip(lows, lengths, strict=True))
    first = min(0.0, 1.3 * left)
    figure.update_xaxes(tickformat="~s", range=[first, first + _ROOM * (top - first)])
    out = -shown.loc[shown["amount"] < 0, "amount"].sum()
    alt = text("chart.event_account.alt", lang, value=left + out, out=out, left=left)
    finish(figure, text("chart.event_account.title", lang), alt, 120 + 30 * len(words))
    return figure.update_layout(hovermode="closest", bargap=0.25)


def _signed(amount: float) -> str:
    return f"{'+' if amount > 0 else '−'}{abs(amount):,.0f}"

"""How a payout is made up."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from charts.theme import ALARM, COLOURS, INK, finish, label, nothing, pattern
from desk.currency import amount_words
from desk.i18n import text

_TOTAL = "composite"
_SMALL = 0.005


def payout_waterfall(scores: pd.DataFrame, *, lang: str, currency: str) -> go.Figure:
    """The parts of the money one after the other, up to the total, over the agents in ``scores``.

    Parameters
    ----------
    scores : table ``scores``; what the total holds beyond the parts is the guarantee, what it lacks a cap took.
    """
    paid = scores.dropna(subset="payout")
    sums = paid.groupby("measure", sort=False)["payout"].sum()
    total = float(sums.get(_TOTAL, sums.sum()))
    parts = [(label(f"measure.{name}.title", str(name), lang), float(value))
             for name, value in sums.drop(_TOTAL, errors="ignore").items()]  # fmt: skip
    rest = total - sum(value for _, value in parts)
    if abs(rest) > _SMALL:
        parts.append((text(f"chart.payout_waterfall.{'guarantee' if rest > 0 else 'cap'}", lang), rest))
    if not parts or not any(value for _, value in parts):
        return nothing(lang)
    figure = go.Figure()
    base = 0.0
    for place, (name, value) in enumerate(parts):
        colour = {"color": COLOURS[0] if value >= 0 else ALARM, "pattern": pattern(place)}
        _bar(figure, name, value, base, currency, colour)
        base += value
    _bar(figure, text("chart.payout_waterfall.total", lang), total, 0.0, currency, {"color": INK})
    figure.update_yaxes(title_text=currency, tickformat=",.0f", rangemode="tozero")
    figure.update_xaxes(type="category", showgrid=False)
    largest = max(parts, key=lambda part: part[1])
    facts = {"total": total, "currency": currency, "parts": len(parts), "largest": largest[0], "most": largest[1]}
    finish(figure, text("chart.payout_waterfall.title", lang), text("chart.payout_waterfall.alt", lang, **facts))
    return figure.update_layout(hovermode="closest", showlegend=False)


def _bar(figure: go.Figure, name: str, value: float, base: float, currency: str, marker: Mapping[str, object]) -> None:
    words = amount_words(value, currency)
    figure.add_bar(x=[name], y=[value], base=[base], marker=marker, text=[words], textposition="outside",
                   cliponaxis=False, hovertemplate=f"%{{x}}: {words}<extra></extra>")  # fmt: skip

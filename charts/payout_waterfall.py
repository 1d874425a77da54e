"""How a payout is made up."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from charts.theme import ALARM, COLOURS, INK, finish, label, nothing, pattern
from desk.currency import amount_words
from desk.i18n import text

_TOTAL = "composite"
_BESIDE = ("guarantee", "cap")
_SMALL = 0.0005


def payout_waterfall(scores: pd.DataFrame, *, lang: str, currency: str) -> go.Figure:
    """The parts of the money one after the other, up to the total, over the agents in ``scores``.

    Parameters
    ----------
    scores : table ``scores``, perhaps with rows of the measures ``guarantee`` and ``cap`` (below 0); what the total
        holds beyond all these is the guarantee, what it lacks a cap took.
    """
    paid = scores.dropna(subset="payout")
    sums = paid.groupby("measure", sort=False)["payout"].sum()
    total = float(sums.get(_TOTAL, sums.sum()))
    parts = [(_title(str(name), lang), float(value)) for name, value in sums.drop(_TOTAL, errors="ignore").items()]
    rest = total - sum(value for _, value in parts)
    if abs(rest) > _SMALL:
        parts.append((_title("guarantee" if rest > 0 else "cap", lang), rest))
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
    facts = {"total": amount_words(total, currency), "currency": currency, "parts": len(parts)}
    facts |= {"largest": largest[0], "most": amount_words(largest[1], currency)}
    finish(figure, text("chart.payout_waterfall.title", lang), text("chart.payout_waterfall.alt", lang, **facts))
    return figure.update_layout(hovermode="closest", showlegend=False)


def _title(name: str, lang: str) -> str:
    own = f"chart.payout_waterfall.{name}" if name in _BESIDE else f"measure.{name}.title"
    return label(own, name, lang)


def _bar(figure: go.Figure, name: str, value: float, base: float, currency: str, marker: Mapping[str, object]) -> None:
    words = amount_words(value, currency)
    figure.add_bar(x=[name], y=[value], base=[base], marker=marker, text=[words], textposition="outside",
                   cliponaxis=False, hovertemplate=f"%{{x}}: {words}<extra></extra>")  # fmt: skip

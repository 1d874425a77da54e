"""Why the forecast is what it is: an hour, a day or a phase in factors, what hands changed, and the earlier events."""

from collections.abc import Iterator
from math import prod
from typing import Any

import pandas as pd
import streamlit as st

import charts
from desk.i18n import text
from planner.explained import Span, factors_between
from planner.rows import rows
from planner.tuned import overlapping, phases_of, whole_of
from views.forecast.drawn import show_drawn
from views.forecast.shown import Shown, choose_reason
from views.forecast.sight import Sight
from views.markdown import plain
from views.picture import show_picture

_MANY, _DIGITS, _FEWER = 1000, range(4, 10), 3
"""Digits of factors behind the point; their level has fewer."""


def show_reason(sight: Sight, shown: Shown, lang: str) -> None:
    """Draw the waterfall of what is chosen with its factors as a product, the changes by hand that are in it, and the
    earlier phases from which the lift is learned.
    """
    st.header(text("view.forecast.why", lang))
    span = choose_reason(sight, shown, lang)
    parts = factors_between(sight.forecast, shown.queue, span)
    if parts.empty:
        st.info(text("view.forecast.no_why", lang))
        return
    figure = charts.why(parts, lang=lang, queue=shown.queue, span=span.name)
    show_drawn(figure, parts, lang, key="forecast-why")
    st.markdown(plain(product(parts)))
    told = list(_hands(_in_forecast(sight), shown.queue, span, lang))
    if told:
        st.markdown("\n".join(f"- {plain(line)}" for line in told))
    if span == shown.span:
        own = shown.rows(sight.forecast.explanation)
        figure = charts.factors(own, lang=lang, queue=shown.queue)
        show_picture(figure, own, "forecast", lang, key="forecast-factors")
    if span != whole_of(sight.forecast, lang):
        _earlier(sight, shown, span, lang)


def product(parts: pd.DataFrame) -> str:
    """Level and factors as a product, in as many digits as who multiplies them anew needs to find what stands there."""
    level, *factors = parts["factor"]
    made = _inquiries(parts["inquiries"].iloc[-1])
    digits = next((few for few in _DIGITS if _reckoned(level, factors, few) == made), _DIGITS[0])
    told = " ".join(f"× {factor:.{digits}f}" for factor in factors)
    return f"{level:,.{digits - _FEWER}f} {told} = {made}"


def _reckoned(level: float, factors: list[float], digits: int) -> str:
    """What somebody finds who has so many digits of each."""
    return _inquiries(round(level, digits - _FEWER) * prod(round(factor, digits) for factor in factors))


def _inquiries(value: float) -> str:
    return f"{value:,.{int(value < _MANY)}f}"


def _in_forecast(sight: Sight) -> pd.DataFrame:
    return sight.learned.get("overrides", sight.desk.table("overrides"))


def _hands(overrides: pd.DataFrame, queue: str, span: Span, lang: str) -> Iterator[str]:
    for row in rows(overlapping(overrides, queue, span.start, span.end)):
        yield text("view.forecast.hands", lang, **hand_words(row, lang))


def hand_words(row: Any, lang: str) -> dict[str, str]:
    """What an override does, whose it is, when and why, for sentences."""
    made = text(f"planner.review.kind_{row.kind}", lang, value=row.value)
    found = {"made": made, "start": f"{row.start:%Y-%m-%d %H:%M}", "end": f"{row.end:%Y-%m-%d %H:%M}"}
    said = {"owner": row.owner, "reason": row.reason}
    return found | {name: "–" if pd.isna(own) else str(own) for name, own in said.items()}


def _earlier(sight: Sight, shown: Shown, span: Span, lang: str) -> None:
    """The earlier events behind the phase that fills most of the span."""
    found = sight.forecast.analogues
    inside = {
        own: min(own.end, span.end) - max(own.start, span.start)
        for own in phases_of(sight.desk, sight.forecast)
        if own.start < span.end and own.end > span.start
    }
    if found.empty or not inside:
        return
    coming = max(inside, key=lambda own: inside[own]).phase
    own = found[(found["queue"] == shown.queue) & (found["coming"] == coming)]
    if len(own):
        figure = charts.analogues(own, lang=lang, queue=shown.queue, coming=coming)
        show_picture(figure, own, "forecast", lang, key="forecast-analogues")

"""Numbers, dates and ids in the reader's form."""

from math import isfinite, isnan
from typing import Any

import pandas as pd

from desk import Desk
from desk.i18n import text

_NONE = "–"


def whole(value: float) -> str:
    """A number without decimals, thousands apart."""
    return f"{value:,.0f}" if isfinite(value) else _NONE


def share(value: float, digits: int = 0) -> str:
    """A share as a percentage."""
    return f"{value:.{digits}%}" if isfinite(value) else _NONE


def signed(value: float) -> str:
    """A share as a percentage with one digit and its sign."""
    return f"{value:+.1%}" if isfinite(value) else _NONE


def load_words(value: float, lang: str) -> str:
    """A load; in words where work comes in and nobody is there."""
    return share(value) if isfinite(value) else text("planner.page.nobody", lang)


def measured(value: float) -> str:
    """A measured value of any size, three digits."""
    if not isfinite(value):
        return _NONE
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def money(value: float, currency: str) -> str:
    """An amount of money, rounded to the unit."""
    return f"{value:,.0f} {currency}" if isfinite(value) else _NONE


def between(low: float, high: float) -> str:
    """A range of whole numbers."""
    return _NONE if isnan(low) or isnan(high) else f"{low:,.0f}–{high:,.0f}"


def share_between(low: float, high: float, digits: int = 0, to: str = "–") -> str:
    """A range of shares; a dash where one end is not known, as of a single run."""
    return f"{share(low, digits)}{to}{share(high, digits)}" if isfinite(low) and isfinite(high) else _NONE


def seconds(value: float, lang: str) -> str:
    """A target time: seconds up to two minutes, minutes or hours where they come out even."""
    for unit, length in (("h", 3600), ("min", 60)):
        if value >= 2 * length and value % length == 0:
            return text(f"planner.unit.{unit}", lang, value=value / length)
    return text("planner.unit.s", lang, value=value)


def day(moment: pd.Timestamp, lang: str) -> str:
    """A day with its weekday."""
    return text("planner.format.day", lang, day=moment, weekday=weekday(moment, lang))


def hour(moment: pd.Timestamp, lang: str) -> str:
    """A moment with its weekday."""
    return text("planner.format.hour", lang, day=moment, weekday=weekday(moment, lang))


def weekday(moment: pd.Timestamp, lang: str) -> str:
    """The short name of the day of the week."""
    return text(f"planner.weekday.{moment.weekday()}", lang)


def period(desk: Desk, lang: str) -> str:
    """First and last day of the horizon."""
    first, last = desk.dates[0], desk.dates[-1]
    return text("planner.format.period", lang, first=first, last=last, days=len(desk.dates))


def term(name: Any, lang: str) -> str:
    """The words of a term of the cost account; the name itself where it has none."""
    from charts.cost_words import cost_words

    return cost_words(str(name), lang)

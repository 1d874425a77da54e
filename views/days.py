"""Days as people choose them."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from charts.theme import day_words
from desk import Desk
from desk.i18n import text
from desk.week import DAYS, week_starts
from views.addressed import by_address, day_written
from views.recalled import again

DAY_FORM = "YYYY-MM-DD"
"""How fields show days: as everything else does."""
_ALL = -1


def choose_day(dates: pd.DatetimeIndex, lang: str, *, key: str) -> pd.Timestamp:
    """Draw the choice of a day."""
    by_address("day", key, list(dates), day_written)
    return st.selectbox(text("view.app.day", lang), list(dates), key=key, format_func=lambda day: day_words(day, lang))


def choose_day_or_all(dates: pd.DatetimeIndex, lang: str, *, key: str) -> pd.Timestamp | None:
    """Draw the choice of a day; None stands for all days."""
    days = dict(enumerate(dates))
    by_address("day", key, [_ALL, *days], lambda place: _place_written(place, days))
    words = {_ALL: text("view.app.all_days", lang)} | {place: day_words(day, lang) for place, day in days.items()}
    return days.get(st.selectbox(text("view.app.day", lang), list(words), key=key, format_func=words.__getitem__))


def choose_week(desk: Desk, lang: str, *, key: str) -> pd.DatetimeIndex:
    """Draw the choice of a week of the desk's horizon, or of all days; the days chosen."""
    dates, weeks = desk.dates, week_starts(desk.dates, desk.settings.week_begins)
    starts = dict(enumerate(weeks.unique()))
    words = {place: day_words(start, lang) for place, start in starts.items()}
    words |= {_ALL: text("view.app.all_days", lang)}
    whole = next((place for place, start in starts.items() if (weeks == start).sum() == DAYS), 0)
    label, places = text("view.app.week", lang), list(words)
    by_address("week", key, places, lambda place: _place_written(place, starts), whole)

    def drawn(place: int) -> int:
        first = places.index(place if place in words else whole)
        return st.selectbox(label, places, first, format_func=words.__getitem__, key=key)

    chosen = again(key, key, whole, drawn)
    return dates if chosen == _ALL else dates[weeks == starts[chosen]]


def _place_written(place: int, days: Mapping[int, pd.Timestamp]) -> str:
    return day_written(days[place]) if place in days else "all"


def on_day(frame: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """Rows that start on the local day."""
    own: pd.DataFrame = frame.loc[frame["start"].dt.tz_localize(None).dt.normalize() == day]
    return own

"""From when until when: days and clock times of a forecast."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from desk import Forecast
from desk.i18n import text
from planner.explained import Span
from planner.tuned import day_spans
from views.forecast.shown import Shown

HOUR = pd.Timedelta(hours=1)


def choose_stretch(forecast: Forecast, shown: Shown, lang: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Draw the choice of a first and a last day and time; at first the busiest hour of what is shown.

    Returns
    -------
    start, and the first moment after the end; zone-aware.
    """
    first = _busiest(forecast, shown)
    last = first + HOUR
    days = day_spans(forecast, lang)
    stamp = f"{shown.queue}-{first:%Y%m%d%H%M}-{last:%Y%m%d%H%M}"
    columns = st.columns(4)
    start = _moment(forecast, days, first, "from", stamp, columns[:2], lang)
    end = _moment(forecast, days, last, "to", stamp, columns[2:], lang)
    return start, end


def _busiest(forecast: Forecast, shown: Shown) -> pd.Timestamp:
    """Start of the busiest clock hour of what is shown."""
    mean = forecast.paths[:, :, forecast.queues.index(shown.queue)].mean(axis=0)
    inside = (forecast.starts >= shown.span.start) & (forecast.starts < shown.span.end)
    own, starts = mean[inside], forecast.starts[inside]
    top: pd.Timestamp = starts[int(own.argmax())]
    return max(top.floor("h", ambiguous=True, nonexistent="shift_forward"), starts[0])


def _moment(
    forecast: Forecast,
    days: list[Span],
    given: pd.Timestamp,
    side: str,
    stamp: str,
    places: Sequence[DeltaGenerator],
    lang: str,
) -> pd.Timestamp:
    """Draw a day and a time; of ``to`` the times are those after an interval."""
    each = pd.Timedelta(minutes=forecast.interval_min)
    near = given - each if side == "to" else given
    place = next((index for index, day in enumerate(days) if near < day.end), len(days) - 1)
    with places[0]:
        chosen = st.selectbox(
            text(f"view.forecast.override.{side}_day", lang), range(len(days)), place,
            format_func=lambda index: days[index].name, key=f"override-{side}-day-{stamp}",
        )  # fmt: skip
    day = days[chosen]
    starts = forecast.starts[(forecast.starts >= day.start) & (forecast.starts < day.end)]
    times = list(starts + each) if side == "to" else list(starts)
    first = times.index(given) if given in times else 0
    with places[1]:
        at = st.selectbox(
            text(f"view.forecast.override.{side}_time", lang), range(len(times)), first,
            format_func=lambda index: _clock(times[index], day), key=f"override-{side}-time-{chosen}-{stamp}",
        )  # fmt: skip
    found: pd.Timestamp = times[at]
    return found


def _clock(time: pd.Timestamp, day: Span) -> str:
    return "24:00" if time == day.end else f"{time:%H:%M}"

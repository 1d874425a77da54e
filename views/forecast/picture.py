"""The fan of a forecast, with the history before it."""

import pandas as pd

import charts
from views.forecast.shown import Shown
from views.forecast.sight import Sight
from views.picture import show_picture
from views.summary import past


def show_fan(sight: Sight, shown: Shown, lang: str) -> None:
    """Draw the fan with history and the table behind it."""
    own = shown.rows(sight.frame)
    figure = charts.forecast_fan(own, lang=lang, queue=shown.queue, history=_history(sight, shown))
    show_picture(figure, own, "forecast", lang, key="forecast")


def _history(sight: Sight, shown: Shown) -> pd.DataFrame:
    """Counts of the shown days, and of the week before them where the whole is shown."""
    known = past(sight.desk, shown.queue)
    if len(shown.rows(sight.frame)) == len(sight.frame) / len(sight.forecast.queues):
        return known
    inside = (known["start"] >= shown.span.start) & (known["start"] < shown.span.end)
    own: pd.DataFrame = known[inside]
    return own

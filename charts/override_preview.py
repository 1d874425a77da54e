"""What a change by hand does to the forecast, before it is saved."""

import pandas as pd
import plotly.graph_objects as go

from charts.theme import ALARM, DASHES, QUIET, finish, nothing, time_axis, titled, wall, with_end
from desk.i18n import text


def override_preview(preview: pd.DataFrame, *, lang: str, queue: str) -> go.Figure:
    """Mean inquiries per interval as they are now and as they would be.

    Parameters
    ----------
    preview : start, before, after.
    """
    if preview.empty:
        return nothing(lang)
    figure = go.Figure()
    steps = with_end(preview.reset_index(drop=True))
    for name, colour, dash in (("before", QUIET, DASHES[1]), ("after", ALARM, DASHES[0])):
        line = {"color": colour, "dash": dash, "width": 2, "shape": "hv"}
        words = text(f"chart.override_preview.{name}", lang)
        figure.add_scatter(x=wall(steps["start"]), y=steps[name], line=line, name=words, hovertemplate="%{y:,.1f}")
    figure.update_yaxes(title_text=text("chart.override_preview.y", lang), rangemode="tozero")
    time_axis(figure, lang)
    facts = {"queue": queue, "before": preview["before"].sum(), "after": preview["after"].sum()}
    title = text("chart.override_preview.title", lang, queue=titled(queue))
    return finish(figure, title, text("chart.override_preview.alt", lang, **facts), 300)

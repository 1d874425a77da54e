"""Load of a queue in two worlds: as planned, and as supposed."""

import pandas as pd
import plotly.graph_objects as go

from charts.theme import (
    ALARM,
    DASHES,
    INFINITE,
    INK,
    PLANNED,
    ceiling,
    finish,
    moment,
    nothing,
    percent,
    time_axis,
    titled,
    wall,
    with_end,
)
from desk.i18n import text


def load_beside(before: pd.DataFrame, after: pd.DataFrame, *, lang: str, queue: str, limit: float) -> go.Figure:
    """Load per interval before and after.

    Parameters
    ----------
    before, after : tables ``service`` of the same intervals.
    limit : load from which an interval counts as overloaded.
    """
    planned, supposed = (_of_queue(own, queue) for own in (before, after))
    if planned.empty or supposed.empty:
        return nothing(lang)
    figure, highest = go.Figure(), _highest(planned, supposed, limit)
    for own, name, colour, dash in zip(
        (planned, supposed), ("before", "after"), (PLANNED, ALARM), DASHES, strict=False
    ):
        steps = with_end(own)
        line = {"color": colour, "width": 2, "dash": dash, "shape": "hv"}
        told = {"customdata": steps["load"].map(percent), "hovertemplate": "%{customdata}"}
        words = text(f"planner.whatif.{name}", lang)
        figure.add_trace(
            go.Scatter(x=wall(steps["start"]), y=ceiling(steps["load"], highest), line=line, name=words, **told)
        )
    figure.add_hline(y=limit, line={"color": INK, "width": 1, "dash": "dash"})
    figure.update_yaxes(title_text=text("chart.coverage.load", lang), tickformat=".0%", rangemode="tozero")
    time_axis(figure, lang)
    return finish(
        figure, text("chart.load_beside.title", lang, queue=titled(queue)), _alt(planned, supposed, queue, limit, lang)
    )


def _of_queue(service: pd.DataFrame, queue: str) -> pd.DataFrame:
    """The rows of a queue, the load blank where nothing comes."""
    own = service[service["queue"] == queue].reset_index(drop=True)
    return own.assign(load=own["load"].where((own["offered"] > 0) | (own["load"] > 0)))


def _highest(before: pd.DataFrame, after: pd.DataFrame, limit: float) -> float:
    """The highest finite load of both, or the limit: hours without anybody stand equally high on both sides."""
    loads = [float(load) for own in (before, after) for load in own["load"]]
    return max([limit, *(load for load in loads if load < INFINITE)])


def _alt(before: pd.DataFrame, after: pd.DataFrame, queue: str, limit: float, lang: str) -> str:
    counts = [int((own["load"] > limit).sum()) for own in (before, after)]
    facts = {"queue": queue, "limit": percent(limit), "before": counts[0], "after": counts[1]}
    if not after["load"].notna().any():
        return text("chart.load_beside.alt_no_load", lang, **facts)
    top = after.sort_values("load", na_position="first").iloc[-1]
    return text("chart.load_beside.alt", lang, **facts, load=percent(top["load"]), when=moment(top["start"], lang))

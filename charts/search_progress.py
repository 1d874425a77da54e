"""How a running optimisation closes in on its answer."""

from collections.abc import Sequence
from math import isfinite
from typing import NamedTuple

import plotly.graph_objects as go

from charts.theme import PLANNED, WANTED, finish, nothing
from desk.i18n import text


class Moment(NamedTuple):
    """What was known so many seconds after the start; None where there was nothing yet."""

    seconds: float
    incumbent: float | None
    bound: float | None


_ROOM, _LEAST_ROOM = 0.05, 0.005
"""Above and below what is drawn: a part of its height, and at least of its value."""


def search_progress(moments: Sequence[Moment], *, lang: str, currency: str) -> go.Figure:
    """The best plan so far and what no plan can be below, over the seconds."""
    known = [own for own in moments if own.incumbent is not None]
    if not known:
        return nothing(lang)
    seconds = [own.seconds for own in known]
    figure = go.Figure()
    line: dict[str, object] = {"x": seconds, "mode": "lines+markers", "line_shape": "hv"}
    words = {name: text(f"chart.search_progress.{name}", lang) for name in ("incumbent", "bound")}
    figure.add_scatter(y=[own.incumbent for own in known], name=words["incumbent"], line_color=PLANNED, **line)
    bounds = [own.bound for own in known]
    figure.add_scatter(y=bounds, name=words["bound"], line={"color": WANTED, "dash": "dash"}, **line)
    figure.update_xaxes(title=text("chart.search_progress.seconds", lang))
    figure.update_yaxes(tickformat=",.0f", hoverformat=",.0f", title=currency, range=_around(known))
    last = known[-1]
    alt = text("chart.search_progress.alt", lang, incumbent=last.incumbent, seconds=last.seconds, currency=currency)
    return finish(figure, text("chart.search_progress.title", lang), alt, 260)


def _around(known: Sequence[Moment]) -> tuple[float, float]:
    """From below the least to above the most: around a single value Plotly writes “426.308k” at three of its lines."""
    values = [own for moment in known for own in (moment.incumbent, moment.bound) if own is not None and isfinite(own)]
    low, high = min(values), max(values)
    room = max(_ROOM * (high - low), _LEAST_ROOM * max(abs(low), abs(high)), 1.0)
    return low - room, high + room

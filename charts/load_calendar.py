"""The load of the whole event on one screen: days down, hours across, the promotion's phases framed."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.scales import LOAD, LOAD_LIMIT_AT
from charts.theme import INK, day_words, finish, nothing, percent, short, titled
from desk.i18n import text

_ROW_PX, _NARROW_ROW_PX, _MANY_DAYS, _HEAD_PX = 22, 15, 16, 128
_HOURS = 24
_PHASE_PX, _LONGEST_PHASE = 84, 14
"""What names of phases have beside the hours, and how many letters fit there."""
_LEFT = -0.5


def load_calendar(hours: pd.DataFrame, phases: pd.DataFrame, *, lang: str, limit: float, name: str) -> go.Figure:
    """Load by day and hour; of hours in a row beyond the limit the highest carries its percentage; phases have a
    frame and their name.

    Parameters
    ----------
    hours : ``date`` (naive midnight), ``hour``, ``offered, required, effective_agents, load``; one row a cell.
    phases : ``phase, start, end``, naive wall clock; what lies outside the days drawn is cut off.
    limit : load from which an hour counts as overloaded.
    name : of the queue or of the desk.
    """
    known = hours[hours["load"].notna()]
    if known.empty:
        return nothing(lang)
    days = pd.date_range(hours["date"].min(), hours["date"].max())
    figure = go.Figure(_cells(known, days, limit, lang))
    figure.update_layout(shapes=[frame for own in _inside(phases, days) for frame in _frames(own, days)])
    figure.update_xaxes(range=[_LEFT, _HOURS + _LEFT], dtick=3, showgrid=False)
    figure.update_xaxes(title_text=text("chart.load_calendar.x", lang))
    figure.update_yaxes(autorange="reversed", type="category", dtick=1, showgrid=False)
    row_px = _ROW_PX if len(days) <= _MANY_DAYS else _NARROW_ROW_PX
    title = text("chart.load_calendar.title", lang, name=titled(name))
    finish(figure, title, _alt(known, name, limit, lang), _HEAD_PX + row_px * len(days))
    figure.update_layout(hovermode="closest", annotations=_names(phases, days, lang))
    return figure.update_layout(margin_r=_PHASE_PX if len(_inside(phases, days)) else 8)


def _cells(known: pd.DataFrame, days: pd.DatetimeIndex, limit: float, lang: str) -> go.Heatmap:
    drawn = known.assign(drawn=known["load"].clip(upper=limit / LOAD_LIMIT_AT))
    z, load = (_grid(drawn, column, days) for column in ("drawn", "load"))
    told = [_grid(drawn, column, days).round(1) for column in ("offered", "required", "effective_agents")]
    labels = [day_words(day, lang) for day in days]
    words = load.map(lambda value: "" if pd.isna(value) else percent(value))
    over = words.where(_highest(load.where(load > limit)), "").map(lambda word: word.removesuffix("%"))
    return go.Heatmap(
        z=z, x=list(range(_HOURS)), y=labels, zmin=0, zmax=limit / LOAD_LIMIT_AT, colorscale=LOAD, showscale=False,
        text=over, texttemplate="%{text}", textfont={"size": 9}, xgap=1, ygap=1, hoverongaps=False,
        customdata=[
            [[words.iloc[row, at], *(own.iloc[row, at] for own in told)] for at in range(_HOURS)]
            for row in range(len(days))
        ],
        hovertemplate=text("chart.load_calendar.hover", lang) + "<extra></extra>",
    )  # fmt: skip


def _highest(over: pd.DataFrame) -> pd.DataFrame:
    """The first highest of each run of hours of a day that have a number: on a phone there is no room for more."""
    found = np.zeros(over.shape, dtype=np.bool_)
    for row, own in enumerate(over.to_numpy()):
        there = np.flatnonzero(~np.isnan(own))
        for run in np.split(there, np.flatnonzero(np.diff(there) > 1) + 1):
            if len(run):
                found[row, run[own[run].argmax()]] = True
    return pd.DataFrame(found, over.index, over.columns)


def _grid(own: pd.DataFrame, column: str, days: pd.DatetimeIndex) -> pd.DataFrame:
    wide = own.pivot_table(index="date", columns="hour", values=column, aggfunc="max")
    return wide.reindex(index=days, columns=range(_HOURS))


def _inside(phases: pd.DataFrame, days: pd.DatetimeIndex) -> list[tuple[str, pd.Timestamp, pd.Timestamp]]:
    """Phases that touch the days drawn, cut to them."""
    first, end = days[0], days[-1] + pd.Timedelta(days=1)
    own = phases[(phases["end"] > first) & (phases["start"] < end)]
    spans = zip(own["phase"], own["start"], own["end"], strict=True)
    return [(str(name), max(start, first), min(stop, end)) for name, start, stop in spans]


def _frames(own: tuple[str, pd.Timestamp, pd.Timestamp], days: pd.DatetimeIndex) -> Iterator[dict[str, object]]:
    """A frame on each day that the phase touches, around its hours."""
    for row, day in enumerate(days):
        start, stop = ((moment - day) / pd.Timedelta(hours=1) for moment in own[1:])
        if start < _HOURS and stop > 0:
            yield {
                "type": "rect", "x0": max(start, 0.0) + _LEFT, "x1": min(stop, float(_HOURS)) + _LEFT,
                "y0": row - 0.5, "y1": row + 0.5, "line": {"color": INK, "width": 1.5}, "fillcolor": "rgba(0,0,0,0)",
            }  # fmt: skip


def _names(phases: pd.DataFrame, days: pd.DatetimeIndex, lang: str) -> Sequence[dict[str, object]]:
    """The phases of a day beside its row, where it begins to have them."""
    by_row: dict[int, list[str]] = {}
    for name, start, _ in _inside(phases, days):
        by_row.setdefault((start.normalize() - days[0]).days, []).append(name)
    return [
        {"x": 1.005, "xref": "paper", "xanchor": "left", "y": row, "yref": "y", "showarrow": False,
         "text": short(", ".join(names), _LONGEST_PHASE), "font": {"size": 11}}
        for row, names in by_row.items()
    ]  # fmt: skip


def _alt(known: pd.DataFrame, name: str, limit: float, lang: str) -> str:
    over, worst = known[known["load"] > limit], known.sort_values("load", kind="stable").iloc[-1]
    facts = {"name": name, "hours": len(known), "over": len(over), "limit": percent(limit)}
    facts |= {"load": percent(worst["load"]), "day": day_words(worst["date"], lang), "hour": int(worst["hour"])}
    return text("chart.load_calendar.alt", lang, **facts)

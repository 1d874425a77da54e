"""Teams from day to day, at equal hours."""

import pandas as pd
import plotly.graph_objects as go

from charts.theme import COLOURS, DASHES, QUIET, finish, nothing, titled
from desk.i18n import text

_LEAST_REACH = 0.05
"""Ratios nearer to 1 than this are not blown up to look like differences."""
_SYMBOLS = ("circle", "square", "diamond", "x", "triangle-up", "cross")


def team_trend(days: pd.DataFrame, *, lang: str, title: str) -> go.Figure:
    """Observed over expected by team and day: 1 is what others reached at the same hours and load.

    Parameters
    ----------
    days : one row per team and day: ``name`` (the team), ``part`` (the day), ``observed``, ``expected``.
    title : of the measure.
    """
    own = days[days["expected"] > 0]
    if own.empty:
        return nothing(lang)
    own = own.assign(ratio=own["observed"] / own["expected"])
    figure = go.Figure()
    for place, (team, rows) in enumerate(own.groupby("name", sort=True)):
        colour = COLOURS[place % len(COLOURS)]
        line = {"color": colour, "dash": DASHES[place % len(DASHES)], "width": 2}
        marker = {"symbol": _SYMBOLS[place % len(_SYMBOLS)], "size": 8}
        name = titled(team) or text("chart.team_trend.none", lang)
        rows = rows.sort_values("part")
        figure.add_scatter(x=rows["part"], y=rows["ratio"], mode="lines+markers", line=line, marker=marker, name=name,
                           yhoverformat=".2f")  # fmt: skip
    figure.add_hline(y=1, line={"color": QUIET, "width": 1})
    figure.update_xaxes(type="category", categoryorder="category ascending")
    reach = max(_LEAST_REACH, 1.1 * float((own["ratio"] - 1).abs().max()))
    figure.update_yaxes(title_text=text("chart.team_trend.y", lang), tickformat=".2f", range=[1 - reach, 1 + reach])
    best = own.sort_values("ratio", kind="stable").iloc[-1]
    facts = {"measure": title, "teams": own["name"].nunique(), "days": own["part"].nunique()}
    facts |= {"low": own["ratio"].min(), "high": own["ratio"].max(), "team": best["name"], "day": best["part"]}
    return finish(
        figure, text("chart.team_trend.title", lang, measure=title), text("chart.team_trend.alt", lang, **facts)
    )

"""The service that was predicted against the service that the simulation found."""

import pandas as pd
import plotly.graph_objects as go

from charts.theme import ALARM, PLANNED, finish, nothing, time_axis, titled, wall
from desk.i18n import text

_EDGES = ("share_within_sim_low", "share_within_sim_high")
_SHARES = ("share_within", "share_within_sim", *_EDGES)


def service_check(service: pd.DataFrame, *, lang: str, queue: str) -> go.Figure:
    """Share of ``queue`` served within its target: predicted, and simulated with its band of confidence. Blank where
    no inquiry comes, as in closed hours.

    Parameters
    ----------
    service : table ``service``; the simulated columns may be blank.
    """
    own = service[(service["queue"] == queue) & service["share_within"].notna()]
    asked = own["offered"] > 0
    if not asked.any():
        return nothing(lang)
    own = own.assign(**{name: own[name].where(asked) for name in _SHARES})
    x, figure = wall(own["start"]), go.Figure()
    simulated = own["share_within_sim"].notna().any()
    if simulated:
        band = {"fill": "tonexty", "fillcolor": "rgba(213,94,0,0.22)", "name": text("chart.service_check.band", lang)}
        between = own["share_within"].ffill().bfill()
        low, high = (own[name].fillna(between) for name in _EDGES)
        figure.add_scatter(x=x, y=low, line={"width": 0}, showlegend=False, hoverinfo="skip")
        figure.add_scatter(x=x, y=high, line={"width": 0}, hoverinfo="skip", **band)
        words = text("chart.service_check.simulated", lang)
        figure.add_scatter(x=x, y=own["share_within_sim"], line={"color": ALARM, "dash": "dot"}, name=words)
    words = text("chart.service_check.predicted", lang)
    figure.add_scatter(x=x, y=own["share_within"], line={"color": PLANNED, "width": 2}, name=words)
    figure.update_traces(yhoverformat=".0%", connectgaps=False)
    figure.update_yaxes(title_text=text("chart.service_check.y", lang), tickformat=".0%", range=[0, 1.02])
    time_axis(figure, lang)
    return finish(figure, text("chart.service_check.title", lang, queue=titled(queue)), _alt(own, queue, lang))


def _alt(own: pd.DataFrame, queue: str, lang: str) -> str:
    facts = {"queue": queue, "predicted": _weighted(own, "share_within")}
    if own["share_within_sim"].notna().any():
        return text("chart.service_check.alt", lang, **facts, simulated=_weighted(own, "share_within_sim"))
    return text("chart.service_check.alt_predicted", lang, **facts)


def _weighted(own: pd.DataFrame, column: str) -> float:
    known = own[own[column].notna()]
    weight = float(known["offered"].sum())
    return float((known[column] * known["offered"]).sum() / weight) if weight else float(known[column].mean())

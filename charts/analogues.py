"""The earlier promotions behind a lift."""

import pandas as pd
import plotly.graph_objects as go

from charts.theme import COLOURS, INK, PLANNED, apart, finish, nothing, short, titled
from desk.i18n import text

MOST = 12


def analogues(found: pd.DataFrame, *, lang: str, queue: str, coming: str) -> go.Figure:
    """The lift of each earlier phase, the larger the dot the weightier; a line at the lift that is expected now.

    Parameters
    ----------
    found : phase, promotion, start, lift, weight, factor of one queue and one coming phase; a last row without a name.
    coming : the phase that comes.
    """
    named = found[found["promotion"].fillna("").astype(str) != ""].head(MOST) if len(found) else found
    if named.empty:
        return nothing(lang)
    lift = float(found["factor"].to_numpy(dtype=float).prod())
    labels = apart(f"{short(row.promotion)} · {short(row.phase)}" for row in named.itertuples())
    share = named["weight"].abs() / max(float(named["weight"].abs().max()), 1e-9)
    mark = {"size": 8 + 22 * share, "color": PLANNED, "opacity": 0.8}
    hover = text("chart.analogues.hover", lang)
    figure = go.Figure()
    data = named[["weight", "factor"]].to_numpy()
    figure.add_scatter(x=named["lift"], y=labels, mode="markers", marker=mark, customdata=data, hovertemplate=hover)
    figure.add_vline(x=lift, line={"color": COLOURS[5], "width": 2})
    words = text("chart.analogues.expected", lang, lift=lift)
    figure.add_annotation(x=lift, y=1, yref="paper", yanchor="bottom", text=words, showarrow=False, font={"color": INK})
    figure.update_xaxes(title_text=text("chart.analogues.x", lang), rangemode="tozero")
    figure.update_yaxes(autorange="reversed")
    first = named.iloc[0]
    facts = {"queue": queue, "coming": coming, "lift": lift, "count": len(named)}
    facts |= {"promotion": first["promotion"], "phase": first["phase"], "own": float(first["lift"])}
    title = text("chart.analogues.title", lang, queue=titled(queue), coming=titled(coming))
    finished = finish(figure, title, text("chart.analogues.alt", lang, **facts), 170 + 30 * len(named))
    return finished.update_layout(hovermode="closest", showlegend=False, margin_t=finished.layout.margin.t + 20)

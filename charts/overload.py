"""When the desk has more work than its people can do."""

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from charts.theme import day_words, finish, nothing, plain, wall
from desk.i18n import text

_SCALE = ((0.0, "#F4F6F8"), (0.001, "#FBE3CF"), (0.4, "#E69F00"), (1.0, "#8A2B00"))


def overload(service: pd.DataFrame, *, lang: str) -> go.Figure:
    """Overload by day and hour, one panel per queue: the worst interval of the hour, its percentage in the cell.

    Parameters
    ----------
    service : table ``service``.
    """
    known = service[service["overload"].notna()]
    if known.empty:
        return nothing(lang)
    queues, local = list(known["queue"].unique()), wall(known["start"])
    cells = known.assign(day=local.dt.normalize(), hour=local.dt.hour)
    top = max(float(known["overload"].max()), 0.01)
    figure = make_subplots(
        rows=len(queues), shared_xaxes=True, vertical_spacing=0.08, subplot_titles=[plain(name) for name in queues]
    )
    for row, name in enumerate(queues, start=1):
        worst = cells[cells["queue"] == name].pivot_table(index="day", columns="hour", values="overload", aggfunc="max")
        words = worst.map(lambda value: f"{value:.0%}" if value > 0.005 else "")
        days = [day_words(day, lang) for day in worst.index]
        heat = go.Heatmap(
            z=worst, x=worst.columns, y=days, text=words, texttemplate="%{text}", zmin=0, zmax=top, xgap=1, ygap=1,
            colorscale=_SCALE, showscale=False, hovertemplate="%{y} %{x}:00<br>%{z:.0%}<extra></extra>",
        )  # fmt: skip
        figure.add_trace(heat, row=row, col=1)
    figure.update_yaxes(autorange="reversed", type="category", dtick=1, showgrid=False)
    figure.update_xaxes(dtick=3, showgrid=False)
    figure.update_xaxes(title_text=text("chart.overload.x", lang), row=len(queues), col=1)
    height = 150 + len(queues) * (50 + 22 * cells["day"].nunique())
    finish(figure, text("chart.overload.title", lang), _alt(known, lang), height)
    return figure.update_layout(hovermode="closest")


def _alt(known: pd.DataFrame, lang: str) -> str:
    sentences = []
    for name, rows in known.groupby("queue", sort=False):
        facts = {"queue": name, "over": int((rows["overload"] > 0).sum()), "intervals": len(rows)}
        sentences.append(text("chart.overload.alt", lang, **facts, worst=rows["overload"].max()))
    return " ".join(sentences)

"""When the desk has more work than its people can do."""

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from charts.scales import OVER
from charts.theme import LONGEST_TITLE, ceiling, day_words, finish, nothing, percent, shorts, wall
from desk.i18n import text

_HEAD_PX, _GAP_PX, _ROW_PX, _NARROW_ROW_PX, _MANY_DAYS = 120, 50, 22, 14, 14
_SHOWN_FROM = 0.005


def overload(service: pd.DataFrame, *, lang: str) -> go.Figure:
    """Overload by day and hour, one panel per queue: the worst interval of the hour, its percentage in the cell; blank
    where nothing comes.

    Parameters
    ----------
    service : table ``service``.
    """
    known = service[service["overload"].notna() & ((service["offered"] > 0) | (service["overload"] > 0))]
    if known.empty:
        return nothing(lang)
    queues, local = list(known["queue"].unique()), wall(known["start"])
    cells = known.assign(drawn=ceiling(known["overload"]), day=local.dt.normalize(), hour=local.dt.hour)
    days = cells["day"].nunique()
    height_px = _HEAD_PX + len(queues) * (_GAP_PX + days * (_ROW_PX if days <= _MANY_DAYS else _NARROW_ROW_PX))
    titles = shorts(queues, LONGEST_TITLE)
    gap = _GAP_PX / height_px
    figure = make_subplots(rows=len(queues), shared_xaxes=True, vertical_spacing=gap, subplot_titles=titles)
    for row, name in enumerate(queues, start=1):
        heat = _panel(cells[cells["queue"] == name], lang)
        figure.add_trace(heat.update(zmin=0, zmax=cells["drawn"].max() or 1), row=row, col=1)
    figure.update_yaxes(autorange="reversed", type="category", dtick=1, showgrid=False)
    figure.update_xaxes(dtick=3, showgrid=False)
    figure.update_xaxes(title_text=text("chart.overload.x", lang), row=len(queues), col=1)
    finish(figure, text("chart.overload.title", lang), _alt(known, lang), height_px)
    return figure.update_layout(hovermode="closest")


def _panel(own: pd.DataFrame, lang: str) -> go.Heatmap:
    worst = own.pivot_table(index="day", columns="hour", values=["overload", "drawn"], aggfunc="max")
    narrow = worst["overload"].map(lambda value: percent(value).removesuffix("%") if value > _SHOWN_FROM else "")
    return go.Heatmap(
        z=worst["drawn"],
        x=narrow.columns,
        y=[day_words(day, lang) for day in narrow.index],
        text=narrow,
        texttemplate="%{text}",
        textfont={"size": 9},
        customdata=worst["overload"].map(percent),
        hoverongaps=False,
        hovertemplate="%{y} %{x}:00<br>%{customdata}<extra></extra>",
        colorscale=OVER,
        showscale=False,
        xgap=1,
        ygap=1,
    )


def _alt(known: pd.DataFrame, lang: str) -> str:
    sentences = []
    for name, rows in known.groupby("queue", sort=False):
        facts = {"queue": name, "over": int((rows["overload"] > 0).sum()), "intervals": len(rows)}
        sentences.append(text("chart.overload.alt", lang, **facts, worst=percent(rows["overload"].max())))
    return " ".join(sentences)

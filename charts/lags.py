"""How inquiries follow their drivers: what an order brings in each hour after it, by reason."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts.theme import COLOURS, DASHES, INK, finish, nothing, percent, titled
from desk.i18n import text

HOURS_A_DAY = 24


def lags(kernels: pd.DataFrame, *, lang: str, queue: str, driver: str) -> go.Figure:
    """What a driver has brought by each lag, as a share of all inquiries: each reason by its share, and the whole.

    Parameters
    ----------
    kernels : driver, kind (whole, reason), reason, share, used, mean_lag_h, from_h, to_h, per_h of one queue.
    """
    own = kernels[kernels["driver"] == driver] if len(kernels) else kernels
    if own.empty or own["per_h"].max() <= 0:
        return nothing(lang)
    figure = go.Figure()
    for place, ((kind, reason), steps) in enumerate(own.groupby(["kind", "reason"], sort=False)):
        dash = "solid" if kind == "whole" else DASHES[1 + (place - 1) % (len(DASHES) - 1)]
        line: Any = {"color": INK if kind == "whole" else COLOURS[(place - 1) % 8], "dash": dash, "shape": "linear"}
        line["width"] = 3 if kind == "whole" else 2
        days = [0.0, *steps["to_h"] / HOURS_A_DAY]
        height = [0.0, *(steps["per_h"] * (steps["to_h"] - steps["from_h"]) * steps["share"]).cumsum()]
        name = text("chart.lags.whole", lang) if kind == "whole" else _named(str(reason), steps, lang)
        figure.add_scatter(x=days, y=height, line=line, mode="lines", name=name, hovertemplate="%{y:.1%}")
    figure.update_xaxes(title_text=text("chart.lags.x", lang, driver=titled(driver)), rangemode="tozero")
    figure.update_yaxes(title_text=text("chart.lags.y", lang), tickformat=".0%", rangemode="tozero")
    title = text("chart.lags.title", lang, queue=titled(queue), driver=titled(driver))
    return finish(figure, title, _alt(own, lang, queue, driver), 400)


def _named(reason: str, steps: pd.DataFrame, lang: str) -> str:
    name = titled(reason) if reason else text("chart.lags.rest", lang)
    return text("chart.lags.reason", lang, name=name, share=percent(float(steps["share"].iloc[0])))


def _alt(own: pd.DataFrame, lang: str, queue: str, driver: str) -> str:
    each = own.drop_duplicates(["kind", "reason"])
    whole, reasons = each[each["kind"] == "whole"], each[each["kind"] == "reason"]
    rows = zip(reasons["reason"], reasons["mean_lag_h"], strict=True)
    words = [
        text("chart.lags.mean", lang, name=str(name) or text("chart.lags.rest", lang), days=float(lag) / HOURS_A_DAY)
        for name, lag in rows
    ]
    mean = float(whole["mean_lag_h"].iloc[0]) / HOURS_A_DAY
    return text("chart.lags.alt", lang, queue=queue, driver=driver, days=mean, reasons="; ".join(words))

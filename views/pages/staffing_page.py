"""How many people are needed, how many are there, and what one more is worth."""

import pandas as pd
import streamlit as st

import charts
from desk.i18n import text
from views.by_headcounts import show_headcounts, show_nothing_forecast
from views.days import choose_day_or_all, on_day
from views.opened import OpenPlan
from views.page import show
from views.paging import queue_choice
from views.picture import show_picture

_OVER = ["start", "queue", "offered", "effective_agents", "required", "load", "overload"]


def _draw(plan: OpenPlan, lang: str) -> None:
    service = plan.planned.plan.service
    if show_nothing_forecast(plan.planned.desk, lang):
        show_headcounts(plan, lang)
        return
    if service.empty:
        st.info(text("view.staffing.none", lang))
        return
    left, right = st.columns(2)
    with left:
        queue = queue_choice(list(service["queue"].unique()), lang, key="staffing-queue")
    with right:
        day = choose_day_or_all(plan.planned.desk.dates, lang, key="staffing-day")
    own = service[service["queue"] == queue]
    shown = own if day is None else on_day(own, day)
    show_picture(charts.coverage(shown, lang=lang, queue=queue), shown, "service", lang, key="coverage")
    show_picture(charts.service_check(shown, lang=lang, queue=queue), shown, "service", lang, key="service-check")
    st.header(text("view.staffing.curve", lang))
    _curve(plan, shown, queue, lang)
    st.header(text("view.staffing.over", lang))
    over: pd.DataFrame = service.loc[service["overload"] > 0, _OVER]
    show_picture(charts.overload(service, lang=lang), over, "service", lang, key="overload")


def _curve(plan: OpenPlan, service: pd.DataFrame, queue: str, lang: str) -> None:
    curves = plan.planned.curves.points
    own = curves[(curves["queue"] == queue) & curves["start"].isin(service["start"])]
    if own.empty:
        st.info(text("view.staffing.no_curve", lang))
        return
    starts = list(own["start"].drop_duplicates())
    busiest = service[service["start"].isin(starts)].sort_values("offered")["start"].iloc[-1]
    chosen = st.selectbox(
        text("view.staffing.interval", lang), starts, index=starts.index(busiest),
        format_func=lambda start: text("chart.format.moment", lang, time=start), key=f"curve-{queue}",
    )  # fmt: skip
    planned = float(service.loc[service["start"] == chosen, "effective_agents"].iloc[0])
    points = own[own["start"] == chosen]
    figure = charts.staffing_curve(points, lang=lang, queue=queue, planned=planned)
    show_picture(figure, points, "curves", lang, key="curve")


show("staffing", _draw)

"""How many inquiries come when, and how sure that is."""

import pandas as pd
import streamlit as st

import charts
from desk.i18n import text
from views.days import choose_day_or_all, on_day
from views.opened import OpenPlan
from views.page import show
from views.paging import queue_choice
from views.picture import show_picture
from views.summary import past, volumes_by_day
from views.table_shown import show_plain_table
from views.why import show_why


def _draw(plan: OpenPlan, lang: str) -> None:
    forecast = plan.forecast
    if forecast.empty:
        st.info(text("view.forecast.none", lang))
        return
    left, right = st.columns(2)
    with left:
        queue = queue_choice(list(forecast["queue"].unique()), lang, key="forecast-queue")
    with right:
        day = choose_day_or_all(plan.planned.desk.dates, lang, key="forecast-day")
    own = forecast[forecast["queue"] == queue]
    shown = own if day is None else on_day(own, day)
    figure = charts.forecast_fan(
        shown, lang=lang, queue=queue, history=None if day is not None else past(plan.planned.desk, queue)
    )
    show_picture(figure, shown, "forecast", lang, key="forecast")
    st.header(text("view.forecast.by_day", lang))
    by_day = volumes_by_day(plan.planned, queue, lang)
    show_picture(charts.volumes(by_day, lang=lang), by_day, "forecast", lang, key="forecast-days")
    _reasons(plan, queue, day, lang)


def _reasons(plan: OpenPlan, queue: str, day: pd.Timestamp | None, lang: str) -> None:
    """What moves the forecast, and which drivers were admitted on what evidence."""
    explanation, evidence = plan.planned.forecast.explanation, plan.planned.forecast.evidence
    if len(explanation):
        st.header(text("view.forecast.reasons", lang))
        own = explanation[explanation["queue"] == queue]
        shown = own if day is None else on_day(own, day)
        figure = charts.factors(shown, lang=lang, queue=queue)
        show_picture(figure, shown, "forecast", lang, key="factors")
        show_why(plan.planned, queue, day, lang)
    if len(evidence):
        with st.expander(text("view.forecast.evidence", lang)):
            own_evidence = evidence[evidence["queue"] == queue]
            show_plain_table(own_evidence, lang, key="evidence", words="planner.evidence")


show("forecast", _draw)

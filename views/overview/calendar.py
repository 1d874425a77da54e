"""The load of the whole event by day and hour."""

import pandas as pd
import streamlit as st

from charts.load_calendar import load_calendar
from desk import Desk
from desk.i18n import text
from planner.event import load_by_hour
from views.addressed import by_address
from views.opened import OpenPlan
from views.picture import show_picture
from views.remembered import Remembered
from views.source import Source, show_source


def _hours(plan: OpenPlan) -> pd.DataFrame:
    return load_by_hour(plan.planned.desk, plan.planned.plan.service)


hours_of = Remembered(_hours)
"""Load by day, hour and queue."""


def show_calendar(plan: OpenPlan, lang: str) -> None:
    """Draw the load calendar of all live queues, or of one."""
    hours, desk = hours_of(plan), plan.planned.desk
    names = list(hours["queue"].unique())
    if not names:
        st.info(text("view.staffing.none", lang))
        return
    words = {name: name or text("view.overview.all_queues", lang) for name in names}
    by_address("queue", "calendar-queue", names)
    chosen = st.selectbox(
        text("view.app.queue", lang), names, format_func=words.__getitem__, key="calendar-queue"
    )  # fmt: skip
    own, limit = hours[hours["queue"] == chosen], desk.settings.rules.overload_limit
    figure = load_calendar(own, phases(desk), lang=lang, limit=limit, name=words[chosen])
    show_picture(figure, own.drop(columns="queue"), "service", lang, key="calendar")
    show_source(Source("staffing", "service"), lang)


def phases(desk: Desk) -> pd.DataFrame:
    """``phase, start, end`` by the desk's wall clock."""
    own = desk.table("promotions")
    local = {name: own[name].dt.tz_localize(None) for name in ("start", "end")}
    return pd.DataFrame({"phase": own["phase"].astype("str")} | local)

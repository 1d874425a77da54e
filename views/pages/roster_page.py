"""Who works when: the week as a grid, the day by the hour with its coverage under it."""

import pandas as pd
import streamlit as st

import charts
from desk.i18n import text
from planner.output.layout import WORKBOOK
from views.days import choose_day, choose_week, on_day
from views.opened import OpenPlan
from views.page import show
from views.paging import choose_page, choose_team, queue_choice
from views.picture import show_picture
from views.summary import with_names


def _draw(plan: OpenPlan, lang: str) -> None:
    if plan.planned.plan.roster.empty:
        st.info(text("view.roster.none", lang))
        return
    _workbook(plan, lang)
    form_place, team_place, time_place = st.columns(3)
    with form_place:
        form = _choose_form(lang)
    with team_place:
        agents = choose_team(plan.planned.desk, lang, key="roster-team")
    with time_place:
        if form == "day":
            day = choose_day(plan.planned.desk.dates, lang, key="roster-day")
        else:
            week = choose_week(plan.planned.desk.dates, lang, key="roster-week")
    if form == "day":
        _day(plan, agents, day, lang)
    else:
        _week(plan, agents, week, lang)


def _choose_form(lang: str) -> str:
    words = {form: text(f"view.roster.{form}", lang) for form in ("week", "day")}
    return st.selectbox(text("view.roster.form", lang), list(words), format_func=words.__getitem__, key="roster-form")


def _workbook(plan: OpenPlan, lang: str) -> None:
    workbook = plan.path / WORKBOOK
    if workbook.is_file():
        words = text("view.roster.workbook", lang)
        st.download_button(words, workbook.read_bytes, file_name=WORKBOOK, on_click="ignore")


def _week(plan: OpenPlan, agents: pd.DataFrame, week: pd.DatetimeIndex, lang: str) -> None:
    page = choose_page(agents, lang, key="roster-week-page")
    roster = plan.planned.plan.roster
    own = roster[roster["date"].isin(week) & roster["agent"].isin(page["agent"])]
    figure = charts.roster_heat(own, page, lang=lang, shifts=plan.planned.desk.table("shifts"))
    show_picture(figure, with_names(own, plan.planned.desk), "roster", lang, key="roster-week")


def _day(plan: OpenPlan, agents: pd.DataFrame, day: pd.Timestamp, lang: str) -> None:
    duty = plan.planned.plan.duty
    today = duty[duty["date"] == day]
    first = today.groupby("agent")["start"].min().rename("first")
    on_duty = agents.merge(first, on="agent").sort_values(["first", "agent"], ignore_index=True)
    page = choose_page(on_duty, lang, key="roster-day-page")
    own = today[today["agent"].isin(page["agent"])]
    queues = list(plan.planned.desk.settings.queues)
    figure = charts.day_gantt(own, page, lang=lang, date=day, queues=queues)
    show_picture(figure, with_names(own, plan.planned.desk), "duty", lang, key="roster-day")
    st.header(text("view.roster.coverage", lang))
    service = on_day(plan.planned.plan.service, day)
    queue = queue_choice(queues, lang, key="roster-queue")
    own_queue = service[service["queue"] == queue]
    show_picture(charts.coverage(own_queue, lang=lang, queue=queue), own_queue, "service", lang, key="roster-coverage")


show("roster", _draw)

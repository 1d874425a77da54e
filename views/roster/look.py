"""Who works when: the week as a grid, the day by the hour with its coverage on the same time axis."""

import pandas as pd
import streamlit as st

import charts
from desk.i18n import text
from desk.natural import natural_rank
from views.addressed import by_address
from views.days import choose_day, choose_week
from views.opened import OpenPlan
from views.paging import choose_page, choose_team
from views.picture import show_picture
from views.summary import with_names
from views.table_shown import show_table

_ALL = ""


def show_look(plan: OpenPlan, lang: str) -> None:
    """Draw the roster as a week or as a day, of all people or a team, a page at a time."""
    form_place, team_place, time_place = st.columns(3)
    with form_place:
        form = _choose_form(lang)
    with team_place:
        agents = choose_team(plan.planned.desk, lang, key="roster-team")
    with time_place:
        if form == "day":
            day = choose_day(plan.planned.desk.dates, lang, key="roster-day")
        else:
            week = choose_week(plan.planned.desk, lang, key="roster-week")
    if form == "day":
        _day(plan, agents, day, lang)
    else:
        _week(plan, agents, week, lang)


def _choose_form(lang: str) -> str:
    words = {form: text(f"view.roster.{form}", lang) for form in ("week", "day")}
    by_address("view", "roster-form", list(words))
    return st.selectbox(text("view.roster.form", lang), list(words), format_func=words.__getitem__, key="roster-form")


def _week(plan: OpenPlan, agents: pd.DataFrame, week: pd.DatetimeIndex, lang: str) -> None:
    page = choose_page(agents, lang, key="roster-week-page")
    roster = plan.planned.plan.roster
    own = roster[roster["date"].isin(week) & roster["agent"].isin(page["agent"])]
    desk = plan.planned.desk
    figure = charts.roster_heat(own, page, lang=lang, shifts=desk.table("shifts"), leave=desk.table("leave"))
    show_picture(figure, with_names(own, plan.planned.desk), "roster", lang, key="roster-week")


def _day(plan: OpenPlan, agents: pd.DataFrame, day: pd.Timestamp, lang: str) -> None:
    today = plan.planned.plan.duty[plan.planned.plan.duty["date"] == day]
    if today.empty:
        st.info(text("view.roster.no_hours", lang))
        return
    first = today.groupby("agent")["start"].min().rename("first")
    on_duty = agents.merge(first, on="agent").sort_values(["first", "agent"], ignore_index=True, key=natural_rank)
    queue_place, page_place = st.columns(2)
    with queue_place:
        queue = _choose_queue(list(plan.planned.desk.settings.queues), lang)
    with page_place:
        page = choose_page(on_duty, lang, key="roster-day-page")
    own = today[today["agent"].isin(page["agent"])]
    strip = covered(plan.planned.plan.service, queue, today)
    queues = list(plan.planned.desk.settings.queues)
    figure = charts.day_gantt(own, page, lang=lang, date=day, queues=queues, service=strip)
    show_picture(figure, with_names(own, plan.planned.desk), "duty", lang, key="roster-day")
    if len(strip):
        st.caption(text("view.roster.coverage", lang))
        with st.expander(text("view.app.table_behind", lang)):
            show_table(strip, "service", lang, key="roster-coverage")


def _choose_queue(queues: list[str], lang: str) -> str:
    words = {_ALL: text("view.roster.all_queues", lang)} | {queue: queue for queue in queues}
    by_address("queue", "roster-queue", list(words))
    return st.selectbox(text("view.app.queue", lang), list(words), format_func=words.__getitem__, key="roster-queue")


def covered(service: pd.DataFrame, queue: str, duty: pd.DataFrame) -> pd.DataFrame:
    """Agents planned and required of a queue, or of all together, from the first to the last hour of ``duty``:
    start, effective_agents, required.
    """
    own = service if queue == _ALL else service[service["queue"] == queue]
    own = own[(own["start"] >= duty["start"].min()) & (own["start"] <= duty["start"].max())]
    columns = ["effective_agents", "required"]
    summed: pd.DataFrame = own.groupby("start", as_index=False)[columns].sum()
    return summed.sort_values("start", ignore_index=True)

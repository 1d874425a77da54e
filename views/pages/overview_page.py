"""The event at a glance, and what needs a decision."""

import streamlit as st

import charts
from desk import Basis, basis_of
from desk.i18n import text
from planner.event import event_account
from planner.page.number import period
from views.by_headcounts import show_headcounts
from views.certificate import show_certificate
from views.markdown import plain
from views.opened import OpenPlan
from views.overview.account import show_account
from views.overview.calendar import show_calendar
from views.overview.decide import show_decisions
from views.overview.glance import ACCOUNT, at_a_glance
from views.overview.people import show_people
from views.page import show
from views.picture import show_picture
from views.source import Source, show_source, show_sourced
from views.summary import service_by_queue, volumes_by_phase
from views.table_shown import show_table


def _draw(plan: OpenPlan, lang: str) -> None:
    planned, account = plan.planned, event_account(plan.planned)
    st.markdown(plain(f"{planned.desk.settings.name} · {period(planned.desk, lang)}"))
    show_sourced(at_a_glance(planned, account, lang), lang)
    left, right = st.columns([3, 2], gap="large")
    with left:
        _demand(plan, lang)
    with right:
        st.header(text("view.overview.decide", lang))
        show_decisions(planned.findings, lang)
    st.header(text("view.overview.cost", lang), anchor=ACCOUNT)
    show_account(account, planned.desk.settings.currency, lang)
    st.header(text("view.overview.more_people", lang))
    show_people(plan, lang, source=Source("advisor", "marginals"))
    _phases_and_service(plan, lang)
    st.header(text("view.overview.certificate", lang))
    show_certificate(planned, lang)
    show_source(Source("roster"), lang)


def _demand(plan: OpenPlan, lang: str) -> None:
    """The load of the event, or the fixed headcounts that stand for it."""
    if basis_of(plan.planned.desk) is Basis.HEADCOUNTS:
        st.header(text("view.overview.headcounts", lang))
        show_headcounts(plan, lang, only_off=True)
        show_source(Source("staffing", "cover"), lang)
        return
    st.header(text("view.overview.calendar", lang))
    show_calendar(plan, lang)


def _phases_and_service(plan: OpenPlan, lang: str) -> None:
    brief = plan.planned.brief
    if not brief.queues:
        return
    st.header(text("view.overview.volume", lang))
    by_phase = volumes_by_phase(brief, text("planner.ordinary", lang))
    show_picture(charts.volumes(by_phase, lang=lang), by_phase, "forecast", lang, key="volumes")
    show_source(Source("forecast", "forecast"), lang)
    st.header(text("view.overview.service", lang))
    show_table(service_by_queue(brief), "service", lang, key="service-by-queue")
    show_source(Source("staffing", "service"), lang)


show("overview", _draw)

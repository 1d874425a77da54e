"""The event at a glance, and what needs a decision."""

import numpy as np
import pandas as pd
import streamlit as st

import charts
from desk.i18n import text
from planner.page.number import between, period, whole
from planner.planned import Planned
from views.certificate import show_certificate
from views.figure import Figure, show_figures
from views.findings import show_findings
from views.markdown import plain
from views.opened import OpenPlan
from views.page import show
from views.picture import show_picture
from views.summary import service_by_queue, volumes_by_phase
from views.table_shown import show_table


def _draw(plan: OpenPlan, lang: str) -> None:
    planned = plan.planned
    st.markdown(plain(f"{planned.desk.settings.name} · {period(planned.desk, lang)}"))
    show_figures(_at_a_glance(planned, lang), lang)
    st.header(text("view.overview.decide", lang))
    show_findings(planned.findings, lang, key="findings")
    st.header(text("view.overview.volume", lang))
    by_phase = volumes_by_phase(planned.brief, text("planner.ordinary", lang))
    show_picture(charts.volumes(by_phase, lang=lang), by_phase, "forecast", lang, key="volumes")
    st.header(text("view.overview.service", lang))
    show_table(service_by_queue(planned.brief), "service", lang, key="service-by-queue")
    _overload(planned, lang)
    st.header(text("view.overview.cost", lang))
    costs = planned.plan.costs
    show_picture(charts.costs(costs, lang=lang), costs, "costs", lang, key="costs")
    st.header(text("view.overview.certificate", lang))
    show_certificate(planned, lang)


def _at_a_glance(planned: Planned, lang: str) -> list[Figure]:
    brief, settings = planned.brief, planned.desk.settings
    sums = planned.forecast.paths.sum(axis=(1, 2), dtype=np.float64)
    likely = text("view.overview.likely", lang, range=between(*np.quantile(sums, [0.1, 0.9])))
    over_h = brief.overloaded * settings.interval_min / 60
    limit = text("view.overview.limit", lang, limit=settings.rules.overload_limit)
    return [
        Figure("overview.inquiries", whole(sums.mean()), likely),
        Figure("overview.amount", whole(planned.plan.outcome.objective), settings.currency),
        Figure("overview.people", str(brief.people), text("view.overview.shifts", lang, shifts=brief.shifts)),
        Figure("overview.overloaded", text("view.overview.hours", lang, hours=over_h), limit),
    ]


def _overload(planned: Planned, lang: str) -> None:
    service = planned.plan.service
    columns = ["start", "queue", "offered", "effective_agents", "required", "load", "overload"]
    over: pd.DataFrame = service.loc[service["overload"] > 0, columns]
    show_picture(charts.overload(service, lang=lang), over, "service", lang, key="overload")


show("overview", _draw)

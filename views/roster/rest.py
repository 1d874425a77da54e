"""The rest planned anew by what came: the counts, the moment, the price of a change; then a job."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from desk import Desk, InputError
from desk.i18n import text
from planner.desk_change import changed_desk
from planner.desk_on_top import save_on_top
from planner.foreign import whole_table
from planner.rest import came_until
from store import list_desks
from views.api.serve import the_store
from views.by_headcounts import show_nothing_forecast
from views.desk_chosen import open_desk
from views.findings import show_findings
from views.job_shown import begin_job, follow_begun
from views.markdown import plain
from views.opened import OpenPlan
from views.roster.may import Stored
from views.time_limit import choose_limit_s
from views.upload.table import upload_rows
from views.upload.unpack import Upload


def show_rest(plan: OpenPlan, own: Stored, desk: Desk) -> None:
    """Draw the form of a plan for the rest, and how far its job is."""
    lang = own.lang
    st.header(text("view.roster.rest.title", lang))
    if show_nothing_forecast(desk, lang):
        return
    st.markdown(plain(text("view.roster.rest.intro", lang)))
    file = st.file_uploader(text("view.roster.rest.upload", lang), type="csv", key="rest-upload")
    with st.form("rest-form"):
        now = st.text_input(text("view.roster.rest.now", lang), key="rest-now", placeholder="2026-06-18 14:00")
        label = text("view.roster.rest.price", lang, currency=desk.settings.currency)
        usual = float(desk.settings.rules.change_price)
        price = st.number_input(label, 0.0, None, usual, key=f"rest-price-{usual:g}")
        call_in_h = st.number_input(text("view.roster.rest.call_in", lang), 0.0, 48.0, None, key="rest-call-in")
        label = text("view.roster.pins.seconds", lang)
        most_s = choose_limit_s(label, desk, key="rest-seconds")
        why = st.text_input(text("view.roster.pins.reason", lang), key="rest-why")
        begins = st.form_submit_button(text("view.roster.rest.begin", lang), key="rest-begin", type="primary")
    if begins:
        request: dict[str, Any] = {"plan": plan.key, "lang": lang, "why": why, "now": now.strip() or None}
        request |= {"change_price": price, "call_in_h": call_in_h, "settings": {"time_limit_s": most_s}}
        _begin(plan, own, None if file is None else Upload(file.name, file.getvalue()), request)
    follow_begun("rest", lang)


def _begin(plan: OpenPlan, own: Stored, file: Upload | None, request: Mapping[str, Any]) -> None:
    """Keep the counts with the desk and begin the job; what can't be used is told at once."""
    why, desk = str(request["why"]), plan.planned.desk
    try:
        if file is not None:
            save_on_top(
                the_store(), own.principal, desk.settings.name, lambda newest: _knowing(newest, file),
                why or text("view.roster.rest.why", own.lang),
            )  # fmt: skip
        version = list_desks(the_store(), own.principal, desk.settings.name)[0]
        came_until(open_desk(own.principal, version).desk, desk.table("history"), None, request["now"])
    except InputError as error:
        show_findings(error.findings, own.lang, key="rest-refused")
        return
    begin_job("rest", request, own.lang, why)


def _knowing(desk: Desk, file: Upload) -> Desk:
    """The desk with the counts of a file in its history."""
    return changed_desk(desk, {"history": whole_table(desk, "history", upload_rows(desk, "history", file))})

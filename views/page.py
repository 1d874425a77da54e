"""What every page of a plan does: find the plan, open it, or say in words why there is nothing to see."""

from collections.abc import Callable

import streamlit as st

from desk import InputError
from desk.i18n import text
from views.findings import show_findings
from views.language import language
from views.plan_folder import PlanFolder, open_plan, plan_folders

_KEY = "plan"


def choose_plan() -> None:
    """Draw the choice of a plan in the sidebar, where there are plans."""
    names = list(plan_folders())
    if names:
        st.sidebar.selectbox(text("view.app.plan", language()), names, key=_KEY, bind="query-params")


def show(name: str, draw: Callable[[PlanFolder, str], None]) -> None:
    """Draw page ``name`` of the chosen plan with ``draw(plan, lang)``."""
    lang = language()
    st.title(text(f"view.{name}.title", lang))
    folders = plan_folders()
    if not folders:
        _how_to_begin(lang)
        return
    chosen = st.session_state.get(_KEY)
    folder = folders[chosen] if chosen in folders else next(iter(folders.values()))
    try:
        with st.spinner(text("view.app.reading", lang)):
            plan = open_plan(folder)
    except InputError as error:
        show_findings(error.findings, lang, key="unreadable")
        return
    draw(plan, lang)


def _how_to_begin(lang: str) -> None:
    st.info(text("view.empty.words", lang))
    st.code("peakdesk demo", language="bash")
    st.markdown(text("view.empty.own", lang))
    st.code("peakdesk init DESK\npeakdesk plan DESK --out out/DESK", language="bash")

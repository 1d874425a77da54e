"""What every page does: its title, what was told, the plan or desk that it is about; or in words why there is none."""

from collections.abc import Callable

import streamlit as st

from desk import InputError
from desk.i18n import text
from store import Principal, allowed
from views.desk_chosen import Choice, OpenDesk, chosen_desk, chosen_plan, open_desk
from views.doors import refuse_closed
from views.findings import show_findings
from views.job_shown import begin_job, follow_begun
from views.language import language
from views.link import show_link
from views.markdown import plain
from views.opened import OpenPlan, open_folder, open_stored
from views.told import show_told
from views.who import whoever


def own_page(name: str, draw: Callable[[Principal, str], None]) -> None:
    """Draw page ``name`` with ``draw(principal, lang)`` for who may open it; what is refused is told in words."""
    lang = language()
    st.title(text(f"view.{name}.title", lang))
    show_told()
    principal = whoever(lang)
    try:
        refuse_closed(name, principal)
        draw(principal, lang)
    except InputError as error:
        show_findings(error.findings, lang, key=f"{name}-refused")


def show(name: str, draw: Callable[[OpenPlan, str], None]) -> None:
    """Draw page ``name`` of the chosen plan with ``draw(plan, lang)``."""

    def drawn(principal: Principal, lang: str) -> None:
        choice = chosen_plan(principal)
        if choice is None:
            _no_plan(principal, lang)
            return
        with st.spinner(text("view.app.reading", lang)):
            plan = _opened(principal, choice)
        draw(plan, lang)

    own_page(name, drawn)


def show_desk(name: str, draw: Callable[[OpenDesk, str], None]) -> None:
    """Draw page ``name`` of the chosen desk with ``draw(desk, lang)``."""

    def drawn(principal: Principal, lang: str) -> None:
        version = chosen_desk(principal)
        if version is None:
            _no_desk(principal, lang)
            return
        with st.spinner(text("view.app.reading", lang)):
            own = open_desk(principal, version)
        draw(own, lang)

    own_page(name, drawn)


def _opened(principal: Principal, choice: Choice) -> OpenPlan:
    return open_stored(principal, choice.key) if choice.folder is None else open_folder(choice.folder)


def _no_plan(principal: Principal, lang: str) -> None:
    """There is a desk that nobody planned yet, or nothing at all."""
    version = chosen_desk(principal)
    if version is None:
        _how_to_begin(lang)
        return
    st.info(plain(text("view.empty.unplanned", lang, name=version.name)))
    if allowed(principal, "plan.write") and st.button(text("view.empty.plan", lang), key="plan-it", type="primary"):
        begin_job("plan", {"desk": version.hash, "lang": lang}, lang)
    follow_begun("plan", lang)


def _no_desk(principal: Principal, lang: str) -> None:
    """There is a plan in a folder, whose desk nobody kept yet, or nothing at all."""
    if chosen_plan(principal) is None:
        _how_to_begin(lang)
        return
    st.info(text("view.empty.folder", lang))
    show_link("roster", lang)


def _how_to_begin(lang: str) -> None:
    st.info(text("view.empty.words", lang))
    show_link("start", lang)
    st.code("peakdesk demo", language="bash")

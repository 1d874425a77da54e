"""How to begin: a sample, or a desk of one's own; what was understood is shown before anything is kept."""

from typing import Any

import streamlit as st

from data import SAMPLES, sample_path
from desk import Desk, InputError, load_desk
from desk.i18n import text
from store import Principal, save_desk
from views.api.serve import the_store
from views.desk_chosen import look_at
from views.desk_upload import offer_templates, uploaded_desk
from views.job_shown import begin_job, follow_begun
from views.link import show_link
from views.page import own_page
from views.replacing import choose_place
from views.time_limit import choose_limit_s
from views.told import tell, tell_refused
from views.understood import show_understood

_FOUND, _KEPT, _LIMIT, _TAKEN = "start-found", "start-kept", "start-limit", "start-taken"


def _draw(principal: Principal, lang: str) -> None:
    st.markdown(text("view.start.words", lang))
    found = _first(lang)
    st.header(text("view.start.second", lang))
    if found is None:
        st.caption(text("view.start.nothing", lang))
        return
    show_understood(found, lang, key="start-understood")
    st.header(text("view.start.third", lang))
    place = choose_place(principal, found, lang, key="start")
    st.button(
        text("view.start.keep", lang), key="start-keep", type="primary", disabled=not place.free,
        on_click=_keep, args=(principal, found, place.seen, lang),
    )  # fmt: skip
    if st.session_state.get(_KEPT) == found.content_hash:
        _fourth(found, lang)


def _first(lang: str) -> Desk | None:
    """Where the desk comes from; the desk: files that lie there go before a sample taken earlier."""
    st.header(text("view.start.first", lang))
    sample, own = st.columns(2, gap="large")
    with sample:
        st.subheader(text("view.start.sample", lang))
        st.markdown(text("view.data.samples", lang))
        for name in SAMPLES:
            label = text("view.start.take", lang, name=name)
            st.button(label, key=f"start-sample-{name}", on_click=_take, args=(name,))
    with own:
        st.subheader(text("view.start.own", lang))
        key = f"start{st.session_state.get(_TAKEN, '')}"
        uploaded = uploaded_desk(lang, key=key)
        with st.expander(text("view.start.templates", lang)):
            offer_templates(lang)
        show_link("data", lang, label=text("view.start.foreign", lang))
    return uploaded if st.session_state.get(f"{key}-upload") else st.session_state.get(_FOUND)


def _take(name: str) -> None:
    """Take a sample instead of files that lie there."""
    st.session_state[_FOUND] = load_desk(sample_path(name))
    st.session_state[_TAKEN] = st.session_state.get(_TAKEN, 0) + 1


def _keep(principal: Principal, desk: Desk, seen: str | None, lang: str) -> None:
    try:
        save_desk(the_store(), principal, desk, seen=seen)
    except InputError as error:
        tell_refused(error, lang)
        return
    st.session_state[_KEPT] = desk.content_hash
    look_at(desk.settings.name)
    tell("success", text("view.start.kept", lang, name=desk.settings.name))


def _fourth(desk: Desk, lang: str) -> None:
    """Plan it at once, or look at its forecast first."""
    st.header(text("view.start.fourth", lang))
    limit_s = choose_limit_s(text("view.start.limit", lang), desk, key=_LIMIT)
    if st.button(text("view.empty.plan", lang), key="start-plan", type="primary"):
        request: dict[str, Any] = {"desk": desk.content_hash, "lang": lang, "settings": {"time_limit_s": limit_s}}
        begin_job("plan", request, lang)
    show_link("forecast", lang, label=text("view.start.forecast", lang))
    follow_begun("plan", lang)


own_page("start", _draw)

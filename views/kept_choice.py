"""A choice that outlives the page: kept through the session, and in the address."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from desk.i18n import text

Option = TypeVar("Option", bound=Hashable)
_WIDGET, _SAID = "choice-", "said-"


def choose_kept(key: str, label: str, options: Sequence[str], words: Callable[[str], str], first: str = "") -> str:
    """Draw a choice in the sidebar; it begins with what the session or the address has for ``key``, else ``first``."""
    before = next((own for own in (kept(key), first) if own in options), options[0])
    if went_through_history():
        st.session_state[_WIDGET + key] = before
    say_anew(_WIDGET + key, options, words)
    chosen = st.sidebar.selectbox(label, options, options.index(before), format_func=words, key=_WIDGET + key)
    st.session_state[key] = st.query_params[key] = chosen
    return chosen


def say_anew(widget: str, options: Iterable[Option], words: Callable[[Option], str]) -> None:
    """Before a choice is drawn whose words may change while what they stand for stays chosen: the browser keeps the
    words that it has, so where they are others now it is chosen once more.
    """
    known = {option: words(option) for option in options}
    chosen, before = st.session_state.get(widget), st.session_state.get(_SAID + widget, {})
    if chosen in known and before.get(chosen, known[chosen]) != known[chosen]:
        st.session_state[widget] = chosen
    st.session_state[_SAID + widget] = known


def choose_addressed(key: str, label: str, options: Sequence[str], words: Callable[[str], str], lang: str) -> str:
    """Draw a choice on the page that a link may make, by ``key`` in the address; the first by default, said where the
    address names another.
    """
    if st.session_state.get(key) not in options:
        st.session_state.pop(key, None)
    if key in st.query_params and st.query_params[key] not in options:
        del st.query_params[key]
        st.warning(text("view.app.no_such_choice", lang))
    return st.selectbox(label, options, format_func=words, key=key, bind="query-params")


def kept(key: str) -> str:
    """What this session, or else the address, has for ``key``; empty where neither does. Who goes back or forward with
    the browser means the address.
    """
    said = str(st.query_params.get(key, ""))
    return (said if went_through_history() else "") or str(st.session_state.get(key) or said)


def went_through_history() -> bool:
    """Whether the browser's way back or forward led here."""
    context = get_script_run_ctx(suppress_warning=True)
    return context is not None and context.is_history_navigation


def change(key: str, value: str) -> None:
    """Choose for the user; only in what a button calls, before the page is drawn."""
    st.session_state[key] = st.session_state[_WIDGET + key] = value

"""A choice that outlives the page: kept through the session, and in the address."""

from collections.abc import Callable, Sequence

import streamlit as st

_WIDGET, _SAID = "choice-", "said-"


def choose_kept(key: str, label: str, options: Sequence[str], words: Callable[[str], str], first: str = "") -> str:
    """Draw a choice in the sidebar; it begins with what the session or the address has for ``key``, else ``first``."""
    before = next((own for own in (kept(key), first) if own in options), options[0])
    _say_anew(key, options, words)
    chosen = st.sidebar.selectbox(label, options, options.index(before), format_func=words, key=_WIDGET + key)
    st.session_state[key] = st.query_params[key] = chosen
    st.session_state[_SAID + key] = chosen, words(chosen)
    return chosen


def _say_anew(key: str, options: Sequence[str], words: Callable[[str], str]) -> None:
    """The browser keeps the words that it has for what stays chosen: where they are others now, choose it once more."""
    chosen, said = st.session_state.get(_SAID + key, ("", ""))
    if chosen in options and st.session_state.get(_WIDGET + key) == chosen and words(chosen) != said:
        st.session_state[_WIDGET + key] = chosen


def choose_addressed(key: str, label: str, options: Sequence[str], words: Callable[[str], str]) -> str:
    """Draw a choice on the page that a link may make, by ``key`` in the address; the first by default."""
    if st.session_state.get(key) not in options:
        st.session_state.pop(key, None)
    if st.query_params.get(key) not in options:
        st.query_params.pop(key, None)
    return st.selectbox(label, options, format_func=words, key=key, bind="query-params")


def kept(key: str) -> str:
    """What this session, or else the address, has for ``key``; empty where neither does."""
    return str(st.session_state.get(key) or st.query_params.get(key, ""))


def change(key: str, value: str) -> None:
    """Choose for the user; only in what a button calls, before the page is drawn."""
    st.session_state[key] = st.session_state[_WIDGET + key] = value

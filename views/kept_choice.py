"""A choice that outlives the page: kept through the session, and in the address."""

from collections.abc import Callable, Sequence

import streamlit as st

_WIDGET = "choice-"


def choose_kept(key: str, label: str, options: Sequence[str], words: Callable[[str], str], first: str = "") -> str:
    """Draw a choice in the sidebar; it begins with what the session or the address has for ``key``, else ``first``."""
    before = next((own for own in (kept(key), first) if own in options), options[0])
    chosen = st.sidebar.selectbox(label, options, options.index(before), format_func=words, key=_WIDGET + key)
    st.session_state[key] = st.query_params[key] = chosen
    return chosen


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

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


def kept(key: str) -> str:
    """What this session, or else the address, has for ``key``; empty where neither does."""
    return str(st.session_state.get(key) or st.query_params.get(key, ""))


def change(key: str, value: str) -> None:
    """Choose for the user; only in what a button calls, before the page is drawn."""
    st.session_state[key] = st.session_state[_WIDGET + key] = value

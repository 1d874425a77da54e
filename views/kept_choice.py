"""A choice that outlives the page: kept through the session, and in the address."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

import streamlit as st

Option = TypeVar("Option", bound=Hashable)
_WIDGET, _SAID = "choice-", "said-"


def choose_kept(key: str, label: str, options: Sequence[str], words: Callable[[str], str], first: str = "") -> str:
    """Draw a choice in the sidebar; it begins with what the session or the address has for ``key``, else ``first``."""
    before = next((own for own in (kept(key), first) if own in options), options[0])
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

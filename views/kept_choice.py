"""A choice that outlives the page: kept through the session, and in the address."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import is_dataclass
from typing import TypeVar

import pandas as pd
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from desk.i18n import text

Option = TypeVar("Option", bound=Hashable)
_WIDGET, _SAID, _ADDRESS, _SPOKEN = "choice-", "said-", "in-address", "said-in"
_CHOSEN = (str, int, pd.Timestamp)


def choose_kept(key: str, label: str, options: Sequence[str], words: Callable[[str], str], first: str = "") -> str:
    """Draw a choice in the sidebar; it begins with what the session or the address has for ``key``, else ``first``."""
    before = next((own for own in (kept(key), first) if own in options), options[0])
    if went_through_history():
        st.session_state[_WIDGET + key] = before
    say_anew(_WIDGET + key, options, words)
    chosen = st.sidebar.selectbox(label, options, options.index(before), format_func=words, key=_WIDGET + key)
    st.session_state[key] = chosen
    st.session_state.setdefault(_ADDRESS, {})[key] = chosen
    return chosen


def show_in_address() -> None:
    """Put all such choices into the address, at once: the browser's way back has a step for each time that it moves."""
    chosen: dict[str, str] = st.session_state.get(_ADDRESS, {})
    new = {key: value for key, value in chosen.items() if st.query_params.get(key) != value}
    if new:
        st.query_params.update(new)


def say_anew(widget: str, options: Iterable[Option], words: Callable[[Option], str]) -> None:
    """Before a choice is drawn whose words may change while what they stand for stays chosen: the browser keeps the
    words that it has, so where they are others now it is chosen once more.
    """
    known = {option: words(option) for option in options}
    chosen, before = st.session_state.get(widget), st.session_state.get(_SAID + widget, {})
    if chosen in known and before.get(chosen, known[chosen]) != known[chosen]:
        st.session_state[widget] = chosen
    st.session_state[_SAID + widget] = known


def say_all_anew(lang: str) -> None:
    """Before anything is drawn: where the language was switched, all that is chosen is chosen once more, in its words;
    buttons and boxes to tick have none.
    """
    before, st.session_state[_SPOKEN] = st.session_state.get(_SPOKEN, lang), lang
    if before != lang:
        st.session_state.update({key: value for key, value in st.session_state.items() if _has_words(value)})


def _has_words(value: object) -> bool:
    return type(value) in _CHOSEN or is_dataclass(value)


def choose_addressed(key: str, label: str, options: Sequence[str], words: Callable[[str], str], lang: str) -> str:
    """Draw a choice on the page that a link may make, by ``key`` in the address; the first by default, said where the
    address names another. (Streamlit's own binding has the words in the address, which no link knows.)
    """
    widget, named = _WIDGET + key, st.query_params.get(key)
    if named is not None and named not in options:
        del st.query_params[key]
        st.warning(text("view.app.no_such_choice", lang))
        named = None
    first = options[0] if named is None else named
    if went_through_history() or st.session_state.get(widget) not in options:
        st.session_state[widget] = first
    chosen = st.selectbox(label, options, format_func=words, key=widget)
    if chosen != first:
        st.query_params[key] = chosen
    return chosen


def chosen_now(key: str) -> str:
    """What somebody chooses with this very run, before the choice is drawn; else what is kept."""
    return kept(key) if went_through_history() else str(st.session_state.get(_WIDGET + key) or kept(key))


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

"""What is chosen on a page stands in its address: who sends the address sends this day, team or person along."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeVar

import pandas as pd
import streamlit as st

from views.kept_choice import went_through_history

Option = TypeVar("Option", bound=Hashable)
_PAGE, _DRAWN, _SEEN = "addressed-page", "addressed-drawn", "addressed-seen"


def begin_addressed(page: str) -> None:
    """Before a page is drawn: nothing of it is drawn yet, and of another page than before no address was seen."""
    if st.session_state.get(_PAGE) != page:
        st.session_state[_PAGE], st.session_state[_SEEN] = page, {}
    st.session_state[_DRAWN] = {}


def by_address(
    name: str,
    key: str,
    options: Sequence[Option],
    written: Callable[[Option], str] = str,
    first: Option | None = None,
) -> None:
    """Before the choice ``key`` is drawn: where a link or the browser's way back brought another address, choose what
    it has for ``name``. What is none of the options is passed over.

    Parameters
    ----------
    written : an option as the address has it, the same in every language.
    first : what is chosen where nobody chose; by default the first of the options.
    """
    known = {written(option): option for option in options}
    usual = options[0] if first is None else first
    named = st.query_params.get(name)
    if named in known and named != _kept(_SEEN).get(name):
        st.session_state[key] = known[named]
    elif named is None and went_through_history() and key in st.session_state:
        st.session_state[key] = usual
    _kept(_DRAWN)[name] = (key, {option: said for said, option in known.items()}, written(usual))


def show_addressed() -> None:
    """After a page was drawn: put what is chosen into the address, all at once, since the browser's way back has a step
    for each time that it moves. What nobody chose stays out.
    """
    drawn = _kept(_DRAWN)
    said = {name: words.get(st.session_state.get(key), usual) for name, (key, words, usual) in drawn.items()}
    usual = {name: own for name, (_, _, own) in drawn.items()}
    now = {name: st.query_params.get(name) for name in said}
    new = {
        name: own for name, own in said.items() if own != now[name] and (now[name] is not None or own != usual[name])
    }
    if new:
        st.query_params.update(new)
    st.session_state[_SEEN] = now | new


def day_written(day: pd.Timestamp) -> str:
    """A day as addresses have it."""
    return f"{day:%Y-%m-%d}"


def _kept(key: str) -> dict[str, Any]:
    found: dict[str, Any] = st.session_state.setdefault(key, {})
    return found

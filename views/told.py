"""What an action has to say, kept over the rerun that follows it."""

from typing import Literal

import streamlit as st

from views.markdown import plain

_KEY = "told"
Kind = Literal["success", "warning", "error"]


def tell(kind: Kind, words: str) -> None:
    """Say ``words`` at the top of the next page that is drawn in this session."""
    st.session_state.setdefault(_KEY, []).append((kind, words))


def show_told() -> None:
    """Draw what was told since the last page."""
    for kind, words in st.session_state.pop(_KEY, []):
        getattr(st, kind)(plain(words))

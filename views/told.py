"""What an action has to say, kept over the rerun that follows it."""

from typing import Literal

import streamlit as st

from desk import InputError
from views.findings import refusal
from views.markdown import plain

_KEY = "told"
Kind = Literal["success", "warning", "error"]


def tell(kind: Kind, words: str) -> None:
    """Say ``words`` at the top of the next page that is drawn in this session."""
    _tell(kind, [words])


def tell_refused(error: InputError, lang: str) -> None:
    """Say at the top of the next page why something can't be, and what would help."""
    _tell("error", refusal(error, lang))


def _tell(kind: Kind, lines: list[str]) -> None:
    st.session_state.setdefault(_KEY, []).append((kind, lines))


def show_told() -> None:
    """Draw what was told since the last page."""
    for kind, lines in st.session_state.pop(_KEY, []):
        getattr(st, kind)("\n\n".join(map(plain, lines)))

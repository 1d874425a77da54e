"""The choice of several of what there is."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from desk.i18n import text

Option = TypeVar("Option")


def choose_several(
    label: str,
    options: Sequence[Option],
    lang: str,
    *,
    key: str,
    words: Callable[[Option], str] = str,
    first: Sequence[Option] = (),
) -> list[Option]:
    """Draw the choice, which begins with ``first``; an empty one asks for it in the reader's language."""
    asks = text("view.app.choose", lang)
    return st.multiselect(label, options, list(first), format_func=words, key=key, placeholder=asks)

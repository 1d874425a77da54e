"""A few numbers side by side."""

from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st

from desk.i18n import text
from views.markdown import plain


class Figure(NamedTuple):
    """One number: catalogue key of its label (below ``view``), the number in words, and what belongs to it."""

    key: str
    value: str
    beside: str = ""


def show_figures(figures: Sequence[Figure], lang: str) -> None:
    """Draw the numbers, each in a box."""
    for place, figure in zip(st.columns(len(figures)), figures, strict=True):
        label = text(f"view.{figure.key}", lang)
        beside = plain(figure.beside) or None
        place.metric(label, figure.value, beside, border=True, height="stretch", delta_color="off", delta_arrow="off")

"""Where a number comes from: one click leads to the page that has its table."""

from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st

from desk.i18n import text
from desk.tables import table
from views.figure import Figure
from views.link import may_open, show_link
from views.markdown import plain


class Source(NamedTuple):
    """The page and, on it, the table that a number is made of; ``section`` is a heading of the page one is on."""

    page: str
    table: str = ""
    section: str = ""


def show_source(source: Source, lang: str, *, brief: bool = False) -> None:
    """Draw the way to a number's source; who may not open that page is told what it is called.

    ``brief`` names the page only.
    """
    named = table(source.table).title(lang) if source.table else text(f"view.{source.page}.title", lang)
    if source.section:
        st.markdown(f"[{plain(text('view.source.below', lang, name=named))}](#{source.section})")
        return
    words = {"page": text(f"view.{source.page}.title", lang), "name": named}
    said = text("view.source.at" if source.table and not brief else "view.source.page", lang, **words)
    if may_open(source.page):
        show_link(source.page, lang, label=plain(said))
    else:
        st.caption(plain(said))


def show_sourced(figures: Sequence[tuple[Figure, Source]], lang: str, *, in_a_row: int = 4) -> None:
    """Draw numbers, each in a box with the way to its source."""
    for first in range(0, len(figures), in_a_row):
        for place, (figure, source) in zip(st.columns(in_a_row), figures[first : first + in_a_row], strict=False):
            with place.container(border=True, height="stretch"):
                label, beside = text(f"view.{figure.key}", lang), plain(figure.beside) or None
                st.metric(label, figure.value, beside, delta_color="off", delta_arrow="off")
                show_source(source, lang, brief=True)

"""Ways from page to page inside the app."""

from collections.abc import Container, Mapping
from urllib.parse import urlsplit

import streamlit as st
from streamlit.navigation.page import Page

from desk.i18n import text
from views.told import tell

_KEY = "doors"


def remember_pages(pages: Mapping[str, Page]) -> None:
    """Keep which pages this session may open, by their names."""
    st.session_state[_KEY] = dict(pages)


def may_open(name: str) -> bool:
    """Whether the page is this person's."""
    return name in st.session_state.get(_KEY, {})


def show_link(name: str, lang: str, *, label: str | None = None, query: Mapping[str, str] | None = None) -> None:
    """Draw a link to a page, by default with its title; nothing where the page is not this person's."""
    page = st.session_state.get(_KEY, {}).get(name)
    if page is not None:
        st.page_link(page, label=label or text(f"view.{name}.title", lang), query_params=_kept() | dict(query or {}))


def go(name: str) -> None:
    """Open a page at once, where it is this person's."""
    page = st.session_state.get(_KEY, {}).get(name)
    if page is not None:
        st.switch_page(page, query_params=_kept())


def begin(name: str, known: Container[str], lang: str) -> None:
    """Open a page where the address names none that is this person's; who asked for one of the ``known`` is told."""
    if urlsplit(st.context.url or "").path.rpartition("/")[2] in known:
        tell("warning", text("view.app.no_such_page", lang))
    go(name)


def _kept() -> dict[str, str]:
    return {key: st.query_params[key] for key in ("lang", "desk", "plan") if key in st.query_params}

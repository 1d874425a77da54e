"""One request on a page: a box with what is asked, how it stands, and what was answered."""

from collections.abc import Mapping

import streamlit as st

from desk.i18n import text
from planner.own_shifts import OwnShift
from store import Request
from views.markdown import plain
from views.own.request_words import reply_words, request_words, status_words
from views.own.words import person, role_words, shift_words

LONGEST_WORDS = 1000
_COLOUR = {"asked": "orange", "accepted": "blue", "approved": "green", "refused": "red", "withdrawn": "grey"}


def show_request(
    request: Request, names: Mapping[str, str], lang: str, *, by: bool = False, status: str | None = None
) -> None:
    """Draw what stands in the box; ``by`` names who asks, ``status`` replaces the key of how it stands."""
    st.badge(plain(status_words(request, lang, status)), color=_COLOUR[request.status])  # type: ignore[arg-type]
    asked = request_words(request, names, lang)
    who = text("view.requests.by", lang, who=person(request.agent, names)) if by and request.kind != "swap" else ""
    st.markdown(f"**{plain(who + asked)}**")
    if request.words.strip():
        st.markdown(plain(text("view.requests.because", lang, words=request.words)))
    for reply in request.answers:
        st.caption(plain(reply_words(reply, lang)))


def show_shift(who: str, shift: OwnShift | None, lang: str) -> None:
    """Draw one of the two shifts of a swap with its roles."""
    if shift is not None:
        head = text("view.requests.gives", lang, who=who, shift=shift_words(shift, lang))
        st.markdown(f"{plain(head)}  \n{plain(role_words(shift, lang))}")


def why_field(lang: str, *, key: str, label: str = "view.requests.why") -> str:
    """Draw a field for words to the other; what it holds."""
    return st.text_area(text(label, lang), key=key, max_chars=LONGEST_WORDS, height=80)

"""A person's calendar: to take away once, or to subscribe to by an address that holds a secret."""

from contextlib import suppress
from urllib.parse import urlsplit

import streamlit as st

from desk.i18n import text
from desk.moment_words import moment_words
from store import NotYoursError, Principal, Token, list_tokens, make_token, revoke_token
from views.api.calendar import calendar
from views.api.serve import the_store
from views.clock import zone_here
from views.kept_desk import kept_desk
from views.told import tell

_CALENDAR = "calendar"
_FILE = "shifts.ics"


def show_subscription(principal: Principal, lang: str) -> None:
    """Draw the download, the button for an address, and those that are open. An address is shown once."""
    st.header(text("view.mine.calendar", lang))
    st.download_button(
        text("view.mine.download", lang),
        lambda: calendar(the_store(), principal, lang, kept_desk),
        file_name=_FILE,
        mime="text/calendar",
        key="mine-ics",
        on_click="ignore",
    )
    st.markdown(text("view.mine.calendar_words", lang))
    if st.button(text("view.mine.make", lang), key="mine-make"):
        st.markdown(text("view.mine.once", lang))
        token = make_token(the_store(), principal, _CALENDAR)
        st.code(f"{_server()}/calendar/{token}.ics?lang={lang}", language=None)
    for own in _open(principal):
        label = text("view.mine.end", lang, made=moment_words(own.created_at, zone_here()))
        st.button(label, key=f"mine-end-{own.id}", on_click=_end, args=(principal, own.id, lang))


def _server() -> str:
    """The address under which this person's browser reached the server; empty where it is not known."""
    own = urlsplit(st.context.url or "")
    return f"{own.scheme}://{own.netloc}" if own.netloc else ""


def _open(principal: Principal) -> list[Token]:
    own = [one for one in list_tokens(the_store(), principal) if one.kind == _CALENDAR and one.who == principal.who]
    return [one for one in own if one.revoked_at is None]


def _end(principal: Principal, number: int, lang: str) -> None:
    with suppress(NotYoursError):
        revoke_token(the_store(), principal, number)
        tell("success", text("view.mine.ended", lang))

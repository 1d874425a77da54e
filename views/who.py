"""Who looks at the page: proved by the sign-in, known to the store; anybody else sees how to come in, and no more."""

import os

import streamlit as st

from desk.i18n import text
from planner.serve.serving import SIGN_IN
from store import NotYoursError, Principal, owner, principal_of
from views.api.serve import the_store
from views.markdown import plain

_SINGLE, _OIDC = "single", "oidc"


def sign_in_kind() -> str:
    """How people prove who they are on this server."""
    return os.environ.get(SIGN_IN, _SINGLE)


def is_alone() -> bool:
    """Whether nobody signs in, because one person runs Peakdesk alone."""
    return sign_in_kind() == _SINGLE


def whoever(lang: str) -> Principal:
    """Who looks at the page; for anybody unknown the page ends here."""
    if sign_in_kind() == _SINGLE:
        return owner()
    email = _proved()
    if email is None:
        _ask(lang)
    found = _known(email or "")
    if found is None:
        _refuse(email or "", lang)
        st.stop()
    return found


def _proved() -> str | None:
    """The email address that the sign-in proves."""
    said = st.user.to_dict()
    if sign_in_kind() == _OIDC and not (said.get("is_logged_in") and said.get("email_verified") is not False):
        return None
    email = said.get("email")
    return email.strip() if isinstance(email, str) and email.strip() else None


def _known(email: str) -> Principal | None:
    """The principal of that name."""
    for name in dict.fromkeys((email, email.lower())):
        try:
            return principal_of(the_store(), name)
        except NotYoursError:
            continue
    return None


def _ask(lang: str) -> None:
    st.title(text("view.who.title", lang))
    if st.user.to_dict().get("is_logged_in") or sign_in_kind() != _OIDC:
        st.warning(text("view.who.unproved", lang))
        offer_sign_out(lang)
    else:
        st.markdown(text("view.who.words", lang))
        st.button(text("view.who.button", lang), on_click=st.login)
    st.stop()


def _refuse(email: str, lang: str) -> None:
    st.title(text("view.who.title", lang))
    st.error(text("view.who.unknown", lang, who=plain(email)))
    st.markdown(text("view.who.unknown_cure", lang))
    offer_sign_out(lang)


def offer_sign_out(lang: str) -> None:
    """Draw the way out in the sidebar, where a provider let people in."""
    if sign_in_kind() == _OIDC:
        st.sidebar.button(text("view.who.out", lang), on_click=st.logout)

"""Which language a person reads."""

import streamlit as st

from desk.i18n import LANGUAGES, text

_KEY = "lang"


def choose_language() -> str:
    """Draw the switch in the sidebar; the choice stays through the session, and in the address to be kept."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = _preferred()
    chosen = st.sidebar.selectbox(text("view.app.language", language()), LANGUAGES, format_func=_own_name, key=_KEY)
    st.query_params[_KEY] = chosen
    return chosen


def language() -> str:
    """The language of this session: chosen, in the address, or the browser's."""
    chosen = st.session_state.get(_KEY)
    return chosen if chosen in LANGUAGES else _preferred()


def _preferred() -> str:
    addressed = st.query_params.get(_KEY)
    if addressed in LANGUAGES:
        return addressed
    return "zh" if (st.context.locale or "").lower().startswith("zh") else "en"


def _own_name(lang: str) -> str:
    return text("view.app.own_name", lang)

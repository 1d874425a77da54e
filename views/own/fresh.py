"""Forms that keep what was written until it is sent, and are empty afterwards."""

import streamlit as st

_SENT = "forms-sent"


def fresh(key: str) -> str:
    """``key`` of a form or a field in it; another one after each time that something was sent."""
    return f"{key}{st.session_state.get(_SENT, '')}"


def start_afresh() -> None:
    """Empty the forms when they are drawn next."""
    st.session_state[_SENT] = st.session_state.get(_SENT, 0) + 1

"""Where the keyboard is: seen on every page."""

import streamlit as st

from charts.theme import PLANNED

_STYLE = """<style>
:is(a, button, summary, [role="tab"], [role="radio"]):focus-visible, label[data-focus-visible="true"] {{
  outline: 2px solid {colour} !important; outline-offset: 1px !important; border-radius: 4px; }}
</style>"""


def show_focus() -> None:
    """Put a frame around what the keyboard is at, where Streamlit has hardly a shade or nothing."""
    st.html(_STYLE.format(colour=PLANNED))

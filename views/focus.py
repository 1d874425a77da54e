"""Where the keyboard is, seen on every page; and where links lead, in whole words."""

import streamlit as st

from charts.theme import PLANNED

_STYLE = """<style>
:is(a, button, summary, [role="tab"], [role="radio"]):focus-visible, label[data-focus-visible="true"] {{
  outline: 2px solid {colour} !important; outline-offset: 1px !important; border-radius: 4px; }}
[data-testid="stPageLink-NavLink"] :is(span:has(p), div, p) {{ white-space: normal; overflow: visible; }}
</style>"""


def show_focus() -> None:
    """Put a frame around what the keyboard is at, where Streamlit has hardly a shade or nothing; in narrow boxes links
    go on in another line, where Streamlit cuts them.
    """
    st.html(_STYLE.format(colour=PLANNED))

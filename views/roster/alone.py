"""One person alone on a server whose desk asks for several: what they can do, and a decision that stays on record."""

import streamlit as st

from desk.i18n import text
from views.job_shown import begin_job, follow_begun
from views.markdown import plain
from views.roster.may import Stored
from views.who import is_alone


def show_alone(own: Stored, steps: int) -> None:
    """Draw how to let others in, and the owner's decision that one person signs; nothing where people sign in."""
    if not is_alone() or own.principal.role != "owner":
        return
    lang = own.lang
    st.warning(plain(text("view.roster.sign.alone", lang, steps=steps)))
    st.markdown(plain(text("view.roster.sign.alone_people", lang)))
    st.code("peakdesk people add mia@example.com --role manager --team T1\npeakdesk app --help", language="bash")
    st.markdown(plain(text("view.roster.sign.alone_decide", lang)))
    with st.form("alone-form"):
        why = st.text_input(text("view.roster.sign.alone_reason", lang), key="alone-why")
        sure = st.checkbox(text("view.roster.sign.alone_sure", lang), key="alone-sure")
        if st.form_submit_button(text("view.roster.sign.alone_do", lang), key="alone-go"):
            if sure and why.strip():
                request = {"plan": own.version.hash, "steps": 1, "why": why.strip(), "lang": lang}
                begin_job("carry", request, lang, why.strip())
            else:
                st.warning(text("view.roster.sign.alone_need", lang))
    follow_begun("carry", lang)

"""Everything that a desk is made of: check your own, take a template or a sample, look a column up."""

from functools import partial

import streamlit as st

from data import SAMPLES, sample_path
from desk.i18n import text
from store import Principal
from views.desk_upload import offer_templates, uploaded_desk, zipped
from views.dictionary import show_dictionary
from views.page import own_page
from views.understood import show_understood


def _draw(principal: Principal, lang: str) -> None:
    st.header(text("view.data.check", lang))
    desk = uploaded_desk(lang, key="data")
    if desk is not None:
        show_understood(desk, lang, key="understood")
    st.header(text("view.data.begin", lang))
    offer_templates(lang)
    st.markdown(text("view.data.samples", lang))
    for name in SAMPLES:
        folder = sample_path(name)
        if folder.is_dir():
            label = text("view.data.sample", lang, name=name)
            st.download_button(label, partial(zipped, folder), file_name=f"{name}.zip", on_click="ignore")
    st.header(text("view.data.dictionary", lang))
    show_dictionary(lang)


own_page("data", _draw)

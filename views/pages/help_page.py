"""The words of the field, and the way through the app for each kind of person."""

import pandas as pd
import streamlit as st

from desk.i18n import catalogue, text
from store import Principal
from views.doors import doors_of
from views.glossary import Term, glossary
from views.link import show_link
from views.page import own_page
from views.table_shown import show_plain_table

_STEP = "view.tutorial."


def _draw(principal: Principal, lang: str) -> None:
    st.markdown(text("view.help.words", lang))
    st.header(text("view.help.pages", lang))
    for door in doors_of(principal):
        place, said = st.columns([1, 3])
        with place:
            show_link(door.name, lang)
        said.markdown(text(f"view.help.page.{door.name}", lang))
    st.header(text("view.help.tutorial", lang))
    steps = [words for key, words in catalogue(lang).items() if key.startswith(_STEP)]
    st.markdown("\n".join(f"{place}. {words}" for place, words in enumerate(steps, start=1)))
    st.header(text("view.help.glossary", lang))
    asked = st.text_input(text("view.help.find", lang), key="help-find").strip().lower()
    shown = [own for own in glossary(lang).values() if asked in " ".join(own).lower()]
    show_plain_table(pd.DataFrame(shown, columns=Term._fields), lang, key="glossary", words="view.help.column")


own_page("help", _draw)

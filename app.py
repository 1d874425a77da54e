"""The app: language, plan and pages. ``peakdesk app`` starts it, as does ``streamlit run app.py``."""

import streamlit as st

from desk.i18n import text
from views.language import choose_language
from views.page import choose_plan

PAGES = ("overview", "forecast", "staffing", "roster", "whatif", "incentives", "data")

st.set_page_config(page_title="Peakdesk", layout="wide")
lang = choose_language()
choose_plan()
st.navigation(
    [
        st.Page(
            f"views/pages/{name}_page.py",
            title=text(f"view.{name}.title", lang),
            url_path=name,
            default=name == PAGES[0],
        )
        for name in PAGES
    ]
).run()

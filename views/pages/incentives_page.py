"""What was achieved, adjusted for hours and load, with what is not known about it."""

import streamlit as st

import charts
from desk.i18n import text
from views.page import show
from views.paging import choose_page, choose_team, measure_choice
from views.picture import show_picture
from views.plan_folder import PlanFolder
from views.summary import with_names


def _draw(plan: PlanFolder, lang: str) -> None:
    scores = plan.planned.scores
    if scores.empty:
        st.info(text("view.incentives.none", lang))
        st.code(f"peakdesk score {plan.path.name} --contacts contacts.csv", language="bash")
        return
    st.markdown(text("view.incentives.intro", lang))
    left, middle, right = st.columns(3)
    with left:
        measure = measure_choice(list(scores["measure"].unique()), lang)
    with middle:
        team = choose_team(plan.planned.desk, lang, key="incentives-team")
    scored = team[team["agent"].isin(scores["agent"])]
    with right:
        page = choose_page(scored, lang, key="incentives-page")
    own = with_names(scores[(scores["measure"] == measure) & scores["agent"].isin(page["agent"])], plan.planned.desk)
    show_picture(charts.scores(own, lang=lang, measure=measure), own, "scores", lang, key="scores")


show("incentives", _draw)

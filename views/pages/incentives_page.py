"""What was achieved, adjusted for hours and load, with what is not known about it, and what it would pay."""

import pandas as pd
import streamlit as st

import charts
from desk.i18n import text
from incentive import Assessment, measure_title, measures_of
from incentive.load import load_by_agent
from views.assessed import assessed, team_days
from views.opened import OpenPlan
from views.page import show
from views.paging import choose_page, choose_team, measure_choice
from views.picture import show_picture
from views.summary import with_names


def _draw(plan: OpenPlan, lang: str) -> None:
    scores = plan.planned.scores
    if scores.empty:
        st.info(text("view.incentives.none", lang))
        st.code(f"peakdesk score {plan.path.name} --contacts contacts.csv", language="bash")
        return
    st.markdown(text("view.incentives.intro", lang))
    left, middle, right = st.columns(3)
    with left:
        there = set(scores["measure"])
        measure = measure_choice([name for name in measures_of(plan.planned.desk) if name in there], lang)
    with middle:
        team = choose_team(plan.planned.desk, lang, key="incentives-team")
    scored = team[team["agent"].isin(scores["agent"])]
    with right:
        page = choose_page(scored, lang, key="incentives-page")
    own = with_names(scores[(scores["measure"] == measure) & scores["agent"].isin(page["agent"])], plan.planned.desk)
    show_picture(charts.scores(own, lang=lang, measure=measure), own, "scores", lang, key="scores")
    with st.spinner(text("view.app.reading", lang)):
        found = assessed(plan)
    _compared(plan, scores[scores["agent"].isin(scored["agent"])], found, measure, lang)
    _paid(plan, scores[scores["agent"].isin(scored["agent"])], lang)


def _compared(plan: OpenPlan, scores: pd.DataFrame, found: Assessment | None, measure: str, lang: str) -> None:
    """Funnel, load and teams of a measure, where it is one that is compared with what was expected."""
    desk, title = plan.planned.desk, measure_title(measure, lang)
    known = measures_of(desk).get(measure)
    if known is None or known.kind not in ("share", "level"):
        return
    share = known.kind == "share"
    if share:
        own = with_names(scores[scores["measure"] == measure], desk)
        show_picture(charts.funnel(own, lang=lang, measure=measure, title=title), own, "scores", lang, key="funnel")
    if found is not None:
        loads = with_names(load_by_agent(found, measure), desk)
        loads = loads[loads["agent"].isin(scores["agent"])]
        figure = charts.load_response(loads, lang=lang, title=title, share=share)
        show_picture(figure, loads, "scores", lang, key="load-response")
        days = team_days(found, measure)
        show_picture(charts.team_trend(days, lang=lang, title=title), days, "scores", lang, key="team-trend")


def _paid(plan: OpenPlan, scores: pd.DataFrame, lang: str) -> None:
    paid = scores.dropna(subset="payout")
    if not float(paid["payout"].sum()):
        st.info(text("view.incentives.no_budget", lang))
        return
    figure = charts.payout_waterfall(paid, lang=lang, currency=plan.planned.desk.settings.currency)
    show_picture(figure, with_names(paid, plan.planned.desk), "scores", lang, key="payout")


show("incentives", _draw)

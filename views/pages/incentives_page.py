"""Who is paid what and why: a scoring of the store, or what the chosen plan's simulated log would pay."""

from collections.abc import Sequence

import streamlit as st

from desk import InputError
from desk.i18n import text
from desk.natural import natural
from planner.pay.run import PROJECTED, kind_of
from store import Principal, ScoreRun
from views.by_headcounts import show_nothing_forecast
from views.desk_chosen import chosen_plan
from views.findings import show_refusal
from views.incentive.difference import show_difference
from views.incentive.paid import show_paid
from views.incentive.pictures import show_scores
from views.incentive.runs import AGENT, choose_run, names_of, runs_of
from views.incentive.shown import Shown, shown_plan, shown_run
from views.incentive.statement_shown import show_statement
from views.link import show_link
from views.markdown import plain
from views.opened import OpenPlan, open_folder, open_stored
from views.page import own_page

PAID, SCORES, STATEMENT = "paid", "scores", "statement"


def _draw(principal: Principal, lang: str) -> None:
    runs = runs_of(principal)
    if not runs:
        _before_any(principal, lang)
        return
    run = choose_run(runs, lang)
    own = shown_run(principal, run)
    views = [PAID, SCORES, STATEMENT] if own.measured else [PAID]
    named = st.query_params.get(AGENT)
    view = _view(views, STATEMENT if named and own.measured else PAID, lang)
    if view == SCORES:
        show_scores(own, lang)
    elif view == STATEMENT:
        _statement(principal, run, own, named, lang)
    else:
        _paid(principal, runs, own, lang)


def _view(views: Sequence[str], first: str, lang: str) -> str:
    if len(views) == 1:
        return views[0]
    words = {view: text(f"view.pay.view.{view}", lang) for view in views}
    label = text("view.pay.view_label", lang)
    return st.segmented_control(
        label, views, default=first, required=True, format_func=words.__getitem__, key="incentives-view"
    ) or first  # fmt: skip


def _paid(principal: Principal, runs: Sequence[ScoreRun], own: Shown, lang: str) -> None:
    run = own.run
    show_paid(own, _projection(principal, runs, own), lang)
    if run is not None:
        show_difference(principal, run, lang)
        later = next((one for one in runs if one.summary.get("before") == run.id), None)
        if later is not None:
            st.info(text("view.pay.later", lang, number=later.id))


def _projection(principal: Principal, runs: Sequence[ScoreRun], own: Shown) -> Shown | None:
    """The newest projection of the plan that a scoring was settled against, else of the same days."""
    if own.run is None or not own.measured:
        return None
    told = own.run.summary
    projections = [run for run in runs if kind_of(run) == PROJECTED]
    same = [run for run in projections if told.get("plan") is not None and run.summary.get("plan") == told["plan"]]
    return shown_run(principal, same[0]) if same else None


def _statement(principal: Principal, run: ScoreRun, own: Shown, named: str | None, lang: str) -> None:
    agents = sorted((str(agent) for agent in own.scores["agent"].unique()), key=natural)
    names = names_of(principal, run, tuple(agents))
    first = agents.index(named) if named in agents else 0
    if named and named not in agents:
        st.warning(text("view.pay.no_such_agent", lang))
    agent = st.selectbox(
        text("view.pay.whose", lang), agents, index=first, key=f"statement-of-{run.id}",
        format_func=lambda one: one if names[one] == one else f"{names[one]} · {one}",
    )  # fmt: skip
    show_statement(principal, run, agent, lang)


def _before_any(principal: Principal, lang: str) -> None:
    """Nothing is settled yet: what the chosen plan's simulated log would pay, where there is a plan to be read."""
    st.info(text("view.incentives.none", lang))
    show_link("settle", lang)
    choice = chosen_plan(principal)
    if choice is None:
        return
    try:
        with st.spinner(text("view.app.reading", lang)):
            plan = open_stored(principal, choice.key) if choice.folder is None else open_folder(choice.folder)
    except InputError as error:
        show_refusal(error, lang)
        return
    if not show_nothing_forecast(plan.planned.desk, lang):
        _simulated(plan, lang)


def _simulated(plan: OpenPlan, lang: str) -> None:
    with st.spinner(text("view.app.reading", lang)):
        own = shown_plan(plan)
    if own.scores.empty:
        return
    st.caption(plain(text("view.pay.simulated", lang)))
    if _view([PAID, SCORES], SCORES, lang) == SCORES:
        show_scores(own, lang)
    else:
        show_paid(own, None, lang)


own_page("incentives", _draw)

"""What was achieved, adjusted for hours and load, with what is not known about it."""

import pandas as pd
import streamlit as st

import charts
from desk import InputError
from desk.i18n import text
from incentive import measure_title
from incentive.measure import Measure
from views.findings import show_refusal
from views.incentive.chosen import choose_people
from views.incentive.shown import Shown, team_days, with_circumstances
from views.markdown import plain
from views.paging import measure_choice
from views.picture import show_picture

PATIENCE_S, _AGAIN_S = 0.8, 1.0
_OWN = ["load", "days", "team", "pay_low", "pay_high", "chance"]


def show_scores(own: Shown, lang: str) -> None:
    """Draw adjusted scores, funnel, load against response and teams from day to day, of one measure."""
    st.markdown(text("view.incentives.intro", lang))
    known = own.measures()
    name = measure_choice([*known], lang)
    st.caption(plain(known[name].definition(lang)))
    team, page = choose_people(own, lang, key="incentives")
    rows = own.scores[own.scores["measure"] == name]
    mine = own.named(rows[rows["agent"].isin(page["agent"])].drop(columns=_OWN, errors="ignore"))
    figure = charts.scores(mine, lang=lang, measure=name, title=measure_title(name, lang), unit=known[name].unit)
    show_picture(figure, mine, "scores", lang, key="scores")
    if known[name].kind in ("share", "level"):
        _compared(own, team, known[name], lang)


def _compared(own: Shown, team: pd.DataFrame, measure: Measure, lang: str) -> None:
    """Funnel, load and teams of a measure that is compared with what was expected."""
    if measure.kind == "share":
        shown = own.named(_rows(own, team, measure)).drop(columns=_OWN, errors="ignore")
        figure = charts.funnel(shown, lang=lang, measure=measure.name, title=measure_title(measure.name, lang))
        show_picture(figure, shown, "scores", lang, key="funnel")
    with st.spinner(text("view.app.reading", lang)):
        whole = with_circumstances(own, PATIENCE_S)
    if whole is None:
        st.fragment(_await, run_every=_AGAIN_S)(own, lang)
    else:
        _around(whole, team, measure, lang)


def _await(own: Shown, lang: str) -> None:
    """A large log takes seconds, and the page stands meanwhile."""
    try:
        done = with_circumstances(own, 0.0) is not None
    except InputError as error:
        show_refusal(error, lang)
        return
    if done:
        st.rerun()
    st.info(text("view.app.reading", lang))


def _rows(own: Shown, team: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    return own.scores[(own.scores["measure"] == measure.name) & own.scores["agent"].isin(team["agent"])]


def _around(own: Shown, team: pd.DataFrame, measure: Measure, lang: str) -> None:
    """Load, and teams from day to day."""
    title, share, rows = measure_title(measure.name, lang), measure.kind == "share", _rows(own, team, measure)
    named = own.named(rows)
    loads = named.loc[named["load"].notna(), ["name", "agent", "contacts", "load", "observed", "expected"]]
    figure = charts.load_response(loads.astype({"load": "float64"}), lang=lang, title=title, share=share)
    show_picture(figure, loads, "scores", lang, key="load-response")
    days = team_days(rows, measure.name)
    show_picture(charts.team_trend(days, lang=lang, title=title), days, "scores", lang, key="team-trend")

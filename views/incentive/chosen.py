"""Whose scores are looked at: a team, and of it a page."""

import pandas as pd
import streamlit as st

from desk.i18n import text
from desk.natural import natural, natural_rank
from views.incentive.shown import Shown
from views.paging import choose_page

_ALL = ""


def choose_people(own: Shown, lang: str, *, key: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Draw the choice of a team and of a page of it.

    Returns
    -------
    The agents of the team and those of the page: agent, team, name.
    """
    people = own.scores[["agent", "team"]].drop_duplicates("agent")
    teams = sorted(people["team"].dropna().unique(), key=natural)
    words = {_ALL: text("view.app.all_teams", lang)} | {team: team for team in teams}
    left, right = st.columns(2)
    with left:
        team = st.selectbox(text("view.app.team", lang), list(words), format_func=words.__getitem__, key=f"{key}-team")
    mine = people if team == _ALL else people[people["team"] == team]
    mine = own.named(mine.sort_values(["team", "agent"], ignore_index=True, key=natural_rank))
    with right:
        page = choose_page(mine, lang, key=f"{key}-page")
    return mine, page

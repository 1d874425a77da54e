"""A large desk a page at a time, so that no browser freezes."""

from math import ceil

import pandas as pd
import streamlit as st

from desk import Desk
from desk.i18n import text
from desk.natural import natural
from incentive import measure_title
from views.addressed import by_address
from views.summary import people

AGENTS_A_PAGE = 40
_ALL = ""


def choose_team(desk: Desk, lang: str, *, key: str) -> pd.DataFrame:
    """Draw the choice of a team; its agents, or everybody's."""
    teams = sorted(desk.table("agents")["team"].dropna().unique(), key=natural)
    words = {_ALL: text("view.app.all_teams", lang)} | {team: team for team in teams}
    by_address("team", key, list(words))
    chosen = st.selectbox(text("view.app.team", lang), list(words), format_func=words.__getitem__, key=key)
    return people(desk, None if chosen == _ALL else chosen)


def choose_page(agents: pd.DataFrame, lang: str, *, key: str) -> pd.DataFrame:
    """Draw the choice of a page where the agents fill more than one; the agents of that page."""
    pages = ceil(len(agents) / AGENTS_A_PAGE)
    if pages <= 1:
        return agents
    chosen = st.selectbox(
        text("view.app.page", lang), range(pages), format_func=lambda page: _words(agents, page, lang), key=key
    )
    return _slice(agents, chosen)


def _slice(agents: pd.DataFrame, page: int) -> pd.DataFrame:
    return agents.iloc[page * AGENTS_A_PAGE : (page + 1) * AGENTS_A_PAGE]


def _words(agents: pd.DataFrame, page: int, lang: str) -> str:
    own = _slice(agents, page)
    return text("view.app.page_words", lang, page=page + 1, first=own["name"].iloc[0], last=own["name"].iloc[-1])


def queue_choice(queues: list[str], lang: str, *, key: str) -> str:
    """Draw the choice of a queue."""
    by_address("queue", key, queues)
    return st.selectbox(text("view.app.queue", lang), queues, key=key, format_func=str)


def measure_choice(measures: list[str], lang: str) -> str:
    """Draw the choice of a measure."""
    words = {measure: measure_title(measure, lang) for measure in measures}
    return st.selectbox(text("view.app.measure", lang), measures, format_func=words.__getitem__, key="measure")

"""The shifts of a week as a table whose cells can be chosen."""

import pandas as pd
import streamlit as st

from charts.roster_heat import LEAVE
from charts.theme import day_words
from desk.i18n import text
from planner.rows import rows
from views.days import choose_week
from views.opened import OpenPlan
from views.paging import choose_page, choose_team
from views.table_shown import harmless

AGENT, DATE = "edit-agent", "edit-date"
"""Where a session keeps the person and the day that are edited."""
_GRID = "edit-grid"


def show_grid(plan: OpenPlan, lang: str) -> None:
    """Draw a week of a team, a page at a time; a cell that is chosen becomes the person and day to edit."""
    with st.expander(text("view.roster.edit.grid", lang), expanded=True):
        team_place, week_place, page_place = st.columns(3)
        with team_place:
            agents = choose_team(plan.planned.desk, lang, key="edit-team")
        with week_place:
            week = choose_week(plan.planned.desk, lang, key="edit-week")
        with page_place:
            page = choose_page(agents, lang, key="edit-page")
        frame = _frame(plan, page, week)
        titles = {f"{day:%Y-%m-%d}": st.column_config.TextColumn(day_words(day, lang)) for day in week}
        titles["name"] = st.column_config.TextColumn(text("view.roster.edit.who", lang), pinned=True)
        st.dataframe(
            frame,
            hide_index=True,
            column_config=titles,
            height=min(38 + 35 * len(frame), 420),
            key=_GRID,
            selection_mode="single-cell",
            on_select=lambda: _chosen(page["agent"].tolist()),
        )
        st.caption(text("view.roster.edit.grid_words", lang))


def _frame(plan: OpenPlan, page: pd.DataFrame, week: pd.DatetimeIndex) -> pd.DataFrame:
    roster = plan.planned.plan.roster
    own = roster[roster["agent"].isin(page["agent"]) & roster["date"].isin(week)]
    wide = own.pivot_table(index="agent", columns="date", values="shift", aggfunc="+".join)
    wide = wide.reindex(index=page["agent"], columns=week).fillna("")
    leave = plan.planned.desk.table("leave")
    for row in rows(leave[leave["agent"].isin(wide.index) & leave["date"].isin(week)]):
        wide.at[row.agent, row.date] = " ".join(filter(None, (str(wide.at[row.agent, row.date]), LEAVE)))
    wide.columns = pd.Index([f"{day:%Y-%m-%d}" for day in week])
    names = (page["agent"] + " " + page["name"].fillna("")).to_numpy()
    return harmless(wide.reset_index(drop=True).assign(name=names)[["name", *wide.columns]])


def _chosen(agents: list[str]) -> None:
    cells = st.session_state[_GRID]["selection"]["cells"]
    if cells:
        row, column = cells[0]
        st.session_state[AGENT] = agents[row]
        if column != "name":
            st.session_state[DATE] = pd.Timestamp(column)

"""The price of more or fewer people."""

import pandas as pd
import streamlit as st

from desk.i18n import text
from planner.page.number import whole
from planner.worth import more_and_fewer
from views.markdown import plain
from views.opened import OpenPlan
from views.remembered import Remembered
from views.source import Source, show_source
from views.table_shown import show_plain_table


def _worked_out(plan: OpenPlan) -> pd.DataFrame:
    return more_and_fewer(plan.planned)


worth_of_people = Remembered(_worked_out)
"""What one more and one fewer of each kind are worth."""


def show_people(plan: OpenPlan, lang: str, *, source: Source | None = None) -> None:
    """Draw what one more and one fewer of each kind would change, the best first; and the way to ``source``."""
    found = worth_of_people(plan)
    if found.empty:
        st.info(text("view.overview.no_people", lang))
        return
    best = found.sort_values("more_net", ascending=False, na_position="last").iloc[0]
    if best["more_net"] > 0:
        amount = f"{whole(best['more_net'])} {plan.planned.desk.settings.currency}"
        words = {"contract": best["contract"], "skills": best["skills"].replace("|", ", "), "amount": amount}
        st.markdown(plain(text("view.overview.best_hire", lang, **words)))
    else:
        st.markdown(plain(text("view.overview.nobody_pays", lang)))
    show_plain_table(_shown(found), lang, key="people-worth", words="view.overview.people_column")
    if source is not None:
        show_source(source, lang)


def _shown(found: pd.DataFrame) -> pd.DataFrame:
    numbers = [name for name in found if str(name).startswith(("more_", "fewer_"))]
    own = found.assign(
        skills=found["skills"].str.replace("|", ", ", regex=False), people=found["people"].astype("Int64")
    )
    return own[["contract", "skills", "people", *numbers]].round(dict.fromkeys(map(str, numbers), 0))

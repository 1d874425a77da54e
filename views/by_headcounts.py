"""Plans and desks of fixed headcounts: what is not there in a sentence, and the headcounts beside who is there."""

import pandas as pd
import streamlit as st

from desk import Basis, Desk, basis_of
from desk.i18n import text
from planner.headcounts import headcounts
from views.days import choose_day_or_all
from views.markdown import plain
from views.opened import OpenPlan
from views.remembered import Remembered
from views.table_shown import show_plain_table


def _counted(plan: OpenPlan) -> pd.DataFrame:
    own = plan.planned
    return headcounts(own.desk, own.plan.roster, own.plan.duty)


headcounts_of = Remembered(_counted)
"""Fixed headcounts and who is there."""


def show_nothing_forecast(desk: Desk, lang: str) -> bool:
    """Say that nothing is forecast, and what would change that, where the desk is one of headcounts; whether it is."""
    if basis_of(desk) is not Basis.HEADCOUNTS:
        return False
    st.info(plain(text("view.headcounts.nothing", lang)))
    return True


def show_headcounts(plan: OpenPlan, lang: str, *, only_off: bool = False) -> None:
    """Draw the headcounts of a day or of all days beside who is there; ``only_off``: those that are not met exactly."""
    own = headcounts_of(plan)
    facts = {"rows": len(own), **{name: float(own[name].sum()) for name in ("required", "short", "over")}}
    st.markdown(plain(text("view.headcounts.told", lang, **facts)))
    if only_off:
        own = own[(own["short"] > 0) | (own["over"] > 0)]
    else:
        day = choose_day_or_all(plan.planned.desk.dates, lang, key="headcounts-day")
        own = own if day is None else own[own["date"] == day]
    if len(own):
        show_plain_table(_shown(own), lang, key="headcounts", words="view.headcounts.column")


def _shown(own: pd.DataFrame) -> pd.DataFrame:
    """Without the columns that no row has; the days without a time."""
    kept = own.dropna(axis="columns", how="all")
    return kept.assign(date=kept["date"].dt.strftime("%Y-%m-%d"))

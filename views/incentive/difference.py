"""What an appeal changed, for everybody whom it affects."""

import pandas as pd
import streamlit as st

from desk import InputError
from desk.currency import digits, money_words
from desk.i18n import text
from incentive import measure_title
from incentive.appeal import difference
from store import Principal, ScoreRun, scope
from views.figure import Figure, show_figures
from views.incentive.amount import show_money_table
from views.incentive.runs import currency_of, names_of, scores_of
from views.table_shown import show_plain_table

TOTAL = "composite"
_CENT = 0.004


def show_difference(principal: Principal, run: ScoreRun, lang: str) -> None:
    """Draw the difference of a rerun to the scoring before it, as far as the principal may see it; to the cent."""
    before = run.summary.get("before")
    if before is None:
        return
    st.subheader(text("view.pay.changed", lang, before=before, number=run.id))
    try:
        changed = difference(scores_of(principal, int(before)), scores_of(principal, run.id))
    except InputError:
        st.info(text("view.pay.before_gone", lang))
        return
    money = changed[(changed["measure"] == TOTAL) & (changed["payout_change"].abs() > _CENT)]
    if money.empty:
        st.info(text("view.pay.unchanged", lang))
        return
    _figures(principal, money, currency_of(run), lang)
    names = names_of(principal, run, tuple(money["agent"]))
    shown = pd.DataFrame({"name": money["agent"].map(names), "agent": money["agent"]})
    for column in ("payout_before", "payout_after", "payout_change"):
        shown[column] = money[column].round(digits(currency_of(run)))
    show_money_table(shown, currency_of(run), lang, key=f"difference-{run.id}")
    with st.expander(text("view.pay.changed_all", lang)):
        titles = changed["measure"].map(lambda name: measure_title(name, lang))
        show_plain_table(changed.assign(measure=titles), lang, key=f"difference-all-{run.id}", words="view.pay.column")


def _figures(principal: Principal, money: pd.DataFrame, currency: str, lang: str) -> None:
    """In all for who sees everybody; who sees some is told so; a person sees their own amounts below."""
    reach = scope(principal, "score.read")
    if reach == "own":
        return
    if reach == "teams":
        st.caption(text("view.pay.of_teams", lang))
    figures = [
        Figure("pay.affected", f"{len(money):,}"),
        Figure("pay.most_changed", money_words(money["payout_change"].iloc[0], currency, "+")),
        Figure("pay.sum_changed", money_words(money["payout_change"].sum(), currency, "+")),
    ]
    show_figures(figures, lang)

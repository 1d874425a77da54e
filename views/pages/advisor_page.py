"""Cross-training and hiring: what one more of anything is worth, and what could be offered to volunteers."""

import streamlit as st

from charts.marginal_heat import marginal_heat
from desk.i18n import text
from planner.advice import advice, by_day
from planner.page.number import share, whole
from views.advisor.said import show_advice
from views.markdown import plain
from views.opened import OpenPlan
from views.overview.people import show_people
from views.page import show
from views.picture import show_picture
from views.summary import with_names
from views.table_shown import show_table
from views.whatif.answered import prepare_answers

_KINDS = ("agent", "overtime_h", "overload_h")
_OFFERS = ("overtime", "on_call", "time_off")
# All amounts with one digit: small ones had three, beside large ones with one.
_MONEY = {"saves": 1, "costs": 1, "net": 1}


def _draw(plan: OpenPlan, lang: str) -> None:
    planned, currency = plan.planned, plan.planned.desk.settings.currency
    if planned.marginals.empty:
        st.info(text("view.advisor.none", lang))
        return
    st.markdown(plain(text("view.advisor.intro", lang)))
    show_advice(advice(planned.marginals), currency, lang)
    _sure(plan, lang)
    st.header(text("view.advisor.by_day", lang))
    _heat(plan, lang)
    st.header(text("view.overview.more_people", lang))
    show_people(plan, lang)
    st.header(text("view.advisor.offers", lang))
    _offers(plan, lang)
    st.header(text("view.advisor.all", lang))
    kinds = [text(f"view.advisor.one.{kind}", lang) for kind in planned.marginals["kind"]]
    show_table(planned.marginals.assign(kind=kinds), "marginals", lang, key="marginals")
    prepare_answers(plan)


def _sure(plan: OpenPlan, lang: str) -> None:
    """How far the values can be trusted, from what the optimiser proved."""
    outcome, currency = plan.planned.plan.outcome, plan.planned.desk.settings.currency
    slack = f"{whole(max(0.0, outcome.objective - outcome.bound))} {currency}"
    st.caption(plain(text("view.advisor.sure", lang, gap=share(outcome.gap, 2), slack=slack)))
    if any(own.code == "edited_by_hand" for own in plan.planned.findings):
        st.caption(plain(text("view.advisor.edited", lang)))


def _heat(plan: OpenPlan, lang: str) -> None:
    words = {kind: text(f"view.advisor.more.{kind}", lang) for kind in _KINDS}
    kind = st.selectbox(text("view.advisor.of_what", lang), _KINDS, format_func=words.__getitem__, key="advisor-kind")
    worth, known = by_day(plan.planned.marginals, kind), plan.planned.marginals
    if worth.empty and (known["date"].notna() & (known["kind"] == kind)).any():
        st.info(text("view.advisor.worthless", lang))
        return
    show_picture(marginal_heat(worth, lang=lang, title=words[kind]), worth, "marginals", lang, key="marginal-heat")


def _offers(plan: OpenPlan, lang: str) -> None:
    offers = plan.planned.offers
    for kind in _OFFERS:
        own = offers[offers["kind"] == kind].round(_MONEY) if len(offers) else offers
        if own.empty:
            continue
        gain = f"{whole(own['net'].sum())} {plan.planned.desk.settings.currency}"
        st.markdown(plain(text(f"view.advisor.offer.{kind}", lang, count=len(own), gain=gain)))
        show_table(with_names(own.drop(columns="kind"), plan.planned.desk), "offers", lang, key=f"offers-{kind}")
    if offers.empty:
        st.info(text("view.advisor.no_offers", lang))


show("advisor", _draw)

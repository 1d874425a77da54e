"""Forms in which an agent asks: leave, a wish, a swap with a colleague."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from charts.theme import day_words
from desk import InputError, shifts_of
from desk.i18n import text
from planner.own_shifts import OwnShift
from planner.requests import LEAVE_KINDS, WEIGHTS, ask_leave, ask_swap, ask_wish, mates
from store import PlanVersion, Principal
from views.api.serve import the_store
from views.days import DAY_FORM
from views.findings import show_refusal
from views.kept_desk import kept_desk
from views.own.fresh import fresh, start_afresh
from views.own.request_card import why_field
from views.own.request_words import leave_words
from views.own.words import person
from views.told import tell

_FORMS = ("leave", "wish", "swap")
_ANY = ""


def show_forms(
    principal: Principal, coming: tuple[OwnShift, ...], plans: tuple[PlanVersion, ...], lang: str, today: dt.date
) -> None:
    """Draw a tab for each kind of request."""
    st.header(text("view.requests.new", lang))
    places = st.tabs([text(f"view.requests.kind.{kind}", lang) for kind in _FORMS])
    with places[0]:
        _leave(principal, lang, today)
    with places[1]:
        _wish(principal, plans, lang, today)
    with places[2]:
        _swap(principal, coming, plans, lang, today)


def _day(label: str, value: dt.date | None, today: dt.date, key: str) -> Any:
    """Draw the choice of a day, yesterday at the earliest: a night shift is of the day on which it began, and what
    was drawn before midnight means that day after it too.
    """
    return st.date_input(label, value, today - dt.timedelta(days=1), key=fresh(key), format=DAY_FORM)


def _leave(principal: Principal, lang: str, today: dt.date) -> None:
    with st.form(fresh("ask-leave")):
        first = _day(text("view.requests.first", lang), today, today, "leave-first")
        last = _day(text("view.requests.last", lang), None, today, "leave-last")
        kind = st.selectbox(
            text("view.requests.leave", lang),
            LEAVE_KINDS,
            format_func=lambda own: leave_words(own, lang),
            key=fresh("leave-kind"),
        )
        words = why_field(lang, key=fresh("leave-words"))
        st.caption(text("view.requests.last_blank", lang))
        sent = st.form_submit_button(text("view.requests.ask", lang), type="primary")
    if sent:
        _ask(lambda: ask_leave(the_store(), principal, first, last or first, kind, words), "leave", lang)


def _wish(principal: Principal, plans: tuple[PlanVersion, ...], lang: str, today: dt.date) -> None:
    shifts = _shift_words(plans, lang)
    with st.form(fresh("ask-wish")):
        day = _day(text("view.requests.day", lang), today, today, "wish-day")
        wish = st.radio(
            text("view.requests.wish", lang),
            ["off", "on"],
            format_func=lambda own: text(f"view.requests.want.{own}", lang),
            key=fresh("wish-wish"),
        )
        shift = st.selectbox(
            text("view.requests.shift", lang), list(shifts), format_func=shifts.__getitem__, key=fresh("wish-shift")
        )
        matters = st.select_slider(
            text("view.requests.how_much", lang),
            list(WEIGHTS),
            value="normal",
            format_func=lambda own: text(f"view.requests.matters.{own}", lang),
            key=fresh("wish-matters"),
        )
        words = why_field(lang, key=fresh("wish-words"))
        sent = st.form_submit_button(text("view.requests.ask", lang), type="primary")
    if sent:
        _ask(lambda: ask_wish(the_store(), principal, day, wish, shift or None, matters, words), "wish", lang)


def _shift_words(plans: tuple[PlanVersion, ...], lang: str) -> dict[str, str]:
    """The shifts of the newest plan, which a wish may be about."""
    found = {_ANY: text("view.requests.any_shift", lang)}
    for plan in plans[:1]:
        for name, shift in shifts_of(kept_desk(plan.desk)).items():
            hours = [f"{minute // 60 % 24:02}:{minute % 60:02}" for minute in (shift.start_min, shift.end_min)]
            found[name] = f"{name} {hours[0]}–{hours[1]}"
    return found


def _swap(
    principal: Principal, coming: tuple[OwnShift, ...], plans: tuple[PlanVersion, ...], lang: str, today: dt.date
) -> None:
    own = {place: shift for place, shift in enumerate(coming) if shift.blocks}
    if not own:
        st.info(text("view.requests.no_shift", lang))
        return
    words = {place: f"{day_words(shift.date, lang)} · {shift.shift} {_hours(shift)}" for place, shift in own.items()}
    mine = st.selectbox(text("view.requests.mine", lang), list(own), format_func=words.__getitem__, key="swap-mine")
    plan = next(one for one in plans if one.hash == own[mine].plan)
    others = mates(kept_desk(plan.desk), principal.agent or "")
    if not others:
        st.info(text("view.requests.no_mate", lang))
        return
    _swap_form(principal, plan, own[mine], others, lang, today)


def _hours(shift: OwnShift) -> str:
    return f"{shift.start:%H:%M}–{shift.end:%H:%M}"


def _swap_form(
    principal: Principal, plan: PlanVersion, mine: OwnShift, others: Mapping[str, str], lang: str, today: dt.date
) -> None:
    with st.form(fresh("ask-swap")):
        partner = st.selectbox(
            text("view.requests.colleague", lang),
            list(others),
            format_func=lambda code: person(code, others),
            key=fresh("swap-partner"),
        )
        label = text("view.requests.their_day", lang)
        other = _day(label, max(mine.date.date(), today), today, "swap-day")
        st.caption(text("view.requests.swap_rule", lang))
        words = why_field(lang, key=fresh("swap-words"))
        sent = st.form_submit_button(text("view.requests.ask_colleague", lang), type="primary")
    if sent:
        day = pd.Timestamp(mine.date).date()
        _ask(lambda: ask_swap(the_store(), principal, plan, day, partner, other, words), "swap", lang)


def _ask(make: Callable[[], object], kind: str, lang: str) -> None:
    """Make the request; what is wrong with it stands under the form."""
    try:
        make()
    except InputError as error:
        show_refusal(error, lang)
        return
    tell("success", text(f"view.requests.made.{kind}", lang))
    start_afresh()
    st.rerun()

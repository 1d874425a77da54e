"""What the store has for who looks at it: shifts, roles and scores of their own, and their calendar's address."""

from contextlib import suppress

import streamlit as st

from desk.i18n import text
from store import (
    NotYoursError,
    PlanVersion,
    Principal,
    list_plans,
    list_score_runs,
    list_tokens,
    make_token,
    read_duty,
    read_roster,
    read_scores,
    revoke_token,
)
from store import scope as reach
from views.api.serve import the_store
from views.language import language
from views.table_shown import show_table
from views.who import whoever

_CALENDAR = "calendar"


def _draw(principal: Principal, lang: str) -> None:
    st.title(text("view.who.mine", lang))
    plans = list_plans(the_store(), principal)
    if plans:
        _plan(principal, plans, lang)
    else:
        st.info(text("view.who.none", lang))
    if reach(principal, "score.read") != "none":
        _scores(principal, lang)
    if principal.agent is not None:
        _calendar(principal, lang)


def _plan(principal: Principal, plans: tuple[PlanVersion, ...], lang: str) -> None:
    words = {plan.hash: f"{plan.created_at:%Y-%m-%d %H:%M} · {plan.hash[:8]}" for plan in plans}
    chosen = st.selectbox(text("view.app.plan", lang), list(words), format_func=words.__getitem__, key="mine-plan")
    st.header(text("view.who.roster", lang))
    show_table(read_roster(the_store(), principal, chosen), "roster", lang, key="mine-roster")
    st.header(text("view.who.duty", lang))
    duty = read_duty(the_store(), principal, chosen).drop(columns="version")
    show_table(duty, "duty", lang, key="mine-duty")


def _scores(principal: Principal, lang: str) -> None:
    runs = {run.id: run.name for run in list_score_runs(the_store(), principal)}
    if runs:
        st.header(text("view.who.scores", lang))
        chosen = st.selectbox(text("view.who.scores", lang), list(runs), format_func=runs.__getitem__, key="mine-run")
        show_table(read_scores(the_store(), principal, chosen), "scores", lang, key="mine-scores")


def _calendar(principal: Principal, lang: str) -> None:
    """The address holds a secret: it is shown once, and can be ended."""
    st.header(text("view.who.calendar", lang))
    st.markdown(text("view.who.calendar_words", lang))
    if st.button(text("view.who.make", lang), key="mine-make"):
        st.markdown(text("view.who.once", lang))
        st.code(f"/calendar/{make_token(the_store(), principal, _CALENDAR)}.ics", language=None)
    for token in list_tokens(the_store(), principal):
        if token.kind == _CALENDAR and token.who == principal.who and token.revoked_at is None:
            label = text("view.who.end", lang, made=f"{token.created_at:%Y-%m-%d %H:%M} UTC")
            st.button(label, key=f"mine-end-{token.id}", on_click=_end, args=(principal, token.id))


def _end(principal: Principal, number: int) -> None:
    with suppress(NotYoursError):
        revoke_token(the_store(), principal, number)


_draw(whoever(language()), language())

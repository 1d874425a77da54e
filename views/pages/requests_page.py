"""My requests: what a colleague asks of me, what I asked for and how it stands, and a new one."""

import pandas as pd
import streamlit as st

from charts.theme import day_words
from desk.i18n import text
from planner.own_shifts import OwnShift, own_shifts, published, upcoming
from planner.requests import days_of, team_names
from planner.swap import swapped_shifts
from store import PlanVersion, Principal, Request, answer_request, list_requests
from store.request import OPEN
from views.api.serve import the_store
from views.kept_desk import kept_desk
from views.markdown import plain
from views.own.answering import decide
from views.own.asking import show_forms
from views.own.request_card import show_request, show_shift, why_field
from views.own.words import person
from views.page import own_page

_SHOWN, _MOST = 4, 40


def _draw(principal: Principal, lang: str) -> None:
    if principal.agent is None:
        st.info(text("view.mine.nobody", lang))
        return
    plans = published(the_store(), principal)
    shifts = own_shifts(the_store(), principal, kept_desk)
    now = pd.Timestamp.now(tz=shifts[-1].start.tz) if shifts else pd.Timestamp.now(tz="UTC")
    names = _names(principal, plans)
    found = list_requests(the_store(), principal)
    _asked_of_me(principal, found, plans, names, lang)
    coming = upcoming(shifts, now)
    _still_at_work(principal, found, coming, lang)
    _mine(principal, [one for one in found if not _for_me(principal, one)], plans, names, lang)
    show_forms(principal, coming, plans, lang, now.date())


def _still_at_work(principal: Principal, found: tuple[Request, ...], coming: tuple[OwnShift, ...], lang: str) -> None:
    """Draw on which days of an approved leave the published plan still has a shift of the principal's."""
    leave = [one for one in found if (one.kind, one.status, one.agent) == ("leave", "approved", principal.agent)]
    free = {day for one in leave for day in days_of(one)}
    days = [day_words(shift.date, lang) for shift in coming if shift.date.date() in free]
    if days:
        st.warning(plain(text("view.requests.still", lang, days=text("view.team.join", lang).join(days))))


def _names(principal: Principal, plans: tuple[PlanVersion, ...]) -> dict[str, str]:
    """Code -> name of the team's people."""
    return team_names(kept_desk(plans[0].desk), principal.agent or "") if plans else {}


def _for_me(principal: Principal, request: Request) -> bool:
    """Whether a colleague waits for the principal's answer."""
    return request.partner == principal.agent and request.status == "asked"


def _asked_of_me(
    principal: Principal, found: tuple[Request, ...], plans: tuple[PlanVersion, ...], names: dict[str, str], lang: str
) -> None:
    waiting = [one for one in found if _for_me(principal, one)]
    if waiting:
        st.header(text("view.requests.asked_of_me", lang))
    for one in waiting:
        with st.container(border=True):
            show_request(one, names, lang, status="asked_you")
            _shifts(principal, one, plans, names, lang)
            written = f"answer-{one.id}-words"
            why_field(lang, key=written, label="view.requests.why_answer")
            yes, no = st.columns(2)
            for place, answer, kind in ((yes, "accept", "primary"), (no, "refuse", "secondary")):
                place.button(
                    text(f"view.requests.do.{answer}", lang), key=f"{answer}-{one.id}", width="stretch",
                    type=kind, on_click=_answer, args=(principal, one, answer, written, lang),  # type: ignore[arg-type]
                )  # fmt: skip


def _mine(
    principal: Principal, own: list[Request], plans: tuple[PlanVersion, ...], names: dict[str, str], lang: str
) -> None:
    """Every other request that the principal is a party to: those that wait and the latest, then the older ones."""
    known = [one for one in own if principal.agent in (one.agent, one.partner)]
    first = [one for place, one in enumerate(known) if place < _SHOWN or one.status in OPEN]
    rest = [one for one in known if one not in first]
    st.header(text("view.requests.own", lang))
    if not known:
        st.markdown(text("view.requests.none", lang))
    for one in first:
        with st.container(border=True):
            _own_card(principal, one, plans, names, lang)
    if rest:
        with st.expander(text("view.requests.older", lang, count=len(rest))):
            for one in rest[:_MOST]:
                show_request(one, names, lang)


def _own_card(
    principal: Principal, request: Request, plans: tuple[PlanVersion, ...], names: dict[str, str], lang: str
) -> None:
    show_request(request, names, lang)
    if request.status not in OPEN:
        return
    if request.kind == "swap":
        _shifts(principal, request, plans, names, lang)
    if request.agent == principal.agent:
        st.button(
            text("view.requests.do.withdraw", lang), key=f"withdraw-{request.id}",
            on_click=_answer, args=(principal, request, "withdraw", "", lang),
        )  # fmt: skip


def _shifts(
    principal: Principal, request: Request, plans: tuple[PlanVersion, ...], names: dict[str, str], lang: str
) -> None:
    plan = next((one for one in plans if one.hash == request.plan), None)
    if plan is None:
        return
    both = swapped_shifts(the_store(), principal, request, kept_desk(plan.desk))
    for code, shift in zip((request.agent, request.partner), both, strict=True):
        show_shift(person(code, names), shift, lang)
    if principal.agent == request.partner and both[1] is None:
        st.warning(plain(text("view.requests.you_are_off", lang)))


def _answer(principal: Principal, request: Request, answer: str, written: str, lang: str) -> None:
    def act(words: str) -> str:
        answer_request(the_store(), principal, request.id, answer, words)
        return text(f"view.requests.done.{answer}", lang)

    decide(act, written, lang)


own_page("requests", _draw)

"""Requests that wait for whoever leads the team: with the rules' verdict before the approval."""

from collections.abc import Callable, Mapping

import pandas as pd
import streamlit as st

from charts.theme import day_words
from desk import InputError
from desk.i18n import text
from planner.own_shifts import shift_on
from planner.requests import approve, days_of
from planner.swap import approve_swap, swapped_shifts
from store import PlanVersion, Principal, Request, answer_request, list_requests
from store.request import OPEN, may_decide
from views.api.serve import the_store
from views.findings import show_findings
from views.kept_desk import kept_desk
from views.markdown import plain
from views.own.inner import kept_ground, kept_verdict
from views.own.request_card import show_request, show_shift, why_field
from views.own.verdict import show_verdict
from views.own.words import person
from views.told import tell, tell_refused

KINDS = ("swap", "leave", "wish")
_A_PAGE, _ANSWERED, _JUDGED_AT_ONCE = 8, 10, 2
Plans = tuple[PlanVersion, ...]


def waiting(principal: Principal) -> list[Request]:
    """The requests that the principal may answer, the oldest first, swaps that wait for the colleague last; appeals are
    answered with the incentives.
    """
    found = list_requests(the_store(), principal)
    own = [one for one in reversed(found) if one.kind in KINDS and one.status in OPEN and may_decide(principal, one)]
    return sorted(own, key=for_colleague)


def for_colleague(request: Request) -> bool:
    """Whether it waits for the colleague first."""
    return request.kind == "swap" and request.status == "asked"


def show_waiting(
    principal: Principal, open_ones: list[Request], plans: Plans, names: Mapping[str, str], lang: str
) -> None:
    """Draw each waiting request with what follows from it, and its two answers; then those answered lately."""
    if not open_ones:
        st.success(text("view.team.nothing_waits", lang))
    swaps = [one.id for one in open_ones if one.status == "accepted"]
    for one in open_ones[:_A_PAGE]:
        with st.container(border=True):
            _card(principal, one, plans, names, lang, at_once=one.id in swaps[:_JUDGED_AT_ONCE])
    if len(open_ones) > _A_PAGE:
        st.caption(text("view.team.later", lang, count=len(open_ones) - _A_PAGE))
    _answered(principal, names, lang)


def _card(
    principal: Principal, request: Request, plans: Plans, names: Mapping[str, str], lang: str, *, at_once: bool
) -> None:
    show_request(request, names, lang, by=True)
    may_approve = True
    try:
        if request.kind == "swap":
            may_approve = _swap(principal, request, plans, names, lang) and _judged(
                principal, request, names, lang, at_once=at_once
            )
        else:
            _worked(request, plans, lang)
    except InputError as error:
        show_findings(error.findings, lang, key=f"verdict-{request.id}")
        may_approve = False
    written = f"decide-{request.id}-words"
    why_field(lang, key=written, label="view.requests.why_answer")
    yes, no = st.columns(2)
    yes.button(
        text("view.requests.do.approve", lang), key=f"approve-{request.id}", type="primary", disabled=not may_approve,
        on_click=decide, args=(lambda words: _approved(principal, request, plans, words, lang), written, lang),
        width="stretch",
    )  # fmt: skip
    no.button(
        text("view.requests.do.refuse", lang), key=f"refuse-{request.id}", width="stretch",
        on_click=decide, args=(lambda words: _refused(principal, request, words, lang), written, lang),
    )  # fmt: skip


def _swap(principal: Principal, request: Request, plans: Plans, names: Mapping[str, str], lang: str) -> bool:
    """Both shifts; whether both want to."""
    plan = next((one for one in plans if one.hash == request.plan), None)
    if plan is not None:
        both = swapped_shifts(the_store(), principal, request, kept_desk(plan.desk))
        for code, shift in zip((request.agent, request.partner), both, strict=True):
            show_shift(person(code, names), shift, lang)
    if for_colleague(request):
        st.info(text("view.team.partner_first", lang))
        return False
    return True


def _judged(principal: Principal, request: Request, names: Mapping[str, str], lang: str, *, at_once: bool) -> bool:
    """The verdict, at once or when it is asked for; whether the swap may be approved."""
    if not at_once and not st.toggle(text("view.team.ask_rules", lang), key=f"judge-{request.id}"):
        return False
    with st.spinner(text("view.team.judging", lang)):
        found = kept_verdict(principal, request)
    show_verdict(found, names, lang, key=f"costs-{request.id}")
    return not found.hard


def _worked(request: Request, plans: Plans, lang: str) -> None:
    """On which of the days the agent is in a published plan, which an approval does not change."""
    if days := _rostered(request, plans):
        words = text("view.team.join", lang).join(day_words(day, lang) for day in days)
        st.warning(plain(text("view.team.rostered", lang, days=words)))


def _rostered(request: Request, plans: Plans) -> list[pd.Timestamp]:
    wanted = [pd.Timestamp(day) for day in days_of(request)]
    found = []
    for plan in plans:
        desk = kept_desk(plan.desk)
        if plan.status == "published" and request.agent in set(desk.table("agents")["agent"]):
            inside = [day for day in wanted if day in desk.dates]
            found += [day for day in inside if shift_on(the_store(), request.agent, plan.hash, day, desk)]
    return sorted(set(found))


def _approved(principal: Principal, request: Request, plans: Plans, words: str, lang: str) -> str:
    """Approve; what to say of it."""
    if request.kind == "swap":
        approve_swap(the_store(), principal, request.id, words, kept_ground(request.plan or ""))
        return text("view.team.approved.swap", lang)
    granted = approve(the_store(), principal, request.id, words)
    if not granted.desks:
        return text("view.team.approved.nowhere", lang)
    names = text("view.team.join", lang).join(version.name for version in granted.desks)
    told = text(f"view.team.approved.{request.kind}", lang, desks=names)
    return told + (text("view.team.approved.still", lang) if _rostered(request, plans) else "")


def _refused(principal: Principal, request: Request, words: str, lang: str) -> str:
    answer_request(the_store(), principal, request.id, "refuse", words)
    return text("view.requests.done.refuse", lang)


def decide(act: Callable[[str], str], written: str, lang: str) -> None:
    """Do it with the words of the field ``written``, and tell what came of it. Called before the page is drawn anew:
    where somebody else was faster the card is gone by then, and with it whatever its button said.
    """
    try:
        tell("success", act(str(st.session_state.get(written, ""))))
    except InputError as error:
        tell_refused(error, lang)


def _answered(principal: Principal, names: Mapping[str, str], lang: str) -> None:
    found = [one for one in list_requests(the_store(), principal) if one.kind in KINDS and one.status not in OPEN]
    if not found:
        return
    with st.expander(text("view.team.answered", lang)):
        for one in found[:_ANSWERED]:
            show_request(one, names, lang, by=True)

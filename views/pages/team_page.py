"""My team: who works today and this week, and what they ask for."""

import streamlit as st

from desk import Desk
from desk.i18n import text
from planner.requests import names_of
from store import PlanVersion, Principal, allowed, list_plans, scope
from views.api.serve import the_store
from views.desk_chosen import PLAN
from views.kept_choice import kept
from views.kept_desk import kept_desk
from views.own.answering import for_colleague, show_waiting, waiting
from views.own.team import choose_own_team, choose_plan_of_team, people_of, show_team
from views.page import own_page
from views.roster.may import Stored
from views.roster.sign import show_signing

_MOST_PLANS = 12


def _draw(principal: Principal, lang: str) -> None:
    if principal.role == "lead" and not principal.teams:
        st.info(text("view.team.no_team", lang))
        return
    plans = list_plans(the_store(), principal)[:_MOST_PLANS]
    open_ones = waiting(principal) if allowed(principal, "request.answer") else []
    if not plans:
        st.info(text("view.team.no_plan", lang))
        if open_ones:
            show_waiting(principal, open_ones, (), {}, lang)
        return
    desks = {plan.desk: kept_desk(plan.desk) for plan in plans}
    names = {code: name for desk in desks.values() for code, name in names_of(people_of(principal, desk)).items()}
    mine = sum(not for_colleague(one) for one in open_ones)
    words = {"roster": text("view.team.roster", lang), "requests": text("view.team.waiting", lang, count=mine)}
    words |= {"sign": text("view.team.sign", lang)}
    part = st.segmented_control(
        text("view.team.part", lang),
        list(words),
        default="roster",
        required=True,
        format_func=words.__getitem__,
        key="team-part",
        label_visibility="collapsed",
    )
    if part == "requests":
        show_waiting(principal, open_ones, plans, names, lang)
    elif part == "sign":
        plan = choose_plan_of_team(plans, desks, lang, _named(principal))
        show_signing(Stored(plan, principal, lang), desks[plan.desk].settings.sign_off.steps)
    else:
        _roster(principal, plans, desks, lang)


def _roster(principal: Principal, plans: tuple[PlanVersion, ...], desks: dict[str, Desk], lang: str) -> None:
    plan = choose_plan_of_team(plans, desks, lang, _named(principal))
    people = choose_own_team(people_of(principal, desks[plan.desk]), lang)
    if people.empty:
        st.info(text("view.team.nobody", lang))
    else:
        show_team(principal, plan, people, desks[plan.desk], lang)


def _named(principal: Principal) -> str:
    """The plan of the link that a lead came by; who chooses a plan in the sidebar has that one in every address."""
    return "" if scope(principal, "plan.read") == "all" else kept(PLAN)


own_page("team", _draw)

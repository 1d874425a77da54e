"""Keep a part of the roster, and have the rest optimised again."""

import pandas as pd
import streamlit as st

from charts.theme import day_words
from desk import Desk, InputError
from desk.i18n import text
from desk.natural import natural, natural_rank
from planner.desk_change import changed_desk
from planner.editing.pin import Keeping, kept_days, without_pins
from planner.editing.wanted import OFF
from planner.rows import rows
from store import list_desks, save_desk
from views.api.serve import the_store
from views.desk_chosen import open_desk
from views.job_shown import begin_job, follow_begun
from views.markdown import plain
from views.opened import OpenPlan
from views.roster.may import Stored
from views.roster.rest import show_rest
from views.several import choose_several
from views.table_shown import show_table
from views.time_limit import choose_limit_s
from views.told import tell, tell_refused

_KEEP, _ONLY = "keep", "only"


def show_pins(plan: OpenPlan, own: Stored) -> None:
    """Draw the choice of what is to stay, the job that plans the rest, and the desk's pins."""
    lang = own.lang
    st.markdown(plain(text("view.roster.pins.intro", lang)))
    version = list_desks(the_store(), own.principal, plan.planned.desk.settings.name)[0]
    desk = open_desk(own.principal, version).desk
    if version.hash != own.version.desk:
        st.info(text("view.roster.pins.newer", lang))
    if own.may("write") and own.may("job"):
        _choose(plan, own, desk)
        follow_begun("replan", lang)
        show_rest(plan, own, desk)
    _standing(own, desk, version.hash)


def _choose(plan: OpenPlan, own: Stored, desk: Desk) -> None:
    lang = own.lang
    words = {mode: text(f"view.roster.pins.{mode}", lang) for mode in (_KEEP, _ONLY)}
    mode = st.radio(text("view.roster.pins.mode", lang), list(words), format_func=words.__getitem__, key="pins-mode")
    keeping = _keeping(desk, others=mode == _ONLY, lang=lang)
    kept = kept_days(desk, plan.planned.plan.roster, keeping)
    st.markdown(plain(text("view.roster.pins.kept", lang, **_counts(desk, kept))))
    with st.form("pins-form"):
        label = text("view.roster.pins.seconds", lang)
        most_s = choose_limit_s(label, desk, key="pins-seconds")
        why = st.text_input(text("view.roster.pins.reason", lang), key="pins-why")
        if st.form_submit_button(text("view.roster.pins.begin", lang), key="pins-begin", type="primary"):
            if not _counts(desk, kept)["free"]:
                st.warning(text("view.roster.pins.nothing", lang))
            else:
                request = {"plan": plan.key, "lang": lang, "why": why, "settings": {"time_limit_s": most_s}}
                begin_job("replan", request | keeping.request(), lang, why)


def _keeping(desk: Desk, *, others: bool, lang: str) -> Keeping:
    agents = desk.table("agents").sort_values("agent", key=natural_rank)
    names = {row.agent: f"{row.agent} {row.name}" for row in rows(agents)}
    label = text("view.roster.pins.days", lang)
    days = choose_several(label, list(desk.dates), lang, key="pins-days", words=lambda day: day_words(day, lang))
    label = text("view.roster.pins.agents", lang)
    people = choose_several(label, list(names), lang, key="pins-agents", words=names.__getitem__)
    known = sorted((str(team) for team in agents["team"].dropna().unique()), key=natural)
    teams = choose_several(text("view.roster.pins.teams", lang), known, lang, key="pins-teams")
    return Keeping(tuple(days), tuple(people), tuple(teams), others)


def _counts(desk: Desk, kept: pd.DataFrame) -> dict[str, int]:
    off = int((kept["shift"] == OFF).sum())
    everything = len(kept_days(desk, kept, Keeping(others=True)))
    told = {"shifts": len(kept) - off, "off": off, "people": kept["agent"].nunique()}
    return told | {"free": everything - len(kept)}


def _standing(own: Stored, desk: Desk, seen: str) -> None:
    lang, pinned = own.lang, desk.table("pinned")
    st.header(text("view.roster.pins.standing", lang))
    if pinned.empty:
        st.info(text("view.roster.pins.none", lang))
        return
    show_table(pinned, "pinned", lang, key="pins")
    if own.refusal("write"):
        return
    with st.form("pins-release"):
        cells = {f"{row.agent} · {row.date:%Y-%m-%d} · {row.shift}": (row.agent, row.date) for row in rows(pinned)}
        chosen = choose_several(text("view.roster.pins.which", lang), list(cells), lang, key="pins-which")
        if st.form_submit_button(text("view.roster.pins.release", lang), key="pins-go"):
            if chosen:
                _release(own, desk, seen, [cells[one] for one in chosen])
                st.rerun()
            st.warning(text("view.roster.pins.choose", lang))


def _release(own: Stored, desk: Desk, seen: str, released: list[tuple[str, pd.Timestamp]]) -> None:
    try:
        changed = changed_desk(desk, {"pinned": without_pins(desk, released)})
        why = text("view.roster.pins.released_why", own.lang)
        save_desk(the_store(), own.principal, changed, why, seen=seen)
    except InputError as error:
        tell_refused(error, own.lang)
        return
    tell("success", text("view.roster.pins.released", own.lang, count=len(released)))

"""The roster: look at it, edit it, keep a part and plan the rest anew, ask why, compare, check, sign and publish."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from desk import InputError
from desk.i18n import text
from planner.kept import keep
from store import allowed, list_desks, read_edits
from views.api.serve import the_store
from views.clock import at_desk
from views.desk_chosen import look_at
from views.findings import show_findings
from views.kept_choice import went_through_history
from views.language import language
from views.markdown import plain
from views.opened import OpenPlan
from views.page import show
from views.replacing import Place, choose_place
from views.roster.book import show_book
from views.roster.changes import show_changes
from views.roster.editor import show_editor
from views.roster.look import show_look
from views.roster.may import Stored
from views.roster.pins import show_pins
from views.roster.sign import show_sign
from views.roster.why import show_why
from views.told import tell, tell_refused
from views.who import whoever

PARTS: dict[str, Callable[[OpenPlan, Stored], None]] = {
    "look": lambda plan, own: show_look(plan, own.lang),
    "edit": show_editor,
    "book": show_book,
    "pins": show_pins,
    "why": show_why,
    "changes": show_changes,
    "sign": show_sign,
}
_PART, _FIRST = "part", "look"


def _draw(plan: OpenPlan, lang: str) -> None:
    if plan.planned.plan.roster.empty:
        st.info(text("view.roster.none", lang))
        return
    if plan.stored is None:
        _offer_to_keep(plan, lang)
        show_look(plan, lang)
        return
    own = Stored(plan.stored, whoever(lang), lang)
    _standing(own)
    part = _choose_part(lang)
    try:
        PARTS[part](plan, own)
    except InputError as error:
        show_findings(error.findings, lang, key="roster-refused")


def _choose_part(lang: str) -> str:
    """Draw what can be done; the choice stands in the address, the same in every language."""
    if _PART not in st.session_state or went_through_history():
        asked = st.query_params.get(_PART)
        st.session_state[_PART] = asked if asked in PARTS else _FIRST
    words = {part: text(f"view.roster.parts.{part}", lang) for part in PARTS}
    label = text("view.roster.part", lang)
    found = st.segmented_control(label, list(words), required=True, format_func=words.__getitem__, key=_PART)
    part = found or _FIRST
    if st.query_params.get(_PART, _FIRST) != part:
        st.query_params[_PART] = part
    return part


def _standing(own: Stored) -> None:
    edits = read_edits(the_store(), own.principal, own.version.hash)
    status = text(f"view.plan.status.{own.version.status}", own.lang)
    told = {
        "status": status,
        "who": own.version.created_by,
        "at": at_desk(own.version.created_at, own.version.desk),
        "edits": len(edits),
    }
    st.caption(plain(text("view.roster.kept_by", own.lang, **told)))


def _offer_to_keep(plan: OpenPlan, lang: str) -> None:
    st.info(text("view.roster.folder", lang))
    if plan.path is not None and allowed(whoever(lang), "plan.write"):
        desk, principal = plan.planned.desk, whoever(lang)
        known = {own.hash for own in list_desks(the_store(), principal, desk.settings.name)}
        place = Place(None, free=True)
        if desk.content_hash not in known:
            place = choose_place(principal, desk, lang, key="roster")
        own = (plan.path, desk.settings.name, place.seen, lang)
        st.button(
            text("view.roster.keep", lang), key="roster-keep", type="primary", disabled=not place.free,
            on_click=_keep, args=own,
        )  # fmt: skip


def _keep(folder: Path, desk: str, seen: str | None, lang: str) -> None:
    try:
        kept = keep(the_store(), whoever(lang), folder, seen=seen)
    except InputError as error:
        tell_refused(error, lang)
        return
    look_at(desk, kept.hash)
    tell("success", text("view.roster.kept", language()))


show("roster", _draw)

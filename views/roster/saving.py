"""An edit saved from the page: with its reason, refused where a hard rule breaks unconfirmed, decided where two met."""

from dataclasses import replace

import streamlit as st

from desk import InputError
from desk.i18n import text
from planner.editing.save import save_edit
from planner.editing.verdict import Verdict, verdict
from views.api.serve import the_store
from views.findings import show_findings
from views.opened import OpenPlan, open_stored
from views.roster.draft import Draft, appraisal, basket, conflict, hold_conflict, judged, seen, standing_seen
from views.roster.may import Stored
from views.told import tell, tell_refused

SAVE = "edit-save"
"""Key of the button that saves an edit."""


def show_saving(plan: OpenPlan, own: Stored, found: Verdict) -> None:
    """Draw the reason, the confirmation where a hard rule breaks, and the button."""
    with st.form("edit-form", border=True):
        why = st.text_input(text("view.roster.edit.reason", own.lang), key=f"edit-why-{plan.newest}")
        sure = bool(found.hard) and st.checkbox(text("view.roster.edit.hard", own.lang), key=f"edit-hard-{plan.newest}")
        label = text("view.roster.edit.save", own.lang)
        if st.form_submit_button(label, key=SAVE, type="primary"):
            _save(plan, own, found, " ".join(why.split()), sure=sure)


def _save(plan: OpenPlan, own: Stored, found: Verdict, why: str, *, sure: bool) -> None:
    draft = seen(plan.key)
    if not why:
        st.warning(text("view.roster.edit.no_reason", own.lang))
    elif found.hard and not sure:
        st.warning(text("view.roster.edit.not_hard", own.lang))
    elif draft is not None:
        put(own, replace(draft, why=why))
        st.rerun(scope="app")


def put(own: Stored, draft: Draft) -> None:
    """Save what is wanted on the plan as it is now; where somebody edited the same cells since it was judged, it is
    held for a decision.
    """
    store, key = the_store(), own.version.hash
    try:
        plan = open_stored(own.principal, key)
        found = _found(plan, own, draft)
        entries = save_edit(store, own.principal, key, found.edits, draft.why, found.hard, own.lang)
    except InputError as error:
        if any(one.code == "duty_conflict" for one in error.findings):
            hold_conflict(replace(draft, findings=error.findings))
        else:
            tell_refused(error, own.lang)
        return
    hold_conflict(None)
    basket(plan).clear()
    words = text("view.roster.edit.saved", own.lang, cells=len(entries))
    tell("success", words if entries else text("view.roster.edit.nothing", own.lang))


def _found(plan: OpenPlan, own: Stored, draft: Draft) -> Verdict:
    """The verdict on the plan as it is now; the cells have the versions that the author saw."""
    if draft.seen == plan.newest:
        return judged(plan, own, draft.wanted)
    return verdict(plan.planned, standing_seen(plan, own, draft.seen), draft.wanted, appraisal(plan))


def show_conflict(plan: OpenPlan, own: Stored) -> None:
    """Draw both values and both people of every cell that was edited meanwhile, and the decision."""
    held = conflict(plan.key)
    if held is None:
        return
    st.error(text("view.roster.conflict.title", own.lang))
    show_findings(held.findings, own.lang, key="edit-conflict")
    mine, theirs = st.columns(2)
    with theirs:
        label = text("view.roster.conflict.theirs", own.lang)
        st.button(label, key="conflict-theirs", on_click=_leave, args=(plan, own), width="stretch")
    with mine:
        label = text("view.roster.conflict.mine", own.lang)
        st.button(label, key="conflict-mine", on_click=_insist, args=(plan, own, held), width="stretch")


def _leave(plan: OpenPlan, own: Stored) -> None:
    hold_conflict(None)
    basket(plan).clear()
    tell("success", text("view.roster.conflict.left", own.lang))


def _insist(plan: OpenPlan, own: Stored, held: Draft) -> None:
    """Knowing what is there by now, put one's own in its place."""
    who = ", ".join(dict.fromkeys(str(one.facts.get("who", "")) for one in held.findings))
    why = text("view.roster.conflict.reason", own.lang, who=who, why=held.why)
    put(own, replace(held, seen=plan.newest, why=why))

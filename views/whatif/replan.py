"""A new roster for what is supposed: as a job of the store, or by the command line where the plan lies in a folder."""

from collections.abc import Sequence
from shlex import quote

import streamlit as st

from desk import InputError
from desk.i18n import text
from planner.whatif import read_suppositions, refuse_in_the_midst
from planner.whatif.overtime import OVERTIME
from store import allowed
from views.job_shown import begin_job, follow_begun
from views.markdown import plain
from views.opened import OpenPlan
from views.time_limit import choose_limit_s
from views.who import whoever


def offer_replan(plan: OpenPlan, written: Sequence[str], lang: str) -> None:
    """Draw the way to a roster that makes the most of what is supposed."""
    try:
        refuse_in_the_midst(plan.planned.plan)
    except InputError as error:
        st.caption(plain(" ".join(f"{own.message(lang)} {own.cure(lang)}" for own in error.findings)))
        return
    kept = [own.text for own in read_suppositions(written) if own.head != OVERTIME]
    st.markdown(text("view.whatif.replan", lang))
    if len(kept) < len(written):
        st.caption(plain(text("view.whatif.own_overtime", lang)))
    if plan.stored is None:
        given = " ".join(f"--set {quote(own)}" for own in kept)
        st.code(
            f"peakdesk whatif {quote(str(plan.path))} {given} --replan {quote(f'{plan.path}-new')}", language="bash"
        )
    elif allowed(whoever(lang), "plan.write"):
        limit_s = choose_limit_s(text("view.whatif.limit", lang), plan.planned.desk, key="whatif-time-limit")
        request = {"desk": plan.stored.desk, "suppose": kept, "lang": lang, "settings": {"time_limit_s": limit_s}}
        if st.button(text("view.whatif.plan_again", lang), key="whatif-replan", type="primary"):
            begin_job("plan", request, lang, why="; ".join(kept))


def show_replan(lang: str) -> None:
    """Draw how far the new roster is, and the way to it."""
    follow_begun("plan", lang)

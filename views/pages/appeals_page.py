"""Appeals against scores: the list, the facts of one, its answer, and what the answer changed."""

from collections.abc import Mapping, Sequence

import streamlit as st

from desk.i18n import text
from desk.moment_words import day_of, moment_words
from incentive import measure_title
from planner.pay.appeal import job_of
from planner.pay.run import run_of_appeal
from store import Principal, Request, ScoreRun, list_requests
from store.request import OPEN, may_decide
from views.api.serve import the_store
from views.clock import zone_here
from views.incentive.appeal_answer import send_key, show_answer
from views.incentive.appeal_facts import base_of, show_claim, show_facts
from views.incentive.difference import show_difference
from views.incentive.runs import RUN, run_words, runs_of
from views.job_shown import follow_job
from views.kept_choice import choose_addressed
from views.link import show_link
from views.markdown import plain
from views.page import own_page

_APPEAL, _ALL = "appeal", "appeals-all"
_LONGEST_ID = 80


def _draw(principal: Principal, lang: str) -> None:
    appeals = list_requests(the_store(), principal, kind="appeal")
    waiting = [own for own in appeals if own.status in OPEN]
    st.markdown(text("view.appeals.count", lang, open=len(waiting), all=len(appeals)))
    if not appeals:
        st.info(text("view.appeals.none", lang))
        return
    chosen = _choose([*waiting, *(own for own in appeals if own.status not in OPEN)], lang)
    run = base_of(principal, chosen)
    st.markdown(f"**{text(f'view.appeals.status.{chosen.status}', lang)}**")
    show_claim(principal, chosen, run, lang)
    _answers(chosen, lang)
    if chosen.status != "asked" and st.session_state.get(send_key(chosen)):
        st.warning(text("view.appeals.overtaken", lang))
    scored = run_of_appeal(runs_of(principal), chosen.id)
    if scored is not None:
        _scored(principal, scored, lang)
    elif run is None:
        st.warning(text("view.appeals.no_run", lang))
    else:
        _open(principal, chosen, run, lang)


def _choose(appeals: Sequence[Request], lang: str) -> Request:
    known: Mapping[str, Request] = {str(own.id): own for own in appeals}
    label = text("view.appeals.choose", lang)
    return known[choose_addressed(_APPEAL, label, list(known), lambda key: _words(known[key], lang), lang)]


def _words(own: Request, lang: str) -> str:
    measure = measure_title(str(own.detail["measure"]), lang)
    facts = {"number": own.id, "agent": own.agent, "measure": measure}
    return text("view.appeals.words_of", lang, **facts, at=day_of(own.created_at, zone_here()))


def _answers(own: Request, lang: str) -> None:
    for reply in own.answers:
        answer = text(f"view.appeals.reply.{reply.answer}", lang)
        st.markdown(
            plain(text("view.appeals.said", lang, who=reply.who, at=moment_words(reply.at, zone_here()), answer=answer))
        )
        if reply.words:
            st.markdown(f"> {plain(reply.words)}")


def _open(principal: Principal, own: Request, run: ScoreRun, lang: str) -> None:
    """An appeal that was not scored: its facts, and the way to answer where it is this person's."""
    job = job_of(the_store(), own.id) if own.status == "approved" else None
    if job is not None and job.status in ("queued", "running"):
        if follow_job(job.id, lang).status == "done":
            st.rerun()
        return
    if job is not None and job.status in ("failed", "cancelled"):
        follow_job(job.id, lang)
    claimed = str(own.detail.get("record") or "")
    contact = st.text_input(
        text("view.appeals.contact", lang), claimed, key=f"appeal-{own.id}-contact", max_chars=_LONGEST_ID,
        help=text("view.appeals.contact_help", lang),
    )  # fmt: skip
    record = show_facts(principal, own, run, contact.strip(), lang)
    if own.status in ("refused", "withdrawn"):
        return
    if may_decide(principal, own):
        show_answer(principal, own, record, lang)
    else:
        st.caption(text("view.appeals.not_yours", lang))


def _scored(principal: Principal, run: ScoreRun, lang: str) -> None:
    st.success(plain(text("view.appeals.scored", lang, run=run_words(run, lang))))
    show_link("incentives", lang, label=text("view.settle.look", lang), query={RUN: str(run.id)})
    show_difference(principal, run, lang)


own_page("appeals", _draw)

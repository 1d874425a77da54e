"""Long work on a page: begun as a job, followed live, stopped, and what came of it."""

from collections.abc import Mapping
from datetime import timedelta
from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

import charts
from charts import Moment
from desk import InputError
from desk.i18n import catalogue, text
from planner.jobs import ask
from planner.output.finding_record import unpacked
from store import Job, allowed, currency_of_desk, list_desks, list_jobs, owner, read_job, read_plan, stop_job
from store.moment import now
from views.api.serve import the_store
from views.desk_chosen import look_at
from views.findings import show_findings
from views.link import go
from views.markdown import plain
from views.picture import show_picture
from views.told import tell_refused
from views.who import whoever

_BEGUN, _SEEN, _MOMENTS = "jobs-begun", "jobs-told", "job-moments"
_GOING = ("queued", "running")
_OVER = ("done", "failed", "cancelled")
_SEARCHING = ("plan", "replan", "rest")
"""Kinds of which something is kept where they are stopped."""
_EVERY_S = 1.0
_PRESSED_TWICE = timedelta(seconds=10)
"""A slow page shows nothing for so long, and somebody presses again."""


def begin_job(kind: str, request: Mapping[str, Any], lang: str, why: str = "") -> Job | None:
    """Put a job into the store and remember it in this session; what refuses it is told. A second press of the same
    button, before the page could follow the first one's job, asks for nothing more.

    Returns
    -------
    None where the principal may not.
    """
    try:
        job = _just_asked(kind, request, lang) or ask(the_store(), whoever(lang), kind, request, why)
    except InputError as error:
        tell_refused(error, lang)
        return None
    _begun(lang)[job.id] = kind
    return job


def _just_asked(kind: str, request: Mapping[str, Any], lang: str) -> Job | None:
    """The same job that this session asked for a moment ago and that still goes on."""
    for number in (own for own, known in _begun(lang).items() if known == kind):
        job = read_job(the_store(), whoever(lang), number)
        fresh = now() - job.created_at < _PRESSED_TWICE and not job.stop
        if fresh and job.status in _GOING and job.request == request:
            return job
    return None


def _begun(lang: str) -> dict[int, str]:
    """This session's jobs and their kinds: those it began, and those of this person that still went on when it began,
    as after a reload.
    """
    if _BEGUN not in st.session_state:
        principal = whoever(lang)
        found = list_jobs(the_store(), principal, _GOING) if allowed(principal, "job.read") else ()
        mine = [job for job in found if job.created_by == principal.who and not job.dead]
        st.session_state[_BEGUN] = {job.id: job.kind for job in mine}
    begun: dict[int, str] = st.session_state[_BEGUN]
    return begun


def follow_begun(kind: str, lang: str) -> Job | None:
    """Follow the newest job of a kind among this session's; the job, or None where there was none."""
    own = [number for number, known in _begun(lang).items() if known == kind]
    return follow_job(max(own), lang) if own else None


def follow_job(number: int, lang: str) -> Job:
    """Draw how far a job is, every second anew, and a way to stop it; once it is over, what came of it."""
    job = read_job(the_store(), whoever(lang), number)
    if job.status in _OVER:
        _over(job, lang)
    else:
        _live(number, lang)
    return job


@st.fragment(run_every=_EVERY_S)
def _live(number: int, lang: str) -> None:
    job = read_job(the_store(), whoever(lang), number)
    if job.status in _OVER:
        st.rerun()
    told = job.progress or {}
    words = text("view.jobs.line", lang, id=job.id, kind=kind_words(job, lang), status=standing_words(job, lang))
    st.progress(min(max(float(told.get("done") or 0.0), 0.0), 1.0), plain(words))
    _numbers(job, lang)
    if allowed(whoever(lang), "job.stop"):
        what = "stopping" if job.stop else "stop_search" if job.kind in _SEARCHING else "stop"
        label = text(f"view.jobs.{what}", lang)
        st.button(label, key=f"job-stop-{number}", disabled=job.stop, on_click=_stop, args=(number, lang))


def _numbers(job: Job, lang: str) -> None:
    """Incumbent, bound and gap, as a sentence and a small picture."""
    known = job.progress or {}
    incumbent, bound = known.get("incumbent"), known.get("bound")
    moments: list[Moment] = st.session_state.setdefault(_MOMENTS, {}).setdefault(job.id, [])
    if incumbent is not None and (not moments or moments[-1][1:] != (incumbent, bound)):
        moments.append(Moment((now() - job.created_at).total_seconds(), incumbent, bound))
    currency = _currency(str(the_store().engine.url), job.id) if moments else ""
    if moments:
        figure = charts.search_progress(moments, lang=lang, currency=currency)
        show_picture(figure, pd.DataFrame(moments), "costs", lang, key=f"job-search-{job.id}")
    if incumbent is not None and bound is not None and incumbent:
        gap = (incumbent - bound) / abs(incumbent)
        told = {"incumbent": incumbent, "bound": bound, "gap": gap, "currency": currency}
        st.caption(plain(text("view.jobs.gap", lang, **told)))


@lru_cache(maxsize=64)
def _currency(address: str, number: int) -> str:
    """The currency of the desk that a search is about."""
    request = read_job(the_store(), owner(), number).request
    desk = request.get("desk") or read_plan(the_store(), owner(), request["plan"]).desk
    return currency_of_desk(the_store(), owner(), desk)


def _over(job: Job, lang: str) -> None:
    result = job.result or {}
    found = [unpacked(record) for record in result.get("findings", ())]
    if job.status == "failed":
        if found:
            show_findings(found, lang, key=f"job-{job.id}-findings")
        else:
            st.error(plain(text("view.jobs.broke", lang, error=str(result.get("error", "")))))
        return
    words = text("view.jobs.line", lang, id=job.id, kind=kind_words(job, lang), status=status_words(job, lang))
    (st.success if job.status == "done" else st.warning)(plain(words))
    if found and job.status == "cancelled":
        show_findings(found, lang, key=f"job-{job.id}-findings")
    if "plan" in result:
        label = text("view.jobs.open", lang)
        if st.button(label, key=f"job-open-{job.id}", type="primary", on_click=_look, args=(result["plan"], lang)):
            go("overview")


def announce(lang: str) -> None:
    """Draw in the sidebar which of this session's jobs are going on; a job that ended is told once."""
    if any(number not in st.session_state.get(_SEEN, ()) for number in _begun(lang)):
        with st.sidebar:
            _announced(lang)


@st.fragment(run_every=3.0)
def _announced(lang: str) -> None:
    seen: set[int] = st.session_state.setdefault(_SEEN, set())
    for number in sorted(set(_begun(lang)) - seen):
        job = read_job(the_store(), whoever(lang), number)
        words = text("view.jobs.line", lang, id=job.id, kind=kind_words(job, lang), status=standing_words(job, lang))
        if job.status in _OVER:
            seen.add(number)
            st.toast(plain(words), duration="long")
        else:
            st.caption(plain(words))


def kind_words(job: Job, lang: str) -> str:
    """What a job does, in words."""
    return catalogue(lang).get(f"planner.jobs.kind.{job.kind}", job.kind)


def status_words(job: Job, lang: str) -> str:
    """How a job stands, in words."""
    status = "dead" if job.dead else "stopping" if job.stop and job.status == "running" else job.status
    return text(f"planner.jobs.{status}", lang)


def standing_words(job: Job, lang: str) -> str:
    """How a job stands, with the step that a running one is at."""
    status, phase = status_words(job, lang), _phase_words(job, lang)
    return text("view.jobs.at", lang, status=status, phase=phase) if phase else status


def _phase_words(job: Job, lang: str) -> str:
    """Which step a running job is at; nothing of one that does not run."""
    if job.status != "running" or not job.progress:
        return ""
    phase, done = str(job.progress["phase"]), job.progress.get("done")
    words = catalogue(lang).get(phase, phase)
    return words if done is None else f"{words} {done:.0%}"


def _stop(number: int, lang: str) -> None:
    try:
        stop_job(the_store(), whoever(lang), number)
    except InputError as error:
        tell_refused(error, lang)


def _look(plan: str, lang: str) -> None:
    principal = whoever(lang)
    version = read_plan(the_store(), principal, plan)
    names = {own.hash: own.name for own in list_desks(the_store(), principal)}
    look_at(names[version.desk], plan)

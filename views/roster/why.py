"""Why this shift and not that one, and what can't be had at all: worked out by a job, told in sentences."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from charts.theme import day_words
from desk import Desk
from desk.i18n import text
from planner.editing.wanted import OFF
from planner.page.reason import signed, term_words
from store import Job
from views.addressed import by_address, day_written
from views.job_shown import begin_job, follow_begun
from views.markdown import plain
from views.opened import OpenPlan
from views.roster.grid import AGENT, DATE
from views.roster.may import Stored
from views.summary import names_in_order
from views.table_shown import show_plain_table

_EVERY = ""


def show_why(plan: OpenPlan, own: Stored) -> None:
    """Draw the question about one day of one person, the answer, and the question about what clashes."""
    lang = own.lang
    st.markdown(plain(text("view.roster.why.intro", lang)))
    if own.may("job"):
        _ask(plan, own)
        job = follow_begun("why", lang)
        if _is_answer(job, plan):
            _answer(job, lang)
    st.header(text("view.roster.why.conflicts", lang))
    st.markdown(plain(text("view.roster.why.conflicts_intro", lang)))
    if not own.refusal("job"):
        if st.button(text("view.roster.why.conflicts_ask", lang), key="why-conflicts"):
            begin_job("conflicts", {"plan": plan.key}, lang)
        job = follow_begun("conflicts", lang)
        if _is_answer(job, plan):
            _conflicts(job, lang)


def _is_answer(job: Job | None, plan: OpenPlan) -> bool:
    return job is not None and job.status == "done" and job.request["plan"] == plan.key


def _ask(plan: OpenPlan, own: Stored) -> None:
    desk, lang = plan.planned.desk, own.lang
    names = names_in_order(desk)
    by_address("agent", AGENT, list(names))
    by_address("day", DATE, list(desk.dates), day_written)
    who_place, day_place, shift_place = st.columns(3)
    with who_place:
        label = text("view.roster.edit.who", lang)
        agent = st.selectbox(label, list(names), format_func=names.__getitem__, key=AGENT)
    with day_place:
        label = text("view.roster.edit.day", lang)
        day = st.selectbox(label, list(desk.dates), format_func=lambda own: day_words(own, lang), key=DATE)
    with shift_place:
        words = _choices(desk, lang)
        label = text("view.roster.why.other", lang)
        shift = st.selectbox(label, list(words), format_func=words.__getitem__, key="why-shift")
    if st.button(text("view.roster.why.ask", lang), key="why-ask", type="primary"):
        request = {"plan": plan.key, "agent": agent, "date": f"{day:%Y-%m-%d}"}
        begin_job("why", request | ({"shift": shift} if shift != _EVERY else {}), lang)


def _choices(desk: Desk, lang: str) -> dict[str, str]:
    shifts = desk.table("shifts").sort_values("start", kind="stable")["shift"]
    first = {_EVERY: text("view.roster.why.every", lang), OFF: text("view.roster.edit.off", lang)}
    return first | {str(shift): str(shift) for shift in shifts}


def _answer(job: Job | None, lang: str) -> None:
    assert job is not None
    result = job.result or {}
    told: Mapping[str, Any] = result["why"][lang]
    head = {"agent": told["agent"], "date": told["date"], "shift": told["rostered"]}
    st.subheader(plain(text("view.roster.why.rostered", lang, **head)))
    if not told["alternatives"]:
        st.info(text("view.roster.why.none", lang))
        return
    lines = [_alternative(one, lang) for one in told["alternatives"]]
    show_plain_table(pd.DataFrame(lines), lang, key="why", words="view.roster.why.column")
    st.markdown("\n".join(_line(one, result["currency"], lang) for one in told["alternatives"]))


def _line(one: Mapping[str, Any], currency: str, lang: str) -> str:
    """What one alternative costs, and what speaks against it."""
    return f"- **{plain(one['shift'])}** ({plain(signed(one['cost'], currency))}): {plain(_against(one, lang))}"


def _alternative(one: Mapping[str, Any], lang: str) -> dict[str, object]:
    cost = float(one["cost"])
    told = {"shift": one["shift"], "cost": round(cost, 0), "terms": term_words(one["terms"], cost, lang)}
    moves = text("view.roster.why.moves", lang, count=len(one["changes"]))
    return told | {"against": _against(one, lang), "moves": moves}


def _against(one: Mapping[str, Any], lang: str) -> str:
    for key in ("forbidden", "at_once"):
        if one[key]:
            return text(f"view.roster.why.{key}", lang, words=" ".join(one[key]))
    return text("view.roster.why.free", lang)


def _conflicts(job: Job | None, lang: str) -> None:
    assert job is not None
    result = job.result or {}
    found: Sequence[Mapping[str, Any]] = result["conflicts"][lang]
    if not found:
        st.success(text("view.roster.why.possible", lang))
    for one in found:
        lines = [f"- {plain(own['message'])}" for own in one["demands"]]
        lines += [f"- **→** {plain(_cure(own, result['currency']))}" for own in one["cures"]]
        st.warning("\n".join([plain(one["head"]), "", *lines]))


def _cure(cure: Mapping[str, Any], currency: str) -> str:
    cost = "" if cure["cost"] is None else f" ({signed(cure['cost'], currency)})"
    return f"{cure['cure']}{cost}"

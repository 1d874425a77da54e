"""Errors found in a plan: reported in one's name, settled with a word."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from desk import InputError
from desk.i18n import text
from desk.moment_words import SECOND, moment_words
from planner.sign_off import check_words
from store import Fault, list_faults, read_checks, report_fault, settle_fault
from views.api.serve import the_store
from views.clock import zone_of
from views.markdown import plain
from views.roster.may import Stored
from views.table_shown import show_plain_table
from views.told import tell, tell_refused

_WHOLE = 0
_WHICH, _WHY = "settle-which", "settle-why"


def show_faults(own: Stored) -> None:
    """Draw the errors, the form that reports one, and the form that settles one."""
    lang = own.lang
    faults = list_faults(the_store(), own.principal, own.version.hash)
    if faults:
        show_plain_table(_rows(faults, zone_of(own.version.desk)), lang, key="faults", words="view.roster.sign.column")
    else:
        st.info(text("view.roster.sign.no_faults", lang))
    open_ = [fault for fault in faults if fault.settled_at is None]
    report_place, settle_place = st.columns(2)
    with report_place:
        words = own.refusal("fault")
        if words:
            st.info(plain(words))
        else:
            _report(own)
    with settle_place:
        if open_ and own.may("settle"):
            _settle(own, open_)


def _rows(faults: Sequence[Fault], zone: str) -> pd.DataFrame:
    told = [
        {
            "id": one.id,
            "words": one.words,
            "finder": one.finder,
            "at": moment_words(one.at, zone, SECOND),
            "settled_by": one.settled_by or "",
            "settled_at": "" if one.settled_at is None else moment_words(one.settled_at, zone, SECOND),
        }
        for one in faults
    ]
    return pd.DataFrame(told)


def _report(own: Stored) -> None:
    lang = own.lang
    checks = read_checks(the_store(), own.principal, own.version.hash)
    about = {_WHOLE: text("view.roster.sign.fault_general", lang)}
    about |= {one.id: check_words(one, lang) for one in checks if one.id is not None}
    with st.form("fault-form", clear_on_submit=True):
        words = st.text_input(text("view.roster.sign.fault_words", lang), key="fault-words")
        label = text("view.roster.sign.fault_about", lang)
        check = st.selectbox(label, list(about), format_func=about.__getitem__, key="fault-about")
        if st.form_submit_button(text("view.roster.sign.report", lang), key="fault-go"):
            if not words.strip():
                st.warning(text("view.roster.sign.fault_need", lang))
                return
            agent = next((one.agent for one in checks if one.id == check), None)
            _do_report(own, words.strip(), check or None, agent)


def _do_report(own: Stored, words: str, check: int | None, agent: str | None) -> None:
    try:
        report_fault(the_store(), own.principal, own.version.hash, words, check=check, agent=agent)
    except InputError as error:
        tell_refused(error, own.lang)
    else:
        tell("success", text("view.roster.sign.reported", own.lang))
    st.rerun()


def _settle(own: Stored, open_: Sequence[Fault]) -> None:
    lang = own.lang
    words = {one.id: f"{one.id} · {one.finder} · {one.words}" for one in open_}
    with st.form("settle-form", clear_on_submit=True):
        label = text("view.roster.sign.settle_which", lang)
        st.selectbox(label, list(words), format_func=words.__getitem__, key=_WHICH)
        st.text_input(text("view.roster.sign.settle_why", lang), key=_WHY)
        st.form_submit_button(text("view.roster.sign.settle", lang), key="settle-go", on_click=_do_settle, args=(own,))


def _do_settle(own: Stored) -> None:
    """Settle the error that was chosen. Called before the page is drawn anew: where somebody settled it meanwhile the
    choice would be another one by then.
    """
    number, why = st.session_state[_WHICH], str(st.session_state[_WHY]).strip()
    if not why:
        tell("warning", text("view.roster.sign.settle_need", own.lang))
        return
    try:
        fault = settle_fault(the_store(), own.principal, number, why)
    except InputError as error:
        tell_refused(error, own.lang)
        return
    facts = {"id": fault.id, "finder": fault.finder, "who": fault.settled_by}
    if fault.settled_by == own.principal.who:
        tell("success", text("view.roster.sign.settled", own.lang, **facts))
    else:
        tell("warning", text("view.roster.sign.settled_before", own.lang, **facts))

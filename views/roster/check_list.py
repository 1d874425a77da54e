"""The list of checks of a plan, topic by topic, each to be ticked by who signs."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from desk import InputError
from desk.i18n import text
from planner.sign_off import check_words, lay_down_checks
from planner.sign_off.breach import report_errors
from store import Check, allowed, read_checks
from views.api.serve import the_store
from views.markdown import plain
from views.opened import open_stored
from views.roster.may import Stored
from views.table_shown import show_plain_table
from views.told import tell, tell_refused

_TOPICS = {
    "audit": ("audit", "audit_clean"),
    "cover": ("uncovered", "covered", "not_in_time", "in_time", "cover_unknown", "heads_missing", "heads_met"),
    "price": ("price", "price_late", "price_deferrable", "limits_cross", "price_low"),
    "leave": ("leave", "leave_worked"),
    "overtime": ("overtime", "overtime_beyond"),
    "briefing": ("briefing", "briefing_missed"),
}
_OTHERWISE = "audit"


def topic_of(check: Check) -> str:
    """Which part of the list a check belongs to."""
    return next((topic for topic, codes in _TOPICS.items() if check.code in codes), _OTHERWISE)


def topics_to_look_at(own: Stored, looked: Sequence[str]) -> list[str]:
    """The topics on the list that are not ticked yet."""
    listed = {topic_of(check) for check in read_checks(the_store(), own.principal, own.version.hash)}
    return [topic for topic in _TOPICS if topic in listed and topic not in looked]


def show_checks(own: Stored, newest: int = 0) -> list[str]:
    """Draw the list, or the way to lay it down; the topics that were ticked since entry ``newest`` of the journal."""
    lang = own.lang
    found = read_checks(the_store(), own.principal, own.version.hash)
    if not found:
        st.info(text("view.roster.sign.no_checks", lang))
    if not own.refusal("edit") and allowed(own.principal, "check.write"):
        label = text("view.roster.sign.lay_down", lang)
        st.button(label, key="sign-lay-down", on_click=_lay_down, args=(own,), type="secondary" if found else "primary")
    looked = []
    for topic in _TOPICS:
        listed = [check for check in found if topic_of(check) == topic]
        if listed and _topic(topic, listed, own, newest):
            looked.append(topic)
    return looked


def _topic(topic: str, listed: Sequence[Check], own: Stored, newest: int) -> bool:
    lang, name = own.lang, text(f"view.roster.sign.topic.{topic}", own.lang)
    counts = {severity: sum(one.severity == severity for one in listed) for severity in ("error", "warning", "note")}
    head = text("view.roster.sign.head", lang, topic=name, count=text("view.findings.count", lang, **counts))
    with st.expander(plain(head), expanded=bool(counts["error"])):
        told = [
            {"severity": text(f"view.findings.severity.{one.severity}", lang), "words": check_words(one, lang)}
            for one in listed
        ]
        show_plain_table(pd.DataFrame(told), lang, key=f"checks-{topic}", words="view.roster.sign.column")
    label = plain(text("view.roster.sign.looked", lang, topic=name))
    key = f"looked-{topic}-{newest}-{listed[0].id}"
    return st.checkbox(label, key=key, disabled=bool(own.refusal("sign")))


def _lay_down(own: Stored) -> None:
    store, key = the_store(), own.version.hash
    try:
        found = lay_down_checks(store, own.principal, key, open_stored(own.principal, key).planned)
        errors = report_errors(store, own.principal, key, found, own.lang)
    except InputError as error:
        tell_refused(error, own.lang)
        return
    words = text("view.roster.sign.laid", own.lang, count=len(found), errors=errors)
    tell("warning" if errors else "success", words)

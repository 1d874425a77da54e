"""Brings a foreign file into a desk: into the chosen one, or into a new one that begins with it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Literal, NamedTuple

import pandas as pd
import streamlit as st

from desk import Desk, InputError
from desk.i18n import text
from desk.tables import table
from planner.desk_change import changed_desk
from planner.foreign import Foreign, Given, converted, counted, fresh_desk, latest_day, whole_table
from store import Principal, import_contacts, save_desk
from store.moment import now
from views.api.serve import the_store
from views.days import DAY_FORM
from views.desk_chosen import OpenDesk, look_at
from views.findings import show_findings
from views.foreign.match import match_columns
from views.foreign.pick import pick_file
from views.markdown import plain
from views.table_shown import show_table
from views.told import tell, tell_refused

TABLES = ("history", "contacts", "drivers", "agents", "leave", "requests")
_BARE = ("history", "contacts", "drivers")
_SHOWN, _DAYS, _AHT_S = 10, 14, 300.0
_ZONE = "Asia/Shanghai"


class _Target(NamedTuple):
    desk: Desk
    version: str | None


def bring_in(principal: Principal, own: OpenDesk | None, lang: str) -> None:
    """Draw the way from a foreign file to a new version of a desk."""
    foreign = pick_file(lang)
    if foreign is None:
        return
    words = {name: table(name).title(lang) for name in (TABLES if own is not None else _BARE[:2])}
    name = st.selectbox(text("view.foreign.what", lang), list(words), format_func=words.__getitem__, key="foreign-what")
    st.subheader(text("view.foreign.match", lang))
    given = match_columns(foreign, name, {} if own is None else _known(own.desk, name), lang)
    if given is None:
        return
    target = _Target(own.desk, own.version.hash) if own is not None else _new(foreign, given, lang)
    if target is not None:
        _judged(principal, target, name, foreign, given, lang)


def _known(desk: Desk, name: str) -> dict[str, list[str]]:
    """The desk's names for the columns of table ``name`` that hold queues or contracts."""
    named = {"queues": list(desk.settings.queues), "contracts": list(desk.settings.contracts)}
    return {own.name: named[own.ref] for own in table(name).columns.values() if own.ref in named and own.kind == "id"}


def _new(foreign: Foreign, given: Given, lang: str) -> _Target | None:
    """A desk that begins with this file."""
    st.subheader(text("view.foreign.new", lang))
    left, right = st.columns(2)
    name = left.text_input(text("view.foreign.name", lang), key="foreign-name").strip()
    zone = right.text_input(text("view.foreign.zone", lang), _ZONE, key="foreign-zone").strip()
    next_day = _next_day(foreign, given)
    start = left.date_input(
        text("view.foreign.start", lang), next_day, key=f"foreign-start-{next_day}", format=DAY_FORM
    )
    days = right.number_input(text("view.foreign.days", lang), 1, 366, _DAYS, key="foreign-days")
    title = given.columns.get("queue")
    names = sorted(set(foreign.frame[title])) if title else [given.fixed["queue"]]
    queues: dict[str, tuple[Literal["live", "deferrable"], float]] = {}
    for queue in names:
        kinds = {kind: text(f"view.foreign.kind_{kind}", lang) for kind in ("live", "deferrable")}
        label = text("view.foreign.kind", lang, queue=plain(queue))
        kind = left.selectbox(label, list(kinds), format_func=kinds.__getitem__, key=f"foreign-kind-{queue}")
        aht_s = right.number_input(
            text("view.foreign.aht", lang, queue=plain(queue)), 1.0, 86_400.0, _AHT_S, key=f"foreign-aht-{queue}"
        )
        queues[queue] = (kind, aht_s)  # type: ignore[assignment]
    if not name:
        return None
    try:
        return _Target(fresh_desk(name, zone, start, start + timedelta(days=int(days)), queues, lang), None)
    except InputError as error:
        show_findings(error.findings, lang, key="foreign-new")
        return None


def _next_day(foreign: Foreign, given: Given) -> date:
    """The day after the last that the file tells of, or after today."""
    title = next((own for name in ("start", "date", "arrived") if (own := given.columns.get(name))), None)
    last = None if title is None else latest_day(foreign.frame[title], given.order)
    return (now() if last is None else last).date() + timedelta(days=1)


def _judged(principal: Principal, target: _Target, name: str, foreign: Foreign, given: Given, lang: str) -> None:
    """What was understood and found; and the button that keeps it."""
    st.subheader(text("view.foreign.understood", lang))
    with st.spinner(text("view.data.checking", lang)):
        frame, findings = converted(target.desk, name, foreign, given)
    if any(own.code == "rows_of_parts" for own in findings) and _added_up(lang):
        frame, findings = converted(target.desk, name, foreign, replace(given, add_up=True))
    show_findings(findings, lang, key="foreign-findings")
    if frame is None:
        return
    st.markdown(plain(_understood(frame, name, lang)))
    show_table(frame.head(_SHOWN), name, lang, key="foreign-understood")
    count = name == "contacts" and st.checkbox(text("view.foreign.count", lang), value=True, key="foreign-count")
    st.button(
        text("view.foreign.keep", lang, name=plain(target.desk.settings.name)), key="foreign-keep", type="primary",
        on_click=_keep, args=(principal, target, name, frame, count, foreign.file, lang),
    )  # fmt: skip


def _added_up(lang: str) -> bool:
    return st.checkbox(text("view.foreign.add_up", lang), key="foreign-add-up")


def _understood(frame: pd.DataFrame, name: str, lang: str) -> str:
    said = text("view.foreign.taken", lang, rows=len(frame), table=table(name).title(lang))
    moment = next((column for column in ("start", "arrived", "date") if column in frame.columns), None)
    if moment is None or frame[moment].isna().all():
        return said
    span = text("view.foreign.span", lang, first=frame[moment].min(), last=frame[moment].max())
    total = text("view.foreign.total", lang, offered=frame["offered"].sum()) if "offered" in frame else ""
    return f"{said} {span} {total}".strip()


def _keep(
    principal: Principal, target: _Target, name: str, frame: pd.DataFrame, count: bool, file: str, lang: str
) -> None:
    """Save the desk with the new rows, and a contact log beside it; what is wrong is told and nothing is kept."""
    desk, why = target.desk, text("view.foreign.why", lang, file=file)
    news = {name: frame} if name != "contacts" else {}
    if count:
        news = {"history": counted(frame, desk.settings.interval_min)}
    try:
        whole = {own: whole_table(desk, own, rows) for own, rows in news.items()}
        version = save_desk(the_store(), principal, changed_desk(desk, whole), why, seen=target.version)
        if name == "contacts":
            import_contacts(the_store(), principal, file, frame, version.hash, why)
    except InputError as error:
        tell_refused(error, lang)
        return
    look_at(desk.settings.name)
    tell("success", text("view.foreign.kept", lang, rows=len(frame), name=desk.settings.name))

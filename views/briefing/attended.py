"""Who attended and passed: ticked, or taken from a list."""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from desk import InputError
from desk.i18n import text
from planner.briefing import read_list
from store import Attended, Principal, allowed, put_attendance, scope
from views.api.serve import the_store
from views.briefing.ground import Ground
from views.findings import show_findings
from views.markdown import plain
from views.table_shown import csv_bytes, show_plain_table
from views.told import tell, tell_refused

_SAVED = "ticks-saved"
_FORMS = ("session", "team", "name", "agent", "attended", "passed")
_MOST_MB = 2


def show_attended(principal: Principal, own: Ground, activity: str, lang: str) -> None:
    """Draw how everybody stands with an activity, and ways to say who was there."""
    rows = own.standing[own.standing["activity"] == activity].reset_index(drop=True)
    counts = rows["state"].value_counts()
    each = (f"{text(f'view.briefings.state.{state}', lang)} {count}" for state, count in counts.items())
    words = text("view.app.list_join", lang).join(each)
    st.markdown(plain(text("view.briefings.counts", lang, count=len(rows), counts=words)))
    show_plain_table(_shown(rows, lang), lang, key="standing", words="view.briefings.column")
    if _may_write(principal) and len(rows):
        tick, upload = st.tabs([text("view.briefings.tick", lang), text("view.briefings.list", lang)])
        with tick:
            _tick(principal, own, rows, activity, lang)
        with upload:
            _upload(principal, own, rows, lang)


def _may_write(principal: Principal) -> bool:
    return scope(principal, "attendance.write") == "all" or allowed(principal, "attendance.write")


def _shown(rows: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Every person with the state and what is to be done, in words."""
    states = rows["state"].map(lambda own: text(f"view.briefings.state.{own}", lang))
    todo = rows["state"].map(lambda own: text(f"view.briefings.todo.{own}", lang))
    session = pd.to_datetime(rows["session"], utc=False, errors="coerce")
    local = session.dt.tz_localize(None) if isinstance(session.dtype, pd.DatetimeTZDtype) else session
    return pd.DataFrame(
        {"name": rows["name"].fillna(rows["agent"]), "agent": rows["agent"], "team": rows["team"], "session": local}
        | {"state": states, "todo": todo}
    )


def _tick(principal: Principal, own: Ground, rows: pd.DataFrame, activity: str, lang: str) -> None:
    titles = {name: text(f"view.briefings.column.{name}", lang) for name in _FORMS}
    given = rows[["agent", "name", "team", "attended", "passed"]].astype({"attended": "boolean", "passed": "boolean"})
    edited = st.data_editor(
        given, hide_index=True, disabled=["agent", "name", "team"], key=_ticks(own, activity, given["agent"]),
        column_config={
            name: st.column_config.CheckboxColumn(title) if name in ("attended", "passed") else title
            for name, title in titles.items()
        },
    )  # fmt: skip
    if st.button(text("view.briefings.save", lang), key="attendance-save"):
        said = edited["attended"].notna() | edited["passed"].fillna(value=False)
        st.session_state[_SAVED] = st.session_state.get(_SAVED, 0) + 1
        _put(principal, own, ticked(edited[said & ~_same(edited, given)].to_dict("records"), activity), lang)


def _ticks(own: Ground, activity: str, agents: Iterable[str]) -> str:
    """Key of the ticks, which Streamlit keeps by row: they are for these people, until they are saved."""
    return f"tick-{own.name}-{activity}-{'|'.join(agents)}-{st.session_state.get(_SAVED, 0)}"


def ticked(rows: Sequence[Any], activity: str) -> list[Attended]:
    """Records of ticked rows; who passed was there, and who was not there passed nothing."""
    return [_record(row, activity) for row in rows]


def _record(row: Any, activity: str) -> Attended:
    passed = None if pd.isna(row["passed"]) else bool(row["passed"])
    there = bool(passed) if pd.isna(row["attended"]) else bool(row["attended"])
    return Attended(row["agent"], activity, there, passed if there else None)


def _same(edited: pd.DataFrame, given: pd.DataFrame) -> "pd.Series[bool]":
    both = [edited[name].astype("object").fillna("") == given[name].astype("object").fillna("") for name in _FORMS[-2:]]
    return both[0] & both[1]


def _upload(principal: Principal, own: Ground, rows: pd.DataFrame, lang: str) -> None:
    st.caption(plain(text("view.briefings.list_words", lang)))
    template = rows[["agent", "name", "activity"]].assign(attended="", passed="")
    st.download_button(
        text("view.briefings.template", lang), lambda: csv_bytes(template), file_name="attendance.csv", mime="text/csv",
        key="attendance-template", on_click="ignore",
    )  # fmt: skip
    label = text("view.briefings.file", lang)
    file = st.file_uploader(label, type=["csv"], max_upload_size=_MOST_MB, key="attendance-file")
    if file is None:
        return
    try:
        listed = read_list(file.getvalue(), own.desk, file.name)
    except InputError as error:
        show_findings(error.findings, lang, key="attendance-refused")
        return
    was_there = sum(row.attended for row in listed)
    st.markdown(plain(text("view.briefings.read", lang, count=len(listed), attended=was_there)))
    if st.button(text("view.briefings.take", lang), key="attendance-take", type="primary"):
        _put(principal, own, [Attended(row.agent, row.activity, row.attended, row.passed) for row in listed], lang)


def _put(principal: Principal, own: Ground, records: Sequence[Attended], lang: str) -> None:
    try:
        put_attendance(the_store(), principal, own.name, records)
    except InputError as error:
        tell_refused(error, lang)
    else:
        tell("success", text("view.briefings.kept", lang, count=len(records)))
    st.rerun()

"""Takes a contact log: uploaded, judged, shown as understood, and kept; or one of the store."""

from typing import Any

import pandas as pd
import streamlit as st

from desk import Desk
from desk.i18n import text
from desk.tables import table
from incentive.measure import Measure, measures_of
from store import ContactLog, Principal, import_contacts, list_contact_logs, list_desks
from views.api.serve import the_store
from views.clock import at_desk
from views.desk_chosen import OpenDesk
from views.findings import show_findings
from views.markdown import plain
from views.table_shown import show_plain_table
from views.told import tell
from views.upload.log import TYPES, LogVerdict, check_log
from views.upload.unpack import MAX_UPLOAD_MB, Upload

_CHECKED, _CHOSEN, _ROUND = "log-checked", "settle-log", "log-round"
_LONGEST = 80


def choose_log(principal: Principal, own: OpenDesk, lang: str) -> ContactLog | None:
    """Draw the choice of a log of the store, and the place to bring a new one in."""
    _upload(principal, own, lang)
    logs = logs_for(principal, own.version.name)
    if not logs:
        st.info(text("view.settle.no_log", lang))
        return None
    if st.session_state.get(_CHOSEN) not in logs:
        st.session_state.pop(_CHOSEN, None)
    chosen = st.selectbox(
        text("view.settle.log", lang), list(logs), key=_CHOSEN,
        format_func=lambda number: " · ".join(filter(None, (log_words(logs[number][0], lang), logs[number][1]))),
    )  # fmt: skip
    return logs[chosen][0]


def logs_for(principal: Principal, desk: str) -> dict[int, tuple[ContactLog, str]]:
    """The logs of the store by number, those of the desk first, the newest of each first; beside each the name of the
    desk whose it is, blank where it is this one.
    """
    names = {version.hash: version.name for version in list_desks(the_store(), principal)}
    found = [(log, names.get(log.desk, "")) for log in list_contact_logs(the_store(), principal)]
    own = [(log, "" if name == desk else name) for log, name in sorted(found, key=lambda pair: pair[1] != desk)]
    return {log.id: (log, name) for log, name in own}


def log_words(log: ContactLog, lang: str) -> str:
    """A log in a line."""
    return text(
        "view.settle.log_words", lang, name=log.name, rows=log.rows, at=at_desk(log.created_at, log.desk), number=log.id
    )


def _upload(principal: Principal, own: OpenDesk, lang: str) -> None:
    label = text("view.settle.upload", lang, limit=MAX_UPLOAD_MB)
    turn = st.session_state.setdefault(_ROUND, 0)
    file = st.file_uploader(label, type=TYPES, max_upload_size=MAX_UPLOAD_MB, key=f"settle-upload-{turn}")
    if file is None:
        return
    verdict = _verdict(file, own, lang)
    show_findings(verdict.findings, lang, key="log-findings")
    if verdict.log is None:
        return
    show_understood_log(own.desk, verdict.log, lang)
    usual, key = file.name.rpartition(".")[0][:_LONGEST], f"log-name-{file.file_id}"
    name = st.text_input(text("view.settle.log_name", lang), usual, key=key)
    if st.button(text("view.settle.keep", lang), key="log-keep", type="primary", disabled=not name.strip()):
        _keep(principal, own, verdict.log, name.strip(), lang)


def _keep(principal: Principal, own: OpenDesk, log: pd.DataFrame, name: str, lang: str) -> None:
    with st.spinner(text("view.settle.keeping", lang)):
        kept = import_contacts(the_store(), principal, name, log, own.version.hash)
    st.session_state.pop(_CHOSEN, None)
    st.session_state.pop(_CHECKED, None)
    st.session_state[_ROUND] += 1
    tell("success", text("view.settle.kept", lang, name=kept.name, rows=kept.rows))
    st.rerun()


def _verdict(file: Any, own: OpenDesk, lang: str) -> LogVerdict:
    """Checked once for each upload, whatever else is clicked on the page."""
    key = (file.file_id, own.version.hash)
    if st.session_state.get(_CHECKED, (None, None))[0] != key:
        with st.spinner(text("view.data.checking", lang)):
            verdict = check_log(own.desk, Upload(file.name, file.getvalue()))
        st.session_state[_CHECKED] = (key, verdict)
    found: LogVerdict = st.session_state[_CHECKED][1]
    return found


def show_understood_log(desk: Desk, log: pd.DataFrame, lang: str) -> None:
    """Draw the log as Peakdesk reads it: its days, people and queues, and which measures it can bear."""
    known = log["arrived"].dropna()
    if known.empty:
        st.warning(text("view.settle.empty_log", lang))
        return
    join = text("view.pay.join", lang)
    queues = join.join(f"{name} {count:,}" for name, count in log["queue"].value_counts().items())
    facts = {"rows": len(log), "first": known.min(), "last": known.max(), "agents": log["agent"].nunique()}
    st.markdown(plain(text("view.settle.understood", lang, **facts, queues=queues)))
    filled = {str(name) for name in log if bool(log[name].notna().any())}
    able, lacking = _able(desk, filled)
    st.markdown(plain(text("view.settle.able", lang, measures=join.join(own.title(lang) for own in able))))
    if lacking:
        st.warning(plain(text("view.settle.lacking", lang, measures=join.join(own.title(lang) for own in lacking))))
    with st.expander(text("view.settle.columns", lang)):
        declared = table("contacts").columns
        rows = [{"column": name, "title": declared[name].title(lang), "share": f"{log[name].notna().mean():.0%}"}
                for name in declared if name in log]  # fmt: skip
        show_plain_table(pd.DataFrame(rows), lang, key="log-columns", words="view.settle.column")


def _able(desk: Desk, filled: set[str]) -> tuple[list[Measure], list[Measure]]:
    """Measures that the log can bear, and paid ones that it can't."""
    paid = {name for name, weight in desk.settings.incentive.weights.items() if weight > 0}
    able, lacking = [], []
    for name, own in measures_of(desk).items():
        if all(filled.intersection(column.split("|")) for column in own.needs):
            able += [own] if own.kind != "composite" else []
        elif name in paid:
            lacking.append(own)
    return able, lacking

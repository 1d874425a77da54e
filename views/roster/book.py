"""The roster by way of a spreadsheet: download it as it stands, upload the edited one, look at the differences."""

import tempfile
from hashlib import sha256
from pathlib import Path

import pandas as pd
import streamlit as st

from desk import InputError
from desk.i18n import text
from planner.edited import changes, read_edited
from planner.editing.from_book import wanted_of
from planner.editing.wanted import Wanted
from planner.output.book import write_book
from planner.output.layout import WORKBOOK
from views.findings import show_findings
from views.markdown import plain
from views.opened import OpenPlan
from views.roster.draft import judged, remember_seen
from views.roster.may import Stored
from views.roster.saving import SAVE, show_conflict, show_saving
from views.roster.verdict_shown import show_verdict
from views.table_shown import show_plain_table

_MOST_MB = 20
_READ = "book-read"


def show_book(plan: OpenPlan, own: Stored) -> None:
    """Draw the way out, the way in, and what the edited book would change."""
    lang = own.lang
    st.markdown(plain(text("view.roster.book.intro", lang)))
    st.download_button(
        text("view.roster.book.download", lang),
        lambda: book_of(plan, lang),
        file_name=WORKBOOK,
        on_click="ignore",
        key="book-download",
    )
    if not own.may("edit"):
        return
    show_conflict(plan, own)
    label = text("view.roster.book.upload", lang)
    upload = st.file_uploader(label, type="xlsx", key=f"book-upload-{plan.newest}", max_upload_size=_MOST_MB)
    if upload is not None:
        _uploaded(plan, own, upload.getvalue())
    elif st.session_state.get(SAVE):
        st.warning(text("view.roster.book.overtaken", lang))


def book_of(plan: OpenPlan, lang: str) -> bytes:
    """The workbook of a plan as it stands."""
    with tempfile.TemporaryDirectory(prefix="peakdesk-") as folder:
        path = Path(folder) / WORKBOOK
        write_book(plan.planned, path, lang=lang)
        return path.read_bytes()


def _uploaded(plan: OpenPlan, own: Stored, content: bytes) -> None:
    try:
        rows, wanted = _read(plan, content)
        if rows.empty:
            st.info(text("view.roster.book.same", own.lang))
            return
        st.subheader(text("view.roster.book.differ", own.lang, count=len(rows)))
        named = rows.assign(kind=[text(f"view.roster.book.kind.{kind}", own.lang) for kind in rows["kind"]])
        show_plain_table(named, own.lang, key="book-differ", words="view.roster.book.column")
        found = judged(plan, own, wanted)
    except InputError as error:
        show_findings(error.findings, own.lang, key="book-refused")
        return
    remember_seen(plan, wanted)
    show_verdict(found, plan.planned.desk, own.lang)
    show_saving(plan, own, found)


def _read(plan: OpenPlan, content: bytes) -> tuple[pd.DataFrame, tuple[Wanted, ...]]:
    """The book's changes, read once."""
    key = (plan.stamp, sha256(content).hexdigest())
    kept = st.session_state.get(_READ)
    if kept is None or kept[0] != key:
        with tempfile.TemporaryDirectory(prefix="peakdesk-") as folder:
            path = Path(folder) / WORKBOOK
            path.write_bytes(content)
            rows = changes(plan.planned, read_edited(path, plan.planned))
        kept = (key, (rows, wanted_of(plan.planned, rows)))
        st.session_state[_READ] = kept
    found: tuple[pd.DataFrame, tuple[Wanted, ...]] = kept[1]
    return found
